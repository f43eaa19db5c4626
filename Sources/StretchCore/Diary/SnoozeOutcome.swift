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
        let count = ledger.records(of: occurrence.id).count { $0.isSnooze && !disregarded.contains($0.id) }
        if count >= settings.snoozeLimit { return .usedUp }
        return end > occurrence.closes - SnoozeOutcome.margin ? .tooLate : .until(end)
    }
}
