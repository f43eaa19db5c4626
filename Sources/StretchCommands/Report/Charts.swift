import StretchBase
import StretchCore

/// A chart of pain before and after, week by week; below it, the share of due days that were done.
struct PainCurve {
    let report: RoutineReport

    var markup: Markup {
        let pain = Panel(days: report.recorded, highest: 10, top: 24, height: 150)
        let strip = Panel(days: report.recorded, highest: 1, top: 212, height: 46)
        let (before, after) = (runs(of: \.painBefore, in: pain), runs(of: \.pain, in: pain))
        let circles = before.joined().map { Markup.circle("before", at: $0, 3.4) }
        let squares = after.joined().map { Markup.rectangle("after", at: ($0.x - 2.8, $0.y - 2.8), 5.6, 5.6) }
        let content =
            pain.frame(
                "Pain, 0 (none) to 10 (the worst imaginable): a week's mean",
                [0, 2, 4, 6, 8, 10].map { (Double($0), "\($0)") })
            + before.map { .line("before", $0) } + after.map { .line("after", $0) }
            // Too many points would cover the lines.
            + (report.weeks.count > 110 ? [] : circles + squares)
            + strip.frame("Done of the due days", [(0, "0 %"), (0.5, ""), (1, "100 %")])
            + report.weeks.compactMap { bar($0, in: strip) } + strip.dates()
        return Picture(
            name: report.name("pain"), size: (Panel.fullWidth, 286),
            title: "Pain before and after, and how much was done",
            description: "\(words.joined(separator: " ")) The table of pain has each value.", content: content
        ).markup
    }

    /// The weeks with a pain value, as runs without gaps, because a line across other weeks would claim a value there.
    private func runs(of pain: KeyPath<HistoryWeek, Double?>, in panel: Panel) -> [[Point]] {
        report.weeks.split { $0[keyPath: pain] == nil }.map { run in
            run.map { week in (middle(of: week, in: panel), panel.y(week[keyPath: pain] ?? 0)) }
        }
    }

    private func middle(of week: HistoryWeek, in panel: Panel) -> Double {
        (panel.x(week.days[0].day) + panel.x(week.days[week.days.count - 1].day)) / 2
    }

    private func bar(_ week: HistoryWeek, in strip: Panel) -> Markup? {
        guard let adherence = week.adherence else { return nil }
        let left = strip.x(week.days[0].day)
        let right = strip.x(week.days[week.days.count - 1].day + 1)
        let top = strip.y(adherence)
        let width = max(1, min(right, Panel.left + Panel.width) - left - 1)
        // A minimum height, so that a week with nothing done is visible too.
        return .rectangle("bar", at: (left + 0.5, min(top, strip.y(0) - 1.2)), width, max(1.2, strip.y(0) - top))
    }

    /// What was recorded, in sentences, which must not claim that one thing caused another.
    var words: [String] {
        guard let pain = report.pain else { return [] }
        var sentences = ["Pain was recorded on \(counted(pain.days, "day"))."]
        if let compared = pain.compared {
            sentences.append(
                "On the \(compared.days == 1 ? "day" : "\(compared.days) days") with both values it was "
                    + "\(decimal(compared.before)) before and \(decimal(compared.after)) after, on average.")
        }
        if let regular = pain.regular, let irregular = pain.irregular {
            sentences.append(
                "\(counted(regular.count, "week")) had at least \(percentage(PainSummary.regularity)) of the due days done, and a "
                    + "mean pain of \(decimal(regular.pain)). \(counted(irregular.count, "week")) had less done, and a mean "
                    + "pain of \(decimal(irregular.pain)). This counts the value before, or the only one given.")
        }
        return sentences
    }
}

/// Strength and streak over time, in two panels because they share no scale.
struct HabitChart {
    let report: RoutineReport

    var markup: Markup {
        let (days, span) = (report.days, report.recorded)
        let strength = Panel(days: span, highest: 1, top: 24, height: 110)
        let longest = days.map(\.streak).max() ?? 0
        // A scale of a few round steps that reaches at least the longest streak.
        let step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].first { $0 * 4 >= longest } ?? 10_000
        let highest = max(1, (longest + step - 1) / step) * step
        let streak = Panel(days: span, highest: Double(highest), top: 170, height: 80)
        let strengthPoints = days.map { (strength.x($0.day), strength.y($0.strength)) }
        let corners = [span.lowerBound, span.upperBound].map { (strength.x($0), strength.y(0)) }
        let content =
            strength.frame("Strength", [0, 0.25, 0.5, 0.75, 1].map { ($0, percentage($0)) })
            + [.line("area", [corners[0]] + strengthPoints + [corners[1]]), .line("strength", strengthPoints)]
            + streak.frame(
                "Streak, in days", stride(from: 0, through: highest, by: step).map { (Double($0), "\($0)") })
            + [.line("streak", steps(days, in: streak))] + streak.dates()
        let ends =
            "\(percentage(days[days.count - 1].strength)) and a streak of \(days[days.count - 1].streak) at the end"
        return Picture(
            name: report.name("habit"), size: (Panel.fullWidth, 278), title: "Strength and streak over time",
            description: "Strength from \(percentage(days[0].strength)) to \(ends). The table of the weeks has both.",
            content: content
        ).markup
    }

    /// The points of the streak; a streak that ends drops vertically.
    private func steps(_ days: [History.Entry], in panel: Panel) -> [Point] {
        days.enumerated().flatMap { index, entry -> [Point] in
            let point = Point(panel.x(entry.day), panel.y(Double(entry.streak)))
            guard index > 0, entry.streak < days[index - 1].streak else { return [point] }
            return [(point.x, panel.y(Double(days[index - 1].streak))), point]
        }
    }
}

/// A panel of a chart over time: days run from left to right, values from bottom to top.
struct Panel {
    let days: ClosedRange<Day>
    /// The value at the top; 0 is at the bottom.
    let highest: Double
    let top: Double
    let height: Double
    static let left = 44.0
    static let width = 640.0
    /// The width of the whole picture.
    static let fullWidth = left + width + left

    func x(_ day: Day) -> Double {
        let count = max(1, days.upperBound - days.lowerBound)
        return Panel.left + Panel.width * Double(day - days.lowerBound) / Double(count)
    }

    func y(_ value: Double) -> Double { top + height * (1 - value / max(1e-9, highest)) }

    /// The title above the panel, and grid lines with their labels.
    func frame(_ title: String, _ lines: [(value: Double, name: String)]) -> [Markup] {
        [.tag("text", ["class": "title", "x": "0", "y": length(top - 9)], .text(title))]
            + lines.flatMap { line in
                let y = y(line.value)
                return [
                    Markup.rule("grid", from: (Panel.left, y), Panel.width),
                    // Labels on both sides, because on a narrow screen one side is out of sight.
                    .label(line.name, at: (Panel.left - 6, y + 4), anchor: "end"),
                    .label(line.name, at: (Panel.left + Panel.width + 6, y + 4)),
                ]
            }
    }

    /// The months below the panel, or the years when there are too many months.
    func dates() -> [Markup] {
        let firsts = (0...(days.upperBound - days.lowerBound)).map { days.lowerBound + $0 }
            .filter { $0.components.day == 1 }
        let every = [1, 3, 12, 24, 60, 120, 240].first { firsts.count / $0 <= 13 } ?? 600
        let shown = firsts.filter { ($0.components.year * 12 + $0.components.month - 1) % every == 0 }
        var labels: [Markup] = []
        var free = 0.0
        var named: Int?
        let bottom = top + height
        // Without a first day of a month in the span, the first day of the span gets the label.
        for day in shown.isEmpty ? [days.lowerBound] : shown {
            let (year, _, dayOfMonth) = day.components
            let text =
                every >= 12
                ? "\(year)"
                : (dayOfMonth == 1 ? "" : "\(dayOfMonth) ") + HumanTime.month(day) + (year == named ? "" : " \(year)")
            let x = x(day)
            labels.append(.tag("path", ["class": "tick", "d": "M\(length(x)) \(length(bottom))v4"]))
            // Labels must not overlap or cross the edge.
            if x < free || x + Double(text.count) * 6.5 > Panel.fullWidth { continue }
            labels.append(.label(text, at: (x, bottom + 17)))
            free = x + Double(text.count) * 6.5 + 6
            named = year
        }
        return labels
    }
}
