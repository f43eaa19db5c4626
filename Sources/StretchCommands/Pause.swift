import ArgumentParser
import StretchBase
import StretchCore
import StretchFiles

struct Pause: Command {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Asks nothing for a while: for holidays and illness.",
        usage: "stretchd pause [<span> | today | [from <day>] [until <day> | for <span>]]",
        discussion: """
            The streak is left alone, and what is done stays done. Without an end it lasts \
            until stretchd resume. It holds for all routines. stretchd undo takes it back.

              stretchd pause 3d
              stretchd pause until friday                   on Friday you are asked again
              stretchd pause from 20 Dec until 4 Jan        holidays to come
              stretchd pause from yesterday until today     you were ill
            """)

    @Argument(
        help: ArgumentHelp(
            "How long, from 1min to 1y; from and until take a day or a time.", valueName: "span"))
    var words: [String] = []

    func run(in context: Context) throws {
        var workspace = try Workspace(recordingIn: context)
        let (timetable, now) = (workspace.timetable, workspace.now)
        let pause = try PauseArgument.pause(of: words, in: timetable, at: now)
        if let covering = workspace.diary.pause(covering: pause, at: now) {
            let already = "already \(covering.from > now ? "planned: " : "")\(covering.words(in: timetable, at: now))"
            // Nothing is missing if the pause is over, or ends when the other one does.
            if pause.end <= now || covering.end == pause.end {
                try workspace.makeSafe()
                return context.say(already)
            }
            let advice = workspace.adviceOnShortening(covering)
            throw Complaint(.badInput, "\(already), which is longer\(advice.map { "; to shorten it: \($0)" } ?? "")")
        }
        let missed = workspace.missedDays
        try workspace.append(workspace.newRecord(ofPause: .pause(from: pause.from, until: pause.until)))
        let freed = missed - workspace.missedDays
        let parts = [pause.words(in: timetable, at: now), workspace.asksAgain(after: pause)]
        let free = freed > 0 ? "; \(counted(freed, "missed day")) \(freed == 1 ? "is" : "are") free now" : ""
        // Between midnight and `day_start`, people take the day before for over.
        let ends = [pause.from, pause.until].compactMap(\.self)
        let isOfDays = ends.contains { timetable.beginning(of: timetable.day(at: $0)) == $0 }
        let lateHours = isOfDays ? workspace.lateHours.map { "; \($0)" } ?? "" : ""
        context.say(parts.compactMap(\.self).joined(separator: ", ") + free + lateHours)
        guard pause.until != nil || pause.from > now else { return }
        let isInForce = pause.from <= now && now < pause.end
        context.say(isInForce ? "to end it earlier: stretchd resume" : "to take it back: stretchd undo")
    }
}

extension Workspace {
    /// A new record of a pause, or of the end of all pauses that have begun.
    mutating func newRecord(ofPause kind: Record.Kind) -> Record {
        var record = diary.record(ofPause: kind, id: newID(), at: now)
        record.via = .cli
        return record
    }

    /// The commands that make a pause shorter and touch no other one; nil if there are none.
    fileprivate func adviceOnShortening(_ pause: StretchCore.Pause) -> String? {
        let last = ledger.lastDecision(among: journal.ownRecords(), at: now).last
        if case .pause(let from, let until) = last?.kind, from == pause.from, until == pause.until {
            return "stretchd undo, then pause again"
        }
        if pause.from <= now { return pause.until == nil ? nil : "stretchd resume, then pause again" }
        let isAlone = comingPauses.count == 1 && diary.pauseOfAll(at: now) == nil
        return isAlone ? "stretchd resume --all, then pause again" : nil
    }

    /// When something is asked for after a pause, in words; nil if the pause has no end or is over.
    fileprivate func asksAgain(after pause: StretchCore.Pause) -> String? {
        guard let until = pause.until, until > now else { return nil }
        guard let again = diary.nextAsking(from: until) else { return "nothing is to come after it" }
        return "asks again \(HumanTime.short(timetable.zone.civil(again).wholeMinute, relativeTo: today))"
    }

    /// How many days are missed, of all routines together.
    fileprivate var missedDays: Int {
        routines.map { history(of: $0).entries.count { $0.state == .missed } }.reduce(0, +)
    }
}
