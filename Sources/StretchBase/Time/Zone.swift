/// A time zone as a value: the periods between its transitions, each with its offset from UTC.
///
/// `StretchSystem` makes zones from the system's tzdata; the core only reads them.
package struct Zone: Hashable, Sendable {
    package struct Period: Hashable, Sendable {
        /// Seconds since the epoch at which the period begins; the first one begins at `Int64.min`.
        package let start: Int64
        /// Seconds east of UTC.
        package let offset: Int
        package init(start: Int64, offset: Int) {
            self.start = start
            self.offset = offset
        }

        var microseconds: Int64 { Int64(offset) * 1_000_000 }
    }

    /// An IANA name such as `Europe/Berlin`, or the path the zone was read from.
    package let identifier: String
    /// In ascending order, never empty.
    package let periods: [Period]

    package static let utc = Zone(identifier: "UTC", offset: 0, transitions: [])

    /// A zone with an offset before its first transition, and the transitions in ascending order.
    package init(identifier: String, offset: Int, transitions: [Period]) {
        self.identifier = identifier
        self.periods = [Period(start: .min, offset: offset)] + transitions
    }

    /// Seconds east of UTC in force at an instant.
    package func offset(at instant: Instant) -> Int { periods[index(at: instant.seconds)].offset }

    /// The offset as a text such as `+01:00`, rounded to the minute.
    ///
    /// Unlike the offset of a `Timestamp`, it may be a day or more.
    package func offsetText(at instant: Instant) -> String {
        let minutes = floorDivide(offset(at: instant) + 30, by: 60)
        return "\(minutes < 0 ? "-" : "+")\(padded(abs(minutes) / 60, 2)):\(padded(abs(minutes) % 60, 2))"
    }

    package func civil(_ instant: Instant) -> CivilTime {
        CivilTime(timeline: instant.microseconds + Int64(offset(at: instant)) * 1_000_000)
    }

    /// The instant a nominal civil time means, and whether a clock change moved it.
    package struct Resolution: Hashable, Sendable {
        package let instant: Instant
        /// Whether the civil time does not exist, so that it was read with the offset in force before the gap.
        package let shifted: Bool
    }

    /// The instant of a nominal civil time; nil if a clock change skips its whole date.
    ///
    /// A time in a gap is read with the offset before the gap, so the result may lie after midnight. Of a time that
    /// comes twice, the first pass counts (docs/rules.md, *Time*).
    package func resolve(_ civil: CivilTime) -> Resolution? {
        // Every offset is shorter than two days. So the right period is the one in force two days before, or a later
        // one.
        var index = index(at: floorDivide(civil.timeline, by: 1_000_000) - 2 * 86_400)
        while civil.timeline >= reach(of: index).upperBound { index += 1 }
        let period = periods[index]
        let instant = Instant(microseconds: civil.timeline - period.microseconds)
        guard index + 1 < periods.count, instant.seconds >= periods[index + 1].start else {
            return Resolution(instant: instant, shifted: false)
        }
        let next = periods[index + 1]
        let gap = (next.start + Int64(period.offset))..<(next.start + Int64(next.offset))
        let midnight = Int64(civil.day.ordinal) * 86_400
        let dateExists = midnight < gap.lowerBound || midnight + 86_400 > gap.upperBound
        return dateExists ? Resolution(instant: instant, shifted: true) : nil
    }

    /// When a date begins; nil if a clock change skips it.
    package func midnight(of day: Day) -> Instant? { resolve(CivilTime(day: day, hour: 0, minute: 0))?.instant }

    /// The civil times that are read with the offset of a period, in microseconds of the civil time line.
    ///
    /// If a period ends with a gap, the times in the gap belong to it. If it begins with an overlap, the times that
    /// come twice belong to the period before. So the ranges follow each other without an overlap.
    func reach(of index: Int) -> Range<Int64> {
        let period = periods[index]
        let lower =
            index == 0
            ? .min : (period.start + Int64(max(periods[index - 1].offset, period.offset))) * 1_000_000
        guard index + 1 < periods.count else { return lower..<Int64.max }
        let next = periods[index + 1]
        let upper = (next.start + Int64(max(period.offset, next.offset))) * 1_000_000
        return min(lower, upper)..<upper
    }

    /// The index of the period in force at a second since the epoch.
    func index(at second: Int64) -> Int {
        var low = 0
        var high = periods.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if periods[middle].start <= second { low = middle } else { high = middle }
        }
        return low
    }
}
