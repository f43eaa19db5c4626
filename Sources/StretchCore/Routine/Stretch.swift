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
    /// How long one side is held.
    package var hold: Duration = .seconds(15)
    /// How often the stretch is done, on each side.
    package var repeats = 1
    /// The pause between two repeats.
    package var rest: Duration = .seconds(10)

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
}

/// A step of a routine: a stretch with a dose.
package struct Step: Hashable, Sendable {
    package let stretch: Stretch
    package var dose: Dose

    /// - Parameter dose: nil for the stretch's own dose.
    package init(_ stretch: Stretch, dose: Dose? = nil) {
        self.stretch = stretch
        self.dose = dose ?? stretch.dose
    }
}
