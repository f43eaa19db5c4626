import ArgumentParser
import StretchBase
import StretchCore
import StretchDaemon

struct ExportCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes your history for other programs: CSV or JSON, each day of each routine.",
        discussion: """
            From the first recorded day to today, free days too. The CSV is for spreadsheets: a text that they would take \
            for a formula begins with an apostrophe. The JSON has every text as it was noted.
            """)

    @Argument(help: "Only this routine; it need not be configured any more.")
    var routine: String?

    enum Format: String, CaseIterable, ExpressibleByArgument { case csv, json }

    @Option(help: "How to write it: csv or json.")
    var format = Format.csv

    @Option(help: "The first day: today, yesterday or 2026-11-22; otherwise the first recorded one.")
    var from: String?

    @Option(help: "The last day; otherwise today.")
    var to: String?

    func run(in context: Context) throws {
        let situation = try Situation(in: context)
        let routines = try situation.routinesToTell(named: routine)
        let span = try DaySpan(from: from, to: to, situation)
        let export = HistoryExport(of: routines, in: span, situation)
        switch format {
        case .csv: try Output.standard.write(export.csv, in: context)
        case .json: try context.tell(export.json.description)
        }
    }
}

/// What `export` writes, before it is put into one of its forms.
struct HistoryExport {
    let routines: [RoutineHistory]
    let made: Instant
    let zone: Zone
    let first: Day?
    let last: Day

    init(of routines: [RoutineHistory], in span: DaySpan, _ situation: Situation) {
        self.routines = routines
        made = situation.now
        zone = situation.timetable.zone
        first = span.from
        last = span.to ?? situation.timetable.day(at: situation.now)
    }

    func days(of routine: RoutineHistory) -> [History.Entry] {
        routine.history.recordedDays(from: first, to: last)
    }
}
