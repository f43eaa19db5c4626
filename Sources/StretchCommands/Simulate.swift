import ArgumentParser
import StretchBase
import StretchCore
import StretchDaemon
import StretchTerminal

struct Simulate: Command {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Shows when you would be asked, and why not.",
        discussion: """
            It runs through the time in a moment, with your settings and what your journal \
            knows. Nobody answers, so each prompt is told with the times at which it comes \
            up again.

              stretchd simulate --awake 'Mon..Fri 06:40..23:00'    a week of mine
              stretchd simulate --to '4 Jan' --zone Asia/Tokyo     on a journey
            """)

    @Option(help: ArgumentHelp("Begin at this time: friday, '2026-11-23 07:30'; otherwise now.", valueName: "time"))
    var from: String?

    @Option(help: ArgumentHelp("End before this time; otherwise a week later.", valueName: "time"))
    var to: String?

    @Option(help: "Suppose that you are in this time zone.")
    var zone: String?

    @Option(
        help: ArgumentHelp(
            "When you are there: 06:40..23:00, 'Sat,Sun 22:00..02:00'; once or more. Otherwise always.",
            valueName: "hours"),
        completion: .list(["06:40..23:00"]))
    var awake: [String] = []

    @Flag(help: "Print JSON, for scripts.")
    var json = false

    func run(in context: Context) throws {
        let hours = try awake.map(AwakeHours.init(parsing:))
        var workspace = try Workspace(in: context, zone: zone)
        if let from { workspace.move(to: try workspace.moment(from, after: workspace.now)) }
        if from == nil, workspace.clockDoubt != nil { workspace.clockTroubles.forEach(context.complain) }
        let timetable = workspace.timetable
        let span = try span(in: workspace)
        guard !timetable.plans(moreThan: Simulate.limit, in: span) else {
            throw Complaint(
                .badInput,
                "more than \(Simulate.limit) times are planned from \(from ?? "now") to \(to ?? "a week later"); "
                    + "allowed: \(Simulate.limit); end earlier with --to")
        }
        let forecast = Forecast(
            workspace.diary, in: span, from: workspace.installation.now, awake: hours,
            passingOver: workspace.installation.daemon?.passedOver.compactMap { OccurrenceID($0) } ?? [])
        try context.tell(forecast, asJSON: json)
    }

    /// The maximum number of planned times; to simulate so many takes up to 10 s.
    ///
    /// It is enough for ten years with five times a day, or for two weeks with one each minute.
    private static let limit = 20_000

    private func span(in workspace: Workspace) throws -> Range<Instant> {
        let (start, zone) = (workspace.now, workspace.timetable.zone)
        guard let to else { return start..<Simulate.later(start, days: 7, in: zone) }
        let end = try workspace.moment(to, after: start)
        guard end > start else {
            throw Complaint(.badInput, "--to is \(to); allowed: a time after \(from ?? "now"), where the span begins")
        }
        guard end <= Simulate.later(start, days: 3653, in: zone) else {
            throw Complaint(.badInput, "--to is \(to); allowed: up to 10 years after \(from ?? "now")")
        }
        return start..<end
    }

    /// The same time of day some days later.
    private static func later(_ start: Instant, days: Int, in zone: Zone) -> Instant {
        zone.resolve(zone.civil(start) + .days(days))?.instant ?? start + .days(days)
    }
}

extension Workspace {
    /// A moment as the value of an option that looks ahead; a day alone means its midnight.
    ///
    /// - Parameter start: where a weekday, a date without a year and a time alone are looked for.
    fileprivate func moment(_ text: String, after start: Instant) throws -> Instant {
        let side = DayArgument.Side.after(timetable.zone.civil(start).day)
        let today = timetable.day(at: installation.now)
        let argument = try TimeArgument(text, side, today: today, at: start, in: timetable.zone)
        return try argument.instant(in: timetable.zone, of: timetable.zone.midnight)
    }
}

extension Forecast: Answer {
    var json: JSON {
        let time = { (instant: Instant) in JSON.text(instant.rfc3339(in: zone)) }
        return .array(
            entries.map { entry in
                .object([
                    "occ": .text(entry.occurrence.id.description), "routine": .text(entry.occurrence.id.routine),
                    "at": time(entry.occurrence.opens), "closes": time(entry.occurrence.closes),
                    "shifted": .bool(entry.occurrence.shifted), "shown": .array(entry.shown.map(time)),
                    "reason": .text(entry.reason),
                ])
            })
    }

    /// A table by days, and a summary.
    func text(on terminal: Terminal) -> String {
        guard !entries.isEmpty else { return "nothing is planned in \(length)" + exceptions }
        let today = zone.civil(span.lowerBound).day
        var day: Day?
        let rows = entries.map { entry in
            defer { day = entry.occurrence.id.nominal.day }
            return Row(entry, startsDay: entry.occurrence.id.nominal.day != day, in: zone, relativeTo: today)
        }
        return (lines(of: rows, on: terminal) + ["", summary + exceptions]).joined(separator: "\n")
    }

    /// Such as `22 prompts in 30 days; 2 never seen, 1 already answered`.
    ///
    /// An occurrence that was shown only before the span is not counted as a prompt.
    private var summary: String {
        let unprompted = entries.filter { !$0.shown.contains(where: span.contains) }
        let prompts = entries.count - unprompted.count
        let count = prompts == 0 ? "no prompts" : counted(prompts, "prompt")
        let unseen = unprompted.count { if case .unseen = $0.outcome { true } else { false } }
        let answered = unprompted.count { if case .answered = $0.outcome { true } else { false } }
        let paused = unprompted.count { if case .paused = $0.outcome { true } else { false } }
        let rest = [(unseen, "never seen"), (answered, "already answered"), (paused, "paused")]
            .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return "\(count) in \(length)" + (rest.isEmpty ? "" : "; " + rest.joined(separator: ", "))
    }

    private var exceptions: String { excepted.isEmpty ? "" : "; \(counted(excepted.count, "day")) excepted" }

    /// The length of the span in calendar days, at least one; a week with a clock change has seven.
    private var length: String {
        let (first, last) = (zone.civil(span.lowerBound), zone.civil(span.upperBound))
        let days = last.day - first.day + (last.microsecondOfDay > first.microsecondOfDay ? 1 : 0)
        return counted(max(1, days), "day")
    }

    /// The minimum width of the column `again`: room for three times.
    private static let leastRoom = 17

    /// The rows as a table that fits the terminal.
    private func lines(of rows: [Row], on terminal: Terminal) -> [String] {
        // Use narrow gaps where wide gaps leave too little room.
        let tables = [3, 2].map { Table([Row.titles] + rows.map { $0.cells.map(\.text) }, gap: blanks($0)) }
        let fitting = tables.first { $0.width() + Forecast.leastRoom <= terminal.width ?? .max }
        let (table, hasRoom) = (fitting ?? tables[1], fitting != nil)
        let detailStart = table.width(before: 1)
        // Without room in the row, the rest stands below it.
        let restStart = hasRoom ? table.width() : detailStart + 2
        let titles = terminal.paint(table.text(Row.titles + (hasRoom ? ["again"] : [])), .faint)
        return [titles]
            + rows.flatMap { row in
                var rest = row.rest.wrapped(to: terminal.width.map { $0 - restStart } ?? .max)[...]
                var cells = row.cells
                if hasRoom, let start = rest.popFirst() { cells.append(Terminal.Piece(start, row.restColour)) }
                return [terminal.paint(table.line(cells))]
                    + rest.map { blanks(restStart) + terminal.paint($0, row.restColour) }
                    + (row.explanation.map { terminal.wrapped($0, .faint, indent: blanks(detailStart)) } ?? [])
            }
    }
}

extension Forecast.Entry {
    /// Why the occurrence is not asked for, or not again; nil when there is nothing to explain.
    var reason: String? {
        switch outcome {
        case .asked: nil
        case .answered(let verdict): verdict == .done ? "already done" : "already skipped"
        case .paused(let reason), .unseen(let reason): reason
        }
    }
}

/// One planned time in words.
private struct Row {
    /// Day, planned time, routine, first prompt.
    let cells: Terminal.Line
    /// When the prompt comes up again, or why it does not.
    let rest: String
    let restColour: Terminal.Colour
    /// How a clock change moves the planned time; nil when it does not.
    let explanation: String?

    static let titles = ["", "planned", "routine", "asked"]

    init(_ entry: Forecast.Entry, startsDay: Bool, in zone: Zone, relativeTo today: Day) {
        let id = entry.occurrence.id
        var day = id.nominal.day
        // A time on another day than the time before it gets its weekday.
        let times = entry.shown.map { instant in
            let time = zone.civil(instant)
            defer { day = time.day }
            let clock = HumanTime.clock(time.wholeMinute)
            return time.day == day ? clock : "\(HumanTime.weekday(time.day)) \(clock)"
        }
        let colour: Terminal.Colour? =
            switch entry.outcome {
            case .asked: nil
            case .answered: .green
            case .paused: .faint
            case .unseen: .yellow
            }
        restColour = colour ?? .faint
        cells = [
            Terminal.Piece(startsDay ? TimeColumn.date(id.nominal.day, relativeTo: today) : "", .bold),
            Terminal.Piece(HumanTime.clock(id.nominal)), Terminal.Piece(id.routine),
            Terminal.Piece(times.first ?? "never", colour),
        ]
        let again = times.dropFirst().joined(separator: " ")
        rest = [again, entry.reason ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
        explanation = entry.occurrence.explanation(in: zone)
    }
}
