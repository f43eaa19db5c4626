import ArgumentParser
import StretchBase
import StretchCore

struct Pause: Command {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Asks nothing for a while and leaves the streak alone: for holidays and illness.",
        usage: "stretchd pause [<span> | today | [from <day>] [until <day>]]",
        discussion: """
            Such as: stretchd pause 3d; stretchd pause until friday, which asks again on Friday; or for holidays to come \
            stretchd pause from 20 Dec until 4 Jan; or afterwards stretchd pause from yesterday until today. Without an \
            end it lasts until stretchd resume. It holds for all routines; what is done stays done. stretchd undo takes \
            it back.
            """)

    @Argument(
        help: ArgumentHelp(
            "How long, from 1min to 1y; or from and until, each with a day or a time.", valueName: "span-or-days"))
    var words: [String] = []

    func run(in context: Context) throws {
        var workspace = try Workspace(recordingIn: context)
        let (timetable, now) = (workspace.timetable, workspace.now)
        let pause = try PauseArgument.pause(of: words, in: timetable, at: now)
        if let covering = workspace.diary.pause(covering: pause, at: now) {
            let already = "already \(covering.from > now ? "planned: " : "")\(covering.words(in: timetable, at: now))"
            // What is over, or ends as the other one does, is as it should be.
            if pause.end <= now || covering.end == pause.end {
                try workspace.makeSafe()
                return context.say(already)
            }
            let command = covering.from > now ? "stretchd resume --all" : "stretchd resume"
            throw Complaint(.badInput, "\(already), which is longer; to shorten it: \(command), then pause again")
        }
        let missed = workspace.missedDays
        try workspace.record(.pause(from: pause.from, until: pause.until))
        let freed = missed - workspace.missedDays
        let parts = [pause.words(in: timetable, at: now), workspace.asksAgain(after: pause)]
        let free = freed > 0 ? "; \(counted(freed, "missed day")) \(freed == 1 ? "is" : "are") free now" : ""
        context.say(parts.compactMap(\.self).joined(separator: ", ") + free)
        guard pause.until != nil || pause.from > now else { return }
        let isInForce = pause.from <= now && now < pause.end
        context.say(isInForce ? "to end it earlier: stretchd resume" : "to take it back: stretchd undo")
    }
}

extension Workspace {
    /// Records a pause or the end of all pauses that have begun.
    mutating func record(_ kind: Record.Kind) throws {
        var record = diary.record(ofPause: kind, id: newID(), at: now)
        record.via = .cli
        try append(record)
    }

    /// When something is asked for after a pause, in words; nil if the pause has no end or is over.
    fileprivate func asksAgain(after pause: StretchCore.Pause) -> String? {
        guard let until = pause.until, until > now else { return nil }
        return diary.nextAsking(from: until).map { "asks again \(moment($0))" } ?? "nothing is to come after it"
    }

    /// How many days are missed, of all routines together.
    fileprivate var missedDays: Int {
        routines.map { history(of: $0).entries.count { $0.state == .missed } }.reduce(0, +)
    }
}
