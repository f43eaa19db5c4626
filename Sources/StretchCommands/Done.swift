import ArgumentParser
import StretchCore

struct Done: Command {
    static let configuration = CommandConfiguration(
        commandName: "done", abstract: "Records that you did it: what is due, or what comes next today.",
        usage: "stretchd done [<routine>] [--day <day>] [--pain <pain>] [--note <note>]",
        discussion: "What is done already stays as it is. Outside the schedule it counts as a bonus.")

    @Argument(
        help: ArgumentHelp("The routine; not needed when one is due or there is only one.", valueName: "routine"))
    var words: [String] = []

    @Option(help: "The day it is for: today, yesterday, monday, '22 Nov' or 2026-11-22; up to 14 days back.")
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
        let answer = VerdictAnswer(verdict: .done, pain: pain, note: note)
        context.say(try answer.give(for: words, on: day, in: &workspace))
    }
}
