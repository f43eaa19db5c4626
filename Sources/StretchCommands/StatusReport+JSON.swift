import StretchBase
import StretchCore
import StretchDaemon
import StretchFiles

extension StatusReport {
    var json: JSON {
        let surroundings = situation.surroundings
        return .object([
            "routines": .array(routines.map(json)),
            "daemon": .object([
                "running": .bool(daemon != nil || surroundings.silence.isDaemon),
                "reason": .text(daemon == nil ? words(for: surroundings.noDaemon) : reason),
            ]),
            "journal": .object([
                "path": .text(situation.journal.path), "records": .integer(situation.ledger.count),
                "quarantined": .integer(situation.journal.quarantined),
            ]),
        ])
    }

    /// Why nothing is asked, or why answers are not saved.
    private var reason: String? {
        let doubt = situation.clockDoubt?.words(at: situation.surroundings.now, in: situation.timetable.zone)
        return doubt ?? daemon?.trouble ?? daemon?.reason.flatMap(words)
    }

    private func words(for reason: Reason) -> String? {
        reason.words(in: situation.timetable, at: situation.surroundings.now)
    }

    private func json(_ status: RoutineStatus) -> JSON {
        let history = status.history
        let days = history.states(ofLast: StatusReport.dayCount)
        return .object([
            "id": .text(status.routine.id), "title": .text(status.routine.title), "streak": .integer(history.streak),
            "since": .text(history.since?.description), "longest": .integer(history.longest),
            "strength": .ratio(history.strength), "rate": history.rate.map { .ratio($0) } ?? .null,
            "today": .text(days.last?.state.rawValue), "due": status.due.map(json) ?? .null,
            "next": .text(status.next.map { time($0.opens) }),
            "paused": status.pause.map { .object(["until": .text($0.until.map(time))]) } ?? .null,
            "days": .array(
                days.map { .object(["date": .text($0.day.description), "state": .text($0.state.rawValue)]) }),
        ])
    }

    private func json(_ due: Due) -> JSON {
        .object([
            "occ": .text(due.id.description), "opened": .text(time(due.opens)), "closes": .text(time(due.closes)),
            "state": .text(due.state.rawValue),
            "reason": .text(due.reason.words(in: situation.timetable, at: situation.now)),
        ])
    }

    private func time(_ instant: Instant) -> String { instant.rfc3339(in: situation.timetable.zone) }
}
