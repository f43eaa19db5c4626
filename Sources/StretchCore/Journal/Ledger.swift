/// The fold of the records of all machines: what was asked and answered, by occurrence.
///
/// The same records give the same ledger in any order and however often they come.
package struct Ledger: Sendable {
    private var ids: Set<Record.ID> = []
    /// By routine, in order of nominal time: what happened on one day is found by halves, and what is new comes at the end.
    private var pages: [String: [Page]] = [:]
    /// What else concerns no single occurrence: bonus verdicts, undos; in order of time.
    private var loose: [Record] = []
    /// Pauses and resumes, in order of time; by themselves, because every event asks for them, for each routine.
    private var breaks: [Record] = []
    /// Guides that led through an occurrence, in order of time.
    private var guides: [Record] = []
    /// What an `undo` took back.
    private var undone: Set<Record.ID> = []

    /// What is known of one occurrence, in order of time.
    fileprivate struct Page {
        let occurrence: OccurrenceID
        var records: [Record]
    }

    package init() {}

    package init(_ records: some Sequence<Record>) { merge(records) }

    package var isEmpty: Bool { ids.isEmpty }
    package var count: Int { ids.count }

    func contains(_ id: Record.ID) -> Bool { ids.contains(id) }

    package mutating func merge(_ records: some Sequence<Record>) {
        ids.reserveCapacity(ids.count + records.underestimatedCount)
        for record in records { insert(record) }
    }

    private mutating func insert(_ record: Record) {
        if !ids.insert(record.id).inserted {
            guard let known = known(like: record), record != known else { return }
            // The same id with other content: every machine must keep the same one.
            guard record.line.lexicographicallyPrecedes(known.line) else { return }
            remove(known)
        }
        if let occurrence = record.occurrence {
            pages[occurrence.routine, default: []].insert(record, of: occurrence)
        } else if record.isBreak {
            breaks.insertInOrder(record)
        } else {
            loose.insertInOrder(record)
        }
        if case .undo(let ids) = record.kind { undone.formUnion(ids) }
        if case .started = record.kind, record.occurrence != nil { guides.insertInOrder(record) }
    }

    /// The record with the same id.
    private func known(like record: Record) -> Record? {
        // Most probably it is about the same; only a contradiction needs the long way.
        let near = record.occurrence.map { page(of: $0)?.records ?? [] } ?? (record.isBreak ? breaks : loose)
        return near.last { $0.id == record.id } ?? all.first { $0.id == record.id }
    }

    private var all: some Sequence<Record> {
        [pages.values.flatMap(\.self).flatMap(\.records), loose, breaks].joined()
    }

    private mutating func remove(_ record: Record) {
        if let occurrence = record.occurrence {
            pages[occurrence.routine]?.remove(record, of: occurrence)
        } else if record.isBreak {
            breaks.removeAll { $0.id == record.id }
        } else {
            loose.removeAll { $0.id == record.id }
        }
        guides.removeAll { $0.id == record.id }
        if case .undo = record.kind {
            undone = []
            for case .undo(let ids) in all.map(\.kind) { undone.formUnion(ids) }
        }
    }
}

// MARK: - Questions

extension Ledger {
    /// What counts for each occurrence of a routine: the occurrences by nominal time, their records in order of time and
    /// without what was taken back.
    package func pages(of routine: String) -> some Sequence<[Record]> {
        (pages[routine] ?? []).lazy.map { standing($0.records) }
    }

    /// What counts for an occurrence, in order of time: what was taken back is left out.
    package func records(of occurrence: OccurrenceID) -> [Record] {
        standing(page(of: occurrence)?.records ?? [])
    }

    /// What came after the newest verdict, also one that was taken back.
    func recordsSinceVerdict(of occurrence: OccurrenceID) -> [Record] {
        let records = page(of: occurrence)?.records ?? []
        let begin = records.lastIndex { $0.verdict != nil }.map { $0 + 1 } ?? records.startIndex
        return standing(Array(records[begin...]))
    }

    private func page(of occurrence: OccurrenceID) -> Page? {
        pages[occurrence.routine]?.page(of: occurrence)
    }

    private func standing(_ records: [Record]) -> [Record] {
        undone.isEmpty ? records : records.filter { !undone.contains($0.id) }
    }

    /// Bonus verdicts, in order of time, without what was taken back.
    package var looseRecords: [Record] { standing(loose) }

    /// The verdict that stands: the newest one.
    package func verdict(of occurrence: OccurrenceID) -> Record? {
        records(of: occurrence).verdict
    }

    /// Whether a guide ever led somewhere: then the warning signs have been read.
    package var hasGuided: Bool {
        all.contains { record in
            if undone.contains(record.id) { return false }
            return if case .started = record.kind { true } else { record.via == .guide && record.kind == .done }
        }
    }

    /// The guides that began after an instant and were not taken back, in order of time.
    func recentGuides(since start: Instant) -> [Record] {
        guard let last = guides.last, last.ts.instant > start else { return [] }
        return standing(guides.reversed().prefix { $0.ts.instant > start }.reversed())
    }

    /// The time of the newest record of an occurrence, taken back or not.
    package func newest(of occurrence: OccurrenceID) -> Instant? {
        page(of: occurrence)?.records.last?.ts.instant
    }

    /// The verdicts that stand for a routine on a day, in order of time.
    package func verdicts(of routine: String, on day: Day, dayStart: Duration) -> [Record] {
        // The day begins at `dayStart`, so its occurrences are nominally of this date or the next.
        guard let pages = pages[routine] else { return [] }
        var verdicts: [Record] = []
        for page in pages[pages.place(of: CivilTime(day: day - 1, microsecondOfDay: 0))...] {
            if page.occurrence.nominal.day > day + 1 { break }
            guard let verdict = standing(page.records).verdict, verdict.day(startingAt: dayStart) == day else {
                continue
            }
            verdicts.append(verdict)
        }
        return verdicts.sorted(by: Record.inOrder)
    }

    /// The pause in force for a routine: of several the one that ends last.
    package func pause(of routine: String, at now: Instant) -> Pause? {
        unfinishedPauses(of: routine, at: now).filter { $0.from <= now }.max { $0.end < $1.end }
    }

    /// The pauses of a routine that nobody ended and that are not over.
    ///
    /// Whatever the clocks of the machines say: a pause that began when it was recorded holds as soon as it is known,
    /// and a `resume` ends what was recorded before it as soon as that is known.
    package func unfinishedPauses(of routine: String, at now: Instant) -> [Pause] {
        var pauses: [Pause] = []
        for record in breaks.reversed() where record.concerns(routine) && !undone.contains(record.id) {
            guard case .pause(let from, let until) = record.kind else { break }
            let hasBegun = from <= record.ts.instant
            let pause = Pause(from: hasBegun ? min(from, now) : from, until: until)
            if pause.end > now { pauses.append(pause) }
        }
        return pauses
    }

    /// All pauses of a routine, each ended by the first `resume` after it was recorded; the newest one first.
    package func pauses(of routine: String) -> [Pause] {
        var resumed: Instant?
        var pauses: [Pause] = []
        for record in standing(breaks).reversed() where record.concerns(routine) {
            if case .pause(let from, let until) = record.kind {
                pauses.append(Pause(from: from, until: [until, resumed].compactMap(\.self).min()))
            } else {
                // Its `ts` may only have had to outrank a clock that was ahead; the id tells when it was.
                resumed = min(record.ts.instant, RecordIDs.time(of: record.id) ?? record.ts.instant)
            }
        }
        return pauses
    }

    /// The time of a new pause or resume: later than every one that is known, so that the later decision wins over a
    /// faster clock elsewhere.
    package func breakTime(at now: Instant) -> Instant {
        breaks.last.map { max(now, $0.ts.instant + .milliseconds(1)) } ?? now
    }
}

extension Record {
    /// A pause, or the end of pauses.
    fileprivate var isBreak: Bool {
        switch kind {
        case .pause, .resume: true
        default: false
        }
    }

    fileprivate func concerns(_ routine: String) -> Bool { self.routine == nil || self.routine == routine }
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

extension [Ledger.Page] {
    /// Where the first page of this time or a later one is, or would be.
    fileprivate func place(of nominal: CivilTime) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if self[middle].occurrence.nominal < nominal { low = middle + 1 } else { high = middle }
        }
        return low
    }

    fileprivate func page(of occurrence: OccurrenceID) -> Ledger.Page? {
        let place = place(of: occurrence.nominal)
        return place < endIndex && self[place].occurrence == occurrence ? self[place] : nil
    }

    fileprivate mutating func insert(_ record: Record, of occurrence: OccurrenceID) {
        let place = place(of: occurrence.nominal)
        if place < endIndex, self[place].occurrence == occurrence {
            self[place].records.insertInOrder(record)
        } else {
            insert(Ledger.Page(occurrence: occurrence, records: [record]), at: place)
        }
    }

    fileprivate mutating func remove(_ record: Record, of occurrence: OccurrenceID) {
        let place = place(of: occurrence.nominal)
        guard place < endIndex, self[place].occurrence == occurrence else { return }
        self[place].records.removeAll { $0.id == record.id }
        if self[place].records.isEmpty { remove(at: place) }
    }
}

extension [Record] {
    /// Of the records of one occurrence, in order of time: the verdict that stands.
    var verdict: Record? { last { $0.verdict != nil } }

    /// Journals are read in order, so the place is nearly always the end.
    fileprivate mutating func insertInOrder(_ record: Record) {
        var place = endIndex
        while place > startIndex, Record.inOrder(record, self[place - 1]) { place -= 1 }
        insert(record, at: place)
    }
}
