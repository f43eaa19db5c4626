package import StretchBase

/// What the session wants done.
package enum Effect: Hashable, Sendable {
    /// Post the notification, in place of the one with the same subject if that is on the screen.
    case show(Prompt)
    case withdraw(Prompt.Subject)
    /// Write to the journal, all or nothing; answered by `written` or `notWritten`.
    case append([Record])
    /// Re-arm the one timer; nil: nothing is to come.
    case wake(at: Instant?)
    /// What is due and what comes next has changed.
    case publish(Outlook)
    /// Keep the screen from locking by itself, or let it again.
    case inhibitIdle(Bool)
    /// Everything is withdrawn and handed over: end the process.
    case finish
}

/// What the daemon tells about itself: for `status` and the service manager.
package struct Outlook: Hashable, Sendable {
    /// Open and unanswered, the one closing soonest first.
    package var due: [Due] = []
    /// The next occurrence to come that will be asked for, of all routines.
    package var next: Occurrence?
    /// Why nothing is asked at present, whatever is due; nil when somebody can be asked.
    package var reason: String?
    /// Open, but not asked for: their time had passed when the configuration that contains them took force.
    package var passedOver: [OccurrenceID] = []
    /// Answers that are not on the disk yet, and why.
    package var journalTrouble: String?
    /// The `started` records of the guide that runs: whoever finds them after a crash takes them back.
    package var guide: [Record.ID] = []

    package init() {}

    package struct Due: Hashable, Sendable {
        package let occurrence: OccurrenceID
        package let state: DueState
        /// Why it is not on the screen, in words; nil when there is nothing to explain.
        package let reason: String?
        /// From when till when it is open, where that was asked for.
        package var span: Range<Instant>?

        package init(_ occurrence: OccurrenceID, _ state: DueState, _ reason: String? = nil) {
            self.occurrence = occurrence
            self.state = state
            self.reason = reason
        }
    }
}

/// The states of a due occurrence, as `status` names them.
package enum DueState: String, Hashable, Sendable { case prompted, snoozed, waiting, resting }
