/// Whether somebody can see a prompt.
package enum Presence: Hashable, Sendable {
    case present
    case away(Absence)

    /// Why nobody can; the raw value completes `… since 07:12`.
    ///
    /// Where several hold, the first in this order is told.
    package enum Absence: String, CaseIterable, Sendable {
        case asleep, locked, idle
        /// Every session of the person is in the background: somebody else's, or a text console, is on the screen.
        case inactive = "switched away"
        /// Nobody is logged in, or from elsewhere only.
        case noSession = "no session"
    }
}

extension Presence: CustomStringConvertible {
    package var description: String {
        switch self {
        case .present: "present"
        case .away(let absence): "away: \(absence.rawValue)"
        }
    }
}

/// One login session, as logind describes it; what it does not say speaks for somebody being there.
///
/// See org.freedesktop.login1(5).
package struct LoginSession: Hashable, Sendable {
    /// `user`, `greeter`, `lock-screen`, `background` and others.
    package var sessionClass = "user"
    /// `x11`, `wayland`, `tty` and others.
    package var type = "unspecified"
    package var isRemote = false
    /// In the foreground of its seat.
    package var isActive = true
    package var lockedHint = false
    package var idleHint = false

    package init() {}
}

extension Presence {
    /// What the sessions of one user say.
    package init(of sessions: some Sequence<LoginSession>, preparingForSleep: Bool) {
        let personal = sessions.filter(\.isPersonal)
        // Where there is a desktop a prompt is on it: who is in a text console, or in a shell behind a locked screen,
        // does not see it.
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

extension LoginSession {
    /// A person's with a screen, this machine's or that of a remote desktop, and not a shell over ssh; classes such as
    /// `user-early` are root's.
    fileprivate var isPersonal: Bool {
        (isGraphical || !isRemote)
            && (sessionClass == "user" || sessionClass.hasPrefix("user-") && sessionClass != "user-incomplete")
    }

    /// Why nobody sees a prompt in this session.
    fileprivate var absence: Presence.Absence? {
        if lockedHint { return .locked }
        if !isActive { return .inactive }
        return idleHint && isGraphical ? .idle : nil
    }

    /// For the others logind computes the idle hint from the times of their terminals whenever it is asked, and never
    /// tells of a change: nobody would learn that the person is back.
    fileprivate var isGraphical: Bool { ["x11", "wayland", "mir"].contains(type) }
}
