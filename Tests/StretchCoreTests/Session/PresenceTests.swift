import StretchBase
import StretchCore
import Testing

/// What the sessions of a user say about whether somebody is there (docs/rules.md, *Presence*).
struct PresenceTests {
    @Test(
        arguments: [
            // Nobody, and somebody.
            ("", .away(.noSession)),
            ("user", .present),
            ("user,x11,active", .present),
            ("user,tty,active", .present),
            // Those that are no person's, or at another machine.
            ("greeter,wayland,active", .away(.noSession)),
            ("lock-screen,active", .away(.noSession)),
            ("background,active", .away(.noSession)),
            ("manager,active", .away(.noSession)),
            ("user-incomplete,active", .away(.noSession)),
            ("user,remote,active", .away(.noSession)),
            ("user-early,active", .present),
            ("user-light,active", .present),
            // Reasons to be away.
            ("user,x11,locked", .away(.locked)),
            ("user,x11,idle", .away(.idle)),
            ("user,wayland,idle", .away(.idle)),
            ("user,mir,idle", .away(.idle)),
            ("user,x11,background", .away(.inactive)),
            // logind never tells when these are no longer idle.
            ("user,tty,idle", .present),
            ("user,unspecified,idle", .present),
            ("user,tty,idle,locked", .away(.locked)),
            // Several reasons.
            ("user,x11,locked,idle", .away(.locked)),
            ("user,x11,locked,background", .away(.locked)),
            ("user,x11,idle,background", .away(.inactive)),
            // Several sessions: one will do; of several reasons the first in order.
            ("user,x11,locked user,x11,active", .present),
            ("user,x11,background user,wayland,active", .present),
            ("user,x11,background user,wayland,locked", .away(.locked)),
            ("user,x11,background user,wayland,idle", .away(.idle)),
            ("user,x11,idle user,wayland,locked", .away(.locked)),
            ("user,remote,active user,x11,background", .away(.inactive)),
            ("greeter,active user,x11,background", .away(.inactive)),
            ("greeter,active user,remote", .away(.noSession)),
            ("user,remote,locked user,x11,active", .present),
            // A desktop decides: a prompt is not seen from a text console, nor from a shell behind a locked screen.
            ("user,x11,locked user,tty,active", .away(.locked)),
            ("user,x11,background user,tty,active", .away(.inactive)),
            ("user,x11,active user,tty,background", .present),
            ("user,x11,remote,active", .present),
            // Asleep is asleep.
            ("user,x11,active asleep", .away(.asleep)),
            ("user,x11,locked asleep", .away(.asleep)),
            ("asleep", .away(.asleep)),
        ] as [(String, Presence)])
    func sessionsSayWhetherSomebodyIsThere(_ sessions: String, _ presence: Presence) {
        let words = sessions.split(separator: " ")
        let read = words.filter { $0 != "asleep" }.map(session)
        #expect(Presence(of: read, preparingForSleep: words.contains("asleep")) == presence)
        #expect(Presence(of: read.reversed(), preparingForSleep: words.contains("asleep")) == presence)
    }

    @Test func reasonsReadWellInStatus() {
        let reasons = Presence.Absence.allCases.map { "\($0.rawValue) since 07:12" }
        #expect(
            reasons == [
                "asleep since 07:12", "locked since 07:12", "idle since 07:12", "switched away since 07:12",
                "no session since 07:12",
            ])
    }

    private func session(_ text: Substring) -> LoginSession {
        let words = text.split(separator: ",").map(String.init)
        var session = LoginSession()
        session.sessionClass = words[0]
        session.type = words.first { ["x11", "wayland", "mir", "tty", "unspecified"].contains($0) } ?? session.type
        session.isRemote = words.contains("remote")
        session.isActive = !words.contains("background") || words[0] == "background"
        session.lockedHint = words.contains("locked")
        session.idleHint = words.contains("idle")
        return session
    }
}
