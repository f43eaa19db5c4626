import StretchBase
import StretchCore

/// Strength and streak over time, one above the other: they have no scale in common.
struct HabitChart {
    let report: RoutineReport

    var markup: Markup {
        let days = report.days
        guard let first = days.first?.day, let last = days.last?.day else { return .nothing }
        let span = first...last
        let strength = Panel(days: span, highest: 1, top: 24, height: 110)
        let longest = days.map(\.streak).max() ?? 0
        // A scale of a few round steps, above the longest.
        let step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].first { $0 * 4 >= longest } ?? 10_000
        let highest = max(1, (longest + step - 1) / step) * step
        let streak = Panel(days: span, highest: Double(highest), top: 170, height: 80)
        let strengthPoints = days.map { (strength.x($0.day), strength.y($0.strength)) }
        let content =
            strength.frame("Strength", [0, 0.25, 0.5, 0.75, 1].map { ($0, percentage($0)) })
            + [.line("area", closed(strengthPoints, at: strength.y(0))), .line("strength", strengthPoints)]
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

    private func closed(_ points: [(x: Double, y: Double)], at bottom: Double) -> [(x: Double, y: Double)] {
        [(points[0].x, bottom)] + points + [(points[points.count - 1].x, bottom)]
    }

    /// A streak that ends falls at once.
    private func steps(_ days: [History.Entry], in panel: Panel) -> [(x: Double, y: Double)] {
        days.enumerated().flatMap { index, entry -> [(x: Double, y: Double)] in
            let point = (panel.x(entry.day), panel.y(Double(entry.streak)))
            guard index > 0, entry.streak < days[index - 1].streak else { return [point] }
            return [(point.0, panel.y(Double(days[index - 1].streak))), point]
        }
    }
}
