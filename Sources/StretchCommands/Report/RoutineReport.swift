import StretchBase
import StretchCore

/// What a report tells of one routine, before it is put into pictures and words.
struct RoutineReport {
    let routine: Routine
    let origin: RoutineHistory.Origin
    /// Its number in the report: what makes the names of its parts unique.
    let number: Int
    let span: ClosedRange<Day>
    /// The recorded days of the span.
    let days: [History.Entry]
    let weeks: [HistoryWeek]
    /// At the end of the span.
    let standing: History
    let pain: PainSummary?

    init(of history: RoutineHistory, number: Int, in span: ClosedRange<Day>) {
        routine = history.routine
        origin = history.origin
        self.number = number
        self.span = span
        days = history.history.recordedDays(from: span.lowerBound, to: span.upperBound)
        weeks = [HistoryWeek](days)
        standing = history.history.upTo(span.upperBound)
        pain = PainSummary(weeks)
    }

    /// The name of a part of it.
    func name(_ part: String) -> String { "r\(number)-\(part)" }

    func count(_ state: History.State) -> Int { days.count { $0.state == state } }
    var due: Int { days.count(where: \.isDue) }
}

extension History.State {
    static let inOrder: [History.State] = [.done, .missed, .skipped, .free, .pending]

    var meaning: String {
        switch self {
        case .done: "as often as planned"
        case .missed: "asked, and not done"
        case .skipped: "left out on purpose, no harm to the streak"
        case .free: "not asked: a rest day, a pause, or the machine was off"
        case .pending: "still open"
        }
    }
}
