import StretchCore

/// What `history` tells, before it is put into words or JSON.
struct HistoryReport {
    let routine: Routine
    let history: History
    /// Nil: the first one with a record, or where there is no room for that as many weeks as fit.
    let from: Day?
    let to: Day
    let situation: Situation

    /// - Parameter to: nil: today; of a routine that is not configured any more the last day with a record, unless that
    ///   is out of the range.
    init(of routine: Routine, from: Day?, to: Day?, in situation: Situation) {
        let history = situation.history(of: routine)
        let isConfigured = situation.timetable.configuration.routine(routine.id) != nil
        let last = isConfigured ? nil : history.entries.last?.day
        self.routine = routine
        self.from = from
        self.to = to ?? last.flatMap { $0 >= from ?? $0 ? $0 : nil } ?? history.today
        self.situation = situation
        self.history = history
    }

    /// All that is asked for; none when nothing was recorded up to its end.
    var days: [History.Entry] {
        guard let first = from ?? history.firstDay, first <= to else { return [] }
        return history.days(in: first...to)
    }
}
