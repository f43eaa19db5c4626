internal import StretchUnix

/// Keeps the screen from locking by itself, with an inhibitor lock of logind; see systemd-inhibit(1).
///
/// The lock is a descriptor: it ends when the descriptor is closed, at the latest with this process.
@MainActor
package final class IdleInhibitor {
    private let failed: @MainActor (String) -> Void
    /// Open while the lock is asked for.
    private var bus: MessageBus?
    private var lock: Descriptor?

    /// - Parameter failed: called with the reason when there is no lock; a missing lock does no other harm.
    package init(failed: @escaping @MainActor (String) -> Void) { self.failed = failed }

    /// Asks for the lock, unless that was done; returns before the answer.
    package func hold() {
        guard bus == nil, lock == nil else { return }
        do throws(SystemError) {
            let bus = try MessageBus(.system) { [weak self] in self?.gaveUp("\($0)") }
            self.bus = bus
            let words = ["idle", "stretchd", "guided stretching", "block"]
            bus.call(.ofLogind("Inhibit"), words) { [weak self] in self?.answered($0) }
        } catch {
            gaveUp("\(error)")
        }
    }

    /// Gives the lock up; if it is still on the way, nobody receives it, which logind notices.
    package func release() {
        bus = nil
        lock = nil
    }

    private func answered(_ answer: BusMessage) {
        if answer.error == nil { lock = answer.descriptor() }
        guard lock != nil else { return gaveUp("logind gives no lock (\(answer.error ?? "without a descriptor"))") }
        // The lock needs no bus: it holds whatever happens to the bus and to logind.
        bus = nil
    }

    private func gaveUp(_ reason: String) {
        bus = nil
        failed(reason)
    }
}
