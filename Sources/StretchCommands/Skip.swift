import ArgumentParser
import StretchCore

struct Skip: Command {
    static let configuration = CommandConfiguration(
        commandName: "skip", abstract: "Records that you leave it out: what is due, or what comes next today.",
        usage: "stretchd skip [<routine>] [--day <day>] [--note <note>]",
        discussion: "Up to two skipped days in a week leave the streak alone.")

    @Argument(
        help: ArgumentHelp("The routine; not needed when one is due or there is only one.", valueName: "routine"))
    var words: [String] = []

    @Option(help: "The day it is for: today, yesterday, monday, '22 Nov' or 2026-11-22; up to 14 days back.")
    var day: String?

    @Option(help: "A note to keep with it.")
    var note: String?

    func run(in context: Context) throws {
        var workspace = try Workspace(recordingIn: context)
        let answer = VerdictAnswer(verdict: .skip, note: note)
        context.say(try answer.give(for: words, on: day, in: &workspace))
    }
}
