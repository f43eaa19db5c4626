internal import CGLib

/// Knows whether the notification server has "do not disturb" on, and hears when that ends.
///
/// It asks only on request, and listens only while a prompt waits: nothing wakes the process at other times. Lives on
/// GLib's thread.
final class DoNotDisturb {
    private let bus: SessionBus
    private let readSetting: (_ schema: String, _ key: String, _ question: Int) -> Void
    private let ended: () -> Void
    private var sign: DoNotDisturbSign?
    private var listening: SessionBus.Listening?
    /// The number of the newest question; answers to older ones are ignored.
    private var question = 0
    /// Called with the answer to the newest question.
    private var answer: ((Bool) -> Void)?
    /// Whether something has changed since the last question, so that the answer may be out of date.
    private var hasChanged = false
    private var isOn = false

    /// - Parameters:
    ///   - readSetting: reads a switch of the desktop's settings (GSettings) and hands it to `received`, soon after.
    ///   - ended: called when "do not disturb" is off again after an answer that it is on, unless somebody called
    ///     `leave` before.
    init(
        on bus: SessionBus, readSetting: @escaping (_ schema: String, _ key: String, _ question: Int) -> Void,
        ended: @escaping () -> Void
    ) {
        self.bus = bus
        self.readSetting = readSetting
        self.ended = ended
    }

    /// Asks a server whether "do not disturb" is on; the answer is false if nobody knows, or if none comes soon.
    ///
    /// `answer` is not called if `ask` or `leave` is called before it.
    func ask(_ server: Server, answer: @escaping (Bool) -> Void) {
        stopListening()
        sign = DoNotDisturbSign(of: server)
        self.answer = answer
        guard let sign else { return settle(false) }
        // We listen before we ask, so that no later change is missed.
        listening = bus.listen(to: sign.change) { [unowned self] in changed() }
        put(sign)
    }

    /// Stops listening, when no prompt waits any more.
    func leave() {
        question += 1
        (isOn, answer) = (false, nil)
        stopListening()
    }

    /// Takes the answer to a question; nil means that nobody knows.
    func received(_ value: Bool?, for question: Int) {
        guard question == self.question, let sign else { return }
        settle(value.map { $0 == sign.valueWhenOn } ?? false)
        if isOn, hasChanged { put(sign) }
    }

    private func changed() {
        hasChanged = true
        if isOn, let sign { put(sign) }
    }

    private func put(_ sign: DoNotDisturbSign) {
        question += 1
        hasChanged = false
        switch sign.source {
        case .setting(let schema, let key): readSetting(schema, key, question)
        case .call(let method, let arguments, let destination):
            // The question starts no program: if the destination does not run, there is no answer.
            bus.call(method, arguments, at: destination, starting: false, patience: .scant) {
                [unowned self, question] result in
                received((try? result.get()).flatMap(DoNotDisturbSign.value), for: question)
            }
        }
    }

    private func settle(_ state: Bool) {
        let (wasOn, answer) = (isOn, answer)
        if state { (isOn, self.answer) = (true, nil) } else { leave() }
        answer?(state)
        if wasOn, !state { ended() }
    }

    private func stopListening() {
        if let listening { bus.ignore(listening) }
        listening = nil
    }
}

/// Where to read whether a server has "do not disturb" on, and which signal tells that this has changed.
struct DoNotDisturbSign {
    let source: Source
    let change: SessionBus.Signal
    /// The value that means that "do not disturb" is on.
    var valueWhenOn = true

    enum Source {
        /// A method call, with texts as its arguments.
        case call(SessionBus.Method, [String], at: String)
        /// A switch in the desktop's settings (GSettings).
        case setting(schema: String, key: String)
    }

    /// Nil if this cannot be known for the server.
    ///
    /// We read this in the source code of the servers, and tried it with those that Debian 12 has.
    init?(of server: Server) {
        switch server.name {
        case "gnome-shell":
            self.init(setting: "show-banners", of: "org.gnome.desktop.notifications", valueWhenOn: false)
        case "cinnamon":
            self.init(setting: "display-notifications", of: "org.cinnamon.desktop.notifications", valueWhenOn: false)
        // Only MATE's daemon: GNOME's old daemon has the same name, but version 0 or 3, and no "do not disturb".
        case "Notification Daemon" where server.version.hasPrefix("1."):
            self.init(
                setting: "do-not-disturb", of: "org.mate.NotificationDaemon", at: "/org/mate/notification-daemon/")
        case "dunst": self.init(property: "paused", of: "org.dunstproject.cmd0", server)
        // Works since mako 1.8; in older versions nothing tells that a mode has ended.
        case "mako": self.init(property: "Modes", of: "fr.emersion.Mako", at: "/fr/emersion/Mako", server)
        // Its signals are Subscribe and, in newer versions, also SubscribeV2.
        case "SwayNotificationCenter":
            self.init(call: "GetDnd", [], of: "org.erikreider.swaync.cc", at: "/org/erikreider/swaync/cc")
        // Its signals are PropertyChanged and PropertyRemoved.
        case "Xfce Notify Daemon":
            let arguments = ["xfce4-notifyd", "/do-not-disturb"]
            self.init(call: "GetProperty", arguments, of: "org.xfce.Xfconf", at: "/org/xfce/Xfconf")
        case _ where server.name == "Plasma" || server.capabilities.contains("inhibitions"):
            self.init(property: "Inhibited", of: "org.freedesktop.Notifications", server)
        default: return nil
        }
    }

    /// For a service whose name is also that of its interface.
    ///
    /// The first argument of the call is also the first argument of the service's signals.
    private init(call method: String, _ arguments: [String], of interface: String, at path: String) {
        source = .call(.init(path: path, interface: interface, name: method), arguments, at: interface)
        change = .init(path: path, interface: interface, argument: arguments.first)
    }

    private init(
        property: String, of interface: String, at path: String = "/org/freedesktop/Notifications", _ server: Server
    ) {
        let properties = "org.freedesktop.DBus.Properties"
        let get = SessionBus.Method(path: path, interface: properties, name: "Get")
        source = .call(get, [interface, property], at: server.address)
        change = .init(
            sender: server.address, path: path, interface: properties, name: "PropertiesChanged", argument: interface)
    }

    /// For a setting in dconf; `path` is its place there, if it differs from what the name of the schema says.
    private init(setting key: String, of schema: String, at path: String? = nil, valueWhenOn: Bool = true) {
        source = .setting(schema: schema, key: key)
        change = .init(
            path: "/ca/desrt/dconf/Writer/user", interface: "ca.desrt.dconf.Writer", name: "Notify",
            argument: path ?? "/" + schema.split(separator: ".").joined(separator: "/") + "/", isBelowArgument: true)
        self.valueWhenOn = valueWhenOn
    }

    /// Names that mako's users give to the mode; the first is the one in its manual.
    private static let modes: Set = ["do-not-disturb", "dnd"]

    /// The value in the answer to a call; nil if it has no form that we know.
    static func value(of answer: OpaquePointer) -> Bool? {
        guard g_variant_n_children(answer) == 1 else { return nil }
        return member(0, of: answer) { value in
            switch g_variant_classify(value) {
            case G_VARIANT_CLASS_VARIANT: Self.value(of: value)
            case G_VARIANT_CLASS_BOOLEAN: g_variant_get_boolean(value) != 0
            case G_VARIANT_CLASS_ARRAY: !modes.isDisjoint(with: strings(of: value))
            default: nil
            }
        }
    }
}
