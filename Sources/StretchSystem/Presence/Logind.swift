internal import StretchCore

/// One systemd-logind, as long as it has its name on the bus: what it says of the sessions of one user.
@MainActor
final class Logind {
    static let name = "org.freedesktop.login1"

    /// Its unique name on the bus.
    let address: String
    /// Nil until all first questions are answered.
    private(set) var presence: Presence?

    private let bus: MessageBus
    private let user: UInt32
    private let changed: @MainActor () -> Void
    private var matches: [BusMatch] = []
    /// By object path; nil until they are listed.
    private var sessions: [String: FollowedSession]?
    private var isPreparingForSleep: Bool?
    private var isAnswered = false
    private var isRefused = false

    /// - Parameter changed: called when `presence` may have changed.
    init(at address: String, on bus: MessageBus, user: UInt32, changed: @escaping @MainActor () -> Void) {
        self.address = address
        self.bus = bus
        self.user = user
        self.changed = changed
        follow("SessionNew") { [weak self] _ in self?.listSessions() }
        follow("SessionRemoved") { [weak self] message in
            guard message.text() != nil, let path = message.text() else { return }
            self?.removed(path)
        }
        follow("PrepareForSleep") { [weak self] message in
            if let isPreparing = message.bool() { self?.preparesForSleep(isPreparing) }
        }
        askForSleep()
        listSessions()
    }

    // MARK: Sleep

    private func askForSleep() {
        call("Get", of: propertiesInterface, at: managerPath, [managerInterface, "PreparingForSleep"]) {
            $0.preparesForSleep($1.property() == .bool(true))
        }
    }

    private func preparesForSleep(_ isPreparing: Bool) {
        isPreparingForSleep = isPreparing
        update()
    }

    // MARK: Sessions

    private func listSessions() {
        call("ListSessions", of: managerInterface, at: managerPath) { $0.listed($1) }
    }

    private func listed(_ answer: BusMessage) {
        // If logind refuses to answer, the user counts as present while the machine is awake, as without logind.
        guard answer.error == nil else {
            isRefused = true
            return update()
        }
        isRefused = false
        var own: Set<String> = []
        answer.array(of: "(susso)") {
            let session = answer.structure("susso") { () -> (user: UInt32, path: String)? in
                guard answer.text() != nil, let user = answer.unsigned(), answer.text() != nil, answer.text() != nil,
                    let path = answer.text()
                else { return nil }
                return (user, path)
            }
            guard let session else { return false }
            if session.user == user { own.insert(session.path) }
            return true
        }
        var followed = sessions ?? [:]
        followed = followed.filter { own.contains($0.key) }
        let new = own.subtracting(followed.keys)
        for path in new { followed[path] = FollowedSession(match: matchChanges(of: path)) }
        sessions = followed
        for path in new { ask(path) }
        update()
    }

    private func removed(_ path: String) {
        guard sessions?.removeValue(forKey: path) != nil else { return }
        update()
    }

    private func ask(_ path: String) {
        sessions?[path]?.isAsked = true
        call("GetAll", of: propertiesInterface, at: path, [sessionInterface]) { $0.answered($1, about: path) }
    }

    private func answered(_ answer: BusMessage, about path: String) {
        sessions?[path]?.isAsked = false
        // The session may be gone, or may only be starting: it counts from its first answer on.
        sessions?[path]?.session = answer.isAboutNothing ? nil : LoginSession(answer.properties())
        update()
    }

    private func changed(_ message: BusMessage, of path: String) {
        guard let followed = sessions?[path], !followed.isAsked, message.text() != nil else { return }
        let properties = message.properties()
        var isInvalidated = false
        message.array(of: "s") {
            isInvalidated = true
            return message.text() != nil
        }
        guard !isInvalidated, followed.session != nil else { return ask(path) }
        sessions?[path]?.session?.update(properties)
        update()
    }

    // MARK: What it comes to

    private func update() {
        guard let isPreparingForSleep else { return }
        if isRefused {
            presence = isPreparingForSleep ? .away(.asleep) : .present
            return changed()
        }
        guard let sessions else { return }
        // A session that comes later does not count before it has answered.
        isAnswered = isAnswered || !sessions.values.contains(where: \.isAsked)
        guard isAnswered else { return }
        presence = Presence(of: sessions.values.compactMap(\.session), preparingForSleep: isPreparingForSleep)
        changed()
    }

    // MARK: Calls and signals

    /// Calls logind; `answered` is not called when logind is gone.
    private func call(
        _ method: String, of interface: String, at path: String, _ arguments: [String] = [],
        answered: @escaping @MainActor (Logind, BusMessage) -> Void
    ) {
        bus.call(MessageBus.Method(method, of: interface, at: path, in: address), arguments) { [weak self] answer in
            if let self, !answer.isFromNobody { answered(self, answer) }
        }
    }

    private func follow(_ signal: String, arrived: @escaping @MainActor (BusMessage) -> Void) {
        let rule = """
            type='signal',sender='\(address)',path='\(managerPath)',interface='\(managerInterface)',member='\(signal)'
            """
        if let match = bus.match(rule, arrived: arrived) { matches.append(match) }
    }

    private func matchChanges(of path: String) -> BusMatch? {
        let rule = """
            type='signal',sender='\(address)',path='\(path)',interface='\(propertiesInterface)',\
            member='PropertiesChanged',arg0='\(sessionInterface)'
            """
        return bus.match(rule) { [weak self] in self?.changed($0, of: path) }
    }
}

private let managerPath = "/org/freedesktop/login1"
private let managerInterface = "org.freedesktop.login1.Manager"
private let sessionInterface = "org.freedesktop.login1.Session"
private let propertiesInterface = "org.freedesktop.DBus.Properties"

private struct FollowedSession {
    let match: BusMatch?
    var isAsked = false
    /// Nil until the first answer; while the session is asked again, the answer before.
    var session: LoginSession?
}

extension BusMessage {
    /// The bus answers in logind's place: logind is gone and a new one will come, or the bus itself is gone.
    fileprivate var isFromNobody: Bool {
        ["NoReply", "ServiceUnknown", "NameHasNoOwner"].contains { error == "org.freedesktop.DBus.Error.\($0)" }
    }

    /// The object that was asked about does not exist.
    fileprivate var isAboutNothing: Bool {
        guard let error else { return false }
        return error == "org.freedesktop.login1.NoSuchSession"
            || ["UnknownObject", "UnknownInterface", "UnknownMethod"]
                .contains { error == "org.freedesktop.DBus.Error.\($0)" }
    }
}

extension LoginSession {
    fileprivate init(_ properties: [String: BusMessage.Property]) {
        self.init()
        update(properties)
    }

    fileprivate mutating func update(_ properties: [String: BusMessage.Property]) {
        for (name, value) in properties {
            switch (name, value) {
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
