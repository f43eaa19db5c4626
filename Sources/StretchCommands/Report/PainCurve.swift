import StretchBase
import StretchCore

/// Pain before and after, week by week, above the part of the due days that was done.
struct PainCurve {
    let report: RoutineReport

    var markup: Markup {
        guard let first = report.days.first?.day, let last = report.days.last?.day else { return .nothing }
        let span = first...last
        let pain = Panel(days: span, highest: 10, top: 24, height: 150)
        let strip = Panel(days: span, highest: 1, top: 212, height: 46)
        let weeks = report.weeks
        let (before, after) = (runs(of: \.painBefore, in: pain), runs(of: \.pain, in: pain))
        let content =
            pain.frame(
                "Pain, 0 (none) to 10 (the worst imaginable): a week's mean",
                [0, 2, 4, 6, 8, 10].map { (Double($0), "\($0)") })
            + before.map { .line("before", $0) } + after.map { .line("after", $0) }
            // So many would cover the lines.
            + (weeks.count > 110 ? [] : points(before.flatMap(\.self), after.flatMap(\.self)))
            + strip.frame("Done of the due days", [(0, "0 %"), (0.5, ""), (1, "100 %")])
            + weeks.compactMap { bar($0, in: strip) } + strip.dates()
        return Picture(
            name: report.name("pain"), size: (Panel.fullWidth, 286),
            title: "Pain before and after, and how much was done",
            description: "\(words.joined(separator: " ")) The table of pain has each value.", content: content
        ).markup
    }

    /// The weeks in which it was said, without a gap each: a line over weeks of which nothing is known would tell something.
    private func runs(of pain: KeyPath<HistoryWeek, Double?>, in panel: Panel) -> [[(x: Double, y: Double)]] {
        report.weeks.split { $0[keyPath: pain] == nil }.map { run in
            run.map { week in (middle(of: week, in: panel), panel.y(week[keyPath: pain] ?? 0)) }
        }
    }

    private func points(_ before: [(x: Double, y: Double)], _ after: [(x: Double, y: Double)]) -> [Markup] {
        before.map { .tag("circle", ["class": "before", "cx": length($0.x), "cy": length($0.y), "r": "3.4"]) }
            + after.map {
                .tag(
                    "rect",
                    [
                        "class": "after", "x": length($0.x - 2.8), "y": length($0.y - 2.8), "width": "5.6",
                        "height": "5.6",
                    ])
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
        return .tag(
            "rect",
            [
                // What was due and not done at all is seen, too.
                "class": "bar", "x": length(left + 0.5), "y": length(min(top, strip.y(0) - 1.2)),
                "width": length(max(1, min(right, Panel.left + Panel.width) - left - 1)),
                "height": length(max(1.2, strip.y(0) - top)),
            ])
    }

    /// What was recorded, in sentences; none of them says what brought what about.
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
