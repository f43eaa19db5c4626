/// Time spans in the syntax of systemd.time(7): `1h 30min`, `90s`, `2 days`.
///
/// Source: `parse_time` and `format_timespan` of systemd 252. The results must equal `systemd-analyze timespan`.
package enum TimeSpan {
    /// Reads numbers with units and adds them up, in whole microseconds; a number without a unit means seconds.
    package static func parse(_ text: String) throws(SyntaxError) -> Duration {
        var total: Int64 = 0
        var parser = TextParser(text)
        for term in try parser.timeSpan() {
            let (sum, overflow) = total.addingReportingOverflow(term.length)
            guard !overflow else { throw parser.failure("the span is too long") }
            total = sum
        }
        return .microseconds(total)
    }

    /// What is doubtful about a span; nil if nothing is.
    ///
    /// That is a number without a unit: it means seconds, which is often not what people mean. The hint says what to
    /// write instead, such as `1h 30min` for `1h30`.
    ///
    /// - Parameter unit: the length of the unit that is probably meant if the first number has none.
    package static func doubt(about text: String, unit: Duration) -> SyntaxError? {
        var parser = TextParser(text)
        guard let terms = try? parser.timeSpan(), let doubtful = terms.first(where: { $0.unit == nil && $0.length > 0 })
        else { return nil }
        var meant: [String] = []
        var probable = written.firstIndex { $0.length <= unit.microseconds } ?? written.count - 1
        for term in terms {
            let index = term.unit.flatMap { unit in written.firstIndex { $0.length == unit } } ?? probable
            meant.append(term.number + written[index].suffix)
            // After another unit people leave out the next smaller one.
            probable = min(index + 1, written.count - 1)
        }
        return parser.failure(
            "\(doubtful.number) has no unit", at: doubtful.start, hint: "did you mean \(meant.joined(separator: " "))?")
    }

    /// The normal form: `1h 30min`, `2d`, `1.500000s`, `0`.
    package static func format(_ span: Duration) -> String {
        var rest = span.microseconds
        guard rest > 0 else { return "0" }
        var parts: [String] = []
        for (suffix, length, decimals) in written where rest >= length {
            let (count, remainder) = rest.quotientAndRemainder(dividingBy: length)
            // Below a minute systemd writes decimals instead of another unit.
            if rest < 60_000_000, remainder > 0, decimals > 0 {
                parts.append("\(count).\(padded(Int(remainder), decimals))\(suffix)")
                break
            }
            parts.append("\(count)\(suffix)")
            rest = remainder
        }
        return parts.joined(separator: " ")
    }

    private static let written: [(suffix: String, length: Int64, decimals: Int)] = [
        ("y", year, 0), ("month", month, 0), ("w", 7 * day, 0), ("d", day, 0), ("h", hour, 0), ("min", minute, 0),
        ("s", second, 6), ("ms", 1000, 3), ("us", 1, 0),
    ]

    /// The units in the order in which the parser tries them; the first match counts.
    static let units: [(names: [String], length: Int64)] = [
        (["seconds", "second", "sec", "s"], second), (["minutes", "minute", "min"], minute),
        (["months", "month", "M"], month), (["msec", "ms"], 1000), (["m"], minute),
        (["hours", "hour", "hr", "h"], hour), (["days", "day", "d"], day), (["weeks", "week", "w"], 7 * day),
        (["years", "year", "y"], year), (["usec", "us", "\u{3bc}s", "\u{b5}s"], 1),
    ]

    static let second: Int64 = 1_000_000
    private static let minute = 60 * second
    private static let hour = 60 * minute
    private static let day = 24 * hour
    /// A twelfth of a year of 365.25 days.
    private static let month = year / 12
    private static let year = 36_525 * day / 100
}

/// A number of a span with its unit; lengths are in microseconds.
private struct Term {
    /// The index of its first byte.
    let start: Int
    let number: String
    /// The length of its unit; nil if it has none, and so means seconds.
    let unit: Int64?
    let length: Int64
}

extension TextParser {
    fileprivate mutating func timeSpan() throws(SyntaxError) -> [Term] {
        skipBlanks()
        let start = position
        if take("infinity") { throw failure("infinity is not possible here: a span must end", at: start) }
        guard next != nil else { throw failure("a time span such as 1h 30min is missing") }
        var terms: [Term] = []
        while next != nil {
            terms.append(try term())
            skipBlanks()
        }
        return terms
    }

    private mutating func term() throws(SyntaxError) -> Term {
        let start = position
        if next == UInt8(ascii: "-") { throw failure("a span cannot be negative") }
        _ = take("+")
        let whole = digits()
        if whole.isEmpty, position > start { throw failure("a number must follow the sign") }
        var fraction: ArraySlice<UInt8> = []
        if take(".") {
            fraction = digits()
            if fraction.isEmpty { throw failure("digits must follow the decimal point") }
        } else if whole.isEmpty {
            throw failure("a number is expected: write a span as 10min, 1h 30min, 90s or 2 days")
        }
        let written = String(decoding: bytes[start..<position], as: UTF8.self)
        let unit = try unit()
        let length = unit ?? TimeSpan.second
        let number = whole.isEmpty ? 0 : Int64(String(decoding: whole, as: UTF8.self))
        let (product, overflow) = (number ?? .max).multipliedReportingOverflow(by: length)
        let (sum, isTooLong) = product.addingReportingOverflow(fractionLength(fraction, of: length))
        guard number != nil, !overflow, !isTooLong else { throw failure("the span is too long", at: start) }
        return Term(start: start, number: written, unit: unit, length: sum)
    }

    /// Reads blanks and a unit, as its length; nil when there is no unit.
    private mutating func unit() throws(SyntaxError) -> Int64? {
        let end = position
        skipBlanks()
        let start = position
        for (names, length) in TimeSpan.units {
            for name in names where take(name) {
                if next.map(isLetter) ?? false { throw noUnit(at: start) }
                return length
            }
        }
        guard position > end || next == nil else {
            throw failure("this is no unit", hint: "units are us, ms, s, min, h, d, w, month and y")
        }
        return nil
    }

    /// The failure for a word that only begins as a unit does, such as `weks`.
    private func noUnit(at start: Int) -> SyntaxError {
        let word = String(decoding: bytes[start...].prefix(while: isLetter), as: UTF8.self)
        let near = Spelling.nearest(to: word, among: TimeSpan.units.flatMap(\.names))
        return failure(
            "\(quoted(word)) is no unit", at: start,
            hint: near.map { "did you mean \($0)?" } ?? "units are us, ms, s, min, h, d, w, month and y")
    }

    private func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte & ~32) }

    /// The length of the decimals, in microseconds.
    ///
    /// As in systemd, what each digit stands for is cut to the microsecond.
    private func fractionLength(_ digits: ArraySlice<UInt8>, of unit: Int64) -> Int64 {
        var tenth = unit / 10
        var sum: Int64 = 0
        for digit in digits {
            sum += Int64(digit - UInt8(ascii: "0")) * tenth
            tenth /= 10
        }
        return sum
    }

    private mutating func skipBlanks() {
        while let byte = next, " \t\n\r".utf8.contains(byte) { position += 1 }
    }
}
