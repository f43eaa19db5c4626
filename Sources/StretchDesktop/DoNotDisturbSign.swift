internal import CGLib

/// Where it can be read whether a server is told not to disturb, and what tells that this has changed.
struct DoNotDisturbSign {
    let source: Source
    let change: SessionBus.Signal
    let valueWhenOn: Bool

    enum Source {
        /// By a call, with texts as its arguments.
        case call(SessionBus.Method, [String], at: String)
        /// In the desktop's settings (GSettings).
        case setting(schema: String, key: String)
    }

    /// Nil where it cannot be known.
    ///
    /// Read in the servers' sources, and tried with those that Debian 12 has.
    init?(of server: Server) {
        switch server.name {
        case "gnome-shell":
            self.init(setting: "show-banners", of: "org.gnome.desktop.notifications", valueWhenOn: false)
        case "cinnamon":
            self.init(setting: "display-notifications", of: "org.cinnamon.desktop.notifications", valueWhenOn: false)
        // MATE's, whose namesake, GNOME's old notification-daemon, knows of no such thing and counts 0 or 3.
        case "Notification Daemon" where server.version.hasPrefix("1."):
            self.init(
                setting: "do-not-disturb", of: "org.mate.NotificationDaemon", at: "/org/mate/notification-daemon/",
                valueWhenOn: true)
        case "dunst":
            self.init(
                property: "paused", of: "org.dunstproject.cmd0", at: "/org/freedesktop/Notifications", server)
        // Since 1.8; before, nothing tells that a mode has ended.
        case "mako": self.init(property: "Modes", of: "fr.emersion.Mako", at: "/fr/emersion/Mako", server)
        case "SwayNotificationCenter":
            let (path, interface) = ("/org/erikreider/swaync/cc", "org.erikreider.swaync.cc")
            // Its signals are called Subscribe and, in newer ones, SubscribeV2 too.
            self.init(
                source: .call(.init(path: path, interface: interface, name: "GetDnd"), [], at: interface),
                change: .init(path: path, interface: interface), valueWhenOn: true)
        case "Xfce Notify Daemon":
            let (path, interface, channel) = ("/org/xfce/Xfconf", "org.xfce.Xfconf", "xfce4-notifyd")
            self.init(
                source: .call(
                    .init(path: path, interface: interface, name: "GetProperty"), [channel, "/do-not-disturb"],
                    at: interface),
                // PropertyChanged and PropertyRemoved.
                change: .init(path: path, interface: interface, argument: channel), valueWhenOn: true)
        case _ where server.name == "Plasma" || server.capabilities.contains("inhibitions"):
            let path = "/org/freedesktop/Notifications"
            self.init(property: "Inhibited", of: "org.freedesktop.Notifications", at: path, server)
        default: return nil
        }
    }

    private init(source: Source, change: SessionBus.Signal, valueWhenOn: Bool) {
        self.source = source
        self.change = change
        self.valueWhenOn = valueWhenOn
    }

    private init(property: String, of interface: String, at path: String, _ server: Server) {
        let properties = "org.freedesktop.DBus.Properties"
        self.init(
            source: .call(
                .init(path: path, interface: properties, name: "Get"), [interface, property], at: server.address),
            change: .init(
                sender: server.address, path: path, interface: properties, name: "PropertiesChanged",
                argument: interface),
            valueWhenOn: true)
    }

    /// What dconf keeps; `path`: where it keeps that, if the name of the schema does not say it.
    private init(setting key: String, of schema: String, at path: String? = nil, valueWhenOn: Bool) {
        let path = path ?? "/" + schema.split(separator: ".").joined(separator: "/") + "/"
        self.init(
            source: .setting(schema: schema, key: key),
            change: .init(
                path: "/ca/desrt/dconf/Writer/user", interface: "ca.desrt.dconf.Writer", name: "Notify",
                argument: path, isBelowArgument: true),
            valueWhenOn: valueWhenOn)
    }

    /// Names that mako's users give to the mode; its manual has the first.
    private static let modes: Set = ["do-not-disturb", "dnd"]

    /// What a call's answer says; nil: nothing of use.
    static func value(of answer: OpaquePointer) -> Bool? {
        guard g_variant_n_children(answer) == 1, var value = g_variant_get_child_value(answer, 0) else { return nil }
        defer { g_variant_unref(value) }
        if g_variant_classify(value) == G_VARIANT_CLASS_VARIANT, let inner = g_variant_get_variant(value) {
            g_variant_unref(value)
            value = inner
        }
        switch g_variant_classify(value) {
        case G_VARIANT_CLASS_BOOLEAN: return g_variant_get_boolean(value) != 0
        case G_VARIANT_CLASS_ARRAY:
            return (0..<g_variant_n_children(value)).contains { index in
                guard let member = g_variant_get_child_value(value, index) else { return false }
                defer { g_variant_unref(member) }
                guard g_variant_classify(member) == G_VARIANT_CLASS_STRING else { return false }
                return g_variant_get_string(member, nil).map { modes.contains(String(cString: $0)) } ?? false
            }
        default: return nil
        }
    }
}
