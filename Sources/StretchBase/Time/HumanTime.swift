/// Times and dates for people: in English and with 24 hours, in every locale.
package enum HumanTime {
    /// `07:30` today, `Mon 07:30` within the next six days, otherwise the same as `full`.
    package static func short(_ time: CivilTime, relativeTo today: Day) -> String {
        time.day == today ? clock(time) : planned(time, relativeTo: today)
    }

    /// An instant as `short` writes it, without seconds.
    package static func moment(_ instant: Instant, in zone: Zone, at now: Instant) -> String {
        short(zone.civil(instant).wholeMinute, relativeTo: zone.civil(now).day)
    }

    /// `Mon 07:30` today and within the next six days, otherwise the same as `full`.
    ///
    /// Unlike words such as `today`, this is still true after midnight.
    package static func planned(_ time: CivilTime, relativeTo today: Day) -> String {
        (0...6).contains(time.day - today) ? "\(weekday(time.day)) \(clock(time))" : full(time, relativeTo: today)
    }

    /// `today at 07:30`, `tomorrow at 07:30`, `Monday at 07:30` within the next six days, otherwise `longDate` and the
    /// time.
    package static func spoken(_ time: CivilTime, relativeTo today: Day) -> String {
        let day =
            switch time.day - today {
            case 0: "today"
            case 1: "tomorrow"
            case 2...6: Weekdays.long[time.day.weekday]
            default: longDate(time.day, relativeTo: today)
            }
        return "\(day) at \(clock(time))"
    }

    /// `Mon 23 Nov 07:30`, with a year where `date` writes one.
    package static func full(_ time: CivilTime, relativeTo today: Day) -> String {
        "\(fullDay(time.day, relativeTo: today)) \(clock(time))"
    }

    /// `Mon 23 Nov`, with a year where `date` writes one.
    package static func fullDay(_ day: Day, relativeTo today: Day) -> String {
        "\(weekday(day)) \(date(day, relativeTo: today))"
    }

    /// `9 Nov`, with the year if it is not this year and the day is more than half a year away.
    package static func date(_ day: Day, relativeTo today: Day) -> String {
        let (year, _, dayOfMonth) = day.components
        let short = "\(dayOfMonth) \(month(day))"
        return year == today.components.year || abs(day - today) <= 183 ? short : "\(short) \(year)"
    }

    /// `Monday 23 November`, with a year where `date` writes one.
    package static func longDate(_ day: Day, relativeTo today: Day) -> String {
        let (_, month, dayOfMonth) = day.components
        let year = date(day, relativeTo: today).split(separator: " ").dropFirst(2).map { " \($0)" }.joined()
        return "\(Weekdays.long[day.weekday]) \(dayOfMonth) \(longMonths[month - 1])\(year)"
    }

    /// `23 November 2026`, for a text that people may read much later.
    package static func fullDate(_ day: Day) -> String {
        let (year, month, dayOfMonth) = day.components
        return "\(dayOfMonth) \(longMonths[month - 1]) \(year)"
    }

    /// `07:30`, or `07:30:15` when the second is not zero.
    package static func clock(_ time: CivilTime) -> String {
        let clock = "\(padded(time.hour, 2)):\(padded(time.minute, 2))"
        return time.second == 0 ? clock : "\(clock):\(padded(time.second, 2))"
    }

    /// About how many minutes a length is, at least one: `5 min`.
    package static func minutes(_ length: Duration) -> String { "\(max(1, (length.components.seconds + 30) / 60)) min" }

    /// A length that counts down, in minutes and seconds, such as `1:05`; rounded up to whole seconds.
    package static func countdown(_ length: Duration) -> String {
        let seconds = length.secondsRoundedUp
        return "\(seconds / 60):\(padded(seconds % 60, 2))"
    }

    /// The short name: `Mon`.
    package static func weekday(_ day: Day) -> String { Weekdays.short[day.weekday] }

    /// The short name: `Nov`.
    package static func month(_ day: Day) -> String { months[day.components.month - 1] }

    static let longMonths = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    /// The short names of the months, from January on.
    package static let months = longMonths.map { String($0.prefix(3)) }
}
