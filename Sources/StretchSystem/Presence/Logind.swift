internal import StretchCore

/// What one running systemd-logind says of the sessions of one user.
///
/// When its name on the bus gets another owner, another object is made.
@MainActor
final class Logind {
    nonisolated static let name = "org.freedesktop.login1"

    /// Its unique name on the bus.
    let address: String
    private let bus: MessageBus
    private let user: UInt32
    private let changed: @MainActor (Presence) -> Void
    private var matches: [BusMatch?] = []
    /// The user's sessions by object path; nil until they are listed.
    private var sessions: [String: FollowedSession]?
    private var isPreparingForSleep: Bool?
    private var isAnswered = false
    private var isRefused = false

    /// - Parameter changed: called when all first questions are answered, and whenever the presence may have changed.
    init(at address: String, on bus: MessageBus, user: UInt32, changed: @escaping @MainActor (Presence) -> Void) {
        self.address = address
        self.bus = bus
        self.user = user
        self.changed = changed
        matches = [
            bus.match(.ofLogind("SessionNew", at: address)) { [weak self] _ in self?.listSessions() },
            bus.match(.ofLogind("SessionRemoved", at: address)) { [weak self] message in
                guard message.text() != nil, let path = message.text() else { return }
                if self?.sessions?.removeValue(forKey: path) != nil { self?.update() }
            },
            bus.match(.ofLogind("PrepareForSleep", at: address)) { [weak self] message in
                if let isPreparing = message.bool() { self?.preparesForSleep(isPreparing) }
            },
        ]
        call(properties("Get", of: managerPath), [managerInterface, "PreparingForSleep"]) {
            $0.preparesForSleep($1.property() == .bool(true))
        }
        listSessions()
    }

    private func preparesForSleep(_ isPreparing: Bool) {
        isPreparingForSleep = isPreparing
        update()
    }

    // MARK: Sessions

    private func listSessions() { call(.ofLogind("ListSessions", at: address), []) { $0.listed($1) } }

    private func listed(_ answer: BusMessage) {
        // If logind refuses to answer, the user counts as present while the machine is awake, as if there were no
        // logind.
        isRefused = answer.error != nil
        if isRefused { return update() }
        var own: Set<String> = []
        answer.array(of: "(susso)") {
            answer.inside("r", "susso") {
                guard answer.text() != nil, let user = answer.unsigned(), answer.text() != nil, answer.text() != nil,
                    let path = answer.text()
                else { return false }
                if user == self.user { own.insert(path) }
                return true
            } == true
        }
        let followed = sessions ?? [:]
        let new = own.subtracting(followed.keys)
        sessions = followed.filter { own.contains($0.key) }
        for path in new {
            let match = bus.match(properties("PropertiesChanged", of: path), about: sessionInterface) { [weak self] in
                self?.changed($0, of: path)
            }
            sessions?[path] = FollowedSession(match: match)
        }
        new.forEach(ask)
        update()
    }

    private func ask(_ path: String) {
        sessions?[path]?.isAsked = true
        call(properties("GetAll", of: path), [sessionInterface]) { $0.answered($1, about: path) }
    }

    private func answered(_ answer: BusMessage, about path: String) {
        sessions?[path]?.isAsked = false
        // With these errors the session has gone, or is only just starting. It does not count until it answers.
        let isGone =
            answer.error == "org.freedesktop.login1.NoSuchSession"
            || answer.isError("UnknownObject", "UnknownInterface", "UnknownMethod")
        sessions?[path]?.session = isGone ? nil : LoginSession()
        sessions?[path]?.session?.update(answer.properties())
        update()
    }

    private func changed(_ message: BusMessage, of path: String) {
        guard let followed = sessions?[path], !followed.isAsked, message.text() != nil else { return }
        let properties = message.properties()
        let isInvalidated = message.inside("a", "s") { message.text() } != nil
        guard !isInvalidated, followed.session != nil else { return ask(path) }
        sessions?[path]?.session?.update(properties)
        update()
    }

    // MARK: What it comes to

    private func update() {
        guard let isPreparingForSleep else { return }
        if isRefused { return changed(isPreparingForSleep ? .away(.asleep) : .present) }
        guard let sessions else { return }
        // Once all have answered, we no longer wait for a new session. It counts when it has answered.
        isAnswered = isAnswered || !sessions.values.contains(where: \.isAsked)
        guard isAnswered else { return }
        changed(Presence(of: sessions.values.compactMap(\.session), preparingForSleep: isPreparingForSleep))
    }

    // MARK: On the bus

    private func properties(_ name: String, of path: String) -> MessageBus.Member {
        MessageBus.Member(name: name, interface: "org.freedesktop.DBus.Properties", path: path, owner: address)
    }

    /// Calls logind; `answered` is not called when logind is gone.
    private func call(
        _ method: MessageBus.Member, _ arguments: [String], answered: @escaping @MainActor (Logind, BusMessage) -> Void
    ) {
        bus.call(method, arguments) { [weak self] answer in
            // With these errors the bus answers in logind's place. Either a new logind will come, or the bus itself is
            // gone.
            if let self, !answer.isError("NoReply", "ServiceUnknown", "NameHasNoOwner") { answered(self, answer) }
        }
    }
}

private let managerPath = "/org/freedesktop/login1"
private let managerInterface = "org.freedesktop.login1.Manager"
private let sessionInterface = "org.freedesktop.login1.Session"

extension MessageBus.Member {
    static func ofLogind(_ name: String, at address: String = Logind.name) -> Self {
        Self(name: name, interface: managerInterface, path: managerPath, owner: address)
    }
}

private struct FollowedSession {
    let match: BusMatch?
    var isAsked = false
    /// What the session answered last; nil if it has not answered yet, or has gone.
    var session: LoginSession?
}

extension LoginSession {
    fileprivate mutating func update(_ properties: [String: BusValue]) {
        for property in properties {
            switch property {
            case ("Class", .text(let text)): sessionClass = text
            case ("Type", .text(let text)): type = text
            case ("Remote", .bool(let isSet)): isRemote = isSet
            case ("Active", .bool(let isSet)): isActive = isSet
            case ("LockedHint", .bool(let isSet)): lockedHint = isSet
            case ("IdleHint", .bool(let isSet)): idleHint = isSet
            default: break
            }
        }
    }
}
