internal import StretchCore

/// The union of all files' records by id. Of lines with the same id but different bytes the lexically smaller counts,
/// in whatever order they are read.
///
/// It keeps two hashes a record and no lines. So when two lines turn out to differ the first one is gone: the id is
/// noted as contested and everything is read again, this time keeping the least line of every contested id.
struct RecordUnion: Sendable {
    /// Hash of the line by hash of the id.
    private var hashes: [Int: Int] = [:]
    /// The best line so far of each id that has several; nil before one was read again.
    private var contested: [String: Contest?] = [:]
    private var isDecided = false
    /// A record that was handed out does not count after all: everything has to be read again.
    private(set) var isOutdated = false

    private struct Contest: Sendable {
        let line: [UInt8]
        let record: Record
    }

    /// How many records there are.
    var count: Int { hashes.count }

    /// Begins to read everything again.
    mutating func restart() {
        hashes.removeAll(keepingCapacity: true)
        contested = contested.mapValues { _ in nil }
        isDecided = false
        isOutdated = false
    }

    /// True when the record is new and uncontested, so that it counts from now on.
    mutating func insert(_ record: Record, line: Span<UInt8>) -> Bool {
        let lineHash = hash(line)
        let former = hashes.updateValue(lineHash, forKey: record.id.hashValue)
        if let contest = contested[record.id] {
            if former != lineHash || contest == nil { settle(contest, with: record, line: line) }
            return false
        }
        guard let former else { return true }
        if former != lineHash {
            contested[record.id] = .some(nil)
            isOutdated = true
        }
        return false
    }

    /// Everything has been read: the records of the contested ids.
    mutating func decide() -> [Record] {
        isDecided = true
        return contested.values.compactMap { $0?.record }
    }

    private mutating func settle(_ contest: Contest?, with record: Record, line: Span<UInt8>) {
        let line = [UInt8](unsafeUninitializedCapacity: line.count) { buffer, count in
            for index in line.indices { buffer.initializeElement(at: index, to: line[index]) }
            count = line.count
        }
        if let contest, !line.lexicographicallyPrecedes(contest.line) { return }
        contested[record.id] = Contest(line: line, record: record)
        if isDecided { isOutdated = true }
    }

    private func hash(_ line: Span<UInt8>) -> Int {
        line.withUnsafeBytes { bytes in
            var hasher = Hasher()
            hasher.combine(bytes: bytes)
            return hasher.finalize()
        }
    }
}
