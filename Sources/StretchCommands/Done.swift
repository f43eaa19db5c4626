import ArgumentParser
import StretchBase
import StretchCore
import StretchTerminal

struct Done: Command {
    static let configuration = CommandConfiguration(
        commandName: "done", abstract: "Records that you did it: what is due, or what comes next today.",
        discussion: "What is done already stays as it is. Outside the schedule it counts as a bonus.")

    @Argument(help: "The routine; not needed when one is due or there is only one.")
    var routine: String?

    @Option(help: "The day it is for: today, yesterday or 2026-11-22; up to 2 days back.")
    var day: String?

    @Option(help: "How much your back hurt, from 0 (not at all) to 10.")
    var pain: Int?

    @Option(help: "A note to keep with it.")
    var note: String?

    func run(in context: Context) throws {
        if let pain, !(0...10).contains(pain) {
            throw Complaint(.badInput, "--pain is \(pain); allowed: 0 (not at all) to 10")
        }
        var workspace = try Workspace(recordingIn: context)
        let today = workspace.today
        let lateHours = day == nil ? nil : workspace.lateHours
        let day = try day.map { try workspace.day($0, of: "--day", in: today - 2...today) } ?? today
        let routine =
            try routine.map { try workspace.routine(named: $0) }
            ?? (day == today ? workspace.routineToAnswer() : workspace.onlyRoutine(of: workspace.routines))
        let answer = VerdictAnswer(verdict: .done, pain: pain, note: note)
        let told = try answer.give(for: routine, on: day, in: &workspace)
        context.say([told, lateHours].compactMap(\.self).joined(separator: context.terminal.separator))
    }
}
