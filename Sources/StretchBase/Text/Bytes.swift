// Reads dates and times from the bytes of a text. A long journal has hundreds of thousands of them, and each command
// reads them all. With `String` and `split` this would take twenty times as long.

extension Span where Element == UInt8 {
    /// Reads a number of exactly `count` decimal digits at an index; nil if a byte is no digit or is missing.
    package func digits(_ count: Int, at start: Int) -> Int? {
        guard start + count <= self.count else { return nil }
        var number = 0
        for index in start..<(start + count) {
            let digit = self[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            number = number * 10 + Int(digit)
        }
        return number
    }

    /// Reads a time such as `07:30` at an index, as minutes since midnight.
    func clock(at start: Int) -> Int? {
        guard let hour = digits(2, at: start), hour < 24, has(":", at: start + 2),
            let minute = digits(2, at: start + 3), minute < 60
        else { return nil }
        return hour * 60 + minute
    }

    package func has(_ character: Unicode.Scalar, at index: Int) -> Bool {
        index < count && self[index] == UInt8(ascii: character)
    }
}

/// A value that is written in ASCII.
package protocol ByteReadable {
    /// Reads the whole text; nil if it does not have the form of such a value.
    init?(_ text: Span<UInt8>)
}

extension ByteReadable {
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        self.init(bytes.span)
    }
}

extension UInt8 {
    package var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    package var isUppercase: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }
    package var isLetter: Bool { isUppercase || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }

    /// Whether a name may contain the byte: a letter, a digit, `-` or `_`, as in the bare keys of TOML.
    package var isOfName: Bool { isLetter || isDigit || self == UInt8(ascii: "-") || self == UInt8(ascii: "_") }
}
