import StretchCore

extension HistoryReport {
    /// The keys are a promise (design 9): they are only ever added to.
    var json: JSON {
        .object([
            "routine": .text(routine.id), "title": .text(routine.title), "streak": .integer(history.streak),
            "since": .text(history.since?.description), "longest": .integer(history.longest),
            "strength": .ratio(history.strength), "rate": history.rate.map { .ratio($0) } ?? .null,
            "days": .array(days.map(json)),
        ])
    }

    private func json(_ entry: History.Entry) -> JSON {
        let tally = entry.tally
        return .object([
            "date": .text(entry.day.description), "state": .text(entry.state.rawValue),
            "asked": .integer(tally.asked), "prompted": .integer(tally.prompted), "done": .integer(tally.done),
            "skipped": .integer(tally.skipped), "late": .integer(tally.late), "goal": .integer(tally.goal),
            "pain_before": number(tally.painBefore), "pain": number(tally.pain),
            "notes": .array(tally.notes.map { .text($0) }), "streak": .integer(entry.streak),
            "strength": .ratio(entry.strength),
        ])
    }

    private func number(_ value: Int?) -> JSON { value.map { .integer($0) } ?? .null }
}
