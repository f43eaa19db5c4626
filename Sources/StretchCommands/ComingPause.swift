import StretchBase
import StretchCore

/// A pause that has not begun, as its record has it.
struct ComingPause {
    let record: Record.ID
    let pause: StretchCore.Pause
    /// The routine if it is for one alone, which only a person who edits the journal can record.
    let routine: String?
    /// Such as `pause from Sun 20 Dec until Mon 4 Jan`, with the routine if it is for one alone.
    let words: String
}

extension Workspace {
    /// The pauses that have not begun, in order of their beginning.
    var comingPauses: [ComingPause] {
        ledger.comingPauses(at: now).compactMap { record in
            guard case .pause(let from, let until) = record.kind else { return nil }
            let pause = StretchCore.Pause(from: from, until: until)
            let only = record.routine.map { " (only \(oneLine($0)))" } ?? ""
            return ComingPause(
                record: record.id, pause: pause, routine: record.routine,
                words: pause.words(in: timetable, at: now) + only)
        }
    }
}
