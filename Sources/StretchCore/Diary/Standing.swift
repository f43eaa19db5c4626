package import StretchBase

/// How an open occurrence stands by the records: the part of the state that a restarted daemon knows at once.
package enum Standing: Hashable, Sendable {
    indirect case settled(Record)
    case paused(Pause)
    case snoozed(until: Instant)
    /// A guide leads through it.
    case guided(until: Instant)
    case due(Raised)

    /// How often it was prompted since it opened or the last snooze ended.
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
        if let verdict = records.verdict ?? strayVerdict(settling: occurrence, of: routine) {
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

/// Of the records of one occurrence, in order of time.
extension ArraySlice<Record> {
    /// When each snooze ends.
    fileprivate var snoozes: [Instant] {
        compactMap { if case .snooze(let until) = $0.kind { until } else { nil } }
    }

    /// Of several snoozes the latest end counts.
    fileprivate var snoozedUntil: Instant? { snoozes.max() }

    /// A `prompted` record counts only while opening ≤ its time ≤ now: a clock that was ahead asks again, unless it was
    /// ahead by less than a minute.
    func raised(since opening: Instant, at now: Instant) -> Standing.Raised {
        let start = Swift.max(opening, snoozedUntil ?? opening)
        var raised = Standing.Raised()
        for record in self {
            guard case .prompted(_, let isReminder) = record.kind, start <= now, record.ts.instant >= start,
                record.ts.instant < now + .minutes(1)
            else { continue }
            raised.last = record.ts.instant
            if isReminder { raised.reminders += 1 }
        }
        return raised
    }
}
