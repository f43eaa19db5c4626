package import StretchBase

/// Whether an occurrence can be snoozed (rule 5).
package enum SnoozeOutcome: Hashable, Sendable {
    case until(Instant)
    case usedUp
    /// The snooze would end less than five minutes before the occurrence closes.
    case tooLate

    /// The least time between the end of a snooze and the end of the window.
    static let margin: Duration = .minutes(5)
}

extension Diary {
    /// - Parameters:
    ///   - span: how long the snooze lasts; nil for the span of the configuration.
    ///   - disregarded: snoozes that do not count, because their clock was ahead and has been corrected since.
    package func snooze(
        _ occurrence: Occurrence, for span: Duration? = nil, at now: Instant,
        disregarding disregarded: Set<Record.ID> = []
    ) -> SnoozeOutcome {
        let settings = configuration.prompt
        let end = now + (span ?? settings.snooze)
        let records = ledger.records(of: occurrence.id).filter { !disregarded.contains($0.id) }[...]
        let isShorter = records.snoozedUntil.map { now < $0 && end < $0 } ?? false
        if !isShorter, records.snoozes >= settings.snoozeLimit { return .usedUp }
        return end > occurrence.closes - SnoozeOutcome.margin ? .tooLate : .until(end)
    }

    /// Until when an occurrence is snoozed; nil if it is not snoozed now.
    package func snoozeEnd(
        of id: OccurrenceID, at now: Instant, disregarding disregarded: Set<Record.ID> = []
    ) -> Instant? {
        let records = ledger.records(of: id).filter { !disregarded.contains($0.id) }[...]
        return records.snoozedUntil.flatMap { now < $0 ? $0 : nil }
    }
}

/// The slice must have the records of one occurrence that count, in order of time.
extension ArraySlice<Record> {
    /// When the snooze that counts ends or ended: of several, the one that was recorded last.
    var snoozedUntil: Instant? { last(where: \.isSnooze)?.snoozeEnds }

    /// How many snoozes count against the limit: all but those that made the one in force shorter.
    fileprivate var snoozes: Int {
        var count = 0
        var until: Instant?
        for record in self {
            guard let end = record.snoozeEnds else { continue }
            if let until, record.made < until, end < until {} else { count += 1 }
            until = end
        }
        return count
    }
}
