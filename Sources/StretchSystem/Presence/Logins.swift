internal import Glibc
internal import StretchBase
package import StretchCore

/// Whether somebody is at this machine to see a prompt, followed through logind on the system bus.
///
/// It polls only when a system bus was lost or does not let us in. Then it looks for the bus until it is back, every
/// second at first and later less often.
@MainActor
package final class Logins {
    private let changed: @MainActor (Presence) -> Void
    private let patience: Duration
    private let retryInterval: Duration
    private var bus: MessageBus?
    private var owner: BusMatch?
    private var logind: Logind?
    /// The last presence that logind told, or `present` as a guess; nil before the first one.
    private var presence: Presence?
    private var untold: [Presence] = []
    /// Whether `patience` is over or there is no bus; false again when logind answers.
    private var hasGivenUp = false
    private let limit = Later()
    private let retry = Later()

    /// - Parameters:
    ///   - patience: how long we wait for an answer of logind, and for a lost bus to come back. After that, logind
    ///     counts as missing until it answers, and the last presence no longer counts.
    ///   - retryInterval: how often we look for a lost system bus after that.
    ///   - changed: called with the first presence, at the latest when patience ends, and with every later one.
    package init(
        patience: Duration = .seconds(5), retryInterval: Duration = .seconds(60),
        changed: @escaping @MainActor (Presence) -> Void
    ) {
        self.patience = patience
        self.retryInterval = retryInterval
        self.changed = changed
    }

    /// Connects; without a system bus `changed` is called before this returns.
    package func follow() {
        connect()
        tell()
    }

    /// Handles what logind has said by now, without waiting for more; reports every change before it returns.
    package func serve() {
        bus?.serve()
        tell()
    }

    // MARK: The bus

    private func connect() {
        do throws(SystemError) {
            let bus = try MessageBus(.system) { [weak self] _ in self?.lost() }
            bus.drained = { [weak self] in self?.tell() }
            self.bus = bus
            followOwner(on: bus)
            beginToWait()
        } catch {
            // Without a bus nothing can say that somebody is away. We do not wait for a bus that never existed.
            if presence == nil, case .noBus(_, ENOENT) = error { set(.present, isGuess: true) } else { failed() }
        }
    }

    private func followOwner(on bus: MessageBus) {
        owner = bus.match(.ofBus("NameOwnerChanged"), about: Logind.name) { [weak self] signal in
            guard signal.text() != nil, signal.text() != nil, let new = signal.text() else { return }
            self?.owned(by: new)
        }
        bus.call(.ofBus("GetNameOwner"), [Logind.name]) { [weak self] answer in
            let isFree = answer.isError("NameHasNoOwner")
            // With any other error the connection has ended.
            if answer.error == nil || isFree { self?.owned(by: isFree ? "" : answer.text() ?? "") }
        }
    }

    private func lost() {
        (bus, owner, logind) = (nil, nil, nil)
        failed()
        tell()
    }

    /// Waits for the bus, which may only be restarting.
    ///
    /// Until `patience` is over, the last presence still counts.
    private func failed() {
        if !hasGivenUp { beginToWait() }
        retry.run(after: hasGivenUp ? retryInterval : min(.seconds(1), retryInterval)) { [weak self] in self?.follow() }
    }

    // MARK: logind

    /// - Parameter address: the unique name of the new logind; empty when there is none.
    private func owned(by address: String) {
        guard let bus, logind?.address != address else { return }
        logind = nil
        if !address.isEmpty {
            logind = Logind(at: address, on: bus, user: getuid()) { [weak self] in self?.set($0, isGuess: false) }
        } else if presence == nil {
            return set(.present, isGuess: true)
        }
        // The last presence still counts while a new logind starts and is asked.
        beginToWait()
    }

    /// - Parameter isGuess: whether logind did not say this, because `patience` is over or there is no logind.
    private func set(_ presence: Presence, isGuess: Bool) {
        limit.cancel()
        hasGivenUp = isGuess
        guard presence != self.presence else { return }
        self.presence = presence
        untold.append(presence)
    }

    /// Reports every change, in order.
    ///
    /// So we also hear that a person has come back who was away only for a moment. More changes may be waiting, so the
    /// receiver must call `serve` before it decides.
    private func tell() {
        while !untold.isEmpty { changed(untold.removeFirst()) }
    }

    // MARK: Patience

    private func beginToWait() {
        limit.run(after: patience) { [weak self] in
            self?.set(.present, isGuess: true)
            self?.tell()
        }
    }
}
