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
