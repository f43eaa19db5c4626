import StretchCore

extension Forecast {
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

    /// `22 prompts in 30 days; 2 never seen, 1 already answered`
    private var summary: String {
        let prompts = entries.count { !$0.shown.isEmpty }
        let count = prompts == 0 ? "no prompts" : prompts == 1 ? "1 prompt" : "\(prompts) prompts"
        var unseen = 0
        var answered = 0
        var paused = 0
        for entry in entries where entry.shown.isEmpty {
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

    /// By the calendar, so that a week with a clock change has seven days.
    private var length: String {
        let (first, last) = (zone.civil(span.lowerBound), zone.civil(span.upperBound))
        let days = last.day - first.day + (last.microsecondOfDay > first.microsecondOfDay ? 1 : 0)
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

    private static let gap = "   "
    /// For three times one after the other.
    private static let leastRoom = 17

    var lines: [String] {
        let widths = Row.titles.indices.map { index in
            rows.reduce(Row.titles[index].count) { max($0, $1.cells[index].count) }
        }
        // Where the columns begin; behind the last of them the rest.
        let starts = widths.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1 + Table.gap.count) }
        let room = terminal.width.map { $0 - (starts.last ?? 0) }
        let fits = room.map { $0 >= Table.leastRoom } ?? true
        let below = terminal.width.map { $0 - starts[1] }
        let header = zip(Row.titles, widths).map(column).joined(separator: Table.gap)
        var lines = [terminal.paint(fits ? header + Table.gap + Row.restTitle : header, .faint)]
        for row in rows {
            var cells = zip(row.cells, widths).map(column)
            cells[0] = terminal.paint(cells[0], .bold)
            cells[3] = terminal.paint(cells[3], row.colour)
            let rest = Table.wrapped(row.rest, to: fits ? room : below)
                .map { terminal.paint($0, row.colour ?? .faint) }
            let start = cells.joined(separator: Table.gap)
            if fits {
                lines.append(rest.isEmpty ? start : start + Table.gap + rest[0])
                lines += rest.dropFirst().map { blanks(starts[4]) + $0 }
            } else {
                lines.append(start)
                lines += rest.map { blanks(starts[1]) + $0 }
            }
            lines += Table.wrapped(row.explanation ?? "", to: below)
                .map { blanks(starts[1]) + terminal.paint($0, .faint) }
        }
        return lines
    }

    /// A text in lines, broken at blanks; no lines for an empty one.
    private static func wrapped(_ text: String, to width: Int?) -> [String] {
        text.split(separator: " ").reduce(into: [String]()) { lines, word in
            if let line = lines.last, width.map({ line.count + 1 + word.count <= $0 }) ?? true {
                lines[lines.count - 1] = line + " " + word
            } else {
                lines.append(String(word))
            }
        }
    }
}

private func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }
