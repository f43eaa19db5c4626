import ArgumentParser
import StretchBase
import StretchCore

struct Status: Command {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Shows streaks, the last two weeks, what is due and next.",
        discussion: """
              stretchd status                  how things stand
              stretchd status --at yesterday   how they stood then
            """)

    @Argument(help: "Only this routine.")
    var routine: String?

    @Flag(help: "Words in place of signs, a line a day: for screen readers.")
    var plain = false

    @Flag(help: "Print JSON, for scripts.")
    var json = false

    @Option(help: ArgumentHelp("As things stood or will stand: yesterday, '2026-11-23 07:30'.", valueName: "time"))
    var at: String?

    func run(in context: Context) throws {
        // The JSON has no place for troubles, so they go to stderr.
        var workspace = try Workspace(in: context, tellsTroubles: json)
        if let at {
            let timetable = workspace.timetable
            // A date may be to come. A weekday is over, and a time alone is one of today.
            let isDate = !DayArgument.namesWeekday(at) && (at.contains(" ") || !at.contains(":"))
            let side = isDate ? DayArgument.Side.after(workspace.today - PauseArgument.recent) : .past
            let isYesterday = at.lowercased() == "yesterday"
            let moment = try timetable.moment(at, side, at: workspace.now) { day in
                // Where the calendar skipped a day, yesterday was the day before that.
                timetable.end(of: day) ?? (isYesterday ? timetable.end(of: day - 1) : nil)
            }
            workspace.move(to: moment)
        }
        let routines = try routine.map { [try workspace.routine(named: $0)] } ?? workspace.routines
        let report = StatusReport(of: routines, in: workspace, isNow: at == nil)
        if plain, !json { return try context.tell(report.plainText) }
        try context.tell(report, asJSON: json)
    }
}
