// Dates and times read from the bytes of a text. The journal reads hundred thousands of them at every start of the
// command line: going through `String` and `split` would take twenty times as long.

extension Span where Element == UInt8 {
    /// The number written with exactly `count` decimal digits at an index; nil when one of them is no digit or lies
    /// outside.
    func digits(_ count: Int, at start: Int) -> Int? {
        guard start + count <= self.count else { return nil }
        var number = 0
        for index in start..<(start + count) {
            let digit = self[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            number = number * 10 + Int(digit)
        }
        return number
    }

    func has(_ character: Unicode.Scalar, at index: Int) -> Bool {
        index < count && self[index] == UInt8(ascii: character)
    }
}

extension Day {
    /// Reads the ten bytes of `2026-11-23` at an index.
    init?(_ text: Span<UInt8>, at start: Int) {
        guard let year = text.digits(4, at: start), text.has("-", at: start + 4),
            let month = text.digits(2, at: start + 5), text.has("-", at: start + 7),
            let day = text.digits(2, at: start + 8)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Reads `2026-11-23` and nothing else.
    init?(_ text: Span<UInt8>) {
        guard text.count == 10 else { return nil }
        self.init(text, at: 0)
    }
}

extension CivilTime {
    /// Reads `2026-11-23T07:30` or `2026-11-23T07:30:15` from an index to the end.
    init?(_ text: Span<UInt8>, from start: Int) {
        let length = text.count - start
        guard length == 16 || length == 19, let day = Day(text, at: start), text.has("T", at: start + 10),
            let hour = text.digits(2, at: start + 11), hour < 24, text.has(":", at: start + 13),
            let minute = text.digits(2, at: start + 14), minute < 60
        else { return nil }
        guard length == 19 else {
            self.init(day: day, hour: hour, minute: minute)
            return
        }
        guard text.has(":", at: start + 16), let second = text.digits(2, at: start + 17), second < 60
        else { return nil }
        self.init(day: day, hour: hour, minute: minute, second: second)
    }
}

extension OccurrenceID {
    /// Reads `morning@2026-11-23T07:30`.
    init?(_ text: Span<UInt8>) {
        guard let at = text.indices.last(where: { text[$0] == UInt8(ascii: "@") }), at > 0,
            let nominal = CivilTime(text, from: at + 1),
            let routine = try? UTF8Span(validating: text.extracting(..<at))
        else { return nil }
        self.init(routine: String(copying: routine), nominal: nominal)
    }
}
