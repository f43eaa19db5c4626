import StretchBase
import StretchCore

/// What `history` tells, before it is put into words or JSON.
struct HistoryReport: Answer {
    let routine: Routine
    let title: String?
    let history: History
    /// At the end of the last day.
    let standing: History
    /// Nil: the first one with a record, or where there is no room for that as many weeks as fit.
    let from: Day?
    let to: Day
    let situation: Situation

    /// Without a last day: today; of a routine that is not configured any more the last day with a record, unless that is
    /// out of the range.
    init(of told: RoutineHistory, in span: DaySpan, _ situation: Situation) {
        let last = told.origin == .configured ? nil : told.history.entries.last?.day
        routine = told.routine
        title = told.title
        history = told.history
        from = span.from
        to = span.to ?? last.flatMap { $0 >= span.from ?? $0 ? $0 : nil } ?? told.history.today
        standing = told.history.upTo(to)
        self.situation = situation
    }

    var days: [History.Entry] { history.recordedDays(from: from, to: to) }
}
