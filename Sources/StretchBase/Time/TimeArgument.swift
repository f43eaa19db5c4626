/// A moment as it is written on the command line: RFC 3339, `2026-11-23 07:30`, or `@` and seconds since the epoch.
package enum TimeArgument {
    package typealias ParseError = SyntaxError

    /// A time without an offset is read in `zone`.
    package static func parse(_ text: String, in zone: Zone) throws(ParseError) -> Instant {
        if text.hasPrefix("@") { return try epoch(text) }
        guard let day = Day(text.prefix(10)) else {
            throw failure(text, at: 0, "a time begins with a date that exists")
        }
        guard let blank = text.utf8.dropFirst(10).first, "Tt ".utf8.contains(blank) else {
            throw failure(text, at: 10, "after the date comes a blank or T, and a time such as 07:30")
        }
        let (clock, offset) = splitOffset(text.dropFirst(11))
        guard let time = timeOfDay(clock) else {
            throw failure(text, at: 11, "after the date comes a time such as 07:30 or 07:30:15")
        }
        let civil = CivilTime(day: day, microsecondOfDay: time)
        guard let offset else {
            guard let resolution = zone.resolve(civil) else {
                throw failure(text, at: 0, "the calendar of \(oneLine(zone.identifier)) skipped that day")
            }
            return resolution.instant
        }
        guard let seconds = Self.seconds(ofOffset: offset) else {
            throw failure(text, at: 11 + clock.count, "an offset is written Z or +01:00")
        }
        return Instant(microseconds: civil.timeline) - .seconds(seconds)
    }

    private static func epoch(_ text: String) throws(ParseError) -> Instant {
        let parts = text.dropFirst().split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        // 12 digits are 30,000 years, and cannot overflow.
        guard let whole = parts.first, !whole.isEmpty, whole.utf8.count <= 12, let seconds = number(whole),
            let fraction = parts.count == 2 ? microseconds(parts[1]) : 0
        else { throw failure(text, at: 1, "after @ come the seconds since 1970, such as @1795415400 or @1795415400.5") }
        return Instant(microseconds: Int64(seconds) * 1_000_000 + fraction)
    }

    /// The time, and the offset behind it when there is one: `Z`, `+01:00`.
    private static func splitOffset(_ text: Substring) -> (clock: Substring, offset: Substring?) {
        guard let sign = text.firstIndex(where: { "Zz+-".contains($0) }) else { return (text, nil) }
        return (text[..<sign], text[sign...])
    }

    /// Microseconds since midnight of `07:30`, `07:30:15` or `07:30:15.25`.
    private static func timeOfDay(_ text: Substring) -> Int64? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let clock = parts[0].split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(clock.count), parts.count == 1 || clock.count == 3,
            clock.allSatisfy({ $0.utf8.count == 2 }), let hour = number(clock[0]), hour < 24,
            let minute = number(clock[1]), minute < 60, let second = clock.count == 3 ? number(clock[2]) : 0,
            second < 60, let fraction = parts.count == 2 ? microseconds(parts[1]) : 0
        else { return nil }
        return Int64((hour * 60 + minute) * 60 + second) * 1_000_000 + fraction
    }

    /// The microseconds of the digits behind a decimal point; further digits are cut.
    private static func microseconds(_ digits: Substring) -> Int64? {
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        let sixDigits = digits.prefix(6) + String(repeating: "0", count: max(0, 6 - digits.count))
        return number(sixDigits).map(Int64.init)
    }

    private static func seconds(ofOffset text: Substring) -> Int? {
        if text == "Z" || text == "z" { return 0 }
        let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hours = number(parts[0]), hours < 24,
            let minutes = number(parts[1]), minutes < 60
        else { return nil }
        return (hours * 3600 + minutes * 60) * (text.hasPrefix("-") ? -1 : 1)
    }

    private static func failure(_ text: String, at offset: Int, _ problem: String) -> ParseError {
        ParseError(
            text: text, offset: offset, problem: problem,
            hint: "times are written 2026-11-23 07:30, 2026-11-23T07:30:00+01:00 or @1795415400")
    }
}
