internal import Glibc
internal import StretchUnix

/// What is known of a journal file that was read: enough to read on when it grows, and to notice any other change.
struct FollowedFile: Sendable {
    /// The state of the file at the last reading; nil before the first one.
    private(set) var seen: Sighting?
    /// Whether the whole file was compared with what was read, since its last change.
    ///
    /// This is done one reading after the change, so that new lines are handed out first. It is needed because the
    /// kernel's file times move in ticks: a change right after a reading may leave the same time.
    private var isSettled = false
    /// The complete lines that were read: how many, where they end, a digest of them, and their last bytes.
    private var lines = 0
    private var end = 0
    private var digest: UInt64 = 0
    private var tail: [UInt8] = []

    /// The values by which two states of a file can be told apart.
    struct Sighting: Hashable, Sendable {
        fileprivate let size: Int
        private let device, inode: UInt64
        private let modified, modifiedNanoseconds: Int
        // An editor that writes in place can set the time of modification back, but not this time.
        private let changed, changedNanoseconds: Int

        init(_ status: stat) {
            size = Int(status.st_size)
            (device, inode) = (UInt64(status.st_dev), UInt64(status.st_ino))
            (modified, modifiedNanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
            (changed, changedNanoseconds) = (status.st_ctim.tv_sec, status.st_ctim.tv_nsec)
        }
    }

    /// Whether the file is as it was at the last reading, and was compared as a whole.
    func isUnchanged(_ now: Sighting) -> Bool { seen == now && isSettled }

    /// Whether the file is now too short to contain all lines that were read.
    func isLonger(than now: Sighting) -> Bool { now.size < end }

    /// The number of the last line if it has no newline yet; nil when all lines have one.
    var unfinishedLine: Int? { seen.flatMap { $0.size > end ? lines + 1 : nil } }

    /// Hands out the lines that are new since the last reading, with their numbers from 1.
    ///
    /// It checks that what was read before is still there, because some editors write in place. If the file has
    /// changed, it compares only the last bytes of what was read. At the next reading it compares everything.
    ///
    /// Returns false, and hands nothing out, when the file does not begin with the lines that were read before.
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
        var (number, digest) = isChanged ? (lines, self.digest) : (0, 0 as UInt64)
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

    /// The digest of a line and of what came before it; it notices an edit, but not a forgery.
    ///
    /// `Hasher` is slower: it would take a tenth of the time in which a journal is read.
    private static func digest(_ before: UInt64, _ line: Span<UInt8>) -> UInt64 {
        line.withUnsafeBytes { bytes in
            var digest = before
            for offset in stride(from: 0, through: bytes.count - 8, by: 8) {
                digest = mixed(digest, with: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            }
            digest = bytes.suffix(bytes.count % 8).reduce(digest) { mixed($0, with: UInt64($1)) }
            return mixed(digest, with: UInt64(bytes.count))
        }
    }

    private static func mixed(_ digest: UInt64, with word: UInt64) -> UInt64 {
        let product = (digest ^ word) &* 0x9E37_79B9_7F4A_7C15
        return product ^ product >> 32
    }

    private func bytes(of file: borrowing Descriptor, before end: Int, count: Int) throws(Refusal) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let filled = try file.read(into: &bytes, at: 0..<count, from: end - count)
        return Array(bytes.prefix(filled))
    }
}

/// Reads a file line by line through a buffer of bounded size.
struct LineReader: Sendable {
    /// The maximum length of a line, in bytes; our own lines are much shorter.
    ///
    /// A longer line is not kept in memory.
    static let longestLine = 1 << 20

    private var buffer = [UInt8](repeating: 0, count: 1 << 17)

    /// Hands out the complete lines from an offset to the end of the file, without their newlines.
    ///
    /// Returns the offset after the last complete line. What follows is still being written and is left alone. If a
    /// line is too long, perhaps only a part of it is handed out, with `isWhole` false.
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
                // Copy byte by byte, because a slice would first copy the whole buffer.
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
