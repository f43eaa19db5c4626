/// A moment as it is written on the command line: RFC 3339, `2026-11-23 07:30`, or `@` and seconds since the epoch.
package enum TimeArgument {
    /// A time without an offset is read in `zone`.
    package static func parse(_ text: String, in zone: Zone) throws(SyntaxError) -> Instant {
        if text.hasPrefix("@") { return try epoch(text) }
        guard let day = Day(text.prefix(10)) else {
            throw failure(text, at: 0, "a time begins with a date that exists")
        }
        let bytes = Array(text.utf8)
        guard bytes.count > 10, "Tt ".utf8.contains(bytes[10]) else {
            throw failure(text, at: 10, "after the date comes a blank or T, and a time such as 07:30")
        }
        var index = 16
        guard let time = timeOfDay(bytes.span, at: &index), index == bytes.count || "Zz+-".utf8.contains(bytes[index])
        else { throw failure(text, at: 11, "after the date comes a time such as 07:30 or 07:30:15") }
        let civil = CivilTime(day: day, microsecondOfDay: time)
        if index == bytes.count {
            if let resolution = zone.resolve(civil) { return resolution.instant }
            throw failure(text, at: 0, "the calendar of \(oneLine(zone.identifier)) skipped that day")
        }
        guard let offset = Timestamp.offset(bytes.span, from: index) else {
            throw failure(text, at: index, "an offset is written Z or +01:00")
        }
        return Instant(microseconds: civil.timeline) - .seconds(offset)
    }

    private static func epoch(_ text: String) throws(SyntaxError) -> Instant {
        let bytes = Array(text.utf8)
        let digits = bytes.dropFirst().prefix(while: \.isDigit).count
        var index = 1 + digits
        // 12 digits mean 30,000 years at most, which cannot overflow.
        guard (1...12).contains(digits), let seconds = bytes.span.digits(digits, at: 1),
            let fraction = Timestamp.fraction(bytes.span, at: &index), index == bytes.count
        else { throw failure(text, at: 1, "after @ come the seconds since 1970, such as @1795415400 or @1795415400.5") }
        return Instant(microseconds: Int64(seconds) * 1_000_000 + Int64(fraction))
    }

    /// Reads `07:30`, `07:30:15` or `07:30:15.25` after a date, in microseconds since midnight.
    ///
    /// - Parameter index: the index of the byte after the minutes; becomes the index of the byte after the time.
    private static func timeOfDay(_ text: Span<UInt8>, at index: inout Int) -> Int64? {
        guard let minutes = text.clock(at: 11) else { return nil }
        var (second, fraction) = (0, 0)
        if text.has(":", at: 16) {
            index = 19
            guard let digits = text.digits(2, at: 17), digits < 60, let rest = Timestamp.fraction(text, at: &index)
            else { return nil }
            (second, fraction) = (digits, rest)
        }
        return Int64(minutes * 60 + second) * 1_000_000 + Int64(fraction)
    }

    private static func failure(_ text: String, at offset: Int, _ problem: String) -> SyntaxError {
        SyntaxError(
            text: text, offset: offset, problem: problem,
            hint: "times are written 2026-11-23 07:30, 2026-11-23T07:30:00+01:00 or @1795415400")
    }
}
