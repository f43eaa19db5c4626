package import StretchBase

/// An input of the session: everything it knows of the world arrives as one of these.
package enum Event: Hashable, Sendable {
    /// The daemon starts; a killed predecessor may have left notifications on the screen.
    ///
    /// `abandoned` has the `started` records of a guide that ended with the predecessor.
    case started(adopting: [Prompt.Subject], abandoned: [Record.ID] = [])
    /// The one timer rang.
    case timer
    /// The clock was set; `by` is positive if it was set forwards.
    case clockChanged(by: Duration = .zero)
    /// The machine was suspended and runs again; logind may not have said so.
    case resumed
    /// Why the clock cannot be believed; nil if it can.
    case clock(ClockDoubt?)
    /// The system's time zone, or its rules, changed.
    case zone(Zone)
    /// Records were read.
    case journal([Record])
    /// All records were read again, because a file was replaced or is gone.
    case journalReplaced(Ledger)
    /// A new configuration takes effect.
    case configuration(Configuration)
    /// The configuration file is wrong; the configuration in force stays (rule 18).
    case mistake(ConfigurationError)
    case presence(Presence)
    /// Whether there is a session bus; without one, nothing can be shown until a later prompt finds one.
    case bus(present: Bool)
    /// A notification server took the name on the bus, or released it.
    case server(present: Bool, drawsProgress: Bool = false)
    /// The server accepted the notification.
    case shown(Prompt.Subject)
    /// The notification could not be posted.
    case failed(Prompt.Subject, Obstacle)
    /// The notification expired, was dismissed or was cleared; this is no answer.
    case closed(Prompt.Subject)
    /// "Do not disturb", which had held prompts back, is over.
    case doNotDisturbEnded
    case pressed(Prompt.Subject, Prompt.Action)
    /// A command such as `stretchd guide --pause`.
    ///
    /// It does the same as the button of the guide, but the notification stays open.
    case steered(Prompt.Action)
    /// All records handed over for writing are safely on the disk.
    case written
    /// None of the records handed over was written.
    case notWritten(WriteTrouble)
    /// `run --now`: ask now for today's first unanswered occurrence or, if there is none, for a bonus.
    case askNow
    case stop
}

/// Why the notification server did not show a prompt.
package enum Obstacle: Hashable, Sendable {
    case noBus
    case noServer
    /// The server has not answered in time, and may still show the prompt.
    ///
    /// Whether it does is unknown until it answers or another server takes its place.
    case noAnswer
    case refused(String)
    /// "Do not disturb" is on, and the prompt waits for its end.
    ///
    /// An older prompt with the same subject stays on the screen.
    case doNotDisturb
}

/// Why records could not be written.
package enum WriteTrouble: Hashable, Sendable {
    /// Another process holds the lock of the journal, usually for a moment.
    case busy
    case failed(String)
}
