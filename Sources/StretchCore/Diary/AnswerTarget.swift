package import StretchBase

/// What a verdict from the command line applies to (rule 9).
package enum AnswerTarget: Hashable, Sendable {
    case occurrence(Occurrence, Timing, changes: Verdict?)
    /// The occurrence has this verdict already, so there is nothing to write.
    case already(Occurrence)
    /// No occurrence of the day is left, so the stretch is recorded outside the schedule.
    case bonus
    /// There is nothing to skip.
    case nothing

    package enum Timing: String, Hashable, Sendable { case due, early, late }
}

extension Diary {
    package func target(of verdict: Verdict, for routine: Routine, on day: Day, at now: Instant) -> AnswerTarget {
        let standing = { self.verdict(settling: $0, of: routine)?.verdict }
        let planned = timetable.occurrences(of: routine, on: day)
        // The window of yesterday's last occurrence may reach into today. While that occurrence is unanswered, the
        // verdict is for it. Once it is answered, its answer stays. Otherwise a `skip` meant for today would replace
        // yesterday's `done`.
        let isToday = timetable.day(at: now) == day
        let open = open(routine, at: now).flatMap { open in
            open.day == day || isToday && standing(open) == nil ? open : nil
        }
        // What was asked on that day and is not planned any more made the day missed. A `skip` is for that.
        let forgotten = verdict == .skip && !isToday ? unplannedAsked(of: routine, on: day) : nil
        let closed = forgotten ?? planned.last { $0.closes <= now && standing($0) != .done }
        let next = planned.first { $0.opens > now }

        // An open occurrence comes first, answered or not, because the verdict may repeat or change its answer.
        let first: (Occurrence, AnswerTarget.Timing)? =
            open.map { ($0, .due) } ?? closed.map { ($0, .late) } ?? next.map { ($0, .early) }
        guard let (occurrence, timing) = first else { return verdict == .done ? .bonus : .nothing }
        let before = standing(occurrence)
        return before == verdict ? .already(occurrence) : .occurrence(occurrence, timing, changes: before)
    }

    /// The last occurrence of a day that was asked and not answered, and that the schedule does not contain now.
    private func unplannedAsked(of routine: Routine, on day: Day) -> Occurrence? {
        guard let start = timetable.beginning(of: day) else { return nil }
        return ledger.occurrences(of: routine.id, since: start).compactMap { records -> Occurrence? in
            guard let id = records.first?.occurrence, id.day(startingAt: configuration.dayStart) == day,
                !timetable.plans(id, of: routine, on: day), let opens = timetable.zone.resolve(id.nominal)?.instant
            else { return nil }
            let standing = ledger.records(of: id)
            guard standing.verdict == nil, standing.contains(where: \.isPrompt) else { return nil }
            return Occurrence(id: id, opens: opens, closes: standing.closing ?? opens, day: day, shifted: false)
        }.last
    }
}
