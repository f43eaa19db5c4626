package import StretchBase

/// What happens to the session; everything it knows of the world comes in as one of these.
package enum Event: Hashable, Sendable {
    /// The daemon begins, with the notifications a killed predecessor left on the screen.
    ///
    /// `abandoned`: the `started` records of a guide that ended with the predecessor.
    case started(adopting: [Prompt.Subject], abandoned: [Record.ID] = [])
    /// The one timer rang.
    case timer
    /// The clock was set, forwards positive.
    case clockChanged(by: Duration = .zero)
    /// The machine was suspended and is back, announced or not.
    case resumed
    /// Whether the clock can be believed; nil: it can.
    case clock(ClockDoubt?)
    /// The system's time zone, or its rules, changed.
    case zone(Zone)
    /// Records were read.
    case journal([Record])
    /// All records were read anew: a file was replaced or is gone.
    case journalReplaced(Ledger)
    /// A new configuration takes force.
    case configuration(Configuration)
    case presence(Presence)
    /// There is a session bus, or none: then nothing can be shown until a prompt finds one.
    case bus(present: Bool)
    /// A notification server took the name on the bus, or left it.
    case server(present: Bool, drawsProgress: Bool = false)
    /// The server accepted the notification.
    case shown(Prompt.Subject)
    /// The notification is not on the screen.
    case failed(Prompt.Subject, Obstacle)
    /// The notification expired, was dismissed or cleared: no answer.
    case closed(Prompt.Subject)
    /// "Do not disturb", which had kept prompts from the screen, is over.
    case doNotDisturbEnded
    case pressed(Prompt.Subject, Prompt.Action)
    /// `stretchd guide --pause` and the like: as the button of the guide, whose notification stays as it is.
    case steered(Prompt.Action)
    /// All records handed over for writing are safe on the disk.
    case written
    /// None of them is.
    case notWritten(WriteTrouble)
    /// `run --now`: raise today's next occurrence early.
    case askNow
    case stop
}

/// Why the notification server did not show a prompt.
package enum Obstacle: Hashable, Sendable {
    case noBus
    case noServer
    /// It may still show it: nobody knows, until it answers or is replaced.
    case noAnswer
    case refused(String)
    /// "Do not disturb" is on, and the prompt heeds it. What was on the screen for it is still there.
    case doNotDisturb
}

/// Why records could not be written.
package enum WriteTrouble: Hashable, Sendable {
    /// Another process holds the lock: it will not be long.
    case busy
    case failed(String)
}
