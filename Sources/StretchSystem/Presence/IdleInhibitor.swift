internal import StretchUnix

/// Keeps the screen from locking by itself, with an inhibitor lock of logind; see systemd-inhibit(1).
///
/// The lock is a descriptor. It ends when the descriptor is closed, at the latest when this process ends.
@MainActor
package final class IdleInhibitor {
    private let failed: @MainActor (String) -> Void
    /// The connection, kept only until the lock has come.
    private var bus: MessageBus?
    private var lock: Descriptor?

    /// - Parameter failed: called with the reason when we cannot get the lock, which does no other harm.
    package init(failed: @escaping @MainActor (String) -> Void) { self.failed = failed }

    /// Asks for the lock and returns before the answer; does nothing if the lock is here or asked for.
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

    /// Gives the lock up.
    ///
    /// If the lock is still on its way, logind notices that nobody receives it.
    package func release() {
        bus = nil
        lock = nil
    }

    private func answered(_ answer: BusMessage) {
        if answer.error == nil { lock = answer.descriptor() }
        guard lock != nil else { return gaveUp("logind gives no lock (\(answer.error ?? "without a descriptor"))") }
        // The lock does not need the bus any more: it holds even if the bus or logind ends.
        bus = nil
    }

    private func gaveUp(_ reason: String) {
        bus = nil
        failed(reason)
    }
}
