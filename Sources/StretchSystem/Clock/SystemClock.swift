import CSystemd
import Glibc
package import StretchBase
import StretchCore

/// The clocks of the kernel.
///
/// No other file reads one.
package enum SystemClock {
    /// The time of day, CLOCK_REALTIME.
    package static func now() -> Instant { Instant(microseconds: read(CLOCK_REALTIME)) }

    /// The time of a clock that runs evenly and that nobody sets, CLOCK_MONOTONIC: good for spans only.
    package static func steady() -> Instant { Instant(microseconds: read(CLOCK_MONOTONIC)) }

    package static func sample() -> ClockSample {
        ClockSample(
            wall: now(), monotonic: .microseconds(read(CLOCK_MONOTONIC)), boot: .microseconds(read(CLOCK_BOOTTIME)))
    }

    /// False when the kernel says that nothing (NTP, a time server) keeps the wall clock right.
    ///
    /// Where it does not answer, as in some containers, the clock counts as kept.
    package static var isSynchronised: Bool {
        var state = timex()
        guard adjtimex(&state) >= 0 else { return true }
        return state.status & STA_UNSYNC == 0
    }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}

/// The three clocks at one moment.
///
/// Two samples tell a suspend from a step of the clock.
package struct ClockSample: Hashable, Sendable {
    package let wall: Instant
    /// Since boot, standing still in suspend.
    package let monotonic: Duration
    /// Since boot, suspends included.
    package let boot: Duration

    package init(wall: Instant, monotonic: Duration, boot: Duration) {
        self.wall = wall
        self.monotonic = monotonic
        self.boot = boot
    }

    /// How far the wall clock was set, forwards positive.
    ///
    /// A few microseconds of noise are normal.
    package func stepped(since earlier: ClockSample) -> Duration {
        (wall - earlier.wall) - (boot - earlier.boot)
    }

    /// How long the machine slept.
    package func suspended(since earlier: ClockSample) -> Duration {
        (boot - earlier.boot) - (monotonic - earlier.monotonic)
    }
}
