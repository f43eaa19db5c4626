internal import Dispatch
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
    private var limit: (any DispatchSourceTimer)?
    private var retry: (any DispatchSourceTimer)?

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

    isolated deinit {
        limit?.cancel()
        retry?.cancel()
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
            // Where there is no bus nobody can say that somebody is away. One that never was is not waited for.
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
        retry = after(hasGivenUp ? retryInterval : min(.seconds(1), retryInterval)) { [weak self] in
            self?.retry = nil
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
        endWaiting()
        hasGivenUp = false
        set(presence)
    }

    private func giveUp() {
        endWaiting()
        hasGivenUp = true
        set(.present)
    }

    private func set(_ presence: Presence) {
        guard presence != self.presence else { return }
        self.presence = presence
        untold.append(presence)
    }

    /// Every change in its turn: who was away for a moment only has arrived, too.
    ///
    /// Whoever is told of one gets the others by `serve` before deciding.
    private func tell() {
        while !untold.isEmpty { changed(untold.removeFirst()) }
    }

    // MARK: Patience

    private func beginToWait() {
        guard limit == nil else { return }
        limit = after(patience) { [weak self] in
            self?.giveUp()
            self?.tell()
        }
    }

    private func endWaiting() {
        limit?.cancel()
        limit = nil
    }

    private func after(_ span: Duration, _ elapsed: @escaping @MainActor () -> Void) -> any DispatchSourceTimer {
        let timer = DispatchSource.makeTimerSource(queue: .main)
        timer.setEventHandler { elapsed() }
        timer.schedule(deadline: .now() + .microseconds(Int(span.microseconds)))
        timer.activate()
        return timer
    }
}
