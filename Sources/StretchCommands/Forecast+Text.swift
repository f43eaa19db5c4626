import StretchBase
import StretchCore

extension Forecast: Answer {
    /// A table by days, and a summary.
    func text(on terminal: Terminal) -> String {
        guard !entries.isEmpty else { return "nothing is planned in \(length)" + exceptions }
        let today = zone.civil(span.lowerBound).day
        var day: Day?
        let rows = entries.map { entry in
            defer { day = entry.occurrence.id.nominal.day }
            return Row(entry, startsDay: entry.occurrence.id.nominal.day != day, in: zone, relativeTo: today)
        }
        let table = Table(rows: rows, terminal: terminal)
        return (table.lines + ["", summary + exceptions]).joined(separator: "\n")
    }

    /// Such as `22 prompts in 30 days; 2 never seen, 1 already answered`; what came up before the span only is no prompt.
    private var summary: String {
        let unprompted = entries.filter { !$0.shown.contains(where: span.contains) }
        let prompts = entries.count - unprompted.count
        let count = prompts == 0 ? "no prompts" : prompts == 1 ? "1 prompt" : "\(prompts) prompts"
        var unseen = 0
        var answered = 0
        var paused = 0
        for entry in unprompted {
            switch entry.outcome {
            case .asked: break
            case .answered: answered += 1
            case .paused: paused += 1
            case .unseen: unseen += 1
            }
        }
        let rest = [(unseen, "never seen"), (answered, "already answered"), (paused, "paused")]
            .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return "\(count) in \(length)" + (rest.isEmpty ? "" : "; " + rest.joined(separator: ", "))
    }

    private var exceptions: String {
        switch excepted.count {
        case 0: ""
        case 1: "; 1 day excepted"
        case let count: "; \(count) days excepted"
        }
    }

    /// By the calendar, so that a week with a clock change has seven days; one at least.
    private var length: String {
        let (first, last) = (zone.civil(span.lowerBound), zone.civil(span.upperBound))
        let days = max(1, last.day - first.day + (last.microsecondOfDay > first.microsecondOfDay ? 1 : 0))
        return days == 1 ? "1 day" : "\(days) days"
    }
}

/// One planned time in words.
private struct Row {
    /// Day, planned time, routine, first prompt.
    let cells: [String]
    /// When it comes up again, and why it does not.
    let rest: String
    /// Of what is not as planned.
    let colour: Terminal.Colour?
    /// What a clock change does to it.
    let explanation: String?

    static let titles = ["", "planned", "routine", "asked"]
    static let restTitle = "again"

    init(_ entry: Forecast.Entry, startsDay: Bool, in zone: Zone, relativeTo today: Day) {
        let id = entry.occurrence.id
        var day = id.nominal.day
        // A time of another day than the one before it says so.
        let times = entry.shown.map { instant in
            let time = zone.civil(instant)
            defer { day = time.day }
            let clock = HumanTime.clock(CivilTime(day: time.day, hour: time.hour, minute: time.minute))
            return time.day == day ? clock : "\(HumanTime.weekday(time.day)) \(clock)"
        }
        cells = [
            startsDay ? TimeColumn.date(id.nominal.day, relativeTo: today) : "", HumanTime.clock(id.nominal),
            id.routine, times.first ?? "never",
        ]
        let again = times.dropFirst().joined(separator: " ")
        rest = [again, entry.reason ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
        colour =
            switch entry.outcome {
            case .asked: nil
            case .answered: .green
            case .paused: .faint
            case .unseen: .yellow
            }
        explanation = entry.occurrence.explanation(in: zone)
    }
}

/// The rows one below the other, as wide as the terminal.
private struct Table {
    let rows: [Row]
    let terminal: Terminal

    /// For three times one after the other.
    private static let leastRoom = 17

    var lines: [String] {
        // Narrow columns where wide ones leave no room.
        let layouts = [3, 2].map { Layout(rows, gap: blanks($0)) }
        let fitting = layouts.first { $0.room(on: terminal) >= Table.leastRoom }
        let layout = fitting ?? layouts[1]
        let titles = fitting == nil ? Row.titles : Row.titles + [Row.restTitle]
        return [terminal.paint(layout.line(titles), .faint)]
            + rows.flatMap { lines(of: $0, in: layout, restFits: fitting != nil) }
    }

    private func lines(of row: Row, in layout: Layout, restFits: Bool) -> [String] {
        // The rest has lines of its own where it does not fit.
        let indent = restFits ? layout.restStart : layout.detailStart + 2
        let rest = wrapped(row.rest, from: indent).map { terminal.paint($0, row.colour ?? .faint) }
        var first = layout.line(row.cells) { index, cell in
            terminal.paint(cell, index == 0 ? .bold : index == 3 ? row.colour : nil)
        }
        if restFits, let start = rest.first { first += layout.gap + start }
        return [first] + (restFits ? rest.dropFirst() : rest[...]).map { blanks(indent) + $0 }
            + wrapped(row.explanation ?? "", from: layout.detailStart)
            .map { blanks(layout.detailStart) + terminal.paint($0, .faint) }
    }

    /// A text in lines from a column to the terminal's edge, broken at blanks; none for an empty text.
    private func wrapped(_ text: String, from start: Int) -> [String] {
        text.wrapped(to: terminal.width.map { $0 - start } ?? .max)
    }
}

/// Where the columns of a table stand.
private struct Layout {
    let gap: String
    private let widths: [Int]

    init(_ rows: [Row], gap: String) {
        self.gap = gap
        widths = Row.titles.indices.map { index in
            rows.reduce(Row.titles[index].columns) { max($0, $1.cells[index].columns) }
        }
    }

    /// Behind the day.
    var detailStart: Int { widths[0] + gap.columns }
    /// Behind all columns.
    var restStart: Int { widths.reduce(0) { $0 + $1 + gap.columns } }

    func room(on terminal: Terminal) -> Int { terminal.width.map { $0 - restStart } ?? .max }

    /// - Parameter paint: takes a column's index and its text.
    func line(_ cells: [String], paint: (Int, String) -> String = { $1 }) -> String {
        cells.enumerated()
            .map { index, cell in paint(index, index < widths.count ? column(cell, widths[index]) : cell) }
            .joined(separator: gap)
    }
}
