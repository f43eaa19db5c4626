package import StretchBase

/// What a person wants to do regularly.
package struct Routine: Hashable, Sendable, Identifiable {
    /// The key in the journal, so it should never change.
    package let id: String
    package var title: String
    package var schedule: Schedule
    /// How long after its time an occurrence may be asked for.
    package var window: Duration
    /// The daily goal: how often the routine must be done on a day for the day to count as done.
    package var dailyGoal = 1
    package var steps: [Step]
    /// The stretches that are swapped or left out because the person avoids them; `steps` are what is done.
    package var swaps: [Swap] = []

    package init(id: String, title: String, schedule: Schedule, window: Duration = .hours(4), steps: [Step] = []) {
        self.id = id
        self.title = title
        self.schedule = schedule
        self.window = window
        self.steps = steps
    }

    /// How long a guide through the steps takes, including the time to get ready.
    package var length: Duration { steps.isEmpty ? .zero : Phase.all(of: steps).length }

    /// How much of the length is spent in holds.
    package var held: Duration { Phase.all(of: steps).filter(\.isHold).length }
}
