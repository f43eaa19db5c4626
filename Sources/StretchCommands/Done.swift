import ArgumentParser
import StretchCore

struct Done: Command {
    static let configuration = CommandConfiguration(
        commandName: "done", abstract: "Records that you did it: what is due, or comes next.",
        usage: "stretchd done [<routine>] [--day <day>] [--pain <0-10>] [--note <text>]",
        discussion: """
            What is done already stays as it is. Outside the schedule it counts as a bonus.

              stretchd done                              what is due
              stretchd done --day yesterday --pain 3     what you forgot to say
            """)

    @Argument(
        help: ArgumentHelp("Needed where several may be meant.", valueName: "routine"))
    var words: [String] = []

    @Option(help: "The day it is for: yesterday, monday, 2026-11-22.")
    var day: String?

    @Option(
        help: ArgumentHelp("How much your back hurt; 0 is not at all.", valueName: "0-10"),
        completion: .list((0...10).map(String.init)))
    var pain: Int?

    @Option(help: ArgumentHelp("A note to keep with it.", valueName: "text"))
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
