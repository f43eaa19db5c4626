// Source: `calendar_spec_from_string` of systemd 252 (src/shared/calendarspec.c). What is odd there is the same here.

extension TextParser {
    /// Reads a calendar event.
    ///
    /// The zone at the end is taken off first. The rest is a shorthand such as `daily`, or weekdays, a date and a time.
    /// Each of these may be missing.
    mutating func calendarEvent() throws(SyntaxError) -> CalendarEvent {
        var event = CalendarEvent()
        // This removes the zone from `bytes`. If what is left is a shorthand, its meaning replaces it below.
        event.zone = try takeZone()
        guard !bytes.isEmpty else { throw failure("a calendar event is missing, such as Mon..Fri 07:30") }
        let meaning = Self.shorthands[String(decoding: bytes, as: UTF8.self).lowercased()]
        if let meaning { bytes = Array(meaning.utf8) }
        event.weekdays = try parseWeekdays()
        if take("@") {
            try parseEpoch(&event)
        } else {
            try parseDate(&event)
            try parseTime(&event)
        }
        return event
    }

    private static let shorthands = [
        "minutely": "*:*", "hourly": "*:00", "daily": "00:00", "weekly": "Mon 00:00", "monthly": "*-*-01",
        "quarterly": "*-01,04,07,10-01", "yearly": "*-01-01", "annually": "*-01-01", "anually": "*-01-01",
        "semiannually": "*-01,07-01", "semi-annually": "*-01,07-01", "biannually": "*-01,07-01",
        "bi-annually": "*-01,07-01",
    ]

    private mutating func skipBlanks() { while take(" ") {} }

    /// Whether a word ends here.
    private var isAtGap: Bool { next == nil || next == UInt8(ascii: " ") }

    // MARK: Zone

    private mutating func takeZone() throws(SyntaxError) -> String? {
        guard let blank = bytes.lastIndex(of: UInt8(ascii: " ")) else { return nil }
        let word = String(decoding: bytes[(blank + 1)...], as: UTF8.self)
        let isUTC = word.lowercased() == "utc"
        if isUTC || Self.isZoneName(word) {
            bytes.removeSubrange(blank...)
            return isUTC ? "UTC" : word
        }
        guard Self.isZoneAbbreviation(word) else { return nil }
        throw failure(
            "\(word) is a zone's abbreviation, and those mean different zones in different places", at: blank + 1,
            hint: "write an IANA name such as Europe/Berlin, or UTC")
    }

    /// Whether it has the shape of an IANA name: `Europe/Berlin`, `Japan`.
    private static func isZoneName(_ word: String) -> Bool {
        guard let first = word.utf8.first, first.isLetter, Weekdays.prefix(of: Array(word.utf8)[...]) == nil,
            word.utf8.allSatisfy({ $0.isLetter || $0.isDigit || "-_+/".utf8.contains($0) })
        else { return false }
        let parts = word.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count > 1 { return parts.allSatisfy { !$0.isEmpty } }
        return first.isUppercase && word.utf8.contains { $0.isLetter && !$0.isUppercase }
    }

    /// Whether it looks like `CEST` or `+0100`.
    private static func isZoneAbbreviation(_ word: String) -> Bool {
        guard let first = word.utf8.first, Weekdays.prefix(of: Array(word.utf8)[...]) == nil else { return false }
        return "+-".utf8.contains(first) && word.utf8.count >= 3
            || (2...5).contains(word.utf8.count) && word.utf8.allSatisfy(\.isUppercase)
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
            let isInRange = rangeStart != nil
            rangeStart = nil
            if !isAtGap, !take(",") {
                guard !isInRange, take("-") || take("..") else {
                    throw failure("after a weekday comes a blank, a comma, or .. and the last day of a range")
                }
                rangeStart = day
            }
            // The list may end with a comma, but not with the dots of a range.
            if isAtGap {
                guard rangeStart == nil else { throw failure("the last weekday of the range is missing") }
                skipBlanks()
                return set
            }
        }
    }

    // MARK: Date

    /// Reads the seconds since the epoch that follow `@`, and mean one moment in UTC.
    ///
    /// Nothing may follow the seconds.
    private mutating func parseEpoch(_ event: inout CalendarEvent) throws(SyntaxError) {
        // Blanks and a plus sign are allowed before the number, as in strtoul(3).
        while let byte = next, " \t\n\r\u{0B}\u{0C}".utf8.contains(byte) { position += 1 }
        _ = take("+")
        let place = position
        guard let seconds = Int64(String(decoding: digits(), as: UTF8.self)) else {
            throw failure("after @ come the seconds since 1970-01-01 00:00:00 UTC", at: place)
        }
        guard next == nil else { throw failure("after @ and whole seconds nothing may follow") }
        guard seconds / 86_400 <= 230 * 366 else { throw failure(CalendarUnit.year.rule, at: place) }
        let moment = Zone.utc.civil(Instant(seconds: seconds))
        let (year, month, day) = moment.day.components
        guard CalendarUnit.year.range.contains(year) else { throw failure(CalendarUnit.year.rule, at: place) }
        (event.years, event.months, event.days) = (.only(year), .only(month), .only(day))
        (event.hours, event.minutes) = (.only(moment.hour), .only(moment.minute))
        event.seconds = .only(moment.second * 1_000_000)
        event.zone = "UTC"
    }

    private mutating func parseDate(_ event: inout CalendarEvent) throws(SyntaxError) {
        guard let byte = next else { return }
        guard !byte.isLetter else {
            throw failure("the words that may stand here are Mon to Sun, and alone daily, weekly, monthly and so on")
        }
        let start = position
        var lists = [try parseList()]
        if next == nil || next == UInt8(ascii: ":") { return position = start }
        var fromEnd = try parseDateSeparator()
        lists.append(try parseList())
        if !isAtGap {
            if fromEnd { throw failure("after ~ come the days counted from the end of the month, then a blank") }
            fromEnd = try parseDateSeparator()
            lists.append(try parseList())
            guard isAtGap else { throw failure("after a date comes a blank, then a time") }
            event.years = try field(lists.removeFirst(), .year)
        }
        skipBlanks()
        event.months = try field(lists[0], .month)
        event.days = try field(lists[1], fromEnd ? .dayFromEnd : .day)
        event.daysCountFromEnd = fromEnd && event.days != .any
    }

    /// Reads `-` or `~`; true means `~`.
    private mutating func parseDateSeparator() throws(SyntaxError) -> Bool {
        if take("~") { return true }
        if take("-") { return false }
        throw failure("here goes a date such as 2026-11-23 or *-12-24, or a time such as 07:30")
    }

    // MARK: Time

    private mutating func parseTime(_ event: inout CalendarEvent) throws(SyntaxError) {
        guard next != nil else { return }
        event.hours = try field(try parseList(), .hour)
        try expectColon()
        event.minutes = try field(try parseList(), .minute)
        guard next != nil else { return }
        try expectColon()
        event.seconds = try field(try parseList(seconds: true), .second)
        guard next == nil else { throw failure("after the time only a zone may follow, one blank before it") }
    }

    private mutating func expectColon() throws(SyntaxError) {
        guard take(":") else { throw failure("a time has hours, a colon and minutes, such as 07:30") }
    }

    // MARK: Lists and numbers

    /// A step as written, and the byte where it begins.
    private typealias WrittenStep = (step: CalendarField.Step, place: Int)

    /// Reads `*`, or steps with commas between them.
    ///
    /// For `*` there are no steps, which means every value. For seconds, `*` is one step that means every whole second.
    private mutating func parseList(seconds: Bool = false) throws(SyntaxError) -> [WrittenStep] {
        if take("*") {
            let everySecond = CalendarField.Step(start: 0, stop: nil, every: 1_000_000)
            return seconds ? [(everySecond, position - 1)] : []
        }
        var steps: [WrittenStep] = []
        repeat {
            // systemd has this limit because it reads lists recursively.
            guard steps.count <= 240 else { throw failure("a list may have 241 values") }
            steps.append(try parseStep(seconds: seconds))
        } while take(",")
        return steps
    }

    private mutating func parseStep(seconds: Bool) throws(SyntaxError) -> WrittenStep {
        let place = position
        var step = CalendarField.Step(start: try parseNumber(seconds: seconds), stop: nil, every: 0)
        if take("..") {
            step.stop = try parseNumber(seconds: seconds)
            step.every = seconds ? 1_000_000 : 1
        }
        if take("/") {
            let stepPlace = position
            step.every = try parseNumber(seconds: seconds)
            guard step.every > 0 else { throw failure("a repetition cannot be 0", at: stepPlace) }
        } else if seconds, let stop = step.stop, step.start + step.every > stop {
            throw failure("a range of seconds goes up, at least by one second", at: place)
        }
        guard next.map({ " ,-~:".utf8.contains($0) }) ?? true else {
            throw failure("after a number comes one of , .. / - ~ : or a blank")
        }
        return (step, place)
    }

    /// Reads a whole number; seconds may have decimals, and are returned in microseconds.
    private mutating func parseNumber(seconds: Bool) throws(SyntaxError) -> Int {
        let place = position
        let whole = digits()
        guard !whole.isEmpty else { throw failure("a number is expected here, or * alone for every value") }
        guard let number = Int32(String(decoding: whole, as: UTF8.self)) else {
            throw failure("the number is too large", at: place)
        }
        guard seconds else { return Int(number) }
        var microseconds = Int(number) * 1_000_000
        if !bytes[position...].starts(with: "..".utf8), take(".") {
            let fraction = digits().map { Int($0 - UInt8(ascii: "0")) }
            guard !fraction.isEmpty else { throw failure("digits must follow the decimal point") }
            microseconds += (0..<6).reduce(0) { $0 * 10 + ($1 < fraction.count ? fraction[$1] : 0) }
            if fraction.count > 6, fraction[6] >= 5 { microseconds += 1 }
        }
        guard microseconds <= Int(Int32.max) else { throw failure("the number is too large", at: place) }
        return microseconds
    }

    /// Brings the steps into normal form, sorts them, removes duplicates and checks them.
    private func field(_ written: [WrittenStep], _ unit: CalendarUnit) throws(SyntaxError) -> CalendarField {
        let sorted = written.map { ($0.step.normalized(as: unit), $0.place) }.sorted { $0.0 < $1.0 }
        var steps: [CalendarField.Step] = []
        for (step, place) in sorted where step != steps.last {
            if let problem = step.problem(in: unit, at: steps.count) { throw failure(problem, at: place) }
            steps.append(step)
        }
        return CalendarField(steps: steps)
    }
}

extension CalendarField.Step {
    /// The step in normal form.
    ///
    /// Years have four digits. A range ends at its last repetition, and a range of one value becomes a single value.
    fileprivate func normalized(as unit: CalendarUnit) -> Self {
        var step = self
        if unit == .year {
            step.start = Self.fullYear(start)
            step.stop = stop.map(Self.fullYear)
        }
        if let stop = step.stop, stop > step.start, step.every > 0 {
            step.stop = stop - (stop - step.start) % step.every
        }
        return step.stop == step.start ? Self(start: step.start, stop: nil, every: 0) : step
    }

    /// `26` is 2026, `89` is 1989.
    private static func fullYear(_ year: Int) -> Int { year < 70 ? year + 2000 : year < 100 ? year + 1900 : year }

    /// Why the step is not allowed at this index of the list in a field; nil if it is allowed.
    fileprivate func problem(in unit: CalendarUnit, at index: Int) -> String? {
        var range = unit.range
        var rule = unit.rule
        if unit == .hour, start == 24 || stop == 24 {
            return "\(rule); the midnight that ends a day is 00:00 of the next"
        }
        if unit == .dayFromEnd, index > 0 {
            // systemd has a bug here: each further value of a list lowers the limit by 3. We reject what systemd
            // rejects.
            range = 1...max(1, range.upperBound - 3 * index)
            rule += ", systemd takes 3 less for each further value of a list"
        }
        guard range.contains(start), range.contains(stop ?? start) else { return rule }
        if let stop, stop < start { return "a range goes up" }
        // Days counted from the end repeat towards the end of the month.
        let room = unit == .dayFromEnd && stop == nil ? start - range.lowerBound : (stop ?? range.upperBound) - start
        guard every <= room, every <= range.upperBound - range.lowerBound else {
            return "the repetition is too long to come round; \(rule)"
        }
        return nil
    }
}
