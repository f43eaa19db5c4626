/// What a person wants to do regularly.
package struct Routine: Hashable, Sendable, Identifiable {
    /// Stable: the key in the journal.
    package let id: String
    package var title: String
    package var schedule: Schedule
    /// How long after its time an occurrence is worth asking for.
    package var window: Duration
    /// Times a day that make it a done day.
    package var dailyGoal: Int
    package var steps: [Stretch]

    package init(
        id: String, title: String, schedule: Schedule, window: Duration = .hours(4), dailyGoal: Int = 1,
        steps: [Stretch] = []
    ) {
        self.id = id
        self.title = title
        self.schedule = schedule
        self.window = window
        self.dailyGoal = dailyGoal
        self.steps = steps
    }

    /// How long its steps take, one after the other.
    package var length: Duration { steps.reduce(.zero) { $0 + $1.length } }
}
