import StretchBase
import StretchCore

/// A routine with its history, whether it is still configured or not.
struct RoutineHistory {
    let routine: Routine
    let origin: Origin
    let history: History

    /// The title; nil when it is unknown, because the routine was removed from the configuration.
    var title: String? { origin == .removed ? nil : routine.title }

    enum Origin {
        case configured
        /// A built-in routine with records that is not in the configuration.
        case builtIn
        /// Only the records are left.
        case removed
    }
}

extension Workspace {
    /// The configured routines, then the other routines that have a history.
    ///
    /// - Parameter name: the name of the only routine to return; nil means all.
    func routinesToTell(named name: String?) throws -> [RoutineHistory] {
        let others = ledger.routines.filter { timetable.configuration.routine($0) == nil }.map(unplanned)
            .filter { !$0.history.entries.isEmpty }
        let all = routines.map { RoutineHistory(routine: $0, origin: .configured, history: history(of: $0)) } + others
        guard let name else { return all }
        let isDay = (try? day(name, of: "--from", in: Day(ordinal: 0)...today)) != nil
        if isDay, !all.contains(where: { $0.routine.id == name }) {
            throw Complaint(.badInput, "no routine \(quoted(name)); did you mean --from \(name)?")
        }
        let chosen = try routine(named: name, or: others.map(\.routine))
        return all.filter { $0.routine.id == chosen.id }
    }

    private func unplanned(_ id: String) -> RoutineHistory {
        // The daemon does not ask for a routine outside the configuration, so its built-in schedule must not count.
        var routine = timetable.configuration.builtIn(id) ?? Routine(id: id, title: oneLine(id), schedule: Schedule([]))
        let origin: RoutineHistory.Origin = routine.steps.isEmpty ? .removed : .builtIn
        routine.schedule = Schedule([])
        return RoutineHistory(routine: routine, origin: origin, history: history(of: routine))
    }
}
