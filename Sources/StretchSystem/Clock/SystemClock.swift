import CSystemd
import Glibc
package import StretchBase

/// The clocks of the kernel.
///
/// No other file reads a clock.
package enum SystemClock {
    /// The time of day, CLOCK_REALTIME.
    package static func now() -> Instant { read(CLOCK_REALTIME) }

    /// The time of a clock that runs evenly and that nobody sets, CLOCK_MONOTONIC; for spans only.
    package static func steady() -> Instant { read(CLOCK_MONOTONIC) }

    static func sample() -> ClockSample { ClockSample(wall: now(), monotonic: steady(), boot: read(CLOCK_BOOTTIME)) }

    /// False when the kernel says that nothing, such as a time server (NTP), keeps the wall clock right.
    ///
    /// If the kernel does not answer, as in some containers, the clock counts as synchronised.
    package static var isSynchronised: Bool {
        var state = timex()
        guard adjtimex(&state) >= 0 else { return true }
        return state.status & STA_UNSYNC == 0
    }

    private static func read(_ clock: clockid_t) -> Instant {
        var time = timespec()
        clock_gettime(clock, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }
}

/// The three clocks at one moment.
///
/// Two samples tell whether the machine slept or the clock was set.
struct ClockSample {
    let wall: Instant
    /// Since boot, suspends not included.
    let monotonic: Instant
    /// Since boot, suspends included.
    let boot: Instant

    /// How far the wall clock was set, forwards positive.
    ///
    /// A few microseconds of noise are normal.
    func stepped(since earlier: ClockSample) -> Duration { (wall - earlier.wall) - (boot - earlier.boot) }

    /// How long the machine slept.
    func suspended(since earlier: ClockSample) -> Duration { (boot - earlier.boot) - (monotonic - earlier.monotonic) }
}

/// The day from which the source of this program is; a clock that shows an earlier time is wrong.
package enum BuildDate {
    /// That day, by the builder's zone, as midnight in UTC.
    package static let midnight = instant(of: String(cString: stretchd_source_date()))

    /// Reads the day from the format of `__TIMESTAMP__`, `Sun Nov  2 07:30:00 2026`; the epoch if it cannot be read.
    static func instant(of timestamp: String) -> Instant {
        let words = timestamp.split(separator: " ")
        guard words.count == 5, let month = HumanTime.months.firstIndex(of: String(words[1])), let day = Int(words[2]),
            let year = Int(words[4]), let date = Day(year: year, month: month + 1, day: day)
        else { return Instant(seconds: 0) }
        return Instant(seconds: Int64(date.ordinal) * 86_400)
    }
}
