import ArgumentParser
import StretchCore

struct Skip: Command {
    static let configuration = CommandConfiguration(
        commandName: "skip", abstract: "Records that you leave it out: what is due, or next.",
        usage: "stretchd skip [<routine>] [--day <day>] [--note <text>]",
        discussion: """
            Up to two skipped days in a week leave the streak alone.

              stretchd skip                              what is due
              stretchd skip --day monday --note 'a cold'
            """)

    @Argument(
        help: ArgumentHelp("Needed where several may be meant.", valueName: "routine"))
    var words: [String] = []

    @Option(help: "The day it is for: yesterday, monday, 2026-11-22.")
    var day: String?

    @Option(help: ArgumentHelp("A note to keep with it.", valueName: "text"))
    var note: String?

    func run(in context: Context) throws {
        var workspace = try Workspace(recordingIn: context)
        let answer = VerdictAnswer(verdict: .skip, note: note)
        context.say(try answer.give(for: words, on: day, in: &workspace))
    }
}
