internal import StretchBase

/// A question about how much is done of some stretches: a step up, or a step down.
///
/// Nothing changes before the person says yes.
package struct LevelOffer: Hashable, Sendable {
    package let reason: Reason
    /// The stretches with the steps as they are now, and the levels that are proposed.
    package let changes: [Change]

    package enum Reason: Hashable, Sendable {
        /// It has gone well for some weeks.
        case goneWell(weeks: Int)
        /// This time it hurt more after than before.
        case painRose
        /// The routine was not done for some weeks.
        case pause(weeks: Int)
    }

    package struct Change: Hashable, Sendable {
        /// The step with its own dose.
        package let step: Step
        package let from: Int
        package let to: Int

        package init(_ step: Step, from: Int, to: Int) {
            self.step = step
            self.from = from
            self.to = to
        }

        package var stretch: String { step.stretch.id }
    }

    package init(_ reason: Reason, _ changes: [Change]) {
        self.reason = reason
        self.changes = changes
    }

    /// Why it is asked.
    package var title: String {
        switch reason {
        case .goneWell(let weeks): "It has gone well for \(weeks == 1 ? "a week" : "\(weeks) weeks")"
        case .painRose: "It hurts more than before"
        case .pause(let weeks): "You did not do this routine for \(weeks) weeks"
        }
    }

    /// Such as `Glute bridge: one repeat more from tomorrow?`.
    package var question: String { changes.map(\.words).joined(separator: "; ") + " from tomorrow?" }

    /// The answer to a yes, such as `from tomorrow: Glute bridge, 6 times 5s`.
    package var agreement: String {
        "from tomorrow: "
            + changes.map { "\($0.step.stretch.title), \($0.step.at(level: $0.to).dose.amount)" }
            .joined(separator: "; ")
    }
}

extension LevelOffer.Change {
    /// Such as `Glute bridge: one repeat more`.
    fileprivate var words: String {
        let (old, new) = (step.at(level: from).dose, step.at(level: to).dose)
        return "\(step.stretch.title): \(new.difference(from: old) ?? new.amount)"
    }
}

extension Dose {
    /// How much is done, such as `3 times 15s`.
    package var amount: String {
        let times = repeats == 1 ? "once" : "\(repeats) times"
        let tempo = isCounted ? "at a tempo of " : ""
        return "\(sets > 1 ? "\(sets) sets of " : "")\(times) \(tempo)\(TimeSpan.format(hold))"
    }

    /// Such as `5 s longer`; nil if more than one thing differs.
    fileprivate func difference(from old: Dose) -> String? {
        guard sets == old.sets, isCounted == old.isCounted else { return nil }
        if repeats == old.repeats, !isCounted {
            let step = hold - old.hold
            return "\(words(step < .zero ? .zero - step : step)) \(step < .zero ? "shorter" : "longer")"
        }
        guard hold == old.hold else { return nil }
        let step = repeats - old.repeats
        let number = step.magnitude == 1 ? "one repeat" : "\(step.magnitude) repeats"
        return "\(number) \(step > 0 ? "more" : step == -1 ? "less" : "fewer")"
    }

    /// A few seconds as the guide says them, such as `5 s`.
    private func words(_ length: Duration) -> String {
        length < .minutes(1) ? "\(length.components.seconds) s" : TimeSpan.format(length)
    }
}
