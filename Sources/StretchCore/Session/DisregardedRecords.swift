internal import StretchBase

/// Prompts and snoozes that do not count: a clock that was ahead recorded them, a zone or the clock took their time away,
/// or the prompt came up on another machine.
struct DisregardedRecords: Sendable {
    private var pages: [OccurrenceID: Page] = [:]

    private struct Page {
        var ids: Set<Record.ID> = []
        /// When the last of them was recorded or disregarded, whichever is later.
        var newest: Instant
    }

    /// A window is open for a day at most, and another zone moves it by little more than one.
    static let memory: Duration = .days(3)

    var count: Int { pages.count }

    mutating func insert(_ records: some Sequence<Record>, at now: Instant) {
        for record in records { insert(record, at: now) }
    }

    /// Prompts of a clock that was ahead, and snoozes of what is still to come: another machine, whose clock is fast, may
    /// have snoozed what is open.
    mutating func insert(ahead records: some Sequence<Record>, in zone: Zone, at now: Instant) {
        for record in records where record.ts.instant >= now + .minutes(1) {
            let opens = record.occurrence.flatMap { zone.resolve($0.nominal)?.instant }
            if record.isPrompt || record.isSnooze && opens.map({ $0 > now }) ?? false { insert(record, at: now) }
        }
    }

    /// Inserts prompts of another machine, which nobody sees on this one.
    mutating func insert(elsewhere records: some Sequence<Record>, unknownTo ledger: Ledger, at now: Instant) {
        // A file of many years may arrive; old records decide nothing any more.
        let recent = now - DisregardedRecords.memory
        for record in records where record.isPrompt && record.ts.instant > recent && !ledger.contains(record) {
            insert(record, at: now)
        }
    }

    private mutating func insert(_ record: Record, at now: Instant) {
        guard let occurrence = record.occurrence else { return }
        let newest = max(now, record.ts.instant)
        pages[occurrence, default: Page(newest: newest)].ids.insert(record.id)
        pages[occurrence]?.newest = newest
    }

    /// Forgets records whose occurrence no zone can bring back.
    mutating func forget(at now: Instant) {
        pages = pages.filter { now < $0.value.newest + DisregardedRecords.memory }
    }

    func records(of occurrence: OccurrenceID) -> Set<Record.ID> { pages[occurrence]?.ids ?? [] }
}
