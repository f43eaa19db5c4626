/// Whether somebody can see a prompt.
package enum Presence: Hashable, Sendable {
    case present
    case away(Absence)

    /// Why nobody can see a prompt; the raw value completes `… since 07:12`.
    ///
    /// If several reasons hold, the first in this order is reported.
    package enum Absence: String, CaseIterable, Sendable {
        case asleep, locked, idle
        /// All sessions of the person are in the background; another user or a text console is on the screen.
        case inactive = "switched away"
        /// Nobody is logged in, or only over ssh.
        case noSession = "no session"
    }
}

/// One login session, as logind describes it (org.freedesktop.login1(5)).
///
/// The defaults, for missing values, assume that somebody is there.
package struct LoginSession: Hashable, Sendable {
    /// `user`, `greeter`, `lock-screen`, `background` and others.
    package var sessionClass = "user"
    /// `x11`, `wayland`, `tty` and others.
    package var type = "unspecified"
    package var isRemote = false
    /// The session is in the foreground of its seat.
    package var isActive = true
    package var lockedHint = false
    package var idleHint = false

    package init() {}

    /// The session has a screen, here or on a remote desktop, or is a local console; a shell over ssh does not count.
    ///
    /// Root's sessions count, too, although their class may be `user-early`.
    fileprivate var isPersonal: Bool {
        (isGraphical || !isRemote)
            && (sessionClass == "user" || sessionClass.hasPrefix("user-") && sessionClass != "user-incomplete")
    }

    /// Why nobody sees a prompt in this session; nil if somebody may see it.
    fileprivate var absence: Presence.Absence? {
        if lockedHint { return .locked }
        if !isActive { return .inactive }
        return idleHint && isGraphical ? .idle : nil
    }

    /// The session has a desktop; only then is its idle hint used.
    ///
    /// For other sessions, logind computes the hint from the times of terminals when somebody asks for it, and never
    /// announces a change. So the daemon would not learn that the person is back.
    fileprivate var isGraphical: Bool { ["x11", "wayland", "mir"].contains(type) }
}

extension Presence: CustomStringConvertible {
    package var description: String {
        switch self {
        case .present: "present"
        case .away(let absence): "away: \(absence.rawValue)"
        }
    }

    /// The presence of one user, from the user's sessions.
    package init(of sessions: some Sequence<LoginSession>, preparingForSleep: Bool) {
        let personal = sessions.filter(\.isPersonal)
        // If there is a desktop, the prompt is on it, so text consoles and shells do not count: a person there does not
        // see it.
        let graphical = personal.filter(\.isGraphical)
        let absences = (graphical.isEmpty ? personal : graphical).map(\.absence)
        if preparingForSleep {
            self = .away(.asleep)
        } else if absences.contains(nil) {
            self = .present
        } else {
            self = .away(Absence.allCases.first(where: absences.contains) ?? .noSession)
        }
    }
}
