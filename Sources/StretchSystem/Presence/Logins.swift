internal import Glibc
internal import StretchBase
package import StretchCore

/// Whether somebody is at this machine to see a prompt, followed through logind on the system bus.
///
/// Nothing repeats, but for a system bus that was lost or does not let us in: it is looked for until it is back, every
/// second at first.
@MainActor
package final class Logins {
    private let changed: @MainActor (Presence) -> Void
    private let patience: Duration
    private let retryInterval: Duration
    private var bus: MessageBus?
    private var owner: BusMatch?
    private var logind: Logind?
    /// What is known, or was when logind last said something; nil before the first answer.
    private var presence: Presence?
    private var untold: [Presence] = []
    /// Patience ended, or there is no bus; until logind says something.
    private var hasGivenUp = false
    private let limit = Later()
    private let retry = Later()

    /// - Parameters:
    ///   - patience: how long logind may take to answer, and a lost bus to be back; then it counts as missing until it
    ///     does, and what was known holds no more.
    ///   - retryInterval: how often a system bus that was lost is looked for after that.
    ///   - changed: called with the first presence, at the latest when patience ends, and with every later one.
    package init(
        patience: Duration = .seconds(5), retryInterval: Duration = .seconds(60),
        changed: @escaping @MainActor (Presence) -> Void
    ) {
        self.patience = patience
        self.retryInterval = retryInterval
        self.changed = changed
    }

    /// Begins; without a system bus the first presence comes before this returns.
    package func follow() {
        connect()
        tell()
    }

    /// Handles what logind has said by now, without waiting for more; every change is told when this returns.
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
            // Without a bus nobody can say that somebody is away. A bus that never existed is not waited for.
            if presence == nil, case .noBus(_, ENOENT) = error { giveUp() } else { failed() }
        }
    }

    private func followOwner(on bus: MessageBus) {
        let rule = """
            type='signal',sender='org.freedesktop.DBus',path='/org/freedesktop/DBus',interface='org.freedesktop.DBus',\
            member='NameOwnerChanged',arg0='\(Logind.name)'
            """
        owner = bus.match(rule) { [weak self] signal in
            guard signal.text() != nil, signal.text() != nil, let new = signal.text() else { return }
            self?.owned(by: new)
        }
        let getOwner = MessageBus.Method(
            "GetNameOwner", of: "org.freedesktop.DBus", at: "/org/freedesktop/DBus", in: "org.freedesktop.DBus")
        bus.call(getOwner, [Logind.name]) { [weak self] answer in
            switch answer.error {
            case nil: self?.owned(by: answer.text() ?? "")
            case "org.freedesktop.DBus.Error.NameHasNoOwner": self?.owned(by: "")
            // The connection is at its end.
            default: break
            }
        }
    }

    private func lost() {
        (bus, owner, logind) = (nil, nil, nil)
        failed()
        tell()
    }

    /// A bus that restarts is there again soon: what is known holds for so long.
    private func failed() {
        if !hasGivenUp { beginToWait() }
        retryLater()
    }

    private func retryLater() {
        retry.run(after: hasGivenUp ? retryInterval : min(.seconds(1), retryInterval)) { [weak self] in
            self?.connect()
            self?.tell()
        }
    }

    // MARK: logind

    /// - Parameter address: empty: nobody has the name.
    private func owned(by address: String) {
        guard let bus, logind?.address != address else { return }
        logind = nil
        if !address.isEmpty {
            logind = Logind(at: address, on: bus, user: getuid()) { [weak self] in self?.update() }
        } else if presence == nil {
            return giveUp()
        }
        // What was known holds while a new one starts and is asked.
        beginToWait()
    }

    private func update() {
        guard let presence = logind?.presence else { return }
        limit.cancel()
        hasGivenUp = false
        set(presence)
    }

    private func giveUp() {
        limit.cancel()
        hasGivenUp = true
        set(.present)
    }

    private func set(_ presence: Presence) {
        guard presence != self.presence else { return }
        self.presence = presence
        untold.append(presence)
    }

    /// Tells each change in turn: somebody who was away only for a moment has arrived, too.
    ///
    /// Who is told of one must call `serve` for the others before deciding.
    private func tell() {
        while !untold.isEmpty { changed(untold.removeFirst()) }
    }

    // MARK: Patience

    private func beginToWait() {
        limit.run(after: patience) { [weak self] in
            self?.giveUp()
            self?.tell()
        }
    }
}
