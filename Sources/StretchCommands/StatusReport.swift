import StretchCore
import StretchDaemon
import StretchFiles
import StretchSystem

/// What `status` tells, before it is put into words or JSON.
struct StatusReport: Answer {
    let routines: [RoutineStatus]
    let situation: Situation
    let daemon: DaemonState?

    struct RoutineStatus {
        let routine: Routine
        let history: History
        let due: Due?
        let pause: StretchCore.Pause?
        /// The next one that will be asked for.
        let next: Occurrence?
    }

    /// The last days, today's last.
    static let dayCount = 14

    /// `isNow`: what the daemon says of the present concerns the moment asked for.
    init(of routines: [Routine], in situation: Situation, isNow: Bool) {
        self.situation = situation
        daemon = situation.surroundings.daemon
        self.routines = routines.map { routine in
            RoutineStatus(
                routine: routine, history: situation.history(of: routine), due: situation.told(routine, isNow: isNow),
                pause: situation.ledger.pause(of: routine.id, at: situation.now),
                next: situation.diary.nextAsked(routine, after: situation.now))
        }
    }

    /// What is not as it should be, a line each.
    var troubles: [String] {
        var lines = situation.clockTroubles + [situation.machineTrouble].compactMap(\.self)
        let quarantined = situation.journal.quarantined
        var isFirst = true
        for report in situation.journal.reports {
            guard report.isQuarantine else {
                lines.append("\(report)")
                continue
            }
            if isFirst {
                let isOnly = quarantined == 1
                let count = isOnly ? "" : "\(quarantined) lines of the journal do not count; the first is "
                lines.append("\(count)\(report)" + (isOnly ? "" : "; for all see: stretchd journal verify"))
            }
            isFirst = false
        }
        let zone = situation.surroundings.system
        if let trouble = zone.trouble { lines.append(trouble) }
        guard let daemon else { return lines + [situation.surroundings.missingDaemon] }
        if let trouble = daemon.trouble { lines.append("the daemon keeps answers that are not saved yet: \(trouble)") }
        if let trouble = daemon.zoneTrouble, trouble != zone.trouble { lines.append("the daemon's \(trouble)") }
        lines += daemon.incidents.filter { !lines.contains($0) }
        lines += daemon.unwatched.map { "the daemon \($0)" }
        let configuration = daemon.configuration
        if !configuration.problems.isEmpty {
            lines += configuration.problems + ["the daemon goes on with \(configuration.before)"]
        }
        return lines
    }
}

extension Situation {
    /// What is due of a routine, with the daemon's reason where it knows one.
    fileprivate func told(_ routine: Routine, isNow: Bool) -> Due? {
        let told = isNow ? surroundings.daemon?.due ?? [] : []
        // A prompt can have been asked for before its time.
        let early = timetable.next(routine, after: now).flatMap { next in
            told.contains { $0.id == next.id } ? (next, diary.standing(of: next, of: routine, at: now)) : nil
        }
        guard let (occurrence, standing) = early ?? due(routine) else { return nil }
        if case .settled = standing { return nil }
        return Due(occurrence, Reason(standing) ?? reason(for: occurrence, standing, told: told, isNow: isNow))
    }

    private func reason(for occurrence: Occurrence, _ standing: Standing, told: [Due], isNow: Bool) -> Reason {
        if let due = told.first(where: { $0.id == occurrence.id }), due.state != .snoozed { return due.reason }
        if isNow { return surroundings.daemon == nil ? surroundings.noDaemon : .unseenByDaemon }
        guard case .due(let raised) = standing, raised.last == nil else { return .onScreen }
        return .notPrompted
    }
}
