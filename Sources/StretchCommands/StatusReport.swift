import StretchBase
import StretchCore
import StretchDaemon
import StretchFiles
import StretchSystem

/// The content of `status`, before it becomes text or JSON.
struct StatusReport: Answer {
    let routines: [RoutineStatus]
    let workspace: Workspace
    let daemon: DaemonState?
    /// The pauses that have not begun.
    let comingPauses: [ComingPause]
    /// The moment that the report is about, in words; nil for the present.
    let heading: String?

    struct RoutineStatus {
        let routine: Routine
        let history: History
        let due: Due?
        let pause: StretchCore.Pause?
        /// The next occurrence that will be asked for.
        let next: Occurrence?
    }

    /// How many days `status` shows, today included.
    static let dayCount = 14

    /// - Parameter isNow: whether the report is about the present, so that the daemon's state applies.
    init(of routines: [Routine], in workspace: Workspace, isNow: Bool) {
        self.workspace = workspace
        daemon = workspace.installation.daemon
        comingPauses = workspace.comingPauses
        heading = isNow ? nil : workspace.heading
        self.routines = routines.map { routine in
            RoutineStatus(
                routine: routine, history: workspace.history(of: routine), due: workspace.told(routine, isNow: isNow),
                pause: workspace.ledger.pause(of: routine.id, at: workspace.now),
                next: workspace.diary.nextAsked(routine, after: workspace.now))
        }
    }

    /// The problems to report, a line each.
    var troubles: [String] {
        var lines = workspace.clockTroubles + [workspace.machineTrouble].compactMap(\.self)
        let quarantined = workspace.journal.quarantined
        let reports = workspace.journal.reports
        let first = reports.firstIndex(where: \.isQuarantine)
        for (index, report) in reports.enumerated() where !report.isQuarantine || index == first {
            lines.append(
                report.isQuarantine && quarantined > 1
                    ? "\(quarantined) lines of the journal do not count; the first is \(report); "
                        + "for all see: stretchd journal verify" : "\(report)")
        }
        let zone = workspace.installation.system
        if let trouble = zone.trouble { lines.append(trouble) }
        guard let daemon else { return lines + [workspace.installation.missingDaemon] }
        if let trouble = daemon.trouble { lines.append("the daemon keeps answers that are not saved yet: \(trouble)") }
        if let trouble = daemon.zoneTrouble, trouble != zone.trouble { lines.append("the daemon's \(trouble)") }
        lines += daemon.incidents.filter { !lines.contains($0) }
        lines += daemon.unwatched.map { "the daemon \($0)" }
        let configuration = daemon.configuration
        // If this command finds the same, it says so at its end.
        if !configuration.problems.isEmpty, !workspace.isFileWrong {
            lines += configuration.problems + ["the daemon goes on with \(configuration.before)"]
        }
        if let trouble = configuration.unkept {
            lines.append("the daemon could not keep a copy of the configuration: \(trouble); then: stretchd reload")
        }
        return lines
    }
}

extension Workspace {
    /// Such as `at the end of Monday 23 November` or `on Monday 23 November at 08:00`.
    fileprivate var heading: String {
        let realToday = timetable.zone.civil(installation.now).day
        let words = { (day: Day) in HumanTime.longDate(day, relativeTo: realToday) }
        if timetable.end(of: today) == now { return "at the end of \(words(today))" }
        let civil = timetable.zone.civil(now)
        return "on \(words(civil.day)) at \(HumanTime.clock(civil.wholeMinute))"
    }

    /// The due occurrence of a routine, with the daemon's reason if it has one; nil when nothing is due.
    func told(_ routine: Routine, isNow: Bool) -> Due? {
        let told = isNow ? installation.daemon?.due ?? [] : []
        // The person may have asked for a prompt before its time. Then the daemon has it as due.
        let early = timetable.next(routine, after: now).flatMap { next in
            told.contains { $0.id == next.id } ? (next, diary.standing(of: next, of: routine, at: now)) : nil
        }
        guard let (occurrence, standing) = early ?? due(routine) else { return nil }
        if case .settled = standing { return nil }
        return Due(occurrence, Reason(standing) ?? reason(for: occurrence, standing, told: told, isNow: isNow))
    }

    private func reason(for occurrence: Occurrence, _ standing: Standing, told: [Due], isNow: Bool) -> Reason {
        if let due = told.first(where: { $0.id == occurrence.id }), due.state != .snoozed { return due.reason }
        if isNow { return installation.daemon == nil ? installation.noDaemon : .unseenByDaemon }
        guard case .due(let raised) = standing, raised.last == nil else { return .onScreen }
        return .notPrompted
    }
}
