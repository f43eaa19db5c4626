import ArgumentParser
import StretchBase
import StretchCore
import StretchFiles
import StretchTerminal

struct Undo: Command {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Takes back what this machine answered last, and says what that was.",
        discussion: "Once more takes back the answer before it. Nothing is deleted: a line in the journal says so.")

    func run(in context: Context) throws {
        var workspace = try Workspace(recordingIn: context)
        let answer = workspace.ledger.lastAnswer(among: workspace.journal.ownRecords())
        guard let last = answer.last, let verdict = last.verdict else {
            let reason =
                workspace.journal.lacksOwnRecords
                ? "what this machine answered cannot be read" : "no answer of this machine counts"
            throw Complaint(.badInput, "nothing is left to take back: \(reason)")
        }
        try workspace.append(workspace.newRecord(.undo(answer.map(\.id)), of: last.subject, via: .cli))
        let day = last.day(startingAt: workspace.timetable.configuration.dayStart)
        let bonus = [last.routine.map(oneLine), workspace.longDate(day)].compactMap(\.self)
        let what = last.occurrence.map(workspace.name) ?? "a bonus: \(bonus.joined(separator: ", "))"
        let parts = ["taken back: \(verdict.word), \(what)", last.occurrence.flatMap(workspace.stateAfter)]
        context.say(parts.compactMap(\.self).joined(separator: context.terminal.separator))
    }
}

extension Workspace {
    /// The state of an occurrence after its answer was taken back; nil when it will not be asked for any more.
    fileprivate func stateAfter(_ id: OccurrenceID) -> String? {
        if let verdict = ledger.verdict(of: id)?.verdict { return "\(verdict.word) again" }
        guard let routine = timetable.configuration.routine(id.routine) else { return nil }
        if let (occurrence, _) = due(routine), occurrence.id == id {
            return "due again until \(planned(occurrence.closes))"
        }
        let next = diary.nextAsked(routine, after: now)
        return next?.id == id ? next.map { "asked for \(planned($0.opens))" } : nil
    }
}
