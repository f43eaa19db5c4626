import CSystemd
import Dispatch
import Glibc
import StretchBase

/// The systemd user manager that may have started us; if none has, nothing is sent.
///
/// See sd_notify(3).
@MainActor
package final class ServiceManager {
    private var watchdog: (any DispatchSourceTimer)?

    /// Starts the watchdog's timer when the unit has `WatchdogSec=`; otherwise there is no timer and no wake-up.
    package init() {
        var interval: UInt64 = 0
        guard sd_watchdog_enabled(0, &interval) > 0 else { return }
        // The timer runs on the main queue, because this proves that the main queue does not hang. The timer's clock
        // stands still in suspend, as the manager's does.
        let half = DispatchTimeInterval.microseconds(Int(interval / 2))
        let timer = DispatchSource.makeTimerSource(queue: .main)
        timer.setEventHandler { [weak self] in self?.send("WATCHDOG=1") }
        timer.schedule(deadline: .now() + half, repeating: half)
        timer.activate()
        watchdog = timer
    }

    /// Says that start or reload is finished.
    /// - Parameter status: one line for `systemctl status`.
    package func ready(status: String) { send("READY=1\nSTATUS=\(status)") }

    package func status(_ status: String) { send("STATUS=\(status)") }

    /// Says that the configuration is being read again; `ready` says that this is finished.
    package func reloading() { send("RELOADING=1\nMONOTONIC_USEC=\(SystemClock.steady().microseconds)") }

    package func stopping() { send("STOPPING=1") }

    private func send(_ state: String) {
        // If this fails, there is nobody to tell, and the daemon goes on without its manager.
        sd_notify(0, state)
    }
}
