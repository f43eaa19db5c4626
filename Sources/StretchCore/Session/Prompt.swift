/// A notification in words; `StretchDesktop` puts it on the screen.
package struct Prompt: Hashable, Sendable {
    package let subject: Subject
    package let title: String
    package let body: String
    /// In the order in which they are shown.
    package let buttons: [Button]
    /// What a click on the notification itself stands for; nil: nothing, it only goes.
    package var click: Action?
    /// Left out first by a server that has no room for all buttons; nil: the last one.
    package var dispensable: Action?
    package let urgency: Urgency
    /// It asks nothing and may go by itself.
    package var isPassing = false
    /// To be named in commands, where there are several routines.
    package var routine: String?
    /// What a server shows instead that has room for a few short lines, and none for buttons; nil: what fits of the rest.
    package var brief: Brief?
    /// A name of the sound theme; empty: none.
    package var sound: String
    /// Words to speak when it comes up; nil: none.
    package var speech: String?
    /// The stretch whose picture belongs to it.
    package var picture: Stretch.ID?
    /// How far the person has come with what it asks for, from 0 to 1, for servers that draw a bar.
    package var progress: Double?
    /// It waits while the notification server is told not to disturb.
    package var heedsDoNotDisturb = false

    /// What it is about: at most one notification per subject is on the screen.
    package enum Subject: Hashable, Sendable {
        case occurrence(OccurrenceID)
        /// A prompt outside the schedule, for a routine.
        case bonus(routine: String)
        case notice(Notice)
        /// The guide that runs; there is one at most.
        case guide
    }

    package enum Notice: String, Hashable, Sendable {
        /// The first start: when it will ask first, and where that can be changed.
        case welcome
        /// An answer could not be written to the journal yet.
        case journal
    }

    package struct Brief: Hashable, Sendable {
        package let title: String
        package let body: String
        package init(title: String, body: String) {
            self.title = title
            self.body = body
        }
    }

    package struct Button: Hashable, Sendable {
        package let action: Action
        package let label: String
        package init(action: Action, label: String) {
            self.action = action
            self.label = label
        }
    }

    /// The action keys on the bus; fixed, whatever the labels say.
    package enum Action: String, Hashable, Sendable {
        case start, done, snooze, skip
        // While a guide runs.
        case pause, resume, next, stop, later
        /// Where it asks for the pain: one less, one more, so much.
        case less, more, answer
        /// Where the pain is high: other steps, or none.
        case gentle, rest
        /// Shows the same once more. No button: what a click stands for where it must not decide anything.
        case again
    }

    package init(
        subject: Subject, title: String, body: String, buttons: [Button] = [], urgency: Urgency = .normal,
        sound: String = ""
    ) {
        self.subject = subject
        self.title = title
        self.body = body
        self.buttons = buttons
        self.urgency = urgency
        self.sound = sound
    }
}

/// A notification as its server knows it: an id means something only to the server that gave it.
package struct Posted: Hashable, Sendable {
    /// The server's unique name on the session bus, such as `:1.42`.
    package let server: String
    package let id: UInt32
    package init(server: String, id: UInt32) {
        self.server = server
        self.id = id
    }
}
