import ArgumentParser
import StretchCore

struct HistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Shows the last months as a calendar, and how much it hurt.",
        discussion: "A routine that is not configured any more keeps its history.")

    @Argument(help: "The routine; not needed when there is only one.")
    var routine: String?

    @Option(help: "The first day: today, yesterday or 2026-11-22. Default: as many weeks as fit.")
    var from: String?

    @Option(help: "The last day. Default: today; of a routine that is not configured any more its last one.")
    var to: String?

    @Flag(help: "Print JSON, for scripts.")
    var json = false

    func run() throws {
        try complaining {
            let situation = try Situation()
            let today = situation.timetable.day(at: situation.now)
            // Nothing is planned before that year either.
            let allowed = Day(ordinal: 0)...today
            let from = try from.map { try DayArgument.parse($0, of: "--from", in: allowed, today: today) }
            let to = try to.map { try DayArgument.parse($0, of: "--to", in: allowed, today: today) }
            if let from, let to, from > to {
                throw Complaint(.badInput, "--from is \(from), which is after --to, \(to); turn them around")
            }
            let routine = try situation.routineWithHistory(named: routine)
            let report = HistoryReport(of: routine, from: from, to: to, in: situation)
            print(json ? report.json.description : report.text(on: Terminal()))
        }
    }
}

extension Situation {
    /// A configured routine, or one of those that only the records know.
    fileprivate func routineWithHistory(named name: String?) throws -> Routine {
        let former = ledger.routines.filter { timetable.configuration.routine($0) == nil }
            .map { Routine(id: $0, title: oneLine($0), schedule: Schedule([])) }
        if let name { return try routine(named: name, or: former) }
        return try routines.count == 1 ? routines[0] : onlyRoutine(of: routines + former)
    }
}
