internal import StretchBase

/// What `config.toml` says, checked and complete.
package struct Configuration: Hashable, Sendable {
    /// A day begins this long after midnight.
    package var dayStart: Duration = .hours(4)
    package var prompt = PromptSettings()
    package var presence = PresenceSettings()
    package var guide = GuideSettings()
    /// The person's own stretches; each replaces the built-in stretch with the same id, if there is one.
    package var stretches: [Stretch] = []
    package var routines: [Routine]
    /// Whether the routines are those of the file, and not the built-in one that a file without any leaves in place.
    package var hasOwnRoutines = false
    /// The paths of the included files, relative to the directory of `config.toml`, as written there.
    package var includes: [String] = []
    /// What holds, but means something else than many think: a line each.
    package var remarks: [String] = []
    /// The name of the file that was read; nil if there is no file and the defaults apply.
    package var file: String?

    package struct PromptSettings: Hashable, Sendable {
        package var snooze: Duration = .minutes(10)
        /// The maximum number of snoozes for one occurrence.
        package var snoozeLimit = 3
        package var remindEvery: Duration = .minutes(15)
        package var reminders = 3
        package var urgency = Urgency.normal
        /// The name of a sound in the sound theme; empty for no sound.
        package var sound = ""
    }

    package struct PresenceSettings: Hashable, Sendable {
        /// Whether prompts wait while nobody can see them.
        package var wait = true
        /// How long to wait after unlock or resume, so that the person can settle in.
        package var settle: Duration = .minutes(1)
    }

    package struct GuideSettings: Hashable, Sendable {
        /// Play a sound at the start of a hold, at a change of sides and at the end of a hold.
        package var sound = true
        /// Speak the instructions, through speech-dispatcher.
        package var speech = false
        package var pain = PainQuestion.terminal
    }

    /// Where a guide asks how much the back hurts, before and after.
    package enum PainQuestion: String, CaseIterable, Sendable { case never, terminal, always }

    package init(routines: [Routine]) { self.routines = routines }

    package func routine(_ id: String) -> Routine? { routines.first { $0.id == id } }

    package func stretch(_ id: String) -> Stretch? { stretches.first { $0.id == id } ?? StretchLibrary.stretch(id) }

    /// The steps of the routine `gentle`, offered to a person with much pain; nil if it has no steps.
    package var gentleSteps: [Step]? {
        let steps = (routine("gentle") ?? builtIn("gentle"))?.steps ?? []
        return steps.isEmpty ? nil : steps
    }

    /// A built-in routine, with the person's own stretches and their doses in place of the built-in ones.
    package func builtIn(_ id: String) -> Routine? {
        guard var routine = Routine.builtIn(id) else { return nil }
        routine.steps = routine.steps.map { step in
            stretches.first { $0.id == step.stretch.id }.map { Step($0) } ?? step
        }
        return routine
    }
}

/// The urgency of the desktop notification specification.
package enum Urgency: String, CaseIterable, Sendable { case low, normal, critical }
