internal import StretchBase

/// Prompts and snoozes that do not count.
///
/// There are three reasons: a clock that was ahead recorded them, a change of zone or clock moved their occurrence to
/// another time, or the prompt was shown on another machine.
struct DisregardedRecords: Sendable {
    /// By occurrence; `newest` is when the last of its records was made or disregarded, whichever is later.
    private var occurrences: [OccurrenceID: (ids: Set<Record.ID>, newest: Instant)] = [:]

    /// How long they are kept: a window is open for at most a day, and another zone moves it by little more than a day.
    static let memory: Duration = .days(3)

    var count: Int { occurrences.count }

    mutating func insert(_ records: some Sequence<Record>, at now: Instant) {
        for record in records { insert(record, at: now) }
    }

    /// Inserts prompts from a clock that was ahead, and snoozes of occurrences that are still to come.
    ///
    /// Snoozes of open occurrences may come from another machine whose clock is fast, so they count.
    mutating func insert(ahead records: some Sequence<Record>, in zone: Zone, at now: Instant) {
        for record in records where record.ts.instant >= now + .minutes(1) {
            let opens = record.occurrence.flatMap { zone.resolve($0.nominal)?.instant }
            if record.isPrompt || record.isSnooze && opens.map({ $0 > now }) ?? false { insert(record, at: now) }
        }
    }

    /// Inserts prompts of another machine, which nobody sees on this one.
    mutating func insert(elsewhere records: some Sequence<Record>, unknownTo ledger: Ledger, at now: Instant) {
        // A file with the records of many years may arrive. Its old records no longer matter.
        let recent = now - DisregardedRecords.memory
        for record in records where record.isPrompt && record.ts.instant > recent && !ledger.contains(record) {
            insert(record, at: now)
        }
    }

    private mutating func insert(_ record: Record, at now: Instant) {
        guard let occurrence = record.occurrence else { return }
        let newest = max(now, record.ts.instant)
        occurrences[occurrence, default: ([], newest)].ids.insert(record.id)
        occurrences[occurrence]?.newest = newest
    }

    /// Forgets records whose occurrence cannot be open again in any zone.
    mutating func forget(at now: Instant) {
        occurrences = occurrences.filter { now < $0.value.newest + DisregardedRecords.memory }
    }

    func records(of occurrence: OccurrenceID) -> Set<Record.ID> { occurrences[occurrence]?.ids ?? [] }
}
