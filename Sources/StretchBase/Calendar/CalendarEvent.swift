/// A calendar event in the syntax of systemd.time(7), such as `Mon..Fri 07:30`.
///
/// Equal events have the same normal form, which is their `description`.
package struct CalendarEvent: Hashable, Sendable, CustomStringConvertible {
    /// One bit for each day; the lowest bit is Monday.
    var weekdays = Self.everyWeekday
    var years = CalendarField.any
    var months = CalendarField.any
    var days = CalendarField.any
    /// Whether `days` counts from the end of the month, so that 1 is the last day.
    var daysCountFromEnd = false
    var hours = CalendarField.zero
    var minutes = CalendarField.zero
    /// In microseconds.
    var seconds = CalendarField.zero

    /// The zone at the end of the text: `UTC`, or a word with the shape of an IANA name.
    ///
    /// The caller checks whether the zone exists.
    package internal(set) var zone: String?

    static let everyWeekday: UInt8 = 0x7f

    init() {}

    /// Reads what `systemd-analyze calendar` reads, except zone abbreviations other than UTC.
    package init(parsing text: String) throws(SyntaxError) {
        var parser = TextParser(text)
        do throws(SyntaxError) {
            self = try parser.calendarEvent()
        } catch {
            throw error.with(hint: CalendarHint.hint(for: text))
        }
    }

    /// Whether the event can elapse at a fraction of a second.
    package var hasFractions: Bool { seconds.steps.contains { $0.start % 1_000_000 != 0 || $0.every % 1_000_000 != 0 } }

    /// Whether the time is 00:00:00, as it is for a text with a date only.
    package var isDateOnly: Bool { hours == .zero && minutes == .zero && seconds == .zero }

    /// Whether the date and the weekdays allow a day; the time does not count.
    package func matches(day: Day) -> Bool {
        let (year, month, date) = day.components
        return weekdays & (1 << UInt8(day.weekday)) != 0 && years.contains(year) && months.contains(month)
            && days(inMonthWith: Day.length(ofMonth: month, year: year)).contains(date)
    }

    private func days(inMonthWith length: Int) -> CalendarField {
        daysCountFromEnd ? days.countedFromEnd(ofMonthWith: length) : days
    }

    // MARK: Search, field by field and without a zone

    /// The first nominal time at `start` or later; nil if there is none until the end of 2199.
    func first(from start: CivilTime) -> CivilTime? {
        guard let day = firstDay(from: start.day) else { return nil }
        if day == start.day, let time = firstTime(from: Int(start.microsecondOfDay)) {
            return CivilTime(day: day, microsecondOfDay: Int64(time))
        }
        guard let later = day == start.day ? firstDay(from: day + 1) : day, let time = firstTime(from: 0) else {
            return nil
        }
        return CivilTime(day: later, microsecondOfDay: Int64(time))
    }

    private func firstDay(from start: Day) -> Day? {
        // Calendar events begin with 1970.
        var (fromYear, fromMonth, fromDay) = max(start, Day(ordinal: 0)).components
        while let year = years.first(from: fromYear, through: CalendarUnit.year.range.upperBound) {
            if year > fromYear { (fromMonth, fromDay) = (1, 1) }
            while let month = months.first(from: fromMonth, through: 12) {
                if month > fromMonth { fromDay = 1 }
                if let day = firstDay(from: fromDay, month: month, year: year) { return day }
                (fromMonth, fromDay) = (month + 1, 1)
            }
            (fromYear, fromMonth, fromDay) = (year + 1, 1, 1)
        }
        return nil
    }

    private func firstDay(from first: Int, month: Int, year: Int) -> Day? {
        let length = Day.length(ofMonth: month, year: year)
        let days = days(inMonthWith: length)
        var from = first
        while let date = days.first(from: from, through: length) {
            if let day = Day(year: year, month: month, day: date), weekdays & (1 << UInt8(day.weekday)) != 0 {
                return day
            }
            from = date + 1
        }
        return nil
    }

    /// The first allowed time at `start` or later, both in microseconds since midnight.
    private func firstTime(from start: Int) -> Int? {
        var (fromHour, inHour) = start.quotientAndRemainder(dividingBy: 3_600_000_000)
        while let hour = hours.first(from: fromHour, through: 23) {
            if hour > fromHour { inHour = 0 }
            if let rest = firstTimeInHour(from: inHour) { return hour * 3_600_000_000 + rest }
            (fromHour, inHour) = (hour + 1, 0)
        }
        return nil
    }

    private func firstTimeInHour(from start: Int) -> Int? {
        var (fromMinute, inMinute) = start.quotientAndRemainder(dividingBy: 60_000_000)
        while let minute = minutes.first(from: fromMinute, through: 59) {
            if minute > fromMinute { inMinute = 0 }
            if let second = seconds.first(from: inMinute, through: 59_999_999) { return minute * 60_000_000 + second }
            (fromMinute, inMinute) = (minute + 1, 0)
        }
        return nil
    }

    // MARK: Text

    /// The normal form, as `systemd-analyze calendar` writes it: `Mon..Fri *-*-* 07:30:00`.
    package var description: String {
        let month = "\(years.text(width: 4))-\(months.text(width: 2))"
        let date = month + (daysCountFromEnd ? "~" : "-") + days.text(width: 2)
        let time = "\(hours.text(width: 2)):\(minutes.text(width: 2)):\(seconds.secondsText)"
        let names = weekdays == Self.everyWeekday ? nil : Weekdays.text(weekdays)
        return [names, date, time, zone].compactMap(\.self).joined(separator: " ")
    }
}

/// The values that one field of a calendar event allows, such as `*`, `1,15`, `9..17` or `0/15`.
struct CalendarField: Hashable, Sendable {
    /// One value, a range, or a repetition; seconds are in microseconds.
    struct Step: Hashable, Comparable, Sendable {
        var start: Int
        /// The last value of a range; nil for a single value, and for a repetition up to the end of the field.
        var stop: Int?
        /// The distance between repetitions; 0 for a single value.
        var every: Int

        static func < (a: Step, b: Step) -> Bool { (a.start, a.stop ?? -1, a.every) < (b.start, b.stop ?? -1, b.every) }

        func first(from value: Int) -> Int? {
            if start >= value { return start }
            guard every > 0 else { return nil }
            let candidate = start + (value - start + every - 1) / every * every
            return candidate <= stop ?? .max ? candidate : nil
        }
    }

    /// The steps in ascending order, without duplicates; no steps mean that every value is allowed.
    let steps: [Step]

    static let any = CalendarField(steps: [])
    static let zero = only(0)

    static func only(_ value: Int) -> CalendarField { CalendarField(steps: [Step(start: value, stop: nil, every: 0)]) }

    /// The first allowed value in `value ... limit`.
    func first(from value: Int, through limit: Int) -> Int? {
        guard !steps.isEmpty else { return value <= limit ? value : nil }
        var best = Int.max
        for step in steps {
            if let candidate = step.first(from: value), candidate < best { best = candidate }
        }
        return best <= limit ? best : nil
    }

    func contains(_ value: Int) -> Bool { first(from: value, through: value) == value }

    /// Turns days that count from the end of a month into days of the month, which has `length` days.
    func countedFromEnd(ofMonthWith length: Int) -> CalendarField {
        CalendarField(
            steps: steps.map { step in
                let (start, stop) = (length + 1 - step.start, step.stop.map { length + 1 - $0 })
                return Step(start: stop ?? start, stop: stop == nil ? nil : start, every: step.every)
            })
    }

    // MARK: Text

    func text(width: Int) -> String { steps.isEmpty ? "*" : list(whole: 1) { padded($0, width) } }

    var secondsText: String {
        if steps == [Step(start: 0, stop: nil, every: 1_000_000)] { return "*" }
        return list(whole: 1_000_000) { Self.seconds($0, width: 2) }
    }

    /// - Parameter whole: the usual distance between the values of a range, which the text leaves out.
    private func list(whole: Int, number: (Int) -> String) -> String {
        steps.map { step in
            let range = number(step.start) + (step.stop.map { "..\(number($0))" } ?? "")
            guard step.every > 0, step.stop == nil || step.every != whole else { return range }
            return range + "/" + (whole == 1 ? String(step.every) : Self.seconds(step.every, width: 1))
        }
        .joined(separator: ",")
    }

    private static func seconds(_ microseconds: Int, width: Int) -> String {
        let (second, fraction) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return padded(second, width) + (fraction == 0 ? "" : ".\(padded(fraction, 6))")
    }
}

/// Which values a field of a calendar event may have: as a range, and in words.
struct CalendarUnit: Equatable {
    let range: ClosedRange<Int>
    let rule: String

    // Source: systemd.time(7).
    static let year = Self(range: 1970...2199, rule: "years go from 1970 to 2199")
    static let month = Self(range: 1...12, rule: "months go from 1 to 12")
    static let day = Self(range: 1...31, rule: "days go from 1 to 31")
    /// The limit is 28, the length of the shortest month.
    static let dayFromEnd = Self(range: 1...28, rule: "days counted from the end of the month go from 1 to 28")
    static let hour = Self(range: 0...23, rule: "hours go from 0 to 23")
    static let minute = Self(range: 0...59, rule: "minutes go from 0 to 59")
    static let second = Self(range: 0...59_999_999, rule: "seconds go from 0 to 59")
}
