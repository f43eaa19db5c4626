/// One exercise with its instructions and sources.
///
/// Built-in stretches (`Stretches/`) and those of users are written in TOML; `StretchReader` reads them.
package struct Stretch: Hashable, Sendable, Identifiable {
    package let id: String
    package var title = ""
    /// What it is good for, one or two sentences.
    package var purpose = ""
    /// The parts of the body that are stretched or that work.
    package var muscles: [String] = []
    package var position = Position.floor
    /// What the person needs, such as a cushion for the knee.
    package var needs: [String] = []
    /// How to get into position: the steps in order, one or two sentences each.
    package var preparation: [String] = []
    /// What to do in this position, while it is held or repeated.
    package var movement = ""
    /// The movement in a few words, to be said in each hold; empty if there are none.
    package var cue = ""
    /// How long and how often, unless a routine overrides it.
    package var dose = Dose()
    /// The doses of its levels, from the first one above `dose` on: what is done when it has gone well for a while.
    package var levels: [Dose] = []
    /// What the person should feel, and where.
    package var feel = ""
    /// Common mistakes.
    package var faults: [String] = []
    package var cautions: [String] = []
    /// The stretch bends the lower back.
    package var flexion = false
    /// Whom it is not for.
    package var notFor: [Avoidance] = []
    /// The stretch to do instead; nil if there is none.
    package var instead: Stretch.ID?
    package var sources: [String] = []
    /// The posture drawn in lines of plain ASCII, the last of which is the floor; empty if there is no drawing.
    ///
    /// If the stretch has sides, it shows the left one.
    package var drawing: [String] = []

    package init(id: String) { self.id = id }

    /// Whether somebody who avoids this should not do it.
    ///
    /// Who cannot get down to the floor does nothing there, whatever the stretch says.
    package func isNot(for avoidance: Avoidance) -> Bool {
        notFor.contains(avoidance) || avoidance == .floor && position == .floor
    }

    /// The common mistakes and the cautions, as two lists; empty if there are none.
    package var care: String {
        [("Often done wrong:", faults), ("Take care:", cautions)].filter { !$0.1.isEmpty }
            .map { "\($0)\n\(Safety.list($1))" }.joined(separator: "\n")
    }

    /// The drawing of one side; nil stands for a stretch without sides.
    package func drawing(of side: Phase.Side?) -> [String] { side == .right ? Mirror.image(of: drawing) : drawing }

    /// Where the person does it.
    package enum Position: String, CaseIterable, Sendable { case floor, standing, chair, bed }
}

/// How long and how often a stretch is done.
package struct Dose: Hashable, Sendable {
    package var sides = Sides.none
    package var order = Order.alternating
    package var sets = 1
    /// How often the stretch is done in a set, on each side.
    package var repeats = 1
    /// How long one repeat takes: how long a side is held or, of a counted exercise, the tempo.
    package var hold: Duration = .seconds(15)
    /// Repeats are counted and not held: they follow one another at the tempo, and only sets have a rest between them.
    package var isCounted = false
    /// The pause between two repeats and two sets.
    package var rest: Duration = .seconds(10)
    /// How long it takes to get into position.
    package var prepare: Duration = .seconds(20)
    /// How long it takes to change sides.
    package var change: Duration = .seconds(10)

    /// `none` means that the stretch has no sides.
    package enum Sides: String, CaseIterable, Sendable {
        case both, left, right, none

        /// The side that comes first; nil if there are none.
        package var first: Phase.Side? {
            switch self {
            case .both, .left: .left
            case .right: .right
            case .none: nil
            }
        }
    }

    package enum Order: String, CaseIterable, Sendable {
        /// All repeats of a set on one side, then those on the other.
        case sideBySide = "side by side"
        /// The sides change after each repeat.
        case alternating
    }

    /// The tempo of a counted exercise that gives none.
    package static let usualTempo: Duration = .seconds(4)

    /// There is a rest between repeats or sets.
    package var hasRest: Bool { rest > .zero && (sets > 1 || repeats > 1 && !isCounted) }

    /// Whether it is less in all, and no hold is longer.
    package func isLess(than other: Dose) -> Bool {
        guard isCounted == other.isCounted else { return false }
        if isCounted { return sets * repeats < other.sets * other.repeats }
        return hold <= other.hold && hold * (sets * repeats) < other.hold * (other.sets * other.repeats)
    }

    /// Takes over how much is done; sides, order, rests and times to change stay.
    fileprivate mutating func takeAmount(of other: Dose) {
        (sets, repeats, hold, isCounted) = (other.sets, other.repeats, other.hold, other.isCounted)
    }

    /// Makes the repeats follow one another at a tempo.
    package mutating func count(at tempo: Duration) {
        hold = tempo
        isCounted = true
    }
}

/// A step of a routine: a stretch with a dose.
package struct Step: Hashable, Sendable {
    package let stretch: Stretch
    package var dose: Dose
    /// The routine says how much is done, so no level changes it.
    package var isFixed = false

    /// - Parameter dose: nil for the stretch's own dose.
    package init(_ stretch: Stretch, dose: Dose? = nil) {
        self.stretch = stretch
        self.dose = dose ?? stretch.dose
    }

    /// The same step at a level: 0 is its own dose, and a level above the last one is the last one.
    package func at(level: Int) -> Step {
        let level = min(level, highestLevel)
        guard level > 0 else { return self }
        var step = self
        step.dose.takeAmount(of: stretch.levels[level - 1])
        return step
    }

    /// 0 if the step has no levels.
    package var highestLevel: Int { isFixed ? 0 : stretch.levels.count }
}
