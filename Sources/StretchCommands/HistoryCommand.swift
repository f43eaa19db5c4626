import ArgumentParser
import StretchBase
import StretchCore
import StretchTerminal

struct HistoryCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Shows the last months as a calendar, and the pain.",
        discussion: """
            A routine that is not configured any more keeps its history.

              stretchd history                   as many weeks as fit
              stretchd history --from '1 Sep'    from that day on
            """)

    @Argument(help: "Only this routine; otherwise each that is configured.")
    var routine: String?

    @Option(help: ArgumentHelp("The first day: monday, '22 Nov', 2026-11-22.", valueName: "day"))
    var from: String?

    @Option(help: ArgumentHelp("The last day; otherwise today.", valueName: "day"))
    var to: String?

    @Flag(help: "Words in place of signs, a line a day: for screen readers.")
    var plain = false

    @Flag(help: "Print JSON, for scripts.")
    var json = false

    func run(in context: Context) throws {
        let workspace = try Workspace(in: context)
        let span = try DaySpan(from: from, to: to, workspace)
        let told = try workspace.routinesToTell(named: routine)
        let shown = told.filter { routine != nil || $0.origin == .configured }
        let reports = shown.map { HistoryReport(of: $0, in: span, workspace) }
        // A script for one routine goes on working when there are more: each is an object of its own.
        guard !json else { return try context.tell(reports.map(\.json.description).joined(separator: "\n")) }
        var parts = reports.map { plain ? $0.plainText : $0.text(on: context.terminal) }
        let others = told.filter { other in !shown.contains { $0.routine.id == other.routine.id } }
        if let first = others.first {
            let ids = others.map { oneLine($0.routine.id) }.joined(separator: ", ")
            let hint = "recorded, but not configured: \(ids); see stretchd history \(oneLine(first.routine.id))"
            parts.append(plain ? hint : context.terminal.wrapped(hint, .faint).joined(separator: "\n"))
        }
        try context.tell(parts.joined(separator: "\n\n"))
    }
}

/// The content of `history`, before it becomes text or JSON.
struct HistoryReport: Answer {
    let told: RoutineHistory
    /// The history at the end of the last day.
    let closing: History
    /// The first day; nil means the first recorded one or, in the text, as many weeks as fit if that is too far back.
    let from: Day?
    let to: Day
    let workspace: Workspace

    /// Without `span.to`, the last day is today or, if the routine is no longer configured, its last day with a record.
    ///
    /// If that last day with a record is before `span.from`, the last day is today.
    init(of told: RoutineHistory, in span: DaySpan, _ workspace: Workspace) {
        let last = told.origin == .configured ? nil : told.history.entries.last?.day
        self.told = told
        from = span.from
        to = span.to ?? last.flatMap { $0 >= span.from ?? $0 ? $0 : nil } ?? told.history.today
        closing = told.history.upTo(to)
        self.workspace = workspace
    }

    private var history: History { told.history }

    var json: JSON { told.json(idKey: "routine", from: from, to: to) }

    func text(on terminal: Terminal) -> String {
        let width = terminal.width ?? HistoryReport.widthWithoutTerminal
        let room = width - HistoryReport.gutter
        var days = history.recordedDays(from: from, to: to)
        if from == nil {
            let first = HistoryCalendar.firstDay(upTo: to, width: room)
            days = Array(days.drop { $0.day < first })
        }
        guard let first = days.first?.day else { return nothing }
        let range = range(from: first)
        let title = told.routine.title
        var lines =
            title.columns <= width
            ? flow([[Terminal.Piece(title, .bold)], [Terminal.Piece(range, .faint)]], on: terminal, width: width)
            : terminal.wrapped(title, .bold) + [terminal.paint(range, .faint)]
        let calendar = HistoryCalendar(of: days, width: room)
        for block in calendar.blocks { lines += [""] + picture(of: block, on: terminal) }
        lines.append("")
        lines += flow(legend(of: days, on: terminal), on: terminal, width: width)
        lines += flow(numbers.map { [Terminal.Piece($0)] }, on: terminal, width: width)
        lines += painChart(of: calendar, on: terminal, width: width)
        return lines.joined(separator: "\n")
    }

    /// The same for screen readers: a line for each day, and no sign that would have to be spelt out.
    var plainText: String {
        let days = history.recordedDays(from: from ?? to - (HistoryReport.plainDays - 1), to: to)
        guard let first = days.first?.day else { return nothing }
        let counts = History.State.inOrder.map { state in (state, days.count { $0.state == state }) }
        return
            (["\(told.routine.title), \(range(from: first))"]
            + days.map { $0.words(relativeTo: history.today) }
            + [counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0.rawValue)" }.joined(separator: ", ")]
            + numbers).joined(separator: "\n")
    }

    private func range(from first: Day) -> String {
        let span = [first, to].map { HumanTime.date($0, relativeTo: history.today) }
        return first == to ? span[0] : span.joined(separator: " to ")
    }

    /// How many days are read aloud, today included, if nobody says from when on.
    private static let plainDays = 28
    private static let widthWithoutTerminal = 80
    /// The width of what stands left of the weeks, in columns.
    private static let gutter = 5

    /// The text when there are no days to draw.
    private var nothing: String {
        let name = oneLine(told.routine.id)
        if let first = history.firstDay {
            return "nothing is recorded of \(name) until then; it begins on "
                + HumanTime.date(first, relativeTo: history.today)
        }
        let due = workspace.due(told.routine).map { "; it is due until \(workspace.planned($0.occurrence.closes))" }
        let next = workspace.diary.nextAsked(told.routine, after: workspace.now)
        return "nothing is recorded of \(name) yet"
            + (due ?? next.map { "; you are asked next \(workspace.planned($0.opens))" } ?? "")
    }

    private func flow(_ parts: [Terminal.Line], on terminal: Terminal, width: Int) -> [String] {
        Terminal.flow(parts, width: width).map { $0.map(terminal.paint).joined(separator: Terminal.gap) }
    }

    // MARK: The calendar

    private func picture(of block: HistoryCalendar.Block, on terminal: Terminal) -> [String] {
        let monday = Day(ordinal: 4)
        return [months(of: block, on: terminal)]
            + (0..<7).map { weekday in
                let marks = block.weeks.map { $0[weekday]?.state.mark(on: terminal) ?? " " }
                return line(HumanTime.weekday(monday + weekday), marks.joined(separator: " "), on: terminal)
            }
    }

    private func months(of block: HistoryCalendar.Block, on terminal: Terminal) -> String {
        terminal.paint(column("\(block.year)", HistoryReport.gutter) + block.months, .faint)
    }

    /// A line of a picture, with its label in the gutter.
    private func line(_ label: String, _ marks: String, on terminal: Terminal) -> String {
        let (label, marks) = (column(label, HistoryReport.gutter), trimmed(marks))
        return terminal.paint(marks.isEmpty ? trimmed(label) : label, .faint) + marks
    }

    /// The meaning of each mark, with its number of days.
    private func legend(of days: [History.Entry], on terminal: Terminal) -> [Terminal.Line] {
        History.State.inOrder.compactMap { state in
            let count = days.count { $0.state == state }
            guard count > 0 else { return nil }
            return [state.sign(on: terminal), Terminal.Piece(" \(count) \(state.rawValue)")]
        }
    }

    private var numbers: [String] {
        [closing.streakWords(relativeTo: history.today), "strength \(percent(closing.strength))"]
            + [closing.rate.map { "\(percent($0)) done in 30 days" }].compactMap(\.self)
    }

    // MARK: Pain

    /// The chart, in the columns of the calendar's weeks; empty if fewer than two days have a pain value.
    private func painChart(of calendar: HistoryCalendar, on terminal: Terminal, width: Int) -> [String] {
        let weeks = calendar.blocks.flatMap(\.weeks)
        let tallies = weeks.flatMap(\.days).map(\.tally)
        guard tallies.count(where: { $0.pain != nil || $0.painBefore != nil }) >= 2 else { return [] }
        let signs = PainChart.legend(hasSymbols: terminal.hasSymbols)
        let legend: [Terminal.Line?] = [
            [Terminal.Piece("Pain", .bold), Terminal.Piece(", the mean of each week")],
            tallies.contains { $0.painBefore != nil } ? signs.before : nil,
            tallies.contains { $0.pain != nil } ? signs.after : nil,
        ]
        var lines = [""] + flow(legend.compactMap(\.self), on: terminal, width: width)
        let labels = [0: "10", PainChart.height / 2: "5", PainChart.height - 1: "0"]
        for block in calendar.blocks where block.weeks.contains(where: { $0.pain != nil || $0.painBefore != nil }) {
            if calendar.blocks.count > 1 { lines.append("") }
            let chart = PainChart(of: block.weeks, hasSymbols: terminal.hasSymbols)
            lines += chart.lines.enumerated().map { index, signs in
                line(rightColumn(labels[index] ?? "", 3), terminal.paint(signs), on: terminal)
            }
            lines.append(months(of: block, on: terminal))
        }
        return lines
    }
}
