extension Schedule {
    /// The schedule for readers who do not know calendar events, such as `Monday to Friday at 07:30, Saturday and
    /// Sunday at 09:00; not on 24 to 26 December`.
    ///
    /// Nil if nothing is planned, or if one of its events has no short sentence.
    package var prose: String? {
        let (times, days) = (events.compactMap(\.prose), except.compactMap(\.daysInProse))
        guard !events.isEmpty, times.count == events.count, days.count == except.count else { return nil }
        return times.joined(separator: ", ") + (days.isEmpty ? "" : "; not on \(inWords(days))")
    }
}

extension CalendarEvent {
    fileprivate var prose: String? {
        guard zone == nil, let times = timesInProse, let days = daysInProse else { return nil }
        return "\(days) \(times)"
    }

    /// Such as `Monday to Friday`, `every day`, or `24 to 26 December`; nil for other patterns.
    fileprivate var daysInProse: String? {
        guard years == .any, !daysCountFromEnd else { return nil }
        let isEveryWeekday = weekdays == Self.everyWeekday
        if months == .any, days == .any { return isEveryWeekday ? "every day" : Weekdays.prose(weekdays) }
        guard isEveryWeekday, months.values?.count == 1, let month = months.values?.first, days.steps.count == 1,
            let first = days.steps[0].single ?? days.steps[0].run?.lowerBound
        else { return nil }
        let last = days.steps[0].run.map { " to \($0.upperBound)" } ?? ""
        return "\(first)\(last) \(HumanTime.longMonths[month - 1])"
    }

    /// Such as `at 07:30`, `at 10:00 and 16:00`, or `every hour from 10:00 to 16:00`; nil for other patterns.
    private var timesInProse: String? {
        guard seconds == .zero, minutes.values?.count == 1, let minute = minutes.values?.first else { return nil }
        func clock(_ hour: Int) -> String { "\(padded(hour, 2)):\(padded(minute, 2))" }
        if let hours = hours.values { return hours.count > 4 ? nil : "at \(inWords(hours.map(clock)))" }
        guard hours.steps.count == 1, let run = hours.steps[0].run else { return nil }
        return "every hour from \(clock(run.lowerBound)) to \(clock(run.upperBound))"
    }
}

extension CalendarField {
    /// The values, if they are listed one by one.
    fileprivate var values: [Int]? {
        let singles = steps.compactMap(\.single)
        return singles.isEmpty || singles.count < steps.count ? nil : singles
    }
}

extension CalendarField.Step {
    fileprivate var single: Int? { stop == nil && every == 0 ? start : nil }

    /// The first and the last value, if every one between them is allowed, too.
    fileprivate var run: ClosedRange<Int>? { every == 1 ? stop.map { start...$0 } : nil }
}

extension Weekdays {
    /// Such as `Monday to Friday`, or `Monday, Wednesday and Friday`.
    fileprivate static func prose(_ set: UInt8) -> String {
        inWords(
            runs(of: set).flatMap { run in
                run.count > 2 ? ["\(long[run.lowerBound]) to \(long[run.upperBound])"] : Array(long[run])
            })
    }
}

/// Such as `a, b and c`.
private func inWords(_ parts: [String]) -> String {
    parts.count < 2 ? parts.joined() : parts.dropLast().joined(separator: ", ") + " and \(parts[parts.count - 1])"
}
