import ArgumentParser
import StretchCore

struct Resume: Command {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Ends every pause, from whatever machine: what is still open is asked again.")

    func run(in context: Context) throws {
        var workspace = try Workspace(recordingIn: context)
        let isPaused = workspace.routines.contains { routine in
            // A pause that has ended may still apply to an occurrence that opened the evening before.
            if case .paused = workspace.due(routine)?.standing { return true }
            return !workspace.ledger.unfinishedPauses(of: routine.id, at: workspace.now).isEmpty
        }
        guard isPaused else {
            try workspace.makeSafe()
            return context.say("nothing was paused")
        }
        try workspace.record(.resume)
        context.say("resumed; \(workspace.prospect)")
    }
}

extension Workspace {
    /// The line about what is due, or else what comes next.
    var prospect: String {
        let due = routines.compactMap { self.due($0)?.occurrence }
        if !due.isEmpty { return "due: " + due.map { "\($0.id.routine) \(planned($0.opens))" }.joined(separator: ", ") }
        let next = routines.compactMap { diary.nextAsked($0, after: now) }.min { $0.opens < $1.opens }
        return next.map { "next: \($0.id.routine) \(planned($0.opens))" } ?? "nothing is to come"
    }
}
