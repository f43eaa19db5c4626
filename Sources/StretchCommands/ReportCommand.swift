import ArgumentParser
import StretchBase
import StretchCore
import StretchFiles
import StretchTerminal

struct ReportCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Writes a page to print or for your physiotherapist.",
        discussion: """
            One HTML file, with drawings and cautions; it needs nothing else and loads nothing.

              stretchd report -o report.html               of all routines
              stretchd report -o report.html --from '1 Sep' --force
            """)

    @Argument(help: "Only this routine; also one that is not configured any more.")
    var routine: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write this new file; - is standard output.", valueName: "file"),
        completion: .file(extensions: ["html"]))
    var output: String?

    @Flag(help: "Replace the file if it is there.")
    var force = false

    @Option(help: ArgumentHelp("The first day; otherwise 53 weeks up to the last.", valueName: "day"))
    var from: String?

    @Option(help: ArgumentHelp("The last day; otherwise today.", valueName: "day"))
    var to: String?

    func validate() throws {
        if output == "" { throw ValidationError("--output names no file.") }
        if force, output == nil { throw ValidationError("--force is for --output.") }
    }

    func run(in context: Context) throws {
        if output == nil, context.terminal.isTerminal {
            throw Complaint(
                .badInput, "the report is a page for a browser; write it to a file: stretchd report -o report.html")
        }
        let workspace = try Workspace(in: context)
        let routines = try workspace.routinesToTell(named: routine)
        let span = ReportCommand.days(
            of: routines, in: try DaySpan(from: from, to: to, workspace), today: workspace.today)
        let page = ReportPage(
            routines: routines.enumerated().map { RoutineReport(of: $1, number: $0 + 1, in: span) }, span: span,
            made: workspace.now, zone: workspace.timetable.zone)
        // The person's own stretch may have the id of a built-in one. The built-in picture would then be wrong.
        let own = Set(workspace.timetable.configuration.stretches.map(\.id))
        let document = page.html { step in
            own.contains(step.stretch.id) ? nil : Pictures.png(of: step.stretch.id, side: step.dose.sides.first)
        }
        guard let output, output != "-" else { return try Output.write(document, in: context) }
        try Output.write(document, toFile: output, replacing: force)
    }

    /// The days of the report; the default is the 53 weeks up to the last day, or fewer if the records begin later.
    private static func days(of routines: [RoutineHistory], in span: DaySpan, today: Day) -> ClosedRange<Day> {
        let last = span.to ?? today
        let recorded = routines.compactMap(\.history.firstDay).min() ?? last
        let first = span.from ?? max(recorded, last - last.weekday - 52 * 7)
        return min(first, last)...last
    }
}
