/// What `config.toml` says, checked and complete.
package struct Configuration: Hashable, Sendable {
    /// A day begins this long after midnight.
    package var dayStart: Duration = .hours(4)
    package var prompt = PromptSettings()
    package var presence = PresenceSettings()
    package var routines: [Routine]

    package struct PromptSettings: Hashable, Sendable {
        package var snooze: Duration = .minutes(10)
        /// Snoozes per occurrence.
        package var snoozeLimit = 3
        package var remindEvery: Duration = .minutes(15)
        package var reminders = 3
        package var urgency = Urgency.normal
        /// A name of the sound theme; empty: none.
        package var sound = ""
    }

    package struct PresenceSettings: Hashable, Sendable {
        /// Hold prompts while nobody can see them.
        package var wait = true
        /// How long to let a person arrive after unlock or resume.
        package var settle: Duration = .minutes(1)
    }

    package init(routines: [Routine]) { self.routines = routines }

    package func routine(_ id: String) -> Routine? { routines.first { $0.id == id } }
}

/// The urgency of the desktop notification specification.
package enum Urgency: String, CaseIterable, Sendable { case low, normal, critical }
