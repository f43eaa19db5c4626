package import StretchBase

/// An output of the session: something for the daemon to do.
package enum Effect: Hashable, Sendable {
    /// Post the notification; it replaces one with the same subject on the screen.
    indirect case show(Prompt)
    case withdraw(Prompt.Subject)
    /// Play a sound of the guide that belongs to no notification.
    case play(Cue)
    /// Write all of these records to the journal, or none; the event `written` or `notWritten` says which.
    case append([Record])
    /// Set the one timer; nil if no timer is needed.
    case wake(at: Instant?)
    /// Publish what is due and what comes next, because it changed.
    indirect case publish(Outlook)
    /// If true, keep the screen from locking by itself; if false, allow that again.
    case inhibitIdle(Bool)
    /// End the process; the effects before this one withdraw all notifications and hand over the records.
    case finish
}
