import StretchBase
import StretchCore
import StretchDaemon

extension HistoryExport {
    /// What docs/export.schema.json describes.
    ///
    /// The keys are a promise: they are only ever added to.
    var json: JSON {
        .object([
            "stretchd": .text(version), "made": .text(made.rfc3339(in: zone)),
            "from": .text(first?.description), "to": .text(last.description),
            "routines": .array(routines.map(json)),
        ])
    }

    private func json(_ routine: RoutineHistory) -> JSON {
        let history = routine.history.upTo(last)
        return .object([
            "id": .text(routine.routine.id), "title": .text(routine.title),
            "streak": .integer(history.streak), "since": .text(history.since?.description),
            "longest": .integer(history.longest), "strength": .ratio(history.strength),
            "rate": history.rate.map { .ratio($0) } ?? .null,
            "days": .array(days(of: routine).map(\.json)),
        ])
    }
}
