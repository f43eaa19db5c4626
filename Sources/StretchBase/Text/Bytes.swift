// Dates and times read from the bytes of a text. The journal reads hundred thousands of them at every start of the
// command line: going through `String` and `split` would take twenty times as long.

extension Span where Element == UInt8 {
    /// The number written with exactly `count` decimal digits at an index; nil when one of them is no digit or lies
    /// outside.
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

    package func has(_ character: Unicode.Scalar, at index: Int) -> Bool {
        index < count && self[index] == UInt8(ascii: character)
    }
}
