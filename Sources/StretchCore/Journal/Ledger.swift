internal import StretchBase

/// The fold of the records of all machines: what was asked and answered, by occurrence.
///
/// The same records give the same ledger in any order and however often they come.
package struct Ledger: Hashable, Sendable {
    /// What was known when many records came at once, nearly all of it of the past.
    private(set) var archive = Archive()
    /// Occurrences of which something came later; they are in the archive no more.
    ///
    /// By routine, in order of nominal time: what happened on one day is found by halves, and what is new comes at the
    /// end.
    private(set) var pages: [String: [LedgerPage]] = [:]
    /// What else concerns no single occurrence: bonus verdicts, undos; in order of time.
    private(set) var loose: [Record] = []
    /// Pauses and resumes, in order of time; by themselves, because every event asks for them, for each routine.
    private(set) var breaks: [Record] = []
    /// What an `undo` took back.
    private(set) var undone: Set<Record.ID> = []
    /// The ids of what is not in the archive.
    private var ids: Set<Record.ID> = []
    /// No guide began later than this.
    private(set) var newestGuide: Instant?

    package init() {}

    package init(_ records: some Sequence<Record>) {
        self.init { take in for record in records { take(record) } }
    }

    /// The ledger of the records that `read` hands over.
    package init(of read: (_ take: (Record) -> Void) -> Void) {
        self.init()
        var others: [Record] = []
        read { record in
            note(record)
            if let occurrence = record.occurrence { archive.add(record, of: occurrence) } else { others.append(record) }
        }
        archive.putInOrder()
        others = others.inOrderOnce
        (breaks, loose) = (others.filter(\.isBreak), others.filter { !$0.isBreak })
        ids = Set(others.map(\.id))
        if let agreed = agreed(on: doubles) { self = Ledger(agreed) }
    }

    /// The fingerprints that several records have: of one id, or, one in millions, of different ones.
    private var doubles: Set<UInt64> {
        var fingerprints = Array(archive.fingerprints)
        fingerprints += loose.map(\.id.fingerprint) + breaks.map(\.id.fingerprint)
        fingerprints.sort()
        return zip(fingerprints, fingerprints.dropFirst()).reduce(into: []) { doubles, neighbours in
            if neighbours.0 == neighbours.1 { doubles.insert(neighbours.0) }
        }
    }

    /// The ids of the routines that something was recorded of, in ascending order.
    package var routines: [String] {
        Set(pages.keys).union(archive.routines).union(loose.compactMap(\.routine)).sorted()
    }

    package var isEmpty: Bool { ids.isEmpty && archive.count == 0 }
    package var count: Int {
        archive.count + pages.values.joined().reduce(0) { $0 + $1.records.count } + loose.count + breaks.count
    }

    package mutating func merge(_ records: some Collection<Record>) {
        // One by one many would take long: each moves those that come after it.
        if records.count > 1000 {
            self = Ledger([AnySequence(all), AnySequence(records)].joined())
        } else {
            for record in records { insert(record) }
        }
    }

    /// One with this id is known.
    func contains(_ record: Record) -> Bool {
        ids.contains(record.id) || archive.contains(record.id)
    }

    private mutating func insert(_ record: Record) {
        if contains(record), let known = known(like: record) {
            guard record != known else { return }
            // The same id with other content: every machine must keep the same one.
            guard record.line.lexicographicallyPrecedes(known.line) else { return }
            remove(known)
        }
        ids.insert(record.id)
        if let occurrence = record.occurrence {
            fetch(occurrence)
            pages[occurrence.routine, default: []].insert(record, of: occurrence)
        } else if record.isBreak {
            breaks.insertInOrder(record)
        } else {
            loose.insertInOrder(record)
        }
        note(record)
    }

    /// Out of the archive, where nothing changes.
    private mutating func fetch(_ occurrence: OccurrenceID) {
        for record in archive.remove(occurrence) {
            pages[occurrence.routine, default: []].insert(record, of: occurrence)
            ids.insert(record.id)
        }
    }

    /// The records, of those with the same id the one that every machine keeps; nil when no two have the same.
    private func agreed(on doubles: Set<UInt64>) -> [Record]? {
        if doubles.isEmpty { return nil }
        var kept: [Record.ID: Record] = [:]
        var isContradicted = false
        for record in all where doubles.contains(record.id.fingerprint) {
            if let known = kept[record.id] {
                isContradicted = true
                if !record.line.lexicographicallyPrecedes(known.line) { continue }
            }
            kept[record.id] = record
        }
        return isContradicted ? all.filter { record in kept[record.id].map { $0 == record } ?? true } : nil
    }

    /// What a record changes for others.
    private mutating func note(_ record: Record) {
        switch record.kind {
        case .undo(let ids): undone.formUnion(ids)
        case .started: newestGuide = max(newestGuide ?? record.ts.instant, record.ts.instant)
        default: break
        }
    }

    /// The record with the same id.
    private func known(like record: Record) -> Record? {
        // Most probably it is about the same; only a contradiction needs the long way.
        let near = record.occurrence.map { allRecords(of: $0) } ?? (record.isBreak ? breaks : loose)
        return near.last { $0.id == record.id } ?? all.first { $0.id == record.id }
    }

    /// All records, in no order.
    package var all: some Sequence<Record> {
        [
            AnySequence(archive.all), AnySequence(pages.values.joined().lazy.flatMap(\.records)), AnySequence(loose),
            AnySequence(breaks),
        ].joined()
    }

    private mutating func remove(_ record: Record) {
        if let occurrence = record.occurrence {
            fetch(occurrence)
            pages[occurrence.routine]?.remove(record, of: occurrence)
        } else if record.isBreak {
            breaks.removeAll { $0.id == record.id }
        } else {
            loose.removeAll { $0.id == record.id }
        }
        if case .undo = record.kind {
            undone = []
            for case .undo(let ids) in all.map(\.kind) { undone.formUnion(ids) }
        }
    }
}
