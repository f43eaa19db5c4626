import ArgumentParser
import StretchBase
import StretchCore

struct Snooze: Command {
    static let configuration = CommandConfiguration(
        commandName: "snooze", abstract: "Hides what is due for a while.",
        usage: "stretchd snooze [<routine>] [<span>]",
        discussion: "Such as: stretchd snooze 20min. Of several snoozes the one that ends last counts.")

    @Argument(
        help: ArgumentHelp(
            "The routine, where more than one is due; and how long, from 1min to 12h (10min unless configured otherwise).",
            valueName: "routine-or-span"))
    var words: [String] = []

    private static let allowed: ClosedRange<Duration> = .minutes(1) ... .hours(12)

    func run(in context: Context) throws {
        var workspace = try Workspace(recordingIn: context)
        let (name, span) = try read(words, in: workspace)
        let routine = try name.map { try workspace.routine(named: $0) } ?? workspace.routineToAnswer()
        guard let (occurrence, standing) = workspace.due(routine) else {
            throw Complaint(.badInput, "nothing of \(routine.id) is due; \(workspace.adviceOnNext(routine))")
        }
        if case .paused = standing { throw Complaint(.badInput, "\(routine.id) is paused: there is nothing to snooze") }
        let what = "\(routine.id) \(HumanTime.clock(occurrence.id.nominal))"
        switch workspace.diary.snooze(occurrence, for: span, at: workspace.now) {
        case .until(let until):
            if case .snoozed(let longer) = standing, longer >= until {
                throw Complaint(
                    .badInput,
                    "\(what) is snoozed until \(workspace.moment(longer)) already; the longest snooze counts")
            }
            try workspace.append(
                workspace.newRecord(
                    .snooze(until: until), of: .occurrence(occurrence.id), on: occurrence.day, via: .cli))
            context.say("snoozed until \(workspace.moment(until)): \(what)")
        case .usedUp:
            let limit = workspace.diary.configuration.prompt.snoozeLimit
            throw Complaint(.badInput, "\(what) was snoozed \(limit) times, which is the limit")
        case .tooLate:
            let closes = workspace.planned(occurrence.closes)
            throw Complaint(.badInput, "\(what) closes at \(closes); a snooze must end 5 min before that")
        }
    }

    /// Reads the words: all of them are a span, such as `1h 30min`, or the first one is the routine.
    private func read(_ words: [String], in workspace: Workspace) throws -> (routine: String?, span: Duration?) {
        if words.isEmpty { return (nil, nil) }
        let text = words.joined(separator: " ")
        if let span = try? TimeSpan.parse(text) { return (nil, try allowed(span)) }
        let rest = words.dropFirst().joined(separator: " ")
        let routines = workspace.routines.map(\.id)
        if words[0].first?.isNumber == true, !routines.contains(words[0]) {
            let (first, last) = (words.dropLast().joined(separator: " "), words[words.count - 1])
            let isRoutine = routines.contains(last) || Spelling.nearest(to: last, among: routines) != nil
            if isRoutine, (try? TimeSpan.parse(first)) != nil {
                throw Complaint(.badInput, "the routine comes first: stretchd snooze \(last) \(first)")
            }
            // The words are meant as a span. Its error says more than that there is no such routine.
            return (nil, try TimeSpan.parse(text))
        }
        return (words[0], rest.isEmpty ? nil : try allowed(try TimeSpan.parse(rest)))
    }

    private func allowed(_ span: Duration) throws -> Duration {
        guard Snooze.allowed.contains(span) else {
            let hint =
                words.last.flatMap { Int($0) }.map { "; a number alone means seconds, did you mean \($0)min?" } ?? ""
            throw Complaint(.badInput, "a snooze of \(TimeSpan.format(span)); allowed: 1min to 12h\(hint)")
        }
        return span
    }
}
