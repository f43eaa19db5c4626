import ArgumentParser
import StretchBase
import StretchCore

struct Pause: Command {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Asks nothing for a while and leaves the streak alone: for holidays and illness.",
        usage: "stretchd pause [<span> | until <date>]",
        discussion: """
            Such as: stretchd pause 3d; or stretchd pause until 2026-12-27, which asks again on that day. Alone it lasts \
            until stretchd resume. It holds for all routines; of several pauses the one that ends last counts.
            """)

    @Argument(
        help: ArgumentHelp(
            "How long, from 1min to 1y; or until and the date on which to ask again.", valueName: "span-or-until-date"))
    var words: [String] = []

    func run(in context: Context) throws {
        var workspace = try Workspace(recordingIn: context)
        let (timetable, now) = (workspace.timetable, workspace.now)
        let until = try PauseArgument.end(of: words, in: timetable, at: now)
        let pause = StretchCore.Pause(from: now, until: until)
        if let holding = workspace.diary.pauseOfAll(at: now), holding.end >= pause.end {
            let already = "already \(holding.words(in: timetable, at: now))"
            if holding.end == pause.end {
                try workspace.makeSafe()
                return context.say(already)
            }
            throw Complaint(.badInput, "\(already), which is longer; to shorten it: stretchd resume, then pause again")
        }
        try workspace.record(.pause(from: pause.from, until: until))
        let remedy = until == nil ? "" : "; resume with: stretchd resume"
        context.say(pause.words(in: timetable, at: now) + remedy)
    }
}

extension Workspace {
    /// Records a pause or the end of all pauses.
    mutating func record(_ kind: Record.Kind) throws {
        var record = diary.record(ofPause: kind, id: newID(), at: now)
        record.via = .cli
        try append(record)
    }
}
