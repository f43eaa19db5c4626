/// One exercise with its instructions: data, with the sources it was written from.
package struct Stretch: Hashable, Sendable, Identifiable {
    package let id: String
    package let title: String
    package let purpose: String
    /// What to do, one sentence or two a step, in order.
    package let instructions: [String]
    package let sides: Sides
    /// How long one side is held.
    package let hold: Duration
    package let repeats: Int
    /// The pause between two holds.
    package let rest: Duration
    package let cautions: [String]
    package let sources: [String]

    package enum Sides: String, Hashable, Sendable { case both, left, right, none }

    /// How long the exercise takes, without getting ready for it.
    package var length: Duration {
        let holds = repeats * (sides == .both ? 2 : 1)
        return hold * holds + rest * max(0, holds - 1)
    }
}
