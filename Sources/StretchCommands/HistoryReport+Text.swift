import StretchBase
import StretchCore

extension HistoryReport {
    func text(on terminal: Terminal) -> String {
        let width = terminal.width ?? HistoryReport.widthWithoutTerminal
        let room = width - HistoryReport.gutter
        var days = days
        if from == nil {
            let first = HistoryCalendar.firstDay(upTo: to, width: room)
            days = Array(days.drop { $0.day < first })
        }
        guard let first = days.first?.day else { return nothing }

        let span = [first, to].map { HumanTime.date($0, relativeTo: history.today) }
        let range = first == to ? span[0] : span.joined(separator: " to ")
        let title = routine.title
        var lines =
            title.columns <= width
            ? terminal.flow(
                [(title, terminal.paint(title, .bold)), (range, terminal.paint(range, .faint))], width: width)
            : terminal.wrapped(title, .bold) + [terminal.paint(range, .faint)]
        let calendar = HistoryCalendar(of: days, width: room)
        for block in calendar.blocks { lines += [""] + picture(of: block, on: terminal) }
        lines.append("")
        lines += terminal.flow(legend(of: days, on: terminal), width: width)
        lines += terminal.flow(numbers.map { ($0, nil) }, width: width)
        lines += painChart(of: calendar, on: terminal, width: width)
        return lines.joined(separator: "\n")
    }

    private static let widthWithoutTerminal = 80
    /// Left of the weeks.
    private static let gutter = 5

    /// There is nothing to draw.
    private var nothing: String {
        let name = oneLine(routine.id)
        if let first = history.firstDay {
            return "nothing is recorded of \(name) until then; it begins on "
                + HumanTime.date(first, relativeTo: history.today)
        }
        let due = situation.due(routine).map { "; it is due until \(situation.planned($0.occurrence.closes))" }
        let next = situation.diary.nextAsked(routine, after: situation.now)
        return "nothing is recorded of \(name) yet"
            + (due ?? next.map { "; you are asked next \(situation.planned($0.opens))" } ?? "")
    }

    // MARK: The calendar

    private func picture(of block: HistoryCalendar.Block, on terminal: Terminal) -> [String] {
        let head = terminal.paint(column("\(block.year)", HistoryReport.gutter) + block.months, .faint)
        let monday = Day(ordinal: 4)
        return [head]
            + (0..<7).map { weekday in
                let marks = block.weeks.map { $0[weekday]?.state.mark(on: terminal) ?? " " }
                let label = column(HumanTime.weekday(monday + weekday), HistoryReport.gutter)
                let line = trimmed(marks.joined(separator: " "))
                return terminal.paint(line.isEmpty ? trimmed(label) : label, .faint) + line
            }
    }

    /// What the marks mean, and of how many days.
    private func legend(of days: [History.Entry], on terminal: Terminal) -> [Terminal.Part] {
        let states: [History.State] = [.done, .missed, .skipped, .free, .pending]
        return states.compactMap { state in
            let count = days.count { $0.state == state }
            guard count > 0 else { return nil }
            let words = "\(count) \(state.rawValue)"
            return ("\(state.sign(on: terminal)) \(words)", "\(state.mark(on: terminal)) \(words)")
        }
    }

    private var numbers: [String] {
        [standing.streakWords(relativeTo: history.today), "strength \(percent(standing.strength))"]
            + [standing.rate.map { "\(percent($0)) done in 30 days" }].compactMap(\.self)
    }

    // MARK: Pain

    /// Below the same weeks; nothing when there are no two days to compare.
    private func painChart(of calendar: HistoryCalendar, on terminal: Terminal, width: Int) -> [String] {
        let weeks = calendar.blocks.flatMap(\.weeks)
        let tallies = weeks.flatMap(\.days).map(\.tally)
        guard tallies.count(where: { $0.pain != nil || $0.painBefore != nil }) >= 2 else { return [] }
        let symbols = terminal.hasSymbols
        let strokes = String(PainChart.before(hasSymbols: symbols))
        let bars = String(PainChart.after(hasSymbols: symbols))
        let legend: [Terminal.Part?] = [
            ("Pain, the mean of each week", terminal.paint("Pain", .bold) + ", the mean of each week"),
            tallies.contains { $0.painBefore != nil } ? ("\(strokes) before", nil) : nil,
            tallies.contains { $0.pain != nil } ? ("\(bars) after", "\(terminal.paint(bars, .cyan)) after") : nil,
        ]
        var lines = [""] + terminal.flow(legend.compactMap(\.self), width: width)
        for block in calendar.blocks where block.weeks.contains(where: { $0.pain != nil || $0.painBefore != nil }) {
            if calendar.blocks.count > 1 { lines.append("") }
            lines += picture(of: PainChart(of: block.weeks, hasSymbols: symbols), on: terminal)
            let foot = column("\(block.year)", HistoryReport.gutter) + block.months
            lines.append(terminal.paint(foot, .faint))
        }
        return lines
    }

    private func picture(of chart: PainChart, on terminal: Terminal) -> [String] {
        let labels = [0: "10", PainChart.height / 2: "5", PainChart.height - 1: "0"]
        return chart.lines.enumerated().map { index, cells in
            let label = column(rightColumn(labels[index] ?? "", 3), HistoryReport.gutter)
            let line = cells.map { cell in
                "\(cell.before)" + (cell.after == " " ? " " : terminal.paint("\(cell.after)", .cyan))
            }
            let bars = trimmed(line.joined())
            return terminal.paint(bars.isEmpty ? trimmed(label) : label, .faint) + bars
        }
    }
}

/// Without the blanks at its end.
private func trimmed(_ line: String) -> String {
    var line = line[...]
    while line.last == " " { line.removeLast() }
    return String(line)
}
