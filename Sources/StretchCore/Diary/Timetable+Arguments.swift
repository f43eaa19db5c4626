package import StretchBase

/// Days and moments of the command line, which depend on `day_start`.
extension Timetable {
    /// The moment that a text means; a day without a time of day is the instant that `ofDay` gives.
    package func moment(
        _ text: String, _ side: DayArgument.Side, at now: Instant, ofDay: (Day) -> Instant?
    ) throws(ArgumentRefusal) -> Instant {
        try TimeArgument(text, side, today: day(at: now), at: now, in: zone).instant(in: zone, of: ofDay)
    }

    /// The last moment of a day; nil when its date does not exist in the zone.
    package func end(of day: Day) -> Instant? {
        guard beginning(of: day) != nil else { return nil }
        // The calendar may skip the next day, but never two.
        return (beginning(of: day + 1) ?? beginning(of: day + 2)).map { $0 - .microseconds(1) }
    }
}
