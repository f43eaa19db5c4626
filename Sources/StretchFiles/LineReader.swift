internal import Glibc
internal import StretchUnix

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
