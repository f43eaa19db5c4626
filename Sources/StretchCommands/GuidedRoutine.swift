import StretchBase
import StretchCore

/// What a guide leads through, and what that counts for.
struct GuidedRoutine {
    /// Whose verdict it is.
    let routine: Routine
    let title: String
    let steps: [Step]
    /// For a person with much pain; nil: the steps are such already.
    let gentleSteps: [Step]?

    /// - Parameter name: a configured routine or a built-in one; nil: what is due, or the only one.
    init(_ name: String?, in situation: Situation) throws {
        let configuration = situation.timetable.configuration
        let others = Routine.builtIn.filter { configuration.routine($0.id) == nil }
            .compactMap { configuration.builtIn($0.id) }
        let chosen = try name.map { try situation.routine(named: $0, or: others) } ?? situation.routineToAnswer()
        guard !chosen.steps.isEmpty else {
            let filled = (configuration.routines + others).filter { !$0.steps.isEmpty }.map(\.id)
            throw Complaint(
                .badInput,
                "\(chosen.id) has no steps to lead you through; give it some in the configuration, or take another: "
                    + filled.joined(separator: ", "))
        }
        title = chosen.title
        steps = chosen.steps
        gentleSteps = chosen.id == "gentle" ? nil : configuration.gentleSteps
        if configuration.routine(chosen.id) != nil {
            routine = chosen
        } else if chosen.id == "gentle", let due = situation.dueSoonestOver {
            // What a bad day allows, in the place of what was asked for.
            routine = due
        } else {
            // Nobody asked for it: whatever schedule it has is none of this person's.
            routine = Routine(
                id: chosen.id, title: chosen.title, schedule: Schedule([]), window: chosen.window, steps: chosen.steps)
        }
    }
}

extension Situation {
    /// Of the routines that are due the one whose window ends first.
    fileprivate var dueSoonestOver: Routine? {
        routines.compactMap { routine in due(routine).map { (routine, $0.occurrence.closes) } }
            .min { $0.1 < $1.1 }?.0
    }
}
