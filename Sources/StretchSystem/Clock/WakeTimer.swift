import CSystemd
import Dispatch
import Glibc
package import StretchBase

/// A one-shot timer on the wall clock, which stays right over suspends and steps of the clock.
///
/// It costs no wake-up while it waits or is disarmed. It may call once too often when it is armed again just as it
/// fires.
@MainActor
package final class WakeTimer {
    private let source: any DispatchSourceTimer

    package init(_ fired: @escaping @MainActor () -> Void) {
        source = DispatchSource.makeTimerSource(queue: .main)
        source.setEventHandler { fired() }
        source.activate()
    }

    isolated deinit { source.cancel() }

    /// Sets the time of the next call, to the microsecond; an instant in the past means at once, nil means never.
    package func arm(at instant: Instant?) {
        guard let instant else { return source.schedule(wallDeadline: .distantFuture) }
        let moment = min(max(instant, Self.earliest), Self.latest)
        let time = timespec(
            tv_sec: Int(moment.seconds), tv_nsec: Int(moment.microseconds - moment.seconds * 1_000_000) * 1000)
        source.schedule(wallDeadline: DispatchWallTime(timespec: time), leeway: .nanoseconds(0))
    }

    /// Dispatch counts nanoseconds from 1970 in 62 bits, and takes zero and all times after 2116 for "never".
    ///
    /// To wake up too early, in 2100, does no harm: the next time is computed and armed again.
    private static let earliest = Instant(seconds: 1)
    private static let latest = Instant(seconds: 4_102_444_800)
}
