/// A moment as it is written on the command line: a day, a time of day or both, RFC 3339, or `@` and seconds since 1970.
package enum TimeArgument: Hashable, Sendable {
    case instant(Instant)
    /// A day without a time of day.
    case day(Day)

    /// - Parameters:
    ///   - side: which day a weekday or a date without a year means. If it is `after` a day, a time alone is the next
    ///     such time; otherwise it is a time of the present date.
    ///   - today: the day that the words `today` and `tomorrow` are about.
    package init(
        _ text: String, _ side: DayArgument.Side, today: Day, at now: Instant, in zone: Zone
    ) throws(ArgumentRefusal) {
        let unknown = TimeArgument.refusal(of: text, side, today: today)
        if text.hasPrefix("@") {
            guard let instant = TimeArgument.epoch(text) else { throw unknown }
            self = .instant(instant)
            return
        }
        var words = TimeArgument.words(of: text)
        guard let last = words.last, last.contains(":") else {
            guard let day = try DayArgument.day(text, side, of: today) else { throw unknown }
            self = .day(day)
            return
        }
        words.removeLast()
        // The program itself writes `tomorrow at 07:30`.
        if words.count > 1, words.last?.lowercased() == "at" { words.removeLast() }
        guard let clock = ClockArgument(last) else { throw unknown }
        var civil = CivilTime(day: clock.date(at: now, in: zone), microsecondOfDay: clock.microsecondOfDay)
        if !words.isEmpty {
            guard let day = try DayArgument.day(words.joined(separator: " "), side, of: today) else { throw unknown }
            civil = CivilTime(day: day, microsecondOfDay: clock.microsecondOfDay)
        } else if case .after = side, let instant = clock.instant(of: civil, in: zone), instant <= now {
            civil = civil + .days(1)
        }
        guard let instant = clock.instant(of: civil, in: zone) else { throw .skipped(civil.day, in: zone) }
        self = .instant(instant)
    }

    /// The instant that is meant.
    ///
    /// For a day without a time of day it is what `moment` gives: nil if the calendar skips that day.
    package func instant(in zone: Zone, of moment: (Day) -> Instant?) throws(ArgumentRefusal) -> Instant {
        switch self {
        case .instant(let instant): return instant
        case .day(let day):
            guard let instant = moment(day) else { throw .skipped(day, in: zone) }
            return instant
        }
    }

    private static func refusal(of text: String, _ side: DayArgument.Side, today: Day) -> ArgumentRefusal {
        if let clock = ClockArgument.meant(by: text) {
            return ArgumentRefusal("\(quoted(text)) is no time; did you mean \(clock)?")
        }
        // Scripts ask about the past, too, and have such times. A time to come is typed by a person.
        let more = if case .after = side { "" } else { ", RFC 3339 or @ and seconds since 1970" }
        let date = HumanTime.date(today + 7, relativeTo: today)
        return ArgumentRefusal(
            "\(quoted(text)) is no time; allowed: 15:30, friday, \"friday 15:30\", \"\(date) 15:30\", \(today + 7)\(more)"
        )
    }

    /// The time of day that a word is or was probably meant to be, such as `15:15` for `3:15pm`; nil if it is neither.
    package static func clock(meantBy word: String) -> String? {
        ClockArgument(word[...]) == nil ? ClockArgument.meant(by: word) : word
    }

    /// The words of a text; in RFC 3339 the `T` separates them like a blank.
    private static func words(of text: String) -> [Substring] {
        let date = text.prefix(10)
        let rest = text[date.endIndex...]
        let isJoined = Day(date) != nil && (rest.hasPrefix("T") || rest.hasPrefix("t"))
        return isJoined ? [date, rest.dropFirst()] : text.split(whereSeparator: \.isWhitespace)
    }

    private static func epoch(_ text: String) -> Instant? {
        let bytes = Array(text.utf8)
        let digits = bytes.dropFirst().prefix(while: \.isDigit).count
        var index = 1 + digits
        // 12 digits mean 30,000 years at most, which cannot overflow.
        guard (1...12).contains(digits), let seconds = bytes.span.digits(digits, at: 1),
            let fraction = Timestamp.fraction(bytes.span, at: &index), index == bytes.count
        else { return nil }
        return Instant(microseconds: Int64(seconds) * 1_000_000 + Int64(fraction))
    }
}

extension ArgumentRefusal {
    /// The calendar of the zone has no such day.
    package static func skipped(_ day: Day, in zone: Zone) -> ArgumentRefusal {
        ArgumentRefusal("the calendar of \(zone.identifier) skips \(day)")
    }
}

/// A time of day such as `7:30`, `07:30:15.25` or `07:30+01:00`.
private struct ClockArgument {
    let microsecondOfDay: Int64
    /// Seconds east of UTC; nil if none is given.
    private let offset: Int?

    init?(_ text: Substring) {
        let hasShortHour = text.dropFirst().first == ":"
        let bytes = Array((hasShortHour ? "0\(text)" : String(text)).utf8)
        guard let minutes = bytes.span.clock(at: 0) else { return nil }
        var (second, fraction, index) = (0, 0, 5)
        if bytes.span.has(":", at: 5) {
            index = 8
            guard let digits = bytes.span.digits(2, at: 6), digits < 60,
                let rest = Timestamp.fraction(bytes.span, at: &index)
            else { return nil }
            (second, fraction) = (digits, rest)
        }
        microsecondOfDay = Int64(minutes * 60 + second) * 1_000_000 + Int64(fraction)
        offset = index == bytes.count ? nil : Timestamp.offset(bytes.span, from: index)
        if index < bytes.count, offset == nil { return nil }
    }

    /// The date at a moment, where the clock is.
    func date(at now: Instant, in zone: Zone) -> Day {
        offset.map { CivilTime(timeline: (now + .seconds($0)).microseconds).day } ?? zone.civil(now).day
    }

    /// The instant when a clock shows this civil time, with the offset or else in the zone.
    func instant(of civil: CivilTime, in zone: Zone) -> Instant? {
        if let offset { return Instant(microseconds: civil.timeline) - .seconds(offset) }
        return zone.resolve(civil)?.instant
    }

    /// The time that was probably meant by such as `15`, `15.30`, `1530`, `15h30`, `3pm` or `3:15pm`; nil if none was.
    static func meant(by text: String) -> String? {
        guard !text.hasSuffix("."), !text.contains("-"), !text.contains("/"),
            var parts = DayArgument.parts(of: text.lowercased().replacing(":", with: "."))
        else { return nil }
        let half = parts.last.flatMap { $0 == "am" || $0 == "pm" ? $0 : nil }
        parts.removeAll { $0 == "h" || $0 == half }
        if parts.count == 1, (3...4).contains(parts[0].count) { parts = [parts[0].dropLast(2), parts[0].suffix(2)] }
        guard (1...2).contains(parts.count), var hour = number(parts[0]),
            let minute = number(parts.count > 1 ? parts[1] : "0"),
            hour < 24, minute < 60
        else { return nil }
        if let half { hour = hour % 12 + (half == "pm" ? 12 : 0) }
        return "\(hour):\(padded(minute, 2))"
    }
}
