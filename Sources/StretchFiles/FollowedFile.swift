internal import Glibc
internal import StretchUnix

/// A file of the journal as far as it was read: enough to go on where it grew, and to notice when it did not just grow.
struct FollowedFile: Sendable {
    /// The file when it was read last; nil before the first time.
    private(set) var seen: Sighting?
    /// The whole file was compared since it last changed.
    ///
    /// That is done one reading after the one that brought something new: the new lines come first, and a change right
    /// after a reading may have the same time, as the times of files move with the kernel's tick only.
    private var isSettled = false
    /// The complete lines that were read: how many, where they end, a digest of them, and their last bytes.
    private var lines = 0
    private var end = 0
    private var digest = 0
    private var tail: [UInt8] = []

    /// What tells one state of a file from another.
    struct Sighting: Hashable, Sendable {
        fileprivate let size: Int
        private let device: UInt64
        private let inode: UInt64
        private let modified: Int
        private let modifiedNanoseconds: Int
        // Who edits a file in place can set back all times but this one.
        private let changed: Int
        private let changedNanoseconds: Int

        init(_ status: stat) {
            size = Int(status.st_size)
            device = UInt64(status.st_dev)
            inode = UInt64(status.st_ino)
            (modified, modifiedNanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
            (changed, changedNanoseconds) = (status.st_ctim.tv_sec, status.st_ctim.tv_nsec)
        }
    }

    /// Nothing happened to it since it was read.
    func isUnchanged(_ now: Sighting) -> Bool { seen == now && isSettled }

    /// It has lost lines that were read.
    func isLonger(than now: Sighting) -> Bool { now.size < end }

    /// The number of the line that had no newline at its end yet; nil when all had one.
    var unfinishedLine: Int? { seen.flatMap { $0.size > end ? lines + 1 : nil } }

    /// Hands out the lines that are new since the last reading, with their numbers from 1.
    ///
    /// What was read before is compared: by its last bytes where the file has changed, and all of it at the next reading,
    /// since editors write in place, too.
    ///
    /// False, and nothing handed out, when the file does not begin with the lines that were read before.
    mutating func readOn(
        _ path: FilePath, _ visit: (_ line: Span<UInt8>, _ isWhole: Bool, _ number: Int) -> Void
    ) throws(Refusal) -> Bool {
        let file = try Descriptor(path.cString, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
        let status = try file.status()
        let now = Sighting(status)
        guard status.isRegularFile, !isLonger(than: now), try bytes(of: file, before: end, count: tail.count) == tail
        else { return false }
        let isChanged = seen != now
        var reader = LineReader()
        var (number, digest) = isChanged ? (lines, self.digest) : (0, 0)
        var isContinued = isChanged || lines == 0
        let end = try reader.read(file, from: isChanged ? self.end : 0) { line, isWhole in
            number += 1
            if number > lines, !isContinued { return }
            digest = Self.digest(digest, line)
            if number > lines {
                visit(line, isWhole, number)
            } else if number == lines {
                isContinued = digest == self.digest
            }
        }
        guard isContinued else { return false }
        if end > self.end { tail = try bytes(of: file, before: end, count: min(64, end)) }
        (seen, isSettled) = (now, !isChanged)
        (lines, self.end, self.digest) = (number, end, digest)
        return true
    }

    private static func digest(_ before: Int, _ line: Span<UInt8>) -> Int {
        var hasher = Hasher()
        hasher.combine(before)
        line.withUnsafeBytes { hasher.combine(bytes: $0) }
        return hasher.finalize()
    }

    private func bytes(of file: borrowing Descriptor, before end: Int, count: Int) throws(Refusal) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let filled = try file.read(into: &bytes, at: 0..<count, from: end - count)
        return Array(bytes.prefix(filled))
    }
}

/// Reads a file line by line through a buffer of bounded size.
struct LineReader: Sendable {
    /// No line of ours comes near it; a longer one is not kept in memory.
    static let longestLine = 1 << 20

    private var buffer = [UInt8](repeating: 0, count: 1 << 17)

    /// Hands out the complete lines from an offset to the end of the file, without their newlines.
    ///
    /// Returns the offset behind the last of them: what follows is still being written, and left alone. Of a line that
    /// is too long only a part may be handed out, and `isWhole` is false.
    mutating func read(
        _ file: borrowing Descriptor, from start: Int, _ visit: (_ line: Span<UInt8>, _ isWhole: Bool) -> Void
    ) throws(Refusal) -> Int {
        var end = start  // of the last complete line
        var held = 0  // bytes of the buffer that are the beginning of a line
        var dropped = 0  // bytes of that line that are not in the buffer any more
        while true {
            if held == buffer.count { buffer += [UInt8](repeating: 0, count: buffer.count) }
            let count = try file.read(into: &buffer, at: held..<buffer.count, from: end + dropped + held)
            if count == 0 { return end }
            let filled = held + count
            var line = 0
            var search = held
            while let newline = firstNewline(in: search..<filled) {
                let isWhole = dropped == 0 && newline - line <= Self.longestLine
                visit(buffer.span.extracting(line..<newline), isWhole)
                end += dropped + newline + 1 - line
                dropped = 0
                line = newline + 1
                search = line
            }
            held = filled - line
            if held > Self.longestLine {
                dropped += held
                held = 0
            } else if line > 0 {
                // Not with a slice of it, which would make a copy of all of it first.
                for index in 0..<held { buffer[index] = buffer[line + index] }
            }
        }
    }

    private func firstNewline(in range: Range<Int>) -> Int? {
        buffer.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, let found = memchr(base + range.lowerBound, 10, range.count)
            else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }
}
