/// The fold of the records of all machines: what was asked and answered, by occurrence.
///
/// The same records give the same ledger in any order and however often they come.
package struct Ledger: Sendable {
    private var byID: [Record.ID: Record] = [:]
    /// By routine and nominal day, so that what happened on one day is found at once.
    private var byDay: [RoutineDay: [OccurrenceID: [Record]]] = [:]
    /// What concerns no single occurrence: bonus verdicts, pauses, undos; in order of time.
    private var loose: [Record] = []
    /// What an `undo` took back.
    private var undone: Set<Record.ID> = []

    package init() {}

    package init(_ records: some Sequence<Record>) { merge(records) }

    package var isEmpty: Bool { byID.isEmpty }
    package var count: Int { byID.count }

    package mutating func merge(_ records: some Sequence<Record>) {
        for record in records { insert(record) }
    }

    private mutating func insert(_ record: Record) {
        if let known = byID[record.id] {
            // The same id with other content: every machine must keep the same one.
            guard record != known, record.line.lexicographicallyPrecedes(known.line) else { return }
            remove(known)
        }
        byID[record.id] = record
        if let occurrence = record.occurrence {
            byDay[RoutineDay(occurrence), default: [:]][occurrence, default: []].insertInOrder(record)
        } else {
            loose.insertInOrder(record)
        }
        if case .undo(let ids) = record.kind { undone.formUnion(ids) }
    }

    private mutating func remove(_ record: Record) {
        if let occurrence = record.occurrence {
            byDay[RoutineDay(occurrence)]?[occurrence]?.removeAll { $0.id == record.id }
        } else {
            loose.removeAll { $0.id == record.id }
        }
        if case .undo = record.kind {
            byID[record.id] = nil
            undone = []
            for case .undo(let ids) in byID.values.map(\.kind) { undone.formUnion(ids) }
        }
    }

    private struct RoutineDay: Hashable {
        let routine: String
        let day: Day
        init(routine: String, day: Day) {
            self.routine = routine
            self.day = day
        }
        init(_ occurrence: OccurrenceID) { self.init(routine: occurrence.routine, day: occurrence.nominal.day) }
    }
}

// MARK: - Questions

extension Ledger {
    /// Every occurrence anything is known of, in no order.
    package var occurrences: some Sequence<OccurrenceID> { byDay.values.lazy.flatMap(\.keys) }

    /// What counts for an occurrence, in order of time: what was taken back is left out.
    package func records(of occurrence: OccurrenceID) -> [Record] {
        (byDay[RoutineDay(occurrence)]?[occurrence] ?? []).filter { !undone.contains($0.id) }
    }

    /// Bonus verdicts, pauses and resumes, in order of time, without what was taken back.
    package var looseRecords: [Record] { loose.filter { !undone.contains($0.id) } }

    /// The verdict that stands: the newest one.
    package func verdict(of occurrence: OccurrenceID) -> Record? {
        records(of: occurrence).last { $0.verdict != nil }
    }

    /// The time of the newest record of an occurrence, taken back or not.
    package func newest(of occurrence: OccurrenceID) -> Instant? {
        byDay[RoutineDay(occurrence)]?[occurrence]?.last?.ts.instant
    }

    /// The verdicts that stand for a routine on a day, in order of time.
    package func verdicts(of routine: String, on day: Day, dayStart: Duration) -> [Record] {
        // The day begins at `dayStart`, so its occurrences are nominally of this date or the next.
        (-1...1).compactMap { byDay[RoutineDay(routine: routine, day: day + $0)] }
            .flatMap(\.keys)
            .compactMap(verdict(of:))
            .filter { $0.day(startingAt: dayStart) == day }
            .sorted(by: Record.inOrder)
    }

    /// The pause in force for a routine: of several the one that ends last.
    package func pause(of routine: String, at now: Instant) -> Pause? {
        pauses(of: routine).filter { $0.from <= now && now < $0.end }.max { $0.end < $1.end }
    }

    /// All pauses of a routine, each ended by the first `resume` after it was recorded.
    package func pauses(of routine: String) -> [Pause] {
        let concerned = looseRecords.filter { $0.routine == nil || $0.routine == routine }
        return concerned.enumerated().compactMap { index, record in
            guard case .pause(let from, let until) = record.kind else { return nil }
            let resumed = concerned[(index + 1)...].first { $0.kind == .resume }?.ts.instant
            return Pause(from: from, until: [until, resumed].compactMap(\.self).min())
        }
    }
}

/// A time in which nothing is asked.
package struct Pause: Hashable, Sendable {
    package let from: Instant
    /// Nil: until somebody resumes.
    package let until: Instant?

    package init(from: Instant, until: Instant?) {
        self.from = from
        self.until = until
    }

    var end: Instant { until ?? Instant(microseconds: .max) }
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
    /// Journals are read in order, so the place is nearly always the end.
    fileprivate mutating func insertInOrder(_ record: Record) {
        var place = endIndex
        while place > startIndex, Record.inOrder(record, self[place - 1]) { place -= 1 }
        insert(record, at: place)
    }
}
