package import StretchBase
package import StretchCore
package import StretchFiles
internal import StretchSystem

/// Judges whether the clock can be believed.
///
/// It judges before every event, because no event tells that the clock is now synchronised.
@MainActor
struct ClockJudgement {
    private let log: DaemonLog
    private var doubt: ClockDoubt?

    init(log: DaemonLog) { self.log = log }

    /// The event that the session must handle before all others; nil: the judgement has not changed.
    mutating func news(by journal: JournalDirectory, in zone: Zone) -> Event? {
        let now = SystemClock.now()
        let judged = ClockDoubt(of: journal, at: now)
        guard judged != doubt else { return nil }
        doubt = judged
        let words = judged.map { "\($0.words(at: now, in: zone)); nothing is asked until it is set right" }
        log.write(.warning, words ?? "the clock is plausible again", [.event: "clock"])
        return .clock(judged)
    }
}

extension ClockDoubt {
    /// Why this machine's clock cannot be right; nil when it can be believed.
    package init?(of journal: JournalDirectory, at now: Instant) {
        self.init(
            at: now, built: BuildDate.midnight, newest: journal.newestOwnRecord,
            isSynchronised: SystemClock.isSynchronised)
    }
}
