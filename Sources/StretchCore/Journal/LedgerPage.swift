package import StretchBase

/// What is known of one occurrence, in order of time.
struct LedgerPage: Hashable, Sendable {
    let occurrence: OccurrenceID
    var records: [Record]
}

extension [LedgerPage] {
    /// Where the first page of this time or a later one is, or would be.
    func place(of nominal: CivilTime) -> Int {
        place { $0.occurrence.nominal < nominal }
    }

    func page(of occurrence: OccurrenceID) -> LedgerPage? {
        let place = place(of: occurrence.nominal)
        return place < endIndex && self[place].occurrence == occurrence ? self[place] : nil
    }

    mutating func insert(_ record: Record, of occurrence: OccurrenceID) {
        let place = place(of: occurrence.nominal)
        if place < endIndex, self[place].occurrence == occurrence {
            self[place].records.insertInOrder(record)
        } else {
            insert(LedgerPage(occurrence: occurrence, records: [record]), at: place)
        }
    }

    mutating func remove(_ record: Record, of occurrence: OccurrenceID) {
        let place = place(of: occurrence.nominal)
        guard place < endIndex, self[place].occurrence == occurrence else { return }
        self[place].records.removeAll { $0.id == record.id }
        if self[place].records.isEmpty { remove(at: place) }
    }
}

extension Record {
    /// The day it counts for: the frozen one, or what the design computes where there is none.
    package func day(startingAt dayStart: Duration) -> Day {
        if let day { return day }
        if let occurrence { return occurrence.day(startingAt: dayStart) }
        return (ts.civil - dayStart).day
    }

    /// By time, then by id: the order in which a later record outranks an earlier one.
    static func inOrder(_ a: Record, _ b: Record) -> Bool { (a.ts.instant, a.id) < (b.ts.instant, b.id) }
}

extension [Record] {
    /// Of the records of one occurrence, in order of time: the verdict that stands.
    var verdict: Record? { last { $0.verdict != nil } }

    /// In order of time, and what is there several times once.
    var inOrderOnce: [Record] {
        sorted(by: Record.inOrder).reduce(into: []) { kept, record in
            if kept.last != record { kept.append(record) }
        }
    }

    /// Journals are read in order, so the place is nearly always the end.
    mutating func insertInOrder(_ record: Record) {
        var place = endIndex
        while place > startIndex, Record.inOrder(record, self[place - 1]) { place -= 1 }
        insert(record, at: place)
    }
}
