/// Reads a calendar event byte by byte: zone suffix, shorthand or weekdays, date, time.
///
/// Source: `calendar_spec_from_string` of systemd 252 (src/shared/calendarspec.c), odd acceptances included.
struct CalendarParser {
    let text: String
    /// The text without its zone suffix, or what its shorthand stands for.
    var bytes: [UInt8]
    var position = 0

    init(_ text: String) {
        self.text = text
        self.bytes = Array(text.utf8)
    }

    mutating func parse() throws(SyntaxError) -> CalendarEvent {
        let zone = try takeZone()
        guard !bytes.isEmpty else { throw failure("a calendar event is missing, such as Mon..Fri 07:30") }
        if let meaning = Self.shorthands[String(decoding: bytes, as: UTF8.self).lowercased()] {
            bytes = Array(meaning.utf8)
        }
        let weekdays = try parseWeekdays()
        if next == UInt8(ascii: "@") { return try parseEpoch(on: weekdays) }
        let date = try parseDate()
        let time = try parseTime()
        return CalendarEvent(weekdays: weekdays, date: date, time: time, zone: zone)
    }

    private static let shorthands = [
        "minutely": "*:*", "hourly": "*:00", "daily": "00:00", "weekly": "Mon 00:00", "monthly": "*-*-01",
        "quarterly": "*-01,04,07,10-01", "yearly": "*-01-01", "annually": "*-01-01", "anually": "*-01-01",
        "semiannually": "*-01,07-01", "semi-annually": "*-01,07-01", "biannually": "*-01,07-01",
        "bi-annually": "*-01,07-01",
    ]

    // MARK: Zone

    private mutating func takeZone() throws(SyntaxError) -> String? {
        guard let blank = bytes.lastIndex(of: UInt8(ascii: " ")) else { return nil }
        let word = String(decoding: bytes[(blank + 1)...], as: UTF8.self)
        if word.lowercased() == "utc" {
            bytes.removeSubrange(blank...)
            return "UTC"
        }
        switch ZoneSuffix(word) {
        case .name:
            bytes.removeSubrange(blank...)
            return word
        case .abbreviation:
            throw failure(
                "\(word) is a zone's abbreviation, and those mean different zones in different places", at: blank + 1,
                hint: "write an IANA name such as Europe/Berlin, or UTC")
        case nil:
            return nil
        }
    }

    // MARK: Weekdays

    private mutating func parseWeekdays() throws(SyntaxError) -> UInt8 {
        var set: UInt8 = 0
        var rangeStart: Int?
        while true {
            guard let (day, length) = Weekdays.prefix(of: bytes[position...]) else {
                if set == 0 { return CalendarEvent.everyWeekday }
                throw failure("a weekday is expected here: Mon, Tue, Wed, Thu, Fri, Sat or Sun")
            }
            guard (rangeStart ?? day) <= day else {
                throw failure("a range of weekdays runs from Monday to Sunday and not over the end of the week")
            }
            for member in (rangeStart ?? day)...day { set |= 1 << UInt8(member) }
            position += length
            switch next {
            case nil, UInt8(ascii: " "):
                skipBlanks()
                return set
            case UInt8(ascii: ","):
                rangeStart = nil
                position += 1
            case UInt8(ascii: "-") where rangeStart == nil:
                rangeStart = day
                position += 1
            case UInt8(ascii: ".") where rangeStart == nil && following == UInt8(ascii: "."):
                rangeStart = day
                position += 2
            default:
                throw failure("after a weekday comes a blank, a comma, or .. and the last day of a range")
            }
            // A comma may be the last sign, the dots of a range may not.
            if next == nil || next == UInt8(ascii: " ") {
                guard rangeStart == nil else { throw failure("the last weekday of the range is missing") }
                skipBlanks()
                return set
            }
        }
    }

    // MARK: Date

    /// After `@` come seconds since the epoch: a single moment in UTC, which nothing follows.
    private mutating func parseEpoch(on weekdays: UInt8) throws(SyntaxError) -> CalendarEvent {
        position += 1
        // As strtoul does.
        while let byte = next, " \t\n\r\u{0B}\u{0C}".utf8.contains(byte) { position += 1 }
        if next == UInt8(ascii: "+") { position += 1 }
        let place = position
        guard let seconds = Int64(String(decoding: digits(), as: UTF8.self)) else {
            throw failure("after @ come the seconds since 1970-01-01 00:00:00 UTC", at: place)
        }
        guard next == nil else { throw failure("after @ and whole seconds nothing may follow") }
        guard seconds / 86_400 <= 230 * 366 else { throw failure(CalendarUnit.year.rule, at: place) }
        let moment = Zone.utc.civil(Instant(seconds: seconds))
        let (year, month, day) = moment.day.components
        guard CalendarUnit.year.range.contains(year) else { throw failure(CalendarUnit.year.rule, at: place) }
        return CalendarEvent(
            weekdays: weekdays, date: CalendarDate(years: .only(year), months: .only(month), days: .only(day)),
            time: CalendarTime(
                hours: .only(moment.hour), minutes: .only(moment.minute), seconds: .only(moment.second * 1_000_000)),
            zone: "UTC")
    }

    private mutating func parseDate() throws(SyntaxError) -> CalendarDate {
        guard let byte = next else { return CalendarDate() }
        guard !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) else {
            throw failure("the words that may stand here are Mon to Sun, and alone daily, weekly, monthly and so on")
        }
        let start = position
        let first = try parseList(seconds: false)
        if next == nil || next == UInt8(ascii: ":") {
            position = start
            return CalendarDate()
        }
        var fromEnd = try parseDateSeparator()
        let second = try parseList(seconds: false)
        if next == nil || next == UInt8(ascii: " ") {
            skipBlanks()
            let months = try field(first, .month)
            return CalendarDate(
                months: months, days: try field(second, fromEnd ? .dayFromEnd : .day), daysCountFromEnd: fromEnd)
        }
        guard !fromEnd else { throw failure("after ~ come the days counted from the end of the month, then a blank") }
        fromEnd = try parseDateSeparator()
        let third = try parseList(seconds: false)
        guard next == nil || next == UInt8(ascii: " ") else { throw failure("after a date comes a blank, then a time") }
        skipBlanks()
        let years = try field(first, .year)
        let months = try field(second, .month)
        let days = try field(third, fromEnd ? .dayFromEnd : .day)
        return CalendarDate(years: years, months: months, days: days, daysCountFromEnd: fromEnd)
    }

    /// True for `~`.
    private mutating func parseDateSeparator() throws(SyntaxError) -> Bool {
        guard let byte = next, "-~".utf8.contains(byte) else {
            throw failure("here goes a date such as 2026-11-23 or *-12-24, or a time such as 07:30")
        }
        position += 1
        return byte == UInt8(ascii: "~")
    }

    // MARK: Time

    private mutating func parseTime() throws(SyntaxError) -> CalendarTime {
        guard next != nil else { return CalendarTime() }
        let hours = try field(try parseList(seconds: false), .hour)
        try expectColon()
        let minutes = try field(try parseList(seconds: false), .minute)
        guard next != nil else { return CalendarTime(hours: hours, minutes: minutes) }
        try expectColon()
        let seconds = try field(try parseList(seconds: true), .second)
        guard next == nil else { throw failure("after the time only a zone may follow, one blank before it") }
        return CalendarTime(hours: hours, minutes: minutes, seconds: seconds)
    }

    private mutating func expectColon() throws(SyntaxError) {
        guard next == UInt8(ascii: ":") else { throw failure("a time has hours, a colon and minutes, such as 07:30") }
        position += 1
    }
}

/// The time part of a calendar event: midnight when none is written.
struct CalendarTime {
    var hours = CalendarField.zero
    var minutes = CalendarField.zero
    /// In microseconds.
    var seconds = CalendarField.zero
}
