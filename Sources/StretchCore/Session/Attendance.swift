internal import StretchBase

/// Whether the person is there, and since when.
struct Attendance: Sendable {
    private(set) var presence = Presence.present
    /// When the presence changed last; the start of the daemon counts as an arrival.
    private(set) var since: Instant
    var settings: Configuration.PresenceSettings

    /// Arrivals within this time count as one; a timer later than this means that the machine slept.
    static let moment: Duration = .seconds(10)

    /// Somebody is there, or the settings do not wait for anybody.
    var isThere: Bool { presence == .present || !settings.wait }

    /// When the time to settle ends.
    var settledAt: Instant { settings.wait ? since + settings.settle : since }

    func isSettled(at now: Instant) -> Bool { isThere && now >= settledAt }

    /// Takes a presence; whether it differs from the one before.
    mutating func take(_ presence: Presence, at now: Instant) -> Bool {
        guard presence != self.presence else { return false }
        self.presence = presence
        // Without `wait` nobody arrives. `since` stays, because a new configuration may begin to wait.
        if settings.wait { since = now }
        return true
    }

    /// Treats a person who is there as just arrived; several reports within `moment` count once.
    mutating func arrive(at now: Instant) {
        if !(since...since + Attendance.moment).contains(now) { settleAnew(at: now) }
    }

    /// - Parameter latest: the time of the last event, by the clock before the change.
    mutating func clockChanged(after latest: Instant?, at now: Instant) {
        // After a step of the clock, nobody knows how much of the time to settle is over, unless it was over before.
        // A step within this time is too small to matter: a clock that is always corrected must not delay prompts.
        if let latest, latest < settledAt, now < latest || now >= settledAt { settleAnew(at: now) }
        since = min(since, now)
    }

    private mutating func settleAnew(at now: Instant) {
        if presence == .present, settings.wait { since = now }
    }
}
