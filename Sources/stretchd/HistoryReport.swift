import StretchCore

/// What `history` tells, before it is put into words or JSON.
struct HistoryReport {
    let routine: Routine
    let history: History
    /// Nil: the first one with a record, or where there is no room for that as many weeks as fit.
    let from: Day?
    let to: Day
    let situation: Situation

    /// Without a last day: today; of a routine that is not configured any more the last day with a record, unless that is
    /// out of the range.
    init(of told: RoutineHistory, in span: DaySpan, _ situation: Situation) {
        let last = told.origin == .configured ? nil : told.history.entries.last?.day
        routine = told.routine
        history = told.history
        from = span.from
        to = span.to ?? last.flatMap { $0 >= span.from ?? $0 ? $0 : nil } ?? told.history.today
        self.situation = situation
    }

    /// All that is asked for; none when nothing was recorded up to its end.
    var days: [History.Entry] {
        guard let first = from ?? history.firstDay, first <= to else { return [] }
        return history.days(in: first...to)
    }
}
