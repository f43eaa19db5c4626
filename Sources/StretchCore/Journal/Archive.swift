internal import StretchBase

/// The records of occurrences that were there when the journal was read, packed: nothing is looked up in most of them
/// until somebody asks for all.
struct Archive: Hashable, Sendable {
    private var shelves: [Shelf] = []
    /// The place of each routine's.
    private var places: [String: Int] = [:]
    /// Most records are about the routine of the one before.
    private var place = 0
    /// No id that tells its time was made later.
    private var newest: Instant?

    /// The records of one routine's occurrences, by nominal time, time and id.
    fileprivate struct Shelf: Hashable, Sendable {
        let routine: String
        var records: [PackedRecord] = []
        var boxes: [Record] = []
        /// As far as it was filled.
        var isInOrder = true
    }

    /// Adds the record of an occurrence.
    ///
    /// When all are added, `putInOrder` is called, before anything is asked.
    mutating func add(_ record: Record, of occurrence: OccurrenceID) {
        if !shelves.indices.contains(place) || shelves[place].routine != occurrence.routine {
            place = places[occurrence.routine] ?? shelves.count
            if place == shelves.count {
                places[occurrence.routine] = place
                shelves.append(Shelf(routine: occurrence.routine))
            }
        }
        shelves[place].append(record, of: occurrence)
        if let time = record.id.time { newest = max(newest ?? time, time) }
    }

    /// What was added several times is there once then; records that contradict each other are all there.
    mutating func putInOrder() {
        for index in shelves.indices { shelves[index].putInOrder() }
    }

    private func shelf(of routine: String) -> Shelf? { places[routine].map { shelves[$0] } }

    var count: Int { shelves.reduce(0) { $0 + $1.records.count } }
    var routines: some Sequence<String> { shelves.lazy.filter { !$0.records.isEmpty }.map(\.routine) }

    /// Whether the record with an id is here.
    ///
    /// Of a new one its time tells; for others all are looked through.
    func contains(_ id: Record.ID) -> Bool {
        if let time = id.time, newest.map({ $0 < time }) ?? true { return false }
        return shelves.contains { shelf in
            shelf.records.contains { packed in packed.box.map { shelf.boxes[$0].id == id } ?? packed.has(id) }
        }
    }

    func count(of routine: String) -> Int { shelf(of: routine)?.records.count ?? 0 }

    func records(of occurrence: OccurrenceID) -> [Record] {
        guard let shelf = shelf(of: occurrence.routine) else { return [] }
        return shelf.records[shelf.range(of: occurrence.nominal)].map(shelf.unpacked)
    }

    /// The records of an occurrence, which leave it.
    mutating func remove(_ occurrence: OccurrenceID) -> [Record] {
        guard let place = places[occurrence.routine] else { return [] }
        let range = shelves[place].range(of: occurrence.nominal)
        if range.isEmpty { return [] }
        let records = shelves[place].records[range].map(shelves[place].unpacked)
        shelves[place].records.removeSubrange(range)
        return records
    }

    /// The records of each occurrence of a routine from a nominal time on, in order of time.
    func forEachPage(of routine: String, from first: CivilTime? = nil, _ visit: (_ records: [Record]) -> Void) {
        guard let shelf = shelf(of: routine) else { return }
        // One page after the other is written into the same memory.
        var page: [Record] = []
        var last: PackedRecord?
        for packed in shelf.records[(first.map(shelf.place) ?? 0)...] {
            if let last, !packed.isOfSameOccurrence(as: last) {
                visit(page)
                page.removeAll(keepingCapacity: true)
            }
            page.append(shelf.unpacked(packed))
            last = packed
        }
        if !page.isEmpty { visit(page) }
    }

    /// All of them, in no order.
    var all: some Sequence<Record> {
        shelves.lazy.flatMap { shelf in shelf.records.lazy.map(shelf.unpacked) }
    }

    var fingerprints: some Sequence<UInt64> { shelves.lazy.flatMap { $0.records.lazy.map(\.fingerprint) } }
}

extension Archive.Shelf {
    fileprivate mutating func append(_ record: Record, of occurrence: OccurrenceID) {
        let packed: PackedRecord
        if let fitting = PackedRecord(record, of: occurrence) {
            packed = fitting
        } else {
            packed = PackedRecord(record, of: occurrence, inBox: boxes.count)
            boxes.append(record)
        }
        if isInOrder, let last = records.last { isInOrder = isOrdered(last, before: packed) }
        records.append(packed)
    }

    fileprivate mutating func putInOrder() {
        if isInOrder { return }
        records.sort(by: isOrdered)
        // The same record lies beside itself now.
        var kept: [PackedRecord] = []
        kept.reserveCapacity(records.count)
        for packed in records {
            if let last = kept.last, isSame(last, packed) { continue }
            kept.append(packed)
        }
        records = kept
        isInOrder = true
    }

    private func isSame(_ a: PackedRecord, _ b: PackedRecord) -> Bool {
        guard let boxA = a.box, let boxB = b.box else { return a == b }
        return boxes[boxA] == boxes[boxB]
    }

    private func isOrdered(_ a: PackedRecord, before b: PackedRecord) -> Bool {
        PackedRecord.isOrdered(a, before: b) ?? Record.inOrder(unpacked(a), unpacked(b))
    }

    fileprivate func unpacked(_ packed: PackedRecord) -> Record {
        if let box = packed.box { boxes[box] } else { packed.record(of: routine) }
    }

    /// Where the first record of this time or a later one is, or would be.
    fileprivate func place(of nominal: CivilTime) -> Int {
        records.place { $0.nominal < nominal }
    }

    fileprivate func range(of nominal: CivilTime) -> Range<Int> {
        let start = place(of: nominal)
        var end = start
        while end < records.count, records[end].nominal == nominal { end += 1 }
        return start..<end
    }
}

extension Array {
    /// Of an array in order: where the first element is that does not come before what is looked for.
    func place(where comesBefore: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if comesBefore(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
