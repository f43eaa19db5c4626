package import StretchBase

/// An output of the session: something for the daemon to do.
package enum Effect: Hashable, Sendable {
    /// Post the notification; it replaces one with the same subject on the screen.
    indirect case show(Prompt)
    case withdraw(Prompt.Subject)
    /// Write to the journal, all or nothing; `written` or `notWritten` answers.
    case append([Record])
    /// Set the one timer; nil: no timer is needed.
    case wake(at: Instant?)
    /// Publish what is due and what comes next, because it changed.
    indirect case publish(Outlook)
    /// Keep the screen from locking by itself, or allow it again.
    case inhibitIdle(Bool)
    /// End the process: all notifications are withdrawn, and all records handed over.
    case finish
}
