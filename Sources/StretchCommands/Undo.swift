import ArgumentParser
import StretchBase
import StretchCore
import StretchDaemon
import StretchFiles
import StretchTerminal

struct Undo: Command {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Takes back the last done, skip, snooze or pause.",
        discussion: """
            Only of this machine; it says what that was. Once more takes back the one before \
            it. Nothing is deleted: a line in the journal says so.

              stretchd undo
            """)

    func run(in context: Context) throws {
        var workspace = try Workspace(recordingIn: context)
        let records = workspace.ledger.lastDecision(among: workspace.journal.ownRecords(), at: workspace.now)
        guard let last = records.last else {
            let reason =
                workspace.journal.lacksOwnRecords
                ? "what this machine recorded cannot be read"
                : "no answer, snooze or pause of this machine counts"
            throw Complaint(.badInput, "nothing is left to take back: \(reason)")
        }
        let what = workspace.words(for: last)
        try workspace.append(workspace.newRecord(.undo(records.map(\.id)), of: last.subject, via: .cli))
        let parts = ["taken back: \(what)", workspace.state(after: last)]
        context.say(parts.compactMap(\.self).joined(separator: context.terminal.separator))
    }
}

extension Workspace {
    /// What was answered, snoozed or paused, such as `done, morning 07:30, Monday 23 November`.
    fileprivate func words(for record: Record) -> String {
        switch record.kind {
        case .pause(let from, let until):
            return StretchCore.Pause(from: from, until: until).words(in: timetable, at: now)
        case .snooze(let until):
            return [snoozed(until), record.occurrence.map(name)].compactMap(\.self).joined(separator: ", ")
        default:
            let verdict = record.verdict?.word ?? ""
            if let occurrence = record.occurrence { return "\(verdict), \(name(of: occurrence))" }
            let day = longDate(record.day(startingAt: timetable.configuration.dayStart))
            return "\(verdict), an extra one: "
                + [record.routine.map(oneLine), day].compactMap(\.self).joined(separator: ", ")
        }
    }

    private func snoozed(_ until: Instant) -> String { "snoozed until \(moment(until))" }

    /// How things stand after a record was taken back; nil when nothing is to be asked because of that.
    fileprivate func state(after record: Record) -> String? {
        if case .pause(let from, let until) = record.kind {
            return from <= now && now < until ?? .distantFuture ? prospectAfterPause : nil
        }
        return record.occurrence.flatMap(state)
    }

    /// The state of an occurrence; nil when it will not be asked for any more.
    private func state(of id: OccurrenceID) -> String? {
        guard let routine = timetable.configuration.routine(id.routine) else {
            return ledger.verdict(of: id).map(standing)
        }
        if let verdict = diary.verdict(on: id, of: routine) { return standing(verdict) }
        if let (occurrence, state) = due(routine), occurrence.id == id {
            switch state {
            case .snoozed: return ledger.records(of: id).last(where: \.isSnooze).map(standing)
            case .paused(let pause): return pause.words(in: timetable, at: now)
            case .settled, .guided, .due:
                let end = "until \(planned(occurrence.closes))"
                let isPassedOver = installation.daemon?.passedOver.contains(id.description) == true
                let reason = isPassedOver ? Reason.passedOver.words(in: timetable, at: now) : nil
                return reason.map { "open \(end), but \($0)" } ?? "due again \(end)"
            }
        }
        let next = diary.nextAsked(routine, after: now)
        return next?.id == id ? next.map { "asked for \(planned($0.opens))" } : nil
    }

    /// Whose answer or snooze counts now: `skipped again` or `skipped at 07:40 on another machine (phone) counts`.
    private func standing(_ record: Record) -> String {
        let what = if case .snooze(let until) = record.kind { snoozed(until) } else { record.verdict?.word ?? "" }
        guard let machine = journal.machines(of: [record.id])[record.id] else { return "\(what) again" }
        return "\(what) on another machine (\(oneLine(machine)), \(moment(record.ts.instant))) counts now"
    }

    /// What holds when a pause of this machine was taken back.
    private var prospectAfterPause: String {
        diary.pauseOfAll(at: now).map { "\($0.words(in: timetable, at: now)) by another pause" } ?? prospect
    }
}
