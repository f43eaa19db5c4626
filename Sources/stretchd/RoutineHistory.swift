import StretchCore

/// A routine with all that is known of it: a configured one, or one that has nothing left but its records.
struct RoutineHistory {
    let routine: Routine
    let history: History
    let isConfigured: Bool
}

extension Situation {
    /// The configured routines, and behind them those that are no longer configured but have records.
    ///
    /// - Parameter name: only this one.
    func recordedRoutines(named name: String?) throws -> [RoutineHistory] {
        let removed = ledger.routines.filter { timetable.configuration.routine($0) == nil }
            .map { Routine(id: $0, title: $0, schedule: Schedule([])) }
        let chosen = try name.map { [try routine(named: $0, or: removed)] } ?? routines + removed
        return chosen.map { routine in
            RoutineHistory(
                routine: routine, history: history(of: routine),
                isConfigured: timetable.configuration.routine(routine.id) != nil)
        }
    }
}
