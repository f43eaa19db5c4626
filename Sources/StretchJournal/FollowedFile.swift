internal import Glibc

/// A file of the journal as far as it was read: enough to go on where it grew, and to notice when it did not just grow.
struct FollowedFile: Sendable {
    /// What `stat` said before the last reading; nil before the first.
    private(set) var seen: Sighting?
    /// Up to here complete lines were read.
    private var offset = 0
    private var lines = 0
    /// The last bytes before `offset`; a file edited in place has others there.
    private var tail: [UInt8] = []

    /// What tells one state of a file from another.
    struct Sighting: Hashable, Sendable {
        let device: UInt64
        let inode: UInt64
        let size: Int
        let seconds: Int
        let nanoseconds: Int

        init(_ status: stat) {
            device = UInt64(status.st_dev)
            inode = UInt64(status.st_ino)
            size = Int(status.st_size)
            seconds = status.st_mtim.tv_sec
            nanoseconds = status.st_mtim.tv_nsec
        }

        func isOfSameFile(as other: Sighting) -> Bool { device == other.device && inode == other.inode }
    }

    /// The file seen now may be this one with something appended.
    func mayContinue(as now: Sighting) -> Bool {
        guard let seen, now.isOfSameFile(as: seen), now.size >= offset else { return false }
        return now.size != seen.size || now == seen
    }

    /// The number of the line that had no newline at its end yet; nil when all had one.
    var unfinishedLine: Int? { seen.flatMap { $0.size > offset ? lines + 1 : nil } }

    /// It has lost lines that were read.
    func isLonger(than now: Sighting) -> Bool { now.size < offset }

    /// Hands out the lines that are new since the last reading, with their numbers from 1.
    ///
    /// False, and nothing read, when the file turns out not to continue what was read before.
    mutating func readOn(
        _ path: String, _ visit: (_ line: Span<UInt8>, _ isWhole: Bool, _ number: Int) -> Void
    ) throws(Refusal) -> Bool {
        let file = try Descriptor(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
        let status = try file.status()
        let now = Sighting(status)
        guard status.isRegularFile, seen.map(now.isOfSameFile) ?? true, now.size >= offset,
            try bytes(of: file, before: offset, count: tail.count) == tail
        else { return false }
        var reader = LineReader()
        var number = lines
        let end = try reader.read(file, from: offset) { line, isWhole in
            number += 1
            visit(line, isWhole, number)
        }
        if end > offset { tail = try bytes(of: file, before: end, count: min(64, end)) }
        (seen, offset, lines) = (now, end, number)
        return true
    }

    private func bytes(of file: borrowing Descriptor, before end: Int, count: Int) throws(Refusal) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let filled = try file.read(into: &bytes, at: 0..<count, from: end - count)
        return Array(bytes.prefix(filled))
    }
}
