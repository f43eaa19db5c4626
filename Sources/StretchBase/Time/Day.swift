/// A date of the Gregorian calendar, without a time and without a zone.
package struct Day: Hashable, Comparable, Sendable, CustomStringConvertible, ByteReadable {
    /// Days since 1970-01-01.
    package let ordinal: Int

    @inlinable package init(ordinal: Int) { self.ordinal = ordinal }

    /// The day of a year, a month 1...12 and a day of the month; nil when the calendar has no such date.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), day >= 1, day <= Day.length(ofMonth: month, year: year) else { return nil }
        self.init(ordinal: Day.ordinal(year: year, month: month, day: day))
    }

    /// The first day of a month 1...12.
    static func first(of month: Int, year: Int) -> Day { Day(ordinal: ordinal(year: year, month: month, day: 1)) }

    @inlinable package static func < (a: Day, b: Day) -> Bool { a.ordinal < b.ordinal }
    @inlinable package static func + (day: Day, count: Int) -> Day { Day(ordinal: day.ordinal + count) }
    @inlinable package static func - (day: Day, count: Int) -> Day { Day(ordinal: day.ordinal - count) }
    @inlinable package static func - (end: Day, start: Day) -> Int { end.ordinal - start.ordinal }

    /// Year, month 1...12 and day of the month.
    ///
    /// Source: Howard Hinnant, “chrono-Compatible Low-Level Date Algorithms”, civil_from_days.
    package var components: (year: Int, month: Int, day: Int) {
        let shifted = ordinal + 719_468
        let era = floorDivide(shifted, by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// Days since Monday: 0 to 6.
    package var weekday: Int { ((ordinal + 3) % 7 + 7) % 7 }

    package static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01, by Hinnant's days_from_civil.
    ///
    /// A `day` after the end of the month means a day of the next month.
    private static func ordinal(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = floorDivide(shiftedYear, by: 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Such as `2026-11-23`.
    package var description: String {
        let (year, month, day) = components
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// Reads `2026-11-23`; nil for anything else.
    package init?(_ text: Span<UInt8>) {
        guard text.count == 10 else { return nil }
        self.init(text, at: 0)
    }

    /// Reads the ten bytes of `2026-11-23` at an index.
    package init?(_ text: Span<UInt8>, at start: Int) {
        guard let year = text.digits(4, at: start), text.has("-", at: start + 4),
            let month = text.digits(2, at: start + 5), text.has("-", at: start + 7),
            let day = text.digits(2, at: start + 8)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}

/// Reads a number that consists of decimal digits only; nil for anything else, such as a sign or a blank.
package func number(_ text: some StringProtocol) -> Int? {
    text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
}

package func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
