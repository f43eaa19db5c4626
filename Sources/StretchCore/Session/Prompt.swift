/// What a notification says and offers; `StretchDesktop` puts it on the screen.
package struct Prompt: Hashable, Sendable {
    package let subject: Subject
    package let title: String
    package let body: String
    /// The buttons, in the order in which they are shown.
    package let buttons: [Button]
    /// What a click on the notification itself means; nil if it only closes the notification.
    package var click: Action?
    /// The button that is left out first if a server has no room for all; nil for the last one.
    package var dispensable: Action?
    package let urgency: Urgency
    /// The notification asks nothing and may disappear by itself.
    package var isPassing = false
    /// The routine to name in commands; nil if they need not name one.
    package var routine: String?
    /// A shorter text, for servers with room for a few short lines and no buttons; nil to cut the full text there.
    package var brief: Brief?
    /// The name of a sound in the sound theme; empty for no sound.
    package var sound: String
    /// What to say when the notification comes up; nil for nothing.
    package var speech: Speech?
    /// The picture that is shown; nil for none.
    package var picture: Picture?
    /// The progress to show, from 0 to 1, for servers that draw a bar; nil for no bar.
    package var progress: Double?
    /// The notification waits while "do not disturb" is on.
    package var heedsDoNotDisturb = false

    /// The subject of a notification: at most one notification per subject is on the screen.
    package enum Subject: Hashable, Sendable {
        case occurrence(OccurrenceID)
        /// A prompt outside the schedule, for a routine.
        case bonus(routine: String)
        case notice(Notice)
        /// The running guide, of which there is at most one.
        case guide

        /// The name in `daemon.json` and in the diary of a simulation, by which notifications are sorted.
        package var diaryName: String {
            switch self {
            case .occurrence(let id): "\(id)"
            case .bonus(let routine): "bonus \(routine)"
            case .notice(let notice): notice.rawValue
            case .guide: "guide"
            }
        }
    }

    package enum Notice: String, Hashable, Sendable {
        /// Says at the first start when the first prompt comes, and where to change that.
        case welcome
        /// An answer could not be written to the journal yet.
        case journal
        /// The configuration file is wrong.
        case configuration
    }

    /// The picture of a stretch.
    package struct Picture: Hashable, Sendable {
        package let stretch: Stretch.ID
        /// The side that is meant; nil if the stretch has none.
        package let side: Phase.Side?
        package init(of stretch: Stretch.ID, side: Phase.Side? = nil) {
            self.stretch = stretch
            self.side = side
        }
    }

    package struct Brief: Hashable, Sendable {
        package let title: String
        package let body: String
        /// The command that goes on, for a server that draws no buttons.
        package let hint: String
        package init(title: String, body: String, hint: String) {
            self.title = title
            self.body = body
            self.hint = hint
        }
    }

    package struct Button: Hashable, Sendable {
        package let action: Action
        package let label: String
        package init(_ action: Action, _ label: String) {
            self.action = action
            self.label = label
        }
    }

    /// What a button or a click does; the raw values are the action keys on the bus, whatever the labels are.
    package enum Action: String, Hashable, Sendable {
        case start, done, snooze, skip
        // While a guide runs:
        case pause, info, resume, next, stop, later
        /// While the guide asks for the pain: one less, one more, confirm.
        case less, more, answer
        /// When the pain is high: the gentle routine, or a rest day.
        case gentle, rest
        /// Where the guide asks about levels: agree.
        case yes
        /// Shows the same notification again.
        ///
        /// No button has this action. A click on the notification has it where a click must not decide anything.
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

/// A notification as its server knows it: an id is valid only for the server that gave it.
package struct Posted: Hashable, Sendable {
    /// The server's unique name on the session bus, such as `:1.42`.
    package let server: String
    package let id: UInt32
    package init(server: String, id: UInt32) {
        self.server = server
        self.id = id
    }
}
