package import StretchBase

/// The state of an open occurrence, taken from the records alone, so that a restarted daemon knows it at once.
package enum Standing: Hashable, Sendable {
    indirect case settled(Record)
    case paused(Pause)
    case snoozed(until: Instant)
    /// A guide leads through it.
    case guided(until: Instant)
    case due(Raised)

    /// The prompts since the occurrence opened or since its last snooze ended.
    package struct Raised: Hashable, Sendable {
        package var last: Instant?
        package var reminders = 0
    }
}

extension Diary {
    /// - Parameter disregarded: records of this occurrence that do not count.
    package func standing(
        of occurrence: Occurrence, of routine: Routine, at now: Instant, disregarding disregarded: Set<Record.ID> = []
    ) -> Standing {
        var records = ledger.records(of: occurrence.id)
        if !disregarded.isEmpty { records.removeAll { disregarded.contains($0.id) } }
        if let verdict = records.verdict ?? strayVerdicts(of: routine, on: occurrence.day)[occurrence.id] {
            return .settled(verdict)
        }
        if records.contains(where: \.isGuide), let until = ledger.guideEnd(of: occurrence.id, at: now) {
            return .guided(until: until)
        }
        if let pause = pause(of: occurrence, at: now) { return .paused(pause) }
        if let until = records.snoozedUntil, until > now { return .snoozed(until: until) }
        return .due(records.raised(since: occurrence.opens, at: now))
    }
}

/// The slice must have the records of one occurrence, in order of time.
extension ArraySlice<Record> {
    /// The prompts since the occurrence opened or its last snooze ended, whichever was later.
    ///
    /// A prompt whose time is a minute or more after now does not count. So the person is asked again after a clock
    /// that was ahead has been corrected.
    func raised(since opening: Instant, at now: Instant) -> Standing.Raised {
        let start = Swift.max(opening, snoozedUntil ?? opening)
        let limit = now + .minutes(1)
        var raised = Standing.Raised()
        for record in self {
            guard case .prompted(_, let isReminder) = record.kind, start <= now, record.ts.instant >= start,
                record.ts.instant < limit
            else { continue }
            raised.last = record.ts.instant
            if isReminder { raised.reminders += 1 }
        }
        return raised
    }
}
