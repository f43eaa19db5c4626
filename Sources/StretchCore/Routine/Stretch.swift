/// One exercise with its instructions: data, with the sources it was written from.
///
/// Written in TOML, the built-in ones (`Stretches/`) like those of users, and read by `StretchReader`.
package struct Stretch: Hashable, Sendable, Identifiable {
    package let id: String
    package var title = ""
    /// What it is good for, one or two sentences.
    package var purpose = ""
    /// The parts of the body that are stretched or work.
    package var muscles: [String] = []
    package var position = Position.floor
    /// What one needs for it, such as a cushion for the knee.
    package var needs: [String] = []
    /// How to get into position, one or two sentences a step, in order.
    package var preparation: [String] = []
    /// What to do then, while it is held or repeated.
    package var movement = ""
    /// How long and how often, where a routine does not say otherwise.
    package var dose = Dose()
    /// What one should feel, and where.
    package var feel = ""
    /// What is commonly done wrong.
    package var faults: [String] = []
    package var cautions: [String] = []
    /// It bends the lower back.
    package var flexion = false
    package var sources: [String] = []
    /// The posture in plain ASCII, a line each, the last one the floor; empty: none.
    package var drawing: [String] = []

    package init(id: String) { self.id = id }

    /// Where one does it.
    package enum Position: String, CaseIterable, Sendable { case floor, standing, chair, bed }
}

/// How long and how often a stretch is done.
package struct Dose: Hashable, Sendable {
    package var sides = Sides.none
    /// How long one side is held.
    package var hold: Duration = .seconds(15)
    /// How often, on each side.
    package var repeats = 1
    /// The pause between two repeats.
    package var rest: Duration = .seconds(10)

    package init() {}

    /// `none`: it has no sides.
    package enum Sides: String, CaseIterable, Sendable { case both, left, right, none }
}

/// A step of a routine: a stretch in the dose that the routine wants.
package struct Step: Hashable, Sendable {
    package let stretch: Stretch
    package var dose: Dose

    /// Without a dose: the stretch's own.
    package init(_ stretch: Stretch, dose: Dose? = nil) {
        self.stretch = stretch
        self.dose = dose ?? stretch.dose
    }
}
