package import StretchBase

/// What a verdict from the command line means: the first that exists of the day (rule 9).
package enum AnswerTarget: Hashable, Sendable {
    case occurrence(Occurrence, Timing, changes: Verdict?)
    /// It has this verdict already: nothing is to be written.
    case already(Occurrence)
    /// None of the day's occurrences is left: done outside the schedule.
    case bonus
    /// There is nothing to skip.
    case nothing

    package enum Timing: Hashable, Sendable { case due, early, late }
}

extension Diary {
    package func target(of verdict: Verdict, for routine: Routine, on day: Day, at now: Instant) -> AnswerTarget {
        let standing = { self.verdict(settling: $0, of: routine)?.verdict }
        let planned = timetable.occurrences(of: routine, on: day)
        // The window of yesterday's last occurrence may reach into today: as long as it is due it is what is meant, but
        // its answer stands, or a `skip` meant for today would take yesterday's `done` away.
        let isToday = timetable.day(at: now) == day
        let open = open(routine, at: now).flatMap { open in
            open.day == day || isToday && standing(open) == nil ? open : nil
        }
        let closed = planned.last { $0.closes <= now && standing($0) != .done }
        let next = planned.first { $0.opens > now }

        // An open occurrence comes first, due or answered already: then the verdict is repeated or changed.
        let candidates: [(Occurrence, AnswerTarget.Timing)?] = [
            open.map { ($0, .due) }, closed.map { ($0, .late) }, next.map { ($0, .early) },
        ]
        guard let (occurrence, timing) = candidates.compactMap(\.self).first else {
            return verdict == .done ? .bonus : .nothing
        }
        let before = standing(occurrence)
        return before == verdict ? .already(occurrence) : .occurrence(occurrence, timing, changes: before)
    }
}
