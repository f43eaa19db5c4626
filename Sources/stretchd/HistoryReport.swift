import StretchCore

/// What `history` tells, before it is put into words or JSON.
struct HistoryReport {
    let routine: Routine
    let history: History
    /// Nil: the first one with a record, or where there is no room for that as many weeks as fit.
    let from: Day?
    let to: Day
    let situation: Situation

    init(of routine: Routine, from: Day?, to: Day, in situation: Situation) {
        self.routine = routine
        self.from = from
        self.to = to
        self.situation = situation
        history = situation.history(of: routine)
    }

    /// All that is asked for; none when nothing was recorded up to its end.
    var days: [History.Entry] {
        guard let first = from ?? history.firstDay, first <= to else { return [] }
        return history.days(in: first...to)
    }
}
