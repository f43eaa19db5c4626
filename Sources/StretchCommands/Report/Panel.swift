import StretchBase
import StretchCore

/// A panel of a chart over time: a day has its place in it from left to right, a value from bottom to top.
struct Panel {
    let days: ClosedRange<Day>
    /// The value at the top; 0 is at the bottom.
    let highest: Double
    let top: Double
    let height: Double
    static let left = 44.0
    static let width = 640.0
    /// Of the whole picture.
    static let fullWidth = left + width + left

    func x(_ day: Day) -> Double {
        let count = max(1, days.upperBound - days.lowerBound)
        return Panel.left + Panel.width * Double(day - days.lowerBound) / Double(count)
    }

    func y(_ value: Double) -> Double { top + height * (1 - value / max(1e-9, highest)) }

    /// A title above it, and lines at values with their names beside them.
    func frame(_ title: String, _ lines: [(value: Double, name: String)]) -> [Markup] {
        [.tag("text", ["class": "title", "x": "0", "y": length(top - 9)], .text(title))]
            + lines.flatMap { line in
                let y = y(line.value)
                return [
                    Markup.tag(
                        "path",
                        ["class": "grid", "d": "M\(length(Panel.left)) \(length(y))h\(length(Panel.width))"]),
                    // On both sides: on a narrow screen one of them is out of sight.
                    .label(line.name, at: (Panel.left - 6, y + 4), anchor: "end"),
                    .label(line.name, at: (Panel.left + Panel.width + 6, y + 4)),
                ]
            }
    }

    /// The months below it, or the years when they are many.
    func dates() -> [Markup] {
        let firsts = (0...(days.upperBound - days.lowerBound)).map { days.lowerBound + $0 }
            .filter { $0.components.day == 1 }
        let every = [1, 3, 12, 24, 60, 120, 240].first { firsts.count / $0 <= 13 } ?? 600
        let shown = firsts.filter { ($0.components.year * 12 + $0.components.month - 1) % every == 0 }
        var labels: [Markup] = []
        var free = 0.0
        var named: Int?
        let bottom = top + height
        // A span without such a day begins with its first one.
        for day in shown.isEmpty ? [days.lowerBound] : shown {
            let (year, _, dayOfMonth) = day.components
            let text =
                every >= 12
                ? "\(year)"
                : (dayOfMonth == 1 ? "" : "\(dayOfMonth) ") + HumanTime.month(day)
                    + (year == named ? "" : " \(year)")
            let x = x(day)
            labels.append(.tag("path", ["class": "tick", "d": "M\(length(x)) \(length(bottom))v4"]))
            // No label over another, none beyond the edge.
            if x < free || x + Double(text.count) * 6.5 > Panel.fullWidth { continue }
            labels.append(.label(text, at: (x, bottom + 17)))
            free = x + Double(text.count) * 6.5 + 6
            named = year
        }
        return labels
    }
}
