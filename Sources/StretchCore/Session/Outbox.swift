internal import StretchBase

/// Records on their way to the disk, kept until they are saved (rule 13).
struct Outbox: Hashable, Sendable {
    private(set) var records: [Record] = []
    /// How many records at the front were handed over for writing; new ones may be behind them.
    private var underway = 0
    private(set) var trouble: Trouble?
    var isUnderway: Bool { underway > 0 }

    struct Trouble: Hashable, Sendable {
        let reason: String
        var since: Instant
        /// Another program holds the lock, so far only for a moment; the person need not know yet.
        let isBrief: Bool
        var retry: Instant
    }

    static let retryInterval: Duration = .seconds(60)
    /// The time until the next attempt while another program holds the lock.
    ///
    /// Locks are held for milliseconds. The daemon does not sleep until then, but sets its timer.
    static let lockInterval: Duration = .milliseconds(100)
    static let lockPatience: Duration = .seconds(2)

    mutating func put(_ record: Record) { records.append(record) }

    /// Hands all records over together, unless some are being written.
    mutating func write() -> [Effect] {
        guard !records.isEmpty, underway == 0 else { return [] }
        underway = records.count
        return [.append(records)]
    }

    mutating func written() {
        records.removeFirst(underway)
        underway = 0
        trouble = nil
    }

    mutating func notWritten(_ cause: WriteTrouble, at now: Instant) {
        underway = 0
        let since = min(trouble?.since ?? now, now)
        let isBrief = cause == .busy && now - since < Outbox.lockPatience
        let reason = if case .failed(let reason) = cause { reason } else { "another program holds its lock" }
        let retry = now + (isBrief ? Outbox.lockInterval : Outbox.retryInterval)
        trouble = Trouble(reason: reason, since: since, isBrief: isBrief, retry: retry)
    }

    /// Limits the times after the clock was set back, so that the next attempt is not delayed.
    mutating func clockChanged(at now: Instant) {
        guard let trouble else { return }
        self.trouble?.since = min(trouble.since, now)
        self.trouble?.retry = min(trouble.retry, now + Outbox.retryInterval)
    }

    /// Trouble that the person must be told about, if an answer is affected; nil if there is none.
    var seriousTrouble: Trouble? { trouble.flatMap { $0.isBrief ? nil : $0 } }

    var holdsAnswer: Bool { records.contains { $0.verdict != nil || $0.isSnooze } }
}
