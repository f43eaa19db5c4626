/// Time spans in the syntax of systemd.time(7): `1h 30min`, `90s`, `2 days`.
///
/// Source: `parse_time` and `format_timespan` of systemd 252. The results must equal `systemd-analyze timespan`.
package enum TimeSpan {
    /// Reads numbers with units and adds them up, in whole microseconds; a number without a unit means seconds.
    package static func parse(_ text: String) throws(SyntaxError) -> Duration {
        var parser = TextParser(text)
        return try parser.timeSpan()
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

extension TextParser {
    fileprivate mutating func timeSpan() throws(SyntaxError) -> Duration {
        skipBlanks()
        let start = position
        if take("infinity") { throw failure("infinity is not possible here: a span must end", at: start) }
        guard next != nil else { throw failure("a time span such as 1h 30min is missing") }
        var total: Int64 = 0
        while next != nil {
            let (sum, overflow) = total.addingReportingOverflow(try parseTerm())
            guard !overflow else { throw failure("the span is too long") }
            total = sum
            skipBlanks()
        }
        return .microseconds(total)
    }

    /// A number and its unit, in microseconds.
    private mutating func parseTerm() throws(SyntaxError) -> Int64 {
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
        let unit = try parseUnit()
        let number = whole.isEmpty ? 0 : Int64(String(decoding: whole, as: UTF8.self))
        let (product, overflow) = (number ?? .max).multipliedReportingOverflow(by: unit)
        let (length, isTooLong) = product.addingReportingOverflow(fractionLength(fraction, of: unit))
        guard number != nil, !overflow, !isTooLong else { throw failure("the span is too long", at: start) }
        return length
    }

    /// Reads blanks and a unit; one second when there is no unit.
    private mutating func parseUnit() throws(SyntaxError) -> Int64 {
        let end = position
        skipBlanks()
        for (names, length) in TimeSpan.units {
            for name in names where take(name) { return length }
        }
        guard position > end || next == nil else {
            throw failure("this is no unit", hint: "units are us, ms, s, min, h, d, w, month and y")
        }
        return TimeSpan.second
    }

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
