package import StretchBase

/// The union of the records of all machines: what was asked and answered.
///
/// The same records give the same ledger, in any order and even if some are added twice.
package struct Ledger: Hashable, Sendable {
    /// The records of each section, sorted by `Record.isOrdered` for binary search.
    ///
    /// A new record nearly always goes to the end.
    private var sections: [Section: [Record]] = [:]
    /// The ids of records that an `undo` took back.
    private var undone: Set<Record.ID> = []
    /// The latest of the ids that contain a time.
    private var newestID: Record.ID?
    /// The time of the newest record of a guide, even if that record was taken back.
    private var newestGuide: Instant?

    fileprivate enum Section: Hashable {
        case occurrences(of: String)
        /// Pauses and resumes.
        case pauses
        /// Other records without an occurrence: bonus verdicts, undos of bonus verdicts, known stretches, unknown types.
        case others
    }

    package init() {}

    package init(_ records: some Sequence<Record>) {
        self.init { take in for record in records { take(record) } }
    }

    /// The ledger of the records that `read` passes to `take`.
    package init(of read: (_ take: (Record) -> Void) -> Void) {
        var others: [Record] = []
        read { record in if isNew(record) { add(record) } else { others.append(record) } }
        // The files of several machines overlap in time, so only a set of all ids shows which records are repeated.
        var ids: Set<Record.ID> = others.isEmpty ? [] : Set(all.lazy.map(\.id))
        let repeated = others.filter { record in
            let isFirst = ids.insert(record.id).inserted
            if isFirst { add(record) }
            return !isFirst
        }
        if !repeated.isEmpty { unite(repeated) }
        for section in Array(sections.keys) { sections[section]?.sort(by: Record.isOrdered) }
    }

    /// Adds records whose ids are in the ledger already: each replaces the known record, or is dropped.
    private mutating func unite(_ repeated: [Record]) {
        var chosen: [Record.ID: Record] = [:]
        for record in repeated where chosen[record.id].map(record.outranks) ?? true { chosen[record.id] = record }
        for section in Array(sections.keys) {
            sections[section]?.removeAll { known in
                guard let record = chosen[known.id] else { return false }
                if record.outranks(known) { return true }
                chosen[known.id] = nil
                return false
            }
        }
        for record in chosen.values { add(record) }
        collectUndone()
    }

    /// By its id, the record was made after all records of the ledger.
    private func isNew(_ record: Record) -> Bool { record.id.time != nil && newestID.map { $0 < record.id } ?? true }

    private mutating func add(_ record: Record) {
        index(record)
        sections[record.section, default: []].append(record)
    }

    // MARK: The union

    package mutating func merge(_ records: some Collection<Record>) {
        // Inserting many older records one by one would be slow, because each needs a search and moves the records
        // behind it.
        if records.count(where: { !isNew($0) }) > 100 {
            self = Ledger([AnySequence(all), AnySequence(records)].joined())
        } else {
            for record in records { insert(record) }
        }
    }

    private mutating func insert(_ record: Record) {
        if let known = known(like: record) {
            guard record.outranks(known) else { return }
            remove(known)
        }
        index(record)
        sections[record.section, default: []].insert(record, by: Record.isOrdered)
    }

    /// Updates `newestID`, `undone` and `newestGuide`.
    private mutating func index(_ record: Record) {
        if record.id.time != nil { newestID = max(newestID ?? record.id, record.id) }
        switch record.kind {
        case .undo(let ids): undone.formUnion(ids)
        case .started: newestGuide = max(newestGuide ?? record.ts.instant, record.ts.instant)
        default: break
        }
    }

    private mutating func remove(_ record: Record) {
        sections[record.section]?.removeAll { $0.id == record.id }
        if case .undo = record.kind { collectUndone() }
    }

    private mutating func collectUndone() {
        undone = []
        for case .undo(let ids) in all.lazy.map(\.kind) { undone.formUnion(ids) }
    }

    /// The record of the ledger with the same id; nil if there is none.
    private func known(like record: Record) -> Record? {
        // Usually the record is newer than all others, or already in its place. Only other records need the search
        // through all.
        if isNew(record) { return nil }
        if let known = recordInPlace(of: record), known.id == record.id { return known }
        return all.first { $0.id == record.id }
    }

    /// The record of the ledger at the place where this record belongs; nil if that is behind the last one.
    private func recordInPlace(of record: Record) -> Record? {
        let section = records(in: record.section)
        let place = section.place { Record.isOrdered($0, before: record) }
        return place < section.endIndex ? section[place] : nil
    }

    // MARK: All of it

    /// All records, in no particular order.
    package var all: some Sequence<Record> { sections.values.joined() }

    package var count: Int { sections.values.reduce(0) { $0 + $1.count } }
    package var isEmpty: Bool { count == 0 }

    /// The ledger has this record, with the same content.
    package func knows(_ record: Record) -> Bool { recordInPlace(of: record) == record }

    /// The ledger has a record with this id.
    package func contains(_ record: Record) -> Bool { known(like: record) != nil }

    /// The ids of all routines that have records, in ascending order.
    package var routines: [String] {
        let routines = sections.compactMap { section, records in
            if case .occurrences(let routine) = section, !records.isEmpty { routine } else { nil }
        }
        return Set(routines + records(in: .others).compactMap(\.routine)).sorted()
    }

    /// A guide ended done before, so the person has seen the warning signs.
    ///
    /// One that only began does not count: it may run beside this one, or have been closed at the signs. Nor does one
    /// that ran into a file, where nobody confirmed that they read them: it makes no stretch known.
    package var hasGuided: Bool { !knownStretches.isEmpty }

    /// The stretches of which the person has been shown what to take care of.
    package var knownStretches: Set<String> {
        Set(otherRecords.compactMap { if case .known(let stretch) = $0.kind { stretch } else { nil } })
    }

    private func records(in section: Section) -> [Record] { sections[section] ?? [] }

    /// The records that were not taken back.
    private func notTakenBack(_ records: ArraySlice<Record>) -> ArraySlice<Record> {
        undone.isEmpty ? records : records.filter { !undone.contains($0.id) }[...]
    }

    // MARK: Occurrences

    /// Visits each occurrence of a routine, in order of nominal time, with its records in order of time.
    ///
    /// Records that were taken back are left out.
    package func forEachOccurrence(of routine: String, _ visit: (_ records: ArraySlice<Record>) -> Void) {
        forEachOccurrence(of: routine, from: nil) { visit(notTakenBack($0)) }
    }

    /// The same with the records that were taken back.
    func forEachOccurrenceWithUndone(of routine: String, _ visit: (_ records: ArraySlice<Record>) -> Void) {
        forEachOccurrence(of: routine, from: nil, visit)
    }

    /// The occurrences of a routine that may have records since an instant.
    ///
    /// Each slice has the records of one occurrence, including those that were taken back.
    func occurrences(of routine: String, since start: Instant) -> [ArraySlice<Record>] {
        var found: [ArraySlice<Record>] = []
        // An occurrence that is asked or answered after `start` was planned at most a few days before `start`, in any
        // zone.
        let first = CivilTime(day: Day(ordinal: Int(start.seconds / 86_400)) - 4, microsecondOfDay: 0)
        forEachOccurrence(of: routine, from: first) { found.append($0) }
        return found
    }

    /// Visits the occurrences from a nominal time on, including records that were taken back.
    private func forEachOccurrence(
        of routine: String, from first: CivilTime?, _ visit: (_ records: ArraySlice<Record>) -> Void
    ) {
        let records = records(in: .occurrences(of: routine))
        var start = first.map(records.place) ?? 0
        while start < records.endIndex {
            let end = records.end(ofOccurrenceAt: start)
            visit(records[start..<end])
            start = end
        }
    }

    /// The records of an occurrence that were not taken back, in order of time.
    package func records(of occurrence: OccurrenceID) -> ArraySlice<Record> { notTakenBack(allRecords(of: occurrence)) }

    /// The records of an occurrence after its newest verdict, without those that were taken back.
    ///
    /// The newest verdict counts here even if it was taken back.
    func recordsSinceVerdict(of occurrence: OccurrenceID) -> ArraySlice<Record> {
        let records = allRecords(of: occurrence)
        let begin = records.lastIndex { $0.verdict != nil }.map { $0 + 1 } ?? records.startIndex
        return notTakenBack(records[begin...])
    }

    /// The records of an occurrence in order of time, including those that were taken back.
    private func allRecords(of occurrence: OccurrenceID) -> ArraySlice<Record> {
        let records = records(in: .occurrences(of: occurrence.routine))
        let start = records.place(of: occurrence.nominal)
        guard start < records.endIndex, records[start].subject.nominal == occurrence.nominal else { return [] }
        return records[start..<records.end(ofOccurrenceAt: start)]
    }

    /// The records of guides that were made after an instant and not taken back, in order of time.
    func recentGuides(since start: Instant) -> ArraySlice<Record> {
        guard let newestGuide, newestGuide > start else { return [] }
        let guides = routines.flatMap { routine in
            occurrences(of: routine, since: start).joined().filter { $0.isGuide && $0.ts.instant > start }
        }
        return notTakenBack(guides.sorted(by: Record.isEarlier)[...])
    }

    /// For each record that was taken back, the first record that says so.
    var undos: [Record.ID: Record] {
        var undos: [Record.ID: Record] = [:]
        for record in all {
            guard case .undo(let ids) = record.kind else { continue }
            for id in ids where undos[id].map({ Record.isEarlier(record, than: $0) }) ?? true { undos[id] = record }
        }
        return undos
    }

    // MARK: Levels

    /// The record that says at which level a stretch is done: the newest one; nil if there is none.
    package func level(of stretch: String) -> Record? {
        otherRecords.last { if case .level(_, stretch) = $0.kind { true } else { false } }
    }

    /// The newest record that raised the level of a stretch, from 0 at the beginning; nil if none did.
    func lastRaise(of stretch: String) -> Record? {
        var (level, raise) = (0, Record?.none)
        for record in otherRecords {
            guard case .level(let next, stretch) = record.kind else { continue }
            if next > level { raise = record }
            level = next
        }
        return raise
    }

    // MARK: Verdicts

    /// The records without an occurrence, except pauses and resumes, in order of time.
    ///
    /// These are bonus verdicts, undos of bonus verdicts, known stretches and unknown types. Records that were taken back
    /// are left out.
    package var otherRecords: ArraySlice<Record> { notTakenBack(records(in: .others)[...]) }

    var otherRecordsWithUndone: [Record] { records(in: .others) }

    /// The verdict that counts: the newest one that was not taken back.
    package func verdict(of occurrence: OccurrenceID) -> Record? { records(of: occurrence).verdict }

    /// The verdicts that count for a routine on a day, one for each answered occurrence, in order of time.
    package func verdicts(of routine: String, on day: Day, dayStart: Duration) -> [Record] {
        let records = records(in: .occurrences(of: routine))
        // The day begins at `dayStart`, so its occurrences have nominal times of this date or the next.
        var place = records.place(of: CivilTime(day: day - 1, microsecondOfDay: 0))
        let end = CivilTime(day: day + 2, microsecondOfDay: 0)
        var verdicts: [Record] = []
        while place < records.endIndex, let nominal = records[place].subject.nominal, nominal < end {
            if records[place].verdict != nil, !undone.contains(records[place].id) {
                // Of several verdicts on one occurrence, only the last one counts.
                if verdicts.last?.subject.nominal == nominal { verdicts.removeLast() }
                verdicts.append(records[place])
            }
            place += 1
        }
        return verdicts.filter { $0.day(startingAt: dayStart) == day }.sorted(by: Record.isEarlier)
    }

    /// The time of a new verdict: later than all records of the occurrence.
    ///
    /// So a later decision wins even if the clock of another machine is fast (rule 7).
    func verdictTime(for occurrence: OccurrenceID, at now: Instant) -> Instant {
        allRecords(of: occurrence).last.map { max(now, $0.ts.instant + .milliseconds(1)) } ?? now
    }

    /// The records that `undo` takes back, in order of time; empty if there is none (rule 14).
    ///
    /// It is the newest verdict, snooze or pause of this machine that stands. With a verdict on an occurrence go those
    /// of this machine before it that say the same.
    ///
    /// - Parameter own: the records of this machine, in the order in which it wrote them.
    package func lastDecision(among own: [Record], at now: Instant) -> [Record] {
        guard let last = own.last(where: { stands($0, at: now) }) else { return [] }
        guard let occurrence = last.occurrence, let verdict = last.verdict else { return [last] }
        let ids = Set(own.lazy.filter { $0.occurrence == occurrence }.map(\.id))
        let verdicts = records(of: occurrence).filter { $0.verdict != nil }
        let repeated = verdicts.reversed().drop { $0.id != last.id }.prefix { $0.verdict == verdict }
        return repeated.filter { ids.contains($0.id) }.reversed()
    }

    /// Whether it makes a difference to take a record back, because it was a decision and still counts.
    private func stands(_ record: Record, at now: Instant) -> Bool {
        if undone.contains(record.id) { return false }
        return switch record.kind {
        case .done, .skip: true
        case .pause: !isResumed(record)
        case .snooze(let until): now < until
        case .prompted, .started, .held, .resume, .undo, .known, .level, .unknown: false
        }
    }

    // MARK: Pauses

    /// Whether a `resume` ended a pause.
    private func isResumed(_ pause: Record) -> Bool {
        records(in: .pauses).contains { $0.kind == .resume && !undone.contains($0.id) && pause.isEnded(by: $0) }
    }

    /// The pauses and resumes in order of time, including those that were taken back.
    var pausesWithUndone: [Record] { records(in: .pauses) }

    /// The pause in force for a routine; if there are several, the one that ends last.
    package func pause(of routine: String, at now: Instant) -> Pause? {
        unfinishedPauses(of: routine, at: now).filter { $0.from <= now }.max { $0.end < $1.end }
    }

    /// The pauses of a routine that are not over and that no `resume` ended; some may begin later.
    ///
    /// The clocks of the machines may differ. So a pause that began when it was recorded counts as soon as its record
    /// arrives. As soon as a `resume` arrives, it ends the pauses recorded before it that began before its `ts`.
    package func unfinishedPauses(of routine: String, at now: Instant) -> [Pause] {
        var newestResume: Record?
        var pauses: [Pause] = []
        for record in records(in: .pauses).reversed()
        where record.concerns(routine) && !undone.contains(record.id) {
            guard case .pause(let from, let until) = record.kind else {
                newestResume = newestResume ?? record
                continue
            }
            if let newestResume, record.isEnded(by: newestResume) { continue }
            let hasBegun = from <= record.ts.instant
            let pause = Pause(from: hasBegun ? min(from, now) : from, until: until)
            if pause.end > now { pauses.append(pause) }
        }
        return pauses
    }

    /// The records of the pauses that have not begun, in order of their beginning.
    package func comingPauses(at now: Instant) -> [Record] {
        let coming = notTakenBack(records(in: .pauses)[...]).compactMap { record -> (from: Instant, record: Record)? in
            guard case .pause(let from, _) = record.kind, from > max(now, record.ts.instant) else { return nil }
            return (from, record)
        }
        return coming.sorted { $0.from < $1.from }.map(\.record)
    }

    /// All pauses of a routine, the newest one first.
    ///
    /// Each is ended by the first `resume` that was recorded after it and when it had begun.
    package func pauses(of routine: String) -> [Pause] {
        var resumes: [Record] = []
        var pauses: [Pause] = []
        for record in notTakenBack(records(in: .pauses)[...]).reversed() where record.concerns(routine) {
            if case .pause(let from, let until) = record.kind {
                let planned = Pause(from: from, until: until, firstDay: record.day, lastDay: record.lastDay)
                let resume = resumes.last(where: record.isEnded).flatMap { $0.made < planned.end ? $0 : nil }
                let ended = resume.map { Pause(from: from, until: $0.made, firstDay: record.day, lastDay: $0.day) }
                pauses.append(ended ?? planned)
            } else {
                resumes.append(record)
            }
        }
        return pauses
    }

    /// The time of a new pause or resume: later than all known ones.
    ///
    /// So a later decision wins even if the clock of another machine is fast.
    package func pauseTime(at now: Instant) -> Instant {
        records(in: .pauses).last.map { max(now, $0.ts.instant + .milliseconds(1)) } ?? now
    }
}

extension Record {
    /// The section of the ledger that has the record.
    fileprivate var section: Ledger.Section {
        if let occurrence { return .occurrences(of: occurrence.routine) }
        return switch kind {
        case .pause, .resume: .pauses
        default: .others
        }
    }

    /// Whether this record counts instead of another one with the same id; all machines must choose the same one.
    fileprivate func outranks(_ other: Record) -> Bool { self != other && line.lexicographicallyPrecedes(other.line) }

    /// Whether a `resume` ends this pause: it was recorded later, when the pause had begun (rule 14).
    fileprivate func isEnded(by resume: Record) -> Bool {
        guard case .pause(let from, _) = kind else { return false }
        return from <= resume.ts.instant && Record.isEarlier(self, than: resume)
    }
}

extension [Record] {
    /// The index of the first record with this nominal time or a later one.
    fileprivate func place(of nominal: CivilTime) -> Int {
        place { record in record.subject.nominal.map { $0 < nominal } ?? false }
    }

    /// The index after the last record of the occurrence that starts at `start`.
    fileprivate func end(ofOccurrenceAt start: Int) -> Int {
        let nominal = self[start].subject.nominal
        var end = start + 1
        while end < endIndex, self[end].subject.nominal == nominal { end += 1 }
        return end
    }

    /// Inserts a record into an array that is sorted by `isOrdered`.
    mutating func insert(_ record: Record, by isOrdered: (Record, Record) -> Bool) {
        insert(record, at: place { isOrdered($0, record) })
    }
}

extension ArraySlice<Record> {
    /// The verdict that counts: the newest one.
    ///
    /// The slice must have the records of one occurrence that were not taken back, in order of time.
    var verdict: Record? { last { $0.verdict != nil } }
}

extension Array {
    /// The index of the first element for which `comesBefore` is false; all elements for which it is true must come
    /// first.
    func place(where comesBefore: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if comesBefore(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
