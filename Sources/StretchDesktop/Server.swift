internal import StretchCore

/// A program that shows notifications.
package struct Server: Hashable, Sendable {
    /// Its unique name on the session bus, such as `:1.42`.
    package let address: String
    /// What it calls itself, such as `dunst`.
    package let name: String
    package let version: String
    /// What it can do, by its last answer; some capabilities come and go with "do not disturb".
    package var capabilities: Set<String>

    /// Whether it reads `& < >` in the body as markup.
    var readsMarkup: Bool { capabilities.contains("body-markup") }
    /// Whether it draws a bar for the hint `value`, beside the text.
    package var drawsProgress: Bool { habits.drawsProgress }

    /// Whether it tells which button was pressed.
    var hasActions: Bool { capabilities.contains("actions") }
    /// Whether a post must close the old notification of its subject first, because a replacement would lose its
    /// buttons.
    var losesReplacedButtons: Bool { habits.losesReplacedButtons.contains(major) }

    /// Whether a notification leaves the screen only when one that expires replaces it.
    var closesNothing: Bool { habits.closesNothing.contains(major) }

    /// The number with which the version begins; -1 if there is none.
    private var major: Int { Int(version.prefix { $0.isNumber }) ?? -1 }

    var habits: ServerHabits { ServerHabits.known[name] ?? ServerHabits() }
}

/// What a server does that none of its capabilities tells.
///
/// docs/desktops.md says what was tried, and what was read in the source code of the servers.
struct ServerHabits {
    /// How many buttons it draws.
    var buttons = Int.max
    /// What a person does to invoke the `default` action; nil if that is drawn as a button like the others.
    var click: String? = "Click"
    /// Whether notifications that are not critical go after some seconds, for good or into a list without text and
    /// buttons.
    var hidesWhatIsNotCritical = false
    /// Whether it does not show a text of ten lines as a whole: it cuts the rest off, or one must scroll.
    var cutsBody = false
    /// Whether it draws a bar beside the text; servers that draw it in place of the text do not count.
    ///
    /// Two such servers are xfce4-notifyd and notify-osd.
    var drawsProgress = false
    /// The major versions of which `Server.losesReplacedButtons` is true.
    var losesReplacedButtons = 0..<0
    /// The major versions that say that the notification is closed, but leave it on the screen.
    var closesNothing = 0..<0

    static let known: [String: ServerHabits] = [
        // It announces a replaced notification before it has read the new buttons. Since 46 the buttons have signals of
        // their own.
        "gnome-shell": ServerHabits(
            buttons: 3, hidesWhatIsNotCritical: true, cutsBody: true, losesReplacedButtons: 0..<46),
        "Budgie Notification Server": ServerHabits(buttons: 3),
        "Plasma": ServerHabits(cutsBody: true),
        "cinnamon": ServerHabits(hidesWhatIsNotCritical: true),
        // The left mouse button closes the notification.
        "dunst": ServerHabits(buttons: 0, click: "Middle click", cutsBody: true, drawsProgress: true),
        "mako": ServerHabits(buttons: 0, cutsBody: true, drawsProgress: true),
        "fnott": ServerHabits(buttons: 0),
        "cosmic-notifications": ServerHabits(buttons: 0),
        // This is a toolkit. Most shells that are built with it draw no buttons.
        "quickshell": ServerHabits(buttons: 0),
        // A notification that should never expire goes after the server's own limit of ten seconds.
        "SwayNotificationCenter": ServerHabits(hidesWhatIsNotCritical: true, drawsProgress: true),
        "Xfce Notify Daemon": ServerHabits(click: nil),
        "lxqt-notificationd": ServerHabits(click: nil),
        // GNOME's old daemon, last version 3.20; MATE's daemon has the same name and versions up to 1.28.
        "Notification Daemon": ServerHabits(closesNothing: 3..<4),
    ]
}
