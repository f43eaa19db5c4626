/// What a calendar and a clock on the wall show: a day and a time of that day, without a zone.
package struct CivilTime: Hashable, Comparable, Sendable, CustomStringConvertible, ByteReadable {
    /// Microseconds since 1970-01-01T00:00 on the civil time line, on which each day has 24 hours.
    package let timeline: Int64

    @inlinable package init(timeline: Int64) { self.timeline = timeline }

    /// - Parameter microsecondOfDay: since midnight, 0 ..< 86,400,000,000.
    package init(day: Day, microsecondOfDay: Int64) {
        self.init(timeline: Int64(day.ordinal) * Self.microsecondsOfDay + microsecondOfDay)
    }

    package init(day: Day, hour: Int, minute: Int, second: Int = 0) {
        self.init(day: day, microsecondOfDay: Int64(hour * 3600 + minute * 60 + second) * 1_000_000)
    }

    @inlinable package static func < (a: CivilTime, b: CivilTime) -> Bool { a.timeline < b.timeline }

    package var day: Day { Day(ordinal: Int(floorDivide(timeline, by: Self.microsecondsOfDay))) }
    /// Microseconds since midnight.
    package var microsecondOfDay: Int64 {
        timeline - floorDivide(timeline, by: Self.microsecondsOfDay) * Self.microsecondsOfDay
    }
    package var hour: Int { Int(microsecondOfDay / 3_600_000_000) }
    package var minute: Int { Int(microsecondOfDay / 60_000_000 % 60) }
    package var second: Int { Int(microsecondOfDay / 1_000_000 % 60) }
    package var microsecond: Int { Int(microsecondOfDay % 1_000_000) }

    /// The same time without its seconds.
    package var wholeMinute: CivilTime { CivilTime(day: day, hour: hour, minute: minute) }

    /// Moves the civil time by a span, without regard to clock changes.
    package static func + (time: CivilTime, span: Duration) -> CivilTime {
        CivilTime(timeline: time.timeline + span.microseconds)
    }

    package static func - (time: CivilTime, span: Duration) -> CivilTime {
        CivilTime(timeline: time.timeline - span.microseconds)
    }

    private static let microsecondsOfDay: Int64 = 86_400_000_000

    /// Such as `2026-11-23T07:30`, or `2026-11-23T07:30:15` when the second is not zero; fractions are not shown.
    package var description: String { "\(day)T\(HumanTime.clock(self))" }

    /// Reads `2026-11-23T07:30` and `2026-11-23T07:30:15`; nil for anything else.
    package init?(_ text: Span<UInt8>) {
        guard text.count == 16 || text.count == 19, let day = Day(text, at: 0), text.has("T", at: 10),
            let minutes = text.clock(at: 11)
        else { return nil }
        var second = 0
        if text.count == 19 {
            guard text.has(":", at: 16), let digits = text.digits(2, at: 17), digits < 60 else { return nil }
            second = digits
        }
        self.init(day: day, hour: 0, minute: minutes, second: second)
    }
}
