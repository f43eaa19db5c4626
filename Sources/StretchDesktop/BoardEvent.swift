package import StretchCore

/// What happened to notifications, or to the server that shows them.
package enum BoardEvent: Hashable, Sendable {
    /// There is a server that is ready to show notifications; nil when there is none.
    ///
    /// Post again what is due, because the server knows nothing of what was shown before. This is reported once at the
    /// start, when a server leaves, and when another takes its place. It is also reported when a server that gave no
    /// answer answers again; such a server still shows what it showed.
    case server(Server?)
    /// The server accepted the notification.
    case shown(Prompt.Subject, Posted)
    /// The notification is not on the screen.
    ///
    /// After `noAnswer` it may still appear, and then `shown` follows.
    case failed(Prompt.Subject, PostFailure)
    /// A button was pressed, or there was a click that counts as one; reported once per notification.
    case pressed(Prompt.Subject, Prompt.Action)
    /// The notification has gone without an answer: it expired, was dismissed or cleared, or got a click that means
    /// nothing.
    ///
    /// Not reported after `pressed` or `withdraw`.
    case closed(Prompt.Subject)
    /// Prompts that failed with `doNotDisturb` may be posted now.
    case doNotDisturbEnded
    /// The session bus was found at the start or by a later post; reported once.
    case busFound
    /// There was no session bus at the start.
    ///
    /// Each post looks for one, and fails while there is none.
    case noBus(PostFailure)
    /// The session bus is gone, and with it every way to change what was shown, so the process must end.
    case busLost
    /// `stop` is done, so the bus has every withdrawal.
    case stopped
}

/// Why a notification is not on the screen.
package enum PostFailure: Error, Hashable, Sendable {
    /// There is no session bus, for the reason that GLib gives.
    case noBus(String)
    case noServer
    /// The bus could not start the notification server, for the reason that the bus gives.
    case notStarted(String)
    case noAnswer
    /// The server refused the notification, for the reason that the server gives.
    case refused(String)
    /// The prompt waits for the end of "do not disturb": post it again after `doNotDisturbEnded`.
    ///
    /// That is reported unless the prompt is withdrawn.
    case doNotDisturb
}

extension PostFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noBus(let reason): "no session bus (\(reason)): start the daemon inside a desktop session"
        case .noServer: "no notification server is running: start one, such as dunst or mako"
        case .notStarted(let reason): "the notification server could not be started (\(reason)): start it by hand"
        case .noAnswer: "the notification server does not answer: restart it if that lasts"
        case .doNotDisturb: "do not disturb is on: the prompt waits, at the longest until half an hour before it closes"
        case .refused(let reason): "the notification server refused the prompt (\(reason)): see its log"
        }
    }
}
