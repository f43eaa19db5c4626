import StretchBase
import StretchCore

extension History.Entry {
    /// A day, as `history` and `export` write it.
    ///
    /// The keys are a promise: they are only ever added to.
    var json: JSON {
        .object([
            "date": .text(day.description), "state": .text(state.rawValue), "goal": .integer(tally.goal),
            "asked": .integer(tally.asked), "prompted": .integer(tally.prompted), "done": .integer(tally.done),
            "skipped": .integer(tally.skipped), "late": .integer(tally.late),
            "pain_before": tally.painBefore.map { .integer($0) } ?? .null,
            "pain": tally.pain.map { .integer($0) } ?? .null, "streak": .integer(streak),
            "strength": .ratio(strength), "notes": .array(tally.notes.map { .text($0) }),
        ])
    }
}
