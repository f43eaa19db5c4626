/// An instant together with the offset from UTC that was in force where it was taken.
///
/// Written in RFC 3339 with milliseconds: `2026-11-23T07:31:24.890+01:00`.
package struct Timestamp: Hashable, Sendable {
    package let instant: Instant
    /// Seconds east of UTC.
    package let offset: Int

    /// The instant is cut to the millisecond, so that what is written reads back equal.
    package init(_ instant: Instant, offset: Int) {
        self.instant = Instant(microseconds: floorDivide(instant.microseconds, by: 1000) * 1000)
        self.offset = offset
    }

    package init(_ instant: Instant, in zone: Zone) { self.init(instant, offset: zone.offset(at: instant)) }

    /// The civil time the clock on the wall showed.
    package var civil: CivilTime { CivilTime(timeline: instant.microseconds + Int64(offset) * 1_000_000) }
}
