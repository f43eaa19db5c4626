package import StretchCore

/// What happened to notifications, or to those who show them.
package enum BoardEvent: Hashable, Sendable {
    /// A server is ready to show notifications, or (nil) there is none. A server knows nothing of what was shown
    /// before it was reported: post again what is due. Reported once at the start, when a server leaves or another
    /// takes its place, and when one answers again that had not (that one still shows what it showed).
    case server(Server?)
    /// The server accepted the notification.
    case shown(Prompt.Subject, Posted)
    /// It is not on the screen, or (`noAnswer`) may come there later; then `shown` follows.
    case failed(Prompt.Subject, PostFailure)
    /// A button, or a click that stands for one; once per notification.
    case pressed(Prompt.Subject, Prompt.Action)
    /// It expired, was dismissed or cleared, or was clicked where that means nothing: none of it is an answer.
    ///
    /// Not reported after `pressed` or `withdraw`.
    case closed(Prompt.Subject)
    /// What failed for `doNotDisturb` may be posted now.
    case doNotDisturbEnded
    /// The session bus was found, at the start or by a later post. Once.
    case busFound
    /// There was no session bus to begin with. Each post looks for it, and fails when there still is none.
    case noBus(PostFailure)
    /// The session bus has gone, and all that was shown cannot be reached any more: the process must end.
    case busLost
    /// `stop` is done: the bus has every withdrawal.
    case stopped
}

/// Why a notification is not on the screen.
package enum PostFailure: Error, Hashable, Sendable {
    /// With GLib's words.
    case noBus(String)
    case noServer
    /// The bus knows how to start one, but could not. With the words of the bus.
    case notStarted(String)
    case noAnswer
    /// With the server's words.
    case refused(String)
    /// The prompt heeds it: post it again when that has ended, which is reported as long as it was not withdrawn.
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
