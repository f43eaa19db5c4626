internal import StretchBase

/// What `config.toml` says, checked and complete.
package struct Configuration: Hashable, Sendable {
    /// A day begins this long after midnight.
    package var dayStart: Duration = .hours(4)
    package var prompt = PromptSettings()
    package var presence = PresenceSettings()
    package var guide = GuideSettings()
    /// What the person cannot or should not do.
    package var avoid: [Avoidance] = []
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

    /// The routine `gentle`, offered to a person with much pain; nil if it has no steps.
    package var gentle: Routine? {
        let gentle = routine("gentle") ?? builtIn("gentle")
        return gentle?.steps.isEmpty == false ? gentle : nil
    }

    /// A built-in routine as this person does it.
    package func builtIn(_ id: String) -> Routine? { builtInAsWritten(id).map(fitted) }

    /// A built-in routine, with the person's own stretches and their doses in place of the built-in ones, whatever they
    /// avoid.
    func builtInAsWritten(_ id: String) -> Routine? {
        guard var routine = Routine.builtIn(id) else { return nil }
        routine.steps = routine.steps.map { step in
            stretches.first { $0.id == step.stretch.id }.map { Step($0) } ?? step
        }
        return routine
    }

    /// The routine without what the person avoids: other stretches take their place, with doses of their own.
    ///
    /// A substitute that the person avoids, too, has a substitute itself. What has none in the end is left out. A
    /// substitute that the routine has already does not come twice, and nothing is told twice.
    func fitted(_ routine: Routine) -> Routine {
        var routine = routine
        var steps: [Step] = []
        for step in routine.steps {
            let reasons = reasons(against: step.stretch)
            guard !reasons.isEmpty else {
                steps.append(step)
                continue
            }
            if routine.swaps.contains(where: { $0.stretch.id == step.stretch.id }) { continue }
            let instead = substitute(for: step.stretch)
            let isInItAlready = instead.map { instead in
                (routine.steps + steps).contains { $0.stretch.id == instead.id }
            }
            routine.swaps.append(
                Swap(
                    stretch: step.stretch, reasons: reasons, instead: instead, isInItAlready: isInItAlready ?? false))
            if let instead, isInItAlready == false { steps.append(Step(instead)) }
        }
        routine.steps = steps
        return routine
    }

    private func reasons(against stretch: Stretch) -> [Avoidance] { avoid.filter(stretch.isNot) }

    /// The first one that the person may do, of those that stand in for a stretch, for its substitute, and so on.
    private func substitute(for stretch: Stretch) -> Stretch? {
        // Own stretches may name each other in a ring.
        var seen = [stretch.id]
        var next = stretch.instead.flatMap(self.stretch)
        while let candidate = next, !seen.contains(candidate.id) {
            if reasons(against: candidate).isEmpty { return candidate }
            seen.append(candidate.id)
            next = candidate.instead.flatMap(self.stretch)
        }
        return nil
    }
}

/// The urgency of the desktop notification specification.
package enum Urgency: String, CaseIterable, Sendable { case low, normal, critical }
