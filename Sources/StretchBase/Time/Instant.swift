/// A point on the absolute time line: microseconds since 1970-01-01T00:00:00Z, without leap seconds.
///
/// The operations that other modules use often are inlinable.
package struct Instant: Hashable, Comparable, Sendable {
    package let microseconds: Int64

    @inlinable package init(microseconds: Int64) { self.microseconds = microseconds }

    package init(seconds: Int64) { self.init(microseconds: seconds * 1_000_000) }

    /// Later than every other instant.
    package static let distantFuture = Instant(microseconds: .max)

    /// Whole seconds since the epoch, rounded towards the past.
    package var seconds: Int64 { floorDivide(microseconds, by: 1_000_000) }

    @inlinable package static func < (a: Instant, b: Instant) -> Bool { a.microseconds < b.microseconds }

    @inlinable package static func + (instant: Instant, span: Duration) -> Instant {
        Instant(microseconds: instant.microseconds + span.microseconds)
    }

    @inlinable package static func - (instant: Instant, span: Duration) -> Instant {
        Instant(microseconds: instant.microseconds - span.microseconds)
    }

    @inlinable package static func - (end: Instant, start: Instant) -> Duration {
        .microseconds(end.microseconds - start.microseconds)
    }
}

extension Duration {
    /// The whole microseconds of this duration, cut to what 64 bits can hold (292,000 years).
    package var microseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        if overflow { return seconds < 0 ? .min : .max }
        return product + attoseconds / 1_000_000_000_000
    }

    /// Seconds for a countdown: rounded up, and 0 when the duration is negative.
    package var secondsRoundedUp: Int { Int((max(0, microseconds) + 999_999) / 1_000_000) }

    package static func minutes(_ count: Int) -> Duration { .seconds(count * 60) }
    package static func hours(_ count: Int) -> Duration { .seconds(count * 3600) }
    package static func days(_ count: Int) -> Duration { .seconds(count * 86_400) }
}

/// Division that rounds towards minus infinity, as times before 1970 need it.
package func floorDivide<T: SignedInteger>(_ a: T, by b: T) -> T { a / b - (a % b < 0 ? 1 : 0) }
