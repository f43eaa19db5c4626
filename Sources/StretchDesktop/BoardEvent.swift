package import StretchCore

/// What happened to notifications, or to the server that shows them.
package enum BoardEvent: Hashable, Sendable {
    /// A server is ready to show notifications, or (nil) there is none. Post again what is due: the server knows
    /// nothing of what was shown before this report. Reported once at the start, when a server leaves or another takes
    /// its place, and when a server answers again after it did not (that one still shows what it showed).
    case server(Server?)
    /// The server accepted the notification.
    case shown(Prompt.Subject, Posted)
    /// The notification is not on the screen. After `noAnswer` it may still come up, and then `shown` follows.
    case failed(Prompt.Subject, PostFailure)
    /// A button was pressed, or there was a click that stands for one; once per notification.
    case pressed(Prompt.Subject, Prompt.Action)
    /// It expired, was dismissed or cleared, or was clicked where a click means nothing: none of these is an answer.
    ///
    /// Not reported after `pressed` or `withdraw`.
    case closed(Prompt.Subject)
    /// Prompts that failed with `doNotDisturb` may be posted now.
    case doNotDisturbEnded
    /// The session bus was found, at the start or by a later post; reported once.
    case busFound
    /// There was no session bus at the start. Each post looks for one, and fails while there is none.
    case noBus(PostFailure)
    /// The session bus is gone, and everything that was shown is out of reach: the process must end.
    case busLost
    /// `stop` is done: the bus has every withdrawal.
    case stopped
}

/// Why a notification is not on the screen.
package enum PostFailure: Error, Hashable, Sendable {
    /// With GLib's words.
    case noBus(String)
    case noServer
    /// The bus can start a notification server, but failed to. With the words of the bus.
    case notStarted(String)
    case noAnswer
    /// With the server's words.
    case refused(String)
    /// The prompt heeds "do not disturb": post it again when that has ended, which is reported unless the prompt is
    /// withdrawn.
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
