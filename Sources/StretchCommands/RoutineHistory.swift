import StretchBase
import StretchCore

/// A routine that can be told of, with all that is known of it.
struct RoutineHistory {
    let routine: Routine
    let origin: Origin
    let history: History

    /// Nil: it went with the configuration.
    var title: String? { origin == .removed ? nil : routine.title }

    enum Origin {
        case configured
        /// It was done, and is planned nowhere.
        case builtIn
        /// Nothing is left of it but its records.
        case removed
    }
}

extension Situation {
    /// The configured routines, and behind them the others that have a history.
    ///
    /// - Parameter name: only this one.
    func routinesToTell(named name: String?) throws -> [RoutineHistory] {
        let others = ledger.routines.filter { timetable.configuration.routine($0) == nil }.map(unplanned)
            .filter { !$0.history.entries.isEmpty }
        let all = routines.map { RoutineHistory(routine: $0, origin: .configured, history: history(of: $0)) } + others
        guard let name else { return all }
        let chosen = try routine(named: name, or: others.map(\.routine))
        return all.filter { $0.routine.id == chosen.id }
    }

    private func unplanned(_ id: String) -> RoutineHistory {
        // What is not in the configuration is not asked for, whatever times it would have.
        var routine = timetable.configuration.builtIn(id) ?? Routine(id: id, title: oneLine(id), schedule: Schedule([]))
        let origin: RoutineHistory.Origin = routine.steps.isEmpty ? .removed : .builtIn
        routine.schedule = Schedule([])
        return RoutineHistory(routine: routine, origin: origin, history: history(of: routine))
    }
}
