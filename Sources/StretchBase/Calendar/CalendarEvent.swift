/// A calendar event in the syntax of systemd.time(7), such as `Mon..Fri 07:30`.
///
/// Equal events have the same normal form, which is their `description`.
package struct CalendarEvent: Hashable, Sendable {
    package typealias ParseError = SyntaxError

    /// One bit a day, the lowest is Monday.
    let weekdays: UInt8
    let years: CalendarField
    let months: CalendarField
    let days: CalendarField
    /// The days count from the end of the month: 1 is its last.
    let daysCountFromEnd: Bool
    let hours: CalendarField
    let minutes: CalendarField
    /// In microseconds.
    let seconds: CalendarField

    /// The zone written behind it: `UTC`, or what has the shape of an IANA name.
    ///
    /// The core knows no zones: whether it exists is for the caller to find out.
    package let zone: String?

    static let everyWeekday: UInt8 = 0x7f

    /// Reads what `systemd-analyze calendar` reads, except zone abbreviations other than UTC.
    package init(parsing text: String) throws(ParseError) {
        var parser = CalendarParser(text)
        do throws(ParseError) {
            self = try parser.parse()
        } catch {
            throw error.with(hint: CalendarHint.hint(for: text))
        }
    }

    init(weekdays: UInt8, date: CalendarDate, time: CalendarTime, zone: String?) {
        self.weekdays = weekdays
        self.years = date.years
        self.months = date.months
        self.days = date.days
        self.daysCountFromEnd = date.daysCountFromEnd && date.days != .any
        self.hours = time.hours
        self.minutes = time.minutes
        self.seconds = time.seconds
        self.zone = zone
    }

    /// It can elapse at parts of a second.
    package var hasFractions: Bool {
        seconds.steps.contains { $0.start % 1_000_000 != 0 || $0.every % 1_000_000 != 0 }
    }

    /// Its time is 00:00:00, as when only a date is written.
    package var isDateOnly: Bool { hours == .zero && minutes == .zero && seconds == .zero }

    /// Whether a day fits the date and the weekday, whatever the time.
    package func matches(day: Day) -> Bool {
        let (year, month, date) = day.components
        return weekdays & (1 << UInt8(day.weekday)) != 0 && years.contains(year) && months.contains(month)
            && days(inMonthWith: Day.length(ofMonth: month, year: year)).contains(date)
    }

    func days(inMonthWith length: Int) -> CalendarField {
        daysCountFromEnd ? days.countedFromEnd(ofMonthWith: length) : days
    }
}

/// The date part of a calendar event.
struct CalendarDate {
    var years = CalendarField.any
    var months = CalendarField.any
    var days = CalendarField.any
    var daysCountFromEnd = false
}
