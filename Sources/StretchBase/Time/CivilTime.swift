/// What a calendar and a clock on the wall show: a day and a time of that day, without a zone.
package struct CivilTime: Hashable, Comparable, Sendable {
    package let day: Day
    /// Microseconds since midnight, 0 ..< 86,400,000,000.
    package let microsecondOfDay: Int64

    package init(day: Day, microsecondOfDay: Int64) {
        self.day = day
        self.microsecondOfDay = microsecondOfDay
    }

    package init(day: Day, hour: Int, minute: Int, second: Int = 0) {
        self.init(day: day, microsecondOfDay: Int64(hour * 3600 + minute * 60 + second) * 1_000_000)
    }

    @inlinable package static func < (a: CivilTime, b: CivilTime) -> Bool {
        (a.day, a.microsecondOfDay) < (b.day, b.microsecondOfDay)
    }

    package var hour: Int { Int(microsecondOfDay / 3_600_000_000) }
    package var minute: Int { Int(microsecondOfDay / 60_000_000 % 60) }
    package var second: Int { Int(microsecondOfDay / 1_000_000 % 60) }
    package var microsecond: Int { Int(microsecondOfDay % 1_000_000) }

    /// This civil time moved by a span that knows no zone changes.
    package static func + (time: CivilTime, span: Duration) -> CivilTime {
        CivilTime(timeline: time.timeline + span.microseconds)
    }

    package static func - (time: CivilTime, span: Duration) -> CivilTime {
        CivilTime(timeline: time.timeline - span.microseconds)
    }

    /// The instant this would be in UTC, in microseconds: the civil time line that zones shift.
    package var timeline: Int64 { Int64(day.ordinal) * 86_400_000_000 + microsecondOfDay }

    package init(timeline: Int64) {
        let day = floorDivide(timeline, by: 86_400_000_000)
        self.init(day: Day(ordinal: Int(day)), microsecondOfDay: timeline - day * 86_400_000_000)
    }
}

extension CivilTime: CustomStringConvertible {
    /// `2026-11-23T07:30`, with `:SS` when the second is not zero; fractions are not shown.
    package var description: String {
        let clock = "\(padded(hour, 2)):\(padded(minute, 2))"
        return "\(day)T\(clock)" + (second == 0 ? "" : ":\(padded(second, 2))")
    }

    /// Reads `2026-11-23T07:30` and `2026-11-23T07:30:15`; nil for anything else.
    package init?(_ text: some StringProtocol) {
        let halves = text.split(separator: "T", omittingEmptySubsequences: false)
        guard halves.count == 2, let day = Day(halves[0]) else { return nil }
        let clock = halves[1].split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(clock.count), clock.allSatisfy({ $0.utf8.count == 2 }) else { return nil }
        let numbers = clock.compactMap { number($0) }
        guard numbers.count == clock.count, numbers[0] < 24, numbers[1] < 60 else { return nil }
        let second = numbers.count == 3 ? numbers[2] : 0
        guard second < 60 else { return nil }
        self.init(day: day, hour: numbers[0], minute: numbers[1], second: second)
    }
}

extension CivilTime {
    /// Reads `2026-11-23T07:30` or `2026-11-23T07:30:15` from an index to the end.
    package init?(_ text: Span<UInt8>, from start: Int) {
        let length = text.count - start
        guard length == 16 || length == 19, let day = Day(text, at: start), text.has("T", at: start + 10),
            let hour = text.digits(2, at: start + 11), hour < 24, text.has(":", at: start + 13),
            let minute = text.digits(2, at: start + 14), minute < 60
        else { return nil }
        guard length == 19 else {
            self.init(day: day, hour: hour, minute: minute)
            return
        }
        guard text.has(":", at: start + 16), let second = text.digits(2, at: start + 17), second < 60
        else { return nil }
        self.init(day: day, hour: hour, minute: minute, second: second)
    }
}
