internal import Glibc
internal import StretchBase
package import StretchCore

/// Whether somebody is at this machine to see a prompt, followed through logind on the system bus.
///
/// Nothing is polled, except a system bus that was lost or does not let us in: we look for it until it is back, every
/// second at first.
@MainActor
package final class Logins {
    private let changed: @MainActor (Presence) -> Void
    private let patience: Duration
    private let retryInterval: Duration
    private var bus: MessageBus?
    private var owner: BusMatch?
    private var logind: Logind?
    /// The last presence that is known, or `present` after giving up; nil before the first one.
    private var presence: Presence?
    private var untold: [Presence] = []
    /// Patience is over, or there is no bus; false again when logind answers.
    private var hasGivenUp = false
    private let limit = Later()
    private let retry = Later()

    /// - Parameters:
    ///   - patience: how long logind may take to answer, and a lost bus to come back. After that logind counts as
    ///     missing until it answers, and what was known no longer holds.
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

    /// Waits for a bus that may only be restarting: until patience is over, what is known holds.
    private func failed() {
        if !hasGivenUp { beginToWait() }
        retry.run(after: hasGivenUp ? retryInterval : min(.seconds(1), retryInterval)) { [weak self] in self?.follow() }
    }

    // MARK: logind

    /// - Parameter address: empty when nobody has the name.
    private func owned(by address: String) {
        guard let bus, logind?.address != address else { return }
        logind = nil
        if !address.isEmpty {
            logind = Logind(at: address, on: bus, user: getuid()) { [weak self] in self?.set($0, isGuess: false) }
        } else if presence == nil {
            return set(.present, isGuess: true)
        }
        // What was known holds while a new logind starts and is asked.
        beginToWait()
    }

    /// - Parameter isGuess: patience is over, or nobody can say.
    private func set(_ presence: Presence, isGuess: Bool) {
        limit.cancel()
        hasGivenUp = isGuess
        guard presence != self.presence else { return }
        self.presence = presence
        untold.append(presence)
    }

    /// Reports each change in turn: a person who was away only for a moment has also arrived.
    ///
    /// More changes may be waiting: the receiver must call `serve` before it decides.
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
