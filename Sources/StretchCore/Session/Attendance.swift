internal import StretchBase

/// Whether the person is there, and since when.
struct Attendance: Sendable {
    private(set) var presence = Presence.present
    /// When the presence changed last; the start of the daemon counts as an arrival.
    private(set) var since: Instant
    var settings: Configuration.PresenceSettings

    /// Several arrivals within this time count as one; a timer that rings later than this shows that the machine slept.
    static let moment: Duration = .seconds(10)

    /// Somebody is there, or the settings do not wait for anybody.
    var isThere: Bool { presence == .present || !settings.wait }

    /// When the person has had the time to settle in.
    var settledAt: Instant { settings.wait ? since + settings.settle : since }

    func isSettled(at now: Instant) -> Bool { isThere && now >= settledAt }

    /// Takes the new presence; returns whether it differs from the one before.
    mutating func take(_ presence: Presence, at now: Instant) -> Bool {
        guard presence != self.presence else { return false }
        self.presence = presence
        // Without `wait` no arrival counts, so `since` stays as it is. It counts again if a new configuration sets
        // `wait`.
        if settings.wait { since = now }
        return true
    }

    /// Treats a person who is there as just arrived; several reports within `moment` count once.
    mutating func arrive(at now: Instant) {
        if !(since...since + Attendance.moment).contains(now) { settleAnew(at: now) }
    }

    /// - Parameter latest: the time of the last event, by the clock before the change.
    mutating func clockChanged(after latest: Instant?, at now: Instant) {
        // If the person was still settling, a step of the clock makes it unknown how much of that time is over, so it
        // begins anew. A step that stays within that time is ignored: a clock that is corrected all the time must not
        // delay prompts.
        if let latest, latest < settledAt, now < latest || now >= settledAt { settleAnew(at: now) }
        since = min(since, now)
    }

    private mutating func settleAnew(at now: Instant) {
        if presence == .present, settings.wait { since = now }
    }
}
