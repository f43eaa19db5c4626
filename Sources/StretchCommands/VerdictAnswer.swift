import StretchBase
import StretchCore

/// What `done`, `skip` and a guide share: finds what is meant, records it, and says so.
struct VerdictAnswer {
    let verdict: Verdict
    var pain: Int?
    var painBefore: Int?
    var note: String?
    var via = Record.Via.cli
    /// Records in whose place this one comes.
    var replaced: [Record.ID] = []

    /// Returns the line for the person, when the answer is on the disk.
    func give(for routine: Routine, on day: Day, in situation: inout Situation) throws -> String {
        let target = situation.diary.target(of: verdict, for: routine, on: day, at: situation.now)
        return try give(target, for: routine, on: day, in: &situation)
    }

    /// The same where it is known what is meant.
    func give(
        _ target: AnswerTarget, for routine: Routine, on day: Day, in situation: inout Situation
    ) throws -> String {
        switch target {
        case .nothing:
            let next = situation.diary.nextUnanswered(routine, after: situation.now)
            let advice = next.map { "the next one is \(situation.planned($0.opens))" } ?? "none is to come"
            let parts = ["nothing is left to skip today of \(routine.id)", advice]
            throw Complaint(.badInput, (parts + [situation.lateHours].compactMap(\.self)).joined(separator: "; "))
        case .already(let occurrence) where pain == nil && note == nil:
            try situation.makeSafe()
            return "already \(word): \(situation.name(of: occurrence.id))"
        case .already(let occurrence):
            try record(
                .occurrence(settled(occurrence, of: routine, in: situation)), on: occurrence.day, routine,
                in: &situation)
            let added = [pain.map { "pain \($0)" }, note.map { _ in "note" }].compactMap(\.self).joined(
                separator: " and ")
            return "already \(word), \(added) added: \(situation.name(of: occurrence.id))"
        case .occurrence(let occurrence, let timing, let before):
            let subject = Record.Subject.occurrence(settled(occurrence, of: routine, in: situation))
            try record(subject, on: occurrence.day, routine, in: &situation)
            let how = before.map { "changed from \($0.rawValue) to \(word)" } ?? words(timing)
            let parts =
                ["\(how): \(situation.name(of: occurrence.id))"]
                + consequence(for: routine, on: occurrence.day, in: situation)
            return parts.joined(separator: situation.context.terminal.separator)
        case .bonus:
            try record(.routine(routine.id), on: day, routine, in: &situation)
            let parts =
                ["done, a bonus: \(routine.id), \(situation.longDate(day))"]
                + consequence(for: routine, on: day, in: situation)
            return parts.joined(separator: situation.context.terminal.separator)
        }
    }

    var word: String { verdict.word }

    private func words(_ timing: AnswerTarget.Timing) -> String {
        switch timing {
        case .due: word
        case .early: "\(word) early"
        case .late: "\(word) late"
        }
    }

    /// An answer that settles it under another id, from before the schedule was edited, is the one that changes.
    private func settled(_ occurrence: Occurrence, of routine: Routine, in situation: Situation) -> OccurrenceID {
        situation.diary.verdict(settling: occurrence, of: routine)?.occurrence
            ?? occurrence.id
    }

    private func record(
        _ subject: Record.Subject, on day: Day, _ routine: Routine, in situation: inout Situation
    ) throws {
        var record = Record(
            verdict, of: subject, on: day, goal: routine.dailyGoal, via: via, id: situation.newID(),
            at: situation.diary.time(on: subject, at: situation.now))
        record.pain = pain
        record.painBefore = painBefore
        record.note = note
        try situation.append(
            replaced.isEmpty ? [record] : [situation.newRecord(.undo(replaced), of: subject, via: via), record])
    }

    /// What the answer makes of the day and the streak.
    private func consequence(for routine: Routine, on day: Day, in situation: Situation) -> [String] {
        let history = situation.history(of: routine)
        guard let entry = history.entries.last(where: { $0.day == day }) else { return [] }
        switch (verdict, entry.state) {
        case (.done, _): return [history.afterDone(on: day)].compactMap(\.self)
        case (.skip, .skipped):
            let skipped = history.entries.count { $0.state == .skipped && (day - 6...day).contains($0.day) }
            guard skipped == 2 else { return [] }
            return ["the second skipped day in a week, a third counts as missed; stretchd pause is for longer breaks"]
        case (.skip, _):
            guard entry.tally.asked == entry.tally.skipped else { return [] }
            return ["the third skipped day in a week counts as missed; stretchd pause is for longer breaks"]
        }
    }
}

extension Verdict {
    /// What somebody is told who gave it.
    var word: String { self == .done ? "done" : "skipped" }
}
