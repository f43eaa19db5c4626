import StretchBase
import StretchCore
import StretchTerminal

/// The work that `done` and `skip` share: find what the verdict is about, record it, and say what was recorded.
struct VerdictAnswer {
    let verdict: Verdict
    var pain: Int?
    var note: String?

    /// How many days back an answer may be given.
    private static let farthestDay = 14

    /// Records the answer; returns the line for the person when the answer is on the disk.
    ///
    /// - Parameters:
    ///   - words: the routine; none means what is due, or the only one.
    ///   - dayName: the value of `--day`; nil means today.
    func give(for words: [String], on dayName: String?, in workspace: inout Workspace) throws -> String {
        let today = workspace.today
        let lateHours = dayName == nil ? nil : workspace.lateHours
        let day = try dayName.map { try workspace.day($0, of: "--day", in: allowedDays(in: workspace)) } ?? today
        let told = try give(for: try routine(words, on: day, in: workspace), on: day, in: &workspace)
        let line = [told.words, lateHours].compactMap(\.self).joined(separator: workspace.context.terminal.separator)
        return [line, told.review].compactMap(\.self).joined(separator: "\n")
    }

    private func routine(_ words: [String], on day: Day, in workspace: Workspace) throws -> Routine {
        guard let name = words.first else {
            let isToday = day == workspace.today
            return try isToday ? workspace.routineToAnswer() : workspace.onlyRoutine(of: workspace.routines)
        }
        let configured = workspace.timetable.configuration.routine(name)
        if words.count == 1, let configured { return configured }
        try refuseDay(in: words, workspace)
        guard words.count > 1 else { return try workspace.routine(named: name) }
        let rest = words.dropFirst().map(oneLine).joined(separator: " ")
        throw Complaint(.badInput, "one routine at a time; leave out \(rest), or write it after --note or --day")
    }

    /// Throws if the words name a day, alone or beside a routine, with the command to type for it.
    private func refuseDay(in words: [String], _ workspace: Workspace) throws {
        var words = words.flatMap { $0.split(whereSeparator: \.isWhitespace) }.map(String.init)
        let ids = workspace.routines.map(\.id)
        let routine = words.firstIndex(where: ids.contains).map { words.remove(at: $0) }
        let name = words.joined(separator: " ")
        if routine == nil, Spelling.nearest(to: name, among: ids) != nil { return }
        let found = try Complaint.ifFailed(.badInput, "here goes a routine") {
            try DayArgument.day(name, .past, of: workspace.today)
        }
        guard found != nil else { return }
        let option = words.count == 1 ? oneLine(name).lowercased() : "'\(oneLine(name))'"
        _ = try workspace.day(name, of: "--day", in: allowedDays(in: workspace))
        let command = ["stretchd", verdict.rawValue, routine, "--day", option].compactMap(\.self).joined(separator: " ")
        throw Complaint(.badInput, "\(quoted(name)) is a day, and here goes a routine; did you mean \(command)?")
    }

    private func allowedDays(in workspace: Workspace) -> ClosedRange<Day> {
        workspace.today - Self.farthestDay...workspace.today
    }

    /// Records the answer; returns the line for the person, and how it went so far where that is to be told now.
    private func give(for routine: Routine, on day: Day, in workspace: inout Workspace) throws
        -> (words: String, review: String?)
    {
        let target = workspace.diary.target(of: verdict, for: routine, on: day, at: workspace.now)
        switch target {
        case .nothing:
            let isToday = day == workspace.today
            let what = "nothing is left to skip \(isToday ? "today" : "on \(workspace.longDate(day))") of \(routine.id)"
            let parts = [what, isToday ? workspace.adviceOnNext(routine) : nil, workspace.lateHours]
            throw Complaint(.badInput, parts.compactMap(\.self).joined(separator: "; "))
        case .already where pain == nil && note == nil: try workspace.makeSafe()
        case .already(let occurrence), .occurrence(let occurrence, _, _):
            // If the schedule was edited, the occurrence may have a verdict under another id. Change that verdict then.
            let before = workspace.diary.verdict(settling: occurrence, of: routine)
            try record(before?.subject ?? .occurrence(occurrence.id), on: occurrence.day, routine, in: &workspace)
        case .bonus: try record(.routine(routine.id), on: day, routine, in: &workspace)
        }
        let words = words(for: target, of: routine, on: day, in: workspace)
        if case .already = target { return (words, nil) }
        return (words, verdict == .done ? Review(of: workspace.history(of: routine))?.text : nil)
    }

    private func record(
        _ subject: Record.Subject, on day: Day, _ routine: Routine, in workspace: inout Workspace
    ) throws {
        var record = workspace.diary.record(
            of: verdict, on: subject, day: day, goal: routine.dailyGoal, via: .cli, id: workspace.newID(),
            at: workspace.now)
        record.pain = pain
        record.note = note
        try workspace.append(record)
    }

    /// The line for the person who gave this answer.
    func words(for target: AnswerTarget, of routine: Routine, on day: Day, in workspace: Workspace) -> String {
        let withConsequence = { (words: String, day: Day) in
            [words, consequence(for: routine, on: day, in: workspace)].compactMap(\.self)
                .joined(separator: workspace.context.terminal.separator)
        }
        switch target {
        case .nothing: return "nothing"
        case .already(let occurrence):
            let added = [pain.map { "pain \($0)" }, note.map { _ in "note" }].compactMap(\.self)
            let addition = added.isEmpty ? "" : ", \(added.joined(separator: " and ")) added"
            return "already \(verdict.word)\(addition): \(workspace.name(of: occurrence.id))"
        case .occurrence(let occurrence, let timing, let before):
            let isPlain = timing == .due || timing == .late && isFirst(occurrence, of: routine, in: workspace)
            let when = isPlain ? verdict.word : "\(verdict.word) \(timing.rawValue)"
            let how = before.map { "changed from \($0.rawValue) to \(verdict.word)" } ?? when
            return withConsequence("\(how): \(workspace.name(of: occurrence.id))", occurrence.day)
        case .bonus:
            let done = workspace.timetable.occurrences(of: routine, on: day).last {
                workspace.diary.verdict(settling: $0, of: routine)?.verdict == .done
            }
            let beside = done.map { ", beside \(HumanTime.clock($0.id.nominal))" } ?? ""
            return withConsequence("done, an extra one\(beside): \(routine.id), \(workspace.longDate(day))", day)
        }
    }

    /// Whether an occurrence is of today, and nothing was recorded before today, nor was it ever asked for.
    ///
    /// So it is on the day of installing. Nobody is late then.
    private func isFirst(_ occurrence: Occurrence, of routine: Routine, in workspace: Workspace) -> Bool {
        let first = workspace.history(of: routine).entries.first
        return occurrence.day == workspace.today
            && first.map { $0.day == occurrence.day && $0.tally.prompted == 0 } ?? true
    }

    /// The effect of the answer on the day and the streak, in words; nil when there is none to tell.
    private func consequence(for routine: Routine, on day: Day, in workspace: Workspace) -> String? {
        let history = workspace.history(of: routine)
        guard let entry = history.entries.last(where: { $0.day == day }) else { return nil }
        switch (verdict, entry.ground) {
        case (.done, _): return history.afterDone(on: day)
        case (.skip, .skipped(let inWeek)):
            guard inWeek == 2 else { return nil }
            return "the second skipped day in a week, a third counts as missed; stretchd pause is for longer breaks"
        case (.skip, _):
            guard entry.tally.isAllSkipped else { return nil }
            return "the third skipped day in a week counts as missed; to take it back: stretchd undo"
        }
    }
}

extension Verdict {
    /// The verdict as the person reads it.
    var word: String { self == .done ? "done" : "skipped" }
}
