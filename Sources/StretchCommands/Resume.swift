import ArgumentParser
import StretchBase
import StretchCore

struct Resume: Command {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Ends the pause: what is still open is asked again.",
        discussion: """
            It ends every pause that has begun, whichever machine it was begun on.

              stretchd resume          you are back
              stretchd resume --all    and the holidays to come are called off
            """)

    @Flag(help: "Take back the pauses that have not begun, too.")
    var all = false

    func run(in context: Context) throws {
        var workspace = try Workspace(recordingIn: context)
        let coming = workspace.comingPauses
        let isPaused = workspace.isPaused
        var records: [Record] = []
        if isPaused { records.append(workspace.newRecord(ofPause: .resume)) }
        if all, !coming.isEmpty {
            records.append(workspace.newRecord(.undo(coming.map(\.record)), of: .all, via: .cli))
        }
        if records.isEmpty { try workspace.makeSafe() } else { try workspace.append(records) }
        context.say(
            isPaused
                ? "resumed; \(workspace.prospect)" : coming.isEmpty ? "nothing was paused" : "nothing is paused now")
        for pause in coming { context.say("\(all ? "taken back" : "stays"): \(pause.words)") }
        if !all, !coming.isEmpty { context.say("to take that back, too: stretchd resume --all") }
    }
}

extension Workspace {
    /// Whether a pause that has begun holds something back.
    fileprivate var isPaused: Bool {
        routines.contains { routine in
            // A pause that has ended may still apply to an occurrence that opened the evening before.
            if case .paused = due(routine)?.standing { return true }
            return ledger.pause(of: routine.id, at: now) != nil
        }
    }

    /// The line about what is due, or else what comes next.
    var prospect: String {
        let due = routines.compactMap { self.due($0)?.occurrence }
        if !due.isEmpty { return "due: " + due.map { "\($0.id.routine) \(planned($0.opens))" }.joined(separator: ", ") }
        let next = routines.compactMap { diary.nextAsked($0, after: now) }.min { $0.opens < $1.opens }
        return next.map { "next: \($0.id.routine) \(planned($0.opens))" } ?? "nothing is to come"
    }
}
