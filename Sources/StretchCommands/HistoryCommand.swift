import ArgumentParser
import StretchBase
import StretchCore

struct HistoryCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Shows the last months as a calendar, and how much it hurt.",
        discussion: "A routine that is not configured any more keeps its history.")

    @Argument(help: "The routine; not needed when there is only one.")
    var routine: String?

    @Option(help: "The first day: today, yesterday or 2026-11-22; otherwise as many weeks as fit.")
    var from: String?

    @Option(help: "The last day; otherwise today, or the last one of a routine that is not configured any more.")
    var to: String?

    @Flag(help: "Print JSON, for scripts.")
    var json = false

    func run(in context: Context) throws {
        let situation = try Situation(in: context)
        let span = try DaySpan(from: from, to: to, situation)
        let report = HistoryReport(of: try situation.routineToTell(named: routine), in: span, situation)
        try context.tell(report, asJSON: json)
    }
}

extension Situation {
    /// The routine of this name, whether it is configured or only the records know it; or the only configured one.
    fileprivate func routineToTell(named name: String?) throws -> RoutineHistory {
        let told = try routinesToTell(named: name)
        if let only = told.first, name != nil || routines.count == 1 { return only }
        let only = try onlyRoutine(of: told.map(\.routine))
        return told.first { $0.routine.id == only.id } ?? told[0]
    }
}
