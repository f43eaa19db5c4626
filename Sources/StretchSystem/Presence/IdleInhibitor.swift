internal import StretchUnix

/// Keeps the screen from locking by itself, by a lock of logind's; see systemd-inhibit(1).
///
/// The lock is a descriptor: it ends when that is closed, at the latest with this process.
@MainActor
package final class IdleInhibitor {
    private let failed: @MainActor (String) -> Void
    /// Open while the lock is asked for.
    private var bus: MessageBus?
    private var lock: Descriptor?

    /// - Parameter failed: told why there is no lock; nothing else comes of it.
    package init(failed: @escaping @MainActor (String) -> Void) { self.failed = failed }

    /// Asks for the lock, unless that was done; returns before it is there.
    package func hold() {
        guard bus == nil, lock == nil else { return }
        do throws(SystemError) {
            let bus = try MessageBus(.system) { [weak self] in self?.gaveUp("\($0)") }
            self.bus = bus
            let inhibit = MessageBus.Method(
                "Inhibit", of: "org.freedesktop.login1.Manager", at: "/org/freedesktop/login1", in: Logind.name)
            bus.call(inhibit, ["idle", "stretchd", "guided stretching", "block"]) { [weak self] in self?.answered($0) }
        } catch {
            gaveUp("\(error)")
        }
    }

    /// An answer that is still to come finds nobody, and logind sees that.
    package func release() {
        bus = nil
        lock = nil
    }

    private func answered(_ answer: BusMessage) {
        if answer.error == nil { lock = answer.descriptor() }
        guard lock != nil else { return gaveUp("logind gives no lock (\(answer.error ?? "without a descriptor"))") }
        // The lock needs no bus: whatever becomes of that, and of logind, it holds.
        bus = nil
    }

    private func gaveUp(_ reason: String) {
        bus = nil
        failed(reason)
    }
}
