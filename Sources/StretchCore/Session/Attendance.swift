internal import StretchBase

/// Whether the person is there, and since when.
struct Attendance: Sendable {
    private(set) var presence = Presence.present
    /// Since when the presence is what it is; the start of the daemon counts as an arrival.
    private(set) var since: Instant
    var settings: Configuration.PresenceSettings

    /// Arrivals within this time are one; a timer that is heard later than this rang in a sleep.
    static let moment: Duration = .seconds(10)

    init(_ settings: Configuration.PresenceSettings, since: Instant) {
        self.settings = settings
        self.since = since
    }

    /// Somebody is there, or is not waited for.
    var isThere: Bool { presence == .present || !settings.wait }

    /// When the person who came has arrived.
    var settledAt: Instant { settings.wait ? since + settings.settle : since }

    func isSettled(at now: Instant) -> Bool { isThere && now >= settledAt }

    /// Whether it is another one than before.
    mutating func take(_ presence: Presence, at now: Instant) -> Bool {
        guard presence != self.presence else { return false }
        self.presence = presence
        // Nobody arrives where nobody is waited for; yet a new configuration may begin to wait.
        if settings.wait { since = now }
        return true
    }

    /// As far as anybody can know, whoever is there has come just now; once, however many tell of it.
    mutating func arrive(at now: Instant) {
        if !(since...since + Attendance.moment).contains(now) { settleAnew(at: now) }
    }

    /// - Parameter latest: when the session heard of something last, by the clock as it was.
    mutating func clockChanged(after latest: Instant?, at now: Instant) {
        // How much of the time to settle is over nobody can say, unless it was over before.
        // A step within that time is too small to matter: a clock that is corrected all the time keeps nobody waiting.
        if let latest, latest < settledAt, now < latest || now >= settledAt { settleAnew(at: now) }
        since = min(since, now)
    }

    private mutating func settleAnew(at now: Instant) {
        if presence == .present, settings.wait { since = now }
    }
}
