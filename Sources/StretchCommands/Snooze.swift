import ArgumentParser
import StretchBase
import StretchCore

struct Snooze: Command {
    static let configuration = CommandConfiguration(
        commandName: "snooze", abstract: "Hides what is due for a while.",
        usage: "stretchd snooze [<routine>] [<span> | until <time>]",
        discussion: """
            Of several snoozes the last one counts. stretchd undo takes it back.

              stretchd snooze                 for as long as the button does
              stretchd snooze 20min
              stretchd snooze until 15:30
            """)

    @Argument(
        help: ArgumentHelp(
            "How long, from 1min to 12h; before it the routine, if several are due.", valueName: "span"))
    var words: [String] = []

    private static let allowed: ClosedRange<Duration> = .minutes(1) ... .hours(12)

    func run(in context: Context) throws {
        var workspace = try Workspace(recordingIn: context)
        let (name, span) = try read(try Clauses(words), in: workspace)
        let routine = try name.map { try workspace.routine(named: $0) } ?? workspace.routineToAnswer()
        guard let (occurrence, standing) = workspace.due(routine) else {
            throw Complaint(.badInput, "nothing of \(routine.id) is due; \(workspace.adviceOnNext(routine))")
        }
        if case .paused = standing { throw Complaint(.badInput, "\(routine.id) is paused: there is nothing to snooze") }
        let before: Instant? = if case .snoozed(let until) = standing { until } else { nil }
        let what = "\(routine.id) \(HumanTime.clock(occurrence.id.nominal))"
        switch workspace.diary.snooze(occurrence, for: span, at: workspace.now) {
        case .until(let until) where until == before:
            try workspace.makeSafe()
            context.say("already snoozed until \(workspace.moment(until)): \(what)")
        case .until(let until):
            let subject = Record.Subject.occurrence(occurrence.id)
            let time = workspace.diary.time(on: subject, at: workspace.now).instant
            try workspace.append(
                workspace.newRecord(.snooze(until: until), of: subject, on: occurrence.day, via: .cli, at: time))
            let change = before.map { " instead of \(workspace.moment($0))" } ?? ""
            context.say("snoozed until \(workspace.moment(until))\(change): \(what)")
        case .usedUp:
            let limit = workspace.diary.configuration.prompt.snoozeLimit
            throw Complaint(.badInput, "\(what) was snoozed \(counted(limit, "time")), which is the limit")
        case .tooLate:
            let closes = workspace.planned(occurrence.closes)
            throw Complaint(.badInput, "\(what) closes at \(closes); a snooze must end 5 min before that")
        }
    }

    /// Reads the words: a span such as `1h 30min`, or until and a time; the first one may be the routine.
    private func read(_ clauses: Clauses, in workspace: Workspace) throws -> (routine: String?, span: Duration?) {
        let words = clauses.head
        guard clauses.from == nil else {
            throw Complaint(.badInput, "a snooze begins now; leave from out: stretchd snooze until 15:30")
        }
        if clauses.until != nil || clauses.span != nil {
            guard words.count <= 1 else {
                let name = clauses.until == nil ? "for" : "until"
                throw Complaint(.badInput, "before \(name) comes a routine or nothing: stretchd snooze until 15:30")
            }
            let end = try clauses.until.map { try span(until: $0, in: workspace) }
            return (words.first, try end ?? clauses.span.map { try span($0) })
        }
        if words.isEmpty { return (nil, nil) }
        if let last = words.last, last.contains(":") {
            let before = words.dropLast().map { "\($0) " }.joined()
            let time = TimeArgument.clock(meantBy: last) ?? "15:30"
            throw Complaint(.badInput, "a time needs until before it: stretchd snooze \(before)until \(time)")
        }
        let text = words.joined(separator: " ")
        if (try? TimeSpan.parse(text)) != nil { return (nil, try span(text)) }
        let rest = words.dropFirst().joined(separator: " ")
        let routines = workspace.routines.map(\.id)
        if routines.contains(words[0]) || !startsLikeSpan(words[0]) {
            return (words[0], rest.isEmpty ? nil : try span(rest))
        }
        let (first, last) = (words.dropLast().joined(separator: " "), words[words.count - 1])
        let isRoutine = routines.contains(last) || Spelling.nearest(to: last, among: routines) != nil
        if isRoutine, (try? TimeSpan.parse(first)) != nil {
            let unit = TimeSpan.doubt(about: first, unit: .minutes(1)) == nil ? "" : "min"
            throw Complaint(.badInput, "the routine comes first: stretchd snooze \(last) \(first)\(unit)")
        }
        // The words are meant as a span. Its error says more than that there is no such routine.
        return (nil, try TimeSpan.parse(text))
    }

    private func startsLikeSpan(_ word: String) -> Bool { word.first?.isNumber == true || word == "infinity" }

    private func span(_ text: String) throws -> Duration {
        let span = try TimeSpan.parse(text)
        if let doubt = TimeSpan.doubt(about: text, unit: .minutes(1)) { throw doubt }
        guard Snooze.allowed.contains(span) else {
            throw Complaint(.badInput, "a snooze of \(TimeSpan.format(span)); allowed: 1min to 12h")
        }
        return span
    }

    private func span(until text: String, in workspace: Workspace) throws -> Duration {
        let (now, timetable) = (workspace.now, workspace.timetable)
        let argument = try TimeArgument(
            text, .after(workspace.today), today: workspace.today, at: now, in: timetable.zone)
        guard case .instant(let end) = argument else {
            throw Complaint(.badInput, "a snooze ends at a time: stretchd snooze until 15:30")
        }
        guard Snooze.allowed.contains(end - now) else {
            let last = workspace.moment(now + Snooze.allowed.upperBound)
            // Of a time alone that is over, the next one is tomorrow.
            if end - now > Snooze.allowed.upperBound, let clock = TimeArgument.clock(meantBy: text) {
                throw Complaint(.badInput, "\(clock) is over; allowed: 1min to 12h, so until \(last) at most")
            }
            throw Complaint(
                .badInput, "a snooze until \(workspace.moment(end)); allowed: 1min to 12h, so until \(last) at most")
        }
        return end - now
    }
}
