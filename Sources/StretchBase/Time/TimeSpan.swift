/// Time spans in the syntax of systemd.time(7): `1h 30min`, `90s`, `2 days`.
///
/// Source: `parse_time` and `format_timespan` of systemd 252; `systemd-analyze timespan` is the oracle.
package enum TimeSpan {
    package typealias ParseError = SyntaxError

    /// Numbers with units, added up and cut to the microsecond; a number without a unit means seconds.
    package static func parse(_ text: String) throws(ParseError) -> Duration {
        var parser = TimeSpanParser(text)
        return try parser.parse()
    }

    /// The normal form: `1h 30min`, `2d`, `1.500000s`, `0`.
    package static func format(_ span: Duration) -> String {
        var rest = span.microseconds
        guard rest > 0 else { return "0" }
        var parts: [String] = []
        for (suffix, length, decimals) in written where rest >= length {
            let (count, remainder) = rest.quotientAndRemainder(dividingBy: length)
            // Below a minute systemd prefers a decimal point to a second unit.
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

    /// In the order in which they are tried: the first that the text begins with counts.
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
