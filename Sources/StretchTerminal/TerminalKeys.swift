/// A key pressed in a terminal.
package enum TerminalKey: Hashable, Sendable {
    /// Enter is a newline.
    case character(Character)
    case left
    case right
    /// Ctrl-C or Ctrl-D.
    case interrupt
}

/// Turns the bytes from a terminal into keys; the bytes may arrive in pieces of any size.
///
/// It never waits for more bytes. If an escape sequence is not complete, a later call completes it. Escape alone has
/// no meaning, and is dropped when the next key comes.
package struct TerminalKeys: Sendable {
    private var sequence: [UInt8] = []
    /// A number of bytes that is larger than that of any key's sequence.
    private static let longest = 32

    package init() {}

    package mutating func keys(in bytes: some Sequence<UInt8>) -> [TerminalKey] { bytes.compactMap { key(after: $0) } }

    /// The key that this byte completes; nil when it completes none.
    private mutating func key(after byte: UInt8) -> TerminalKey? {
        if byte == Self.escape {
            sequence = [byte]
            return nil
        }
        if sequence.isEmpty { return key(byte) }
        sequence.append(byte)
        if sequence.count == 2 {
            // ESC [ and ESC O begin a sequence. Any other byte is an ordinary key, with Alt or after Escape.
            if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "O") { return nil }
            sequence = []
            return key(byte)
        }
        // The function keys of Linux's console are ESC [ [ and a letter.
        if byte == UInt8(ascii: "["), sequence.count == 3 { return nil }
        // Parameters come before the final byte, which tells the key (ECMA-48, 5.4).
        let isEnd = (0x40...0x7E).contains(byte)
        let isFunctionKey = sequence.count == 4 && sequence[2] == UInt8(ascii: "[")
        if isEnd || sequence.count > Self.longest { sequence = [] }
        guard isEnd, !isFunctionKey else { return nil }
        return byte == UInt8(ascii: "C") ? .right : byte == UInt8(ascii: "D") ? .left : nil
    }

    private func key(_ byte: UInt8) -> TerminalKey? {
        switch byte {
        case 0x03, 0x04: .interrupt
        case UInt8(ascii: "\r"), UInt8(ascii: "\n"): .character("\n")
        case 0x20...0x7E: .character(Character(Unicode.Scalar(byte)))
        default: nil
        }
    }

    private static let escape: UInt8 = 0x1B
}
