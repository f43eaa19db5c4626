import StretchBase
import StretchCore

extension HistoryReport {
    var json: JSON {
        .object([
            "routine": .text(routine.id), "title": .text(title), "streak": .integer(standing.streak),
            "since": .text(standing.since?.description), "longest": .integer(standing.longest),
            "strength": .ratio(standing.strength), "rate": standing.rate.map { .ratio($0) } ?? .null,
            "days": .array(days.map(\.json)),
        ])
    }
}
