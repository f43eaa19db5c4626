import StretchBase
import StretchCore
import StretchDaemon
import StretchFiles

extension StatusReport {
    var json: JSON {
        let installation = workspace.installation
        return .object([
            "routines": .array(routines.map(json)),
            "pauses": .array(
                comingPauses.map { coming in
                    .object([
                        "from": .text(time(coming.pause.from)), "until": .text(coming.pause.until.map(time)),
                        "routine": .text(coming.routine),
                    ])
                }),
            "daemon": .object([
                "running": .bool(daemon != nil || installation.silence.isDaemon),
                "reason": .text(daemon == nil ? words(for: installation.noDaemon) : reason),
            ]),
            "journal": .object([
                "path": .text(workspace.journal.path), "records": .integer(workspace.ledger.count),
                "quarantined": .integer(workspace.journal.quarantined),
            ]),
        ])
    }

    /// Why nothing is asked, or why answers are not saved; nil when all is well.
    private var reason: String? {
        let doubt = workspace.clockDoubt?.words(at: workspace.installation.now, in: workspace.timetable.zone)
        return doubt ?? daemon?.trouble ?? daemon?.reason.flatMap(words)
    }

    private func words(for reason: Reason) -> String? {
        reason.words(in: workspace.timetable, at: workspace.installation.now)
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
            "swaps": .array(
                status.routine.swaps.map { swap in
                    .object([
                        "stretch": .text(swap.stretch.id), "instead": .text(swap.instead?.id),
                        "because": .array(swap.reasons.map { .text($0.rawValue) }),
                    ])
                }),
            "days": .array(
                days.map { .object(["date": .text($0.day.description), "state": .text($0.state.rawValue)]) }),
        ])
    }

    private func json(_ due: Due) -> JSON {
        .object([
            "occ": .text(due.id.description), "opened": .text(time(due.opens)), "closes": .text(time(due.closes)),
            "state": .text(due.state.rawValue),
            "reason": .text(due.reason.words(in: workspace.timetable, at: workspace.now)),
        ])
    }

    private func time(_ instant: Instant) -> String { instant.rfc3339(in: workspace.timetable.zone) }
}
