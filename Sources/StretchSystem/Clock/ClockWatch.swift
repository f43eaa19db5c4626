import CSystemd
import Glibc
import StretchBase
import StretchUnix

/// Tells when the wall clock was set or the machine resumed, which Dispatch does not tell.
@MainActor
package final class ClockWatch {
    /// Gets how far the clock was set since the last check, forwards positive, and how long the machine slept since
    /// then.
    ///
    /// Either may be zero; a few microseconds of noise are normal.
    package typealias Changed = @MainActor (_ stepped: Duration, _ suspended: Duration) -> Void

    private let changed: Changed
    private var sample = SystemClock.sample()
    private var timer: WatchedDescriptor?

    package init(_ changed: @escaping Changed) throws(SystemError) {
        self.changed = changed
        let descriptor = timerfd_create(CLOCK_REALTIME, Int32(TFD_NONBLOCK | TFD_CLOEXEC))
        guard descriptor >= 0 else { throw .noTimer(errno: errno) }
        timer = WatchedDescriptor(descriptor) { [weak self] in self?.check() }

        // A time that never comes: we only want the kernel's note that the clock was changed. The note comes for every
        // change, without arming the timer again.
        var never = itimerspec()
        never.it_value.tv_sec = .max
        let flags = Int32(TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET)
        guard timerfd_settime(descriptor, flags, &never, nil) == 0 else { throw .noTimer(errno: errno) }
    }

    /// Compares the clocks with the last check, and reports a change.
    ///
    /// Call this when another timer fires, because that may come before the kernel's note of the change.
    package func check() {
        var expirations: UInt64 = 0
        let size = MemoryLayout.size(ofValue: expirations)
        let isNoted = timer.map { read($0.number, &expirations, size) < 0 && errno == ECANCELED } ?? false
        let before = sample
        sample = SystemClock.sample()
        let (stepped, suspended) = (sample.stepped(since: before), sample.suspended(since: before))
        guard isNoted || stepped.isChange || suspended.isChange else { return }
        changed(stepped, suspended)
    }
}

extension Duration {
    /// Whether the duration is more than noise.
    package var isChange: Bool { abs(microseconds) > 1_000_000 }
}
