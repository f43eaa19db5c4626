import StretchCore
import StretchDaemon

extension HistoryExport {
    /// What docs/export.schema.json describes.
    ///
    /// The keys are a promise (design 9): they are only ever added to.
    var json: JSON {
        .object([
            "stretchd": .text(version), "made": .text(made.rfc3339(in: zone)),
            "from": .text(first?.description), "to": .text(last.description),
            "routines": .array(routines.map(json)),
        ])
    }

    private func json(_ routine: RoutineHistory) -> JSON {
        let numbers = routine.history.numbers(on: last)
        return .object([
            "id": .text(routine.routine.id), "title": .text(routine.origin == .removed ? nil : routine.routine.title),
            "streak": .integer(numbers.streak), "since": .text(numbers.since?.description),
            "longest": .integer(numbers.longest), "strength": .ratio(numbers.strength),
            "rate": numbers.rate.map { .ratio($0) } ?? .null,
            "days": .array(days(of: routine).map(json)),
        ])
    }

    private func json(_ entry: History.Entry) -> JSON {
        let tally = entry.tally
        return .object([
            "date": .text(entry.day.description), "state": .text(entry.state.rawValue), "goal": .integer(tally.goal),
            "asked": .integer(tally.asked), "prompted": .integer(tally.prompted), "done": .integer(tally.done),
            "skipped": .integer(tally.skipped), "late": .integer(tally.late),
            "pain_before": tally.painBefore.map { .integer($0) } ?? .null,
            "pain": tally.pain.map { .integer($0) } ?? .null, "streak": .integer(entry.streak),
            "strength": .ratio(entry.strength), "notes": .array(tally.notes.map { .text($0) }),
        ])
    }
}
