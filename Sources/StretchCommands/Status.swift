import ArgumentParser
import StretchBase
import StretchCore

struct Status: Command {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Shows streaks, the last two weeks, what is due and what comes next.")

    @Argument(help: "Only this routine.")
    var routine: String?

    @Flag(help: "Print JSON, for scripts.")
    var json = false

    @Option(
        help: "How things stood or will stand: yesterday (its end), '2026-11-23 07:30', RFC 3339, or @ and seconds.")
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
        try context.tell(report, asJSON: json)
    }
}
