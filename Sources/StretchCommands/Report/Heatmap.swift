import StretchBase
import StretchCore

/// The days of a span as a calendar: a column for each week, a row for each day of the week, a mark for each state.
///
/// The marks differ in shape too, so they work on grey paper and for people who see no colours.
struct Heatmap {
    let report: RoutineReport
    private static let step = 13.0
    private static let cell = 10.5
    private static let left = 31.0
    private static let top = 20.0

    /// One calendar for up to 53 weeks, otherwise one for each year.
    var markup: Markup {
        let (days, span) = (report.days, report.recorded)
        let monday = span.lowerBound - span.lowerBound.weekday
        if span.upperBound - monday < 53 * 7 { return Heatmap.calendar(days, report.name("days")) }
        let years = Dictionary(grouping: days, by: \.day.components.year).sorted { $0.key < $1.key }
        return .parts(
            years.flatMap { year, days in
                [.tag("p", ["class": "year"], "\(year)"), Heatmap.calendar(days, report.name("days-\(year)"))]
            })
    }

    private static func calendar(_ days: [History.Entry], _ name: String) -> Markup {
        let (first, last) = (days[0].day, days[days.count - 1].day)
        let monday = first - first.weekday
        let weeks = (last - monday) / 7 + 1
        let counts = History.State.inOrder.map { state in (state, days.count { $0.state == state }) }
        let caption = counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0.rawValue)" }.joined(separator: ", ")
        // At least five weeks wide, as room for the name of a month.
        let size = (width: left + Double(max(5, weeks)) * step + 4, height: top + 7 * step + 2)
        let marks = days.map { entry in
            mark(entry, at: (left + Double((entry.day - monday) / 7) * step, top + Double(entry.day.weekday) * step))
        }
        return Picture(
            name: name, size: size, title: "Each day from \(HumanTime.fullDate(first)) to \(HumanTime.fullDate(last))",
            description: "\(caption). The table of the weeks has each of them.",
            content: months(from: monday, weeks: weeks, of: first...last) + weekdays + marks
        ).markup
    }

    /// The names of the months, each above the week in which the month begins.
    private static func months(from monday: Day, weeks: Int, of span: ClosedRange<Day>) -> [Markup] {
        var labels: [Markup] = []
        var free = -1.0
        var named: Int?
        for week in 0..<weeks {
            let days = (0..<7).map { monday + (week * 7 + $0) }.filter(span.contains)
            guard let day = days.first(where: { $0.components.day == 1 }) ?? (week == 0 ? span.lowerBound : nil) else {
                continue
            }
            let x = left + Double(week) * step
            if x < free { continue }
            let year = day.components.year
            let text = HumanTime.month(day) + (year == named ? "" : " \(year)")
            labels.append(.label(text, at: (x, top - 7)))
            free = x + Double(text.count) * 6.5 + 2
            named = year
        }
        return labels
    }

    private static var weekdays: [Markup] {
        [0, 2, 4, 6].map { row in
            .label(
                HumanTime.weekday(Day(ordinal: 4 + row)), at: (left - 6, top + Double(row) * step + 9), anchor: "end")
        }
    }

    private static func mark(_ entry: History.Entry, at place: Point) -> Markup {
        let words = "\(HumanTime.weekday(entry.day)) \(HumanTime.fullDate(entry.day)): \(entry.words)"
        return .element("g", [:], [.tag("title", [:], .text(words))] + shape(entry.state, entry.share, at: place))
    }

    /// The shape of a mark, also used in the legend.
    private static func shape(_ state: History.State, _ share: Double, at place: Point) -> [Markup] {
        let (x, y) = place
        let middle = (x: x + cell / 2, y: y + cell / 2)
        switch state {
        case .done: return [box("done", x, y, cell)]
        case .missed:
            let height = (cell - 2) * min(1, share)
            let part = Markup.rectangle("done", at: (x + 1, y + cell - 1 - height), cell - 2, height)
            return (share > 0 ? [part] : []) + [box("missed", x + 0.75, y + 0.75, cell - 1.5)]
        case .skipped: return [.rule("skipped", from: (x + 1.5, middle.y), cell - 3)]
        case .free: return [.circle("free", at: middle, 1.4)]
        case .pending: return [.circle("pending", at: middle, 4.2)]
        }
    }

    private static func box(_ kind: String, _ x: Double, _ y: Double, _ size: Double) -> Markup {
        .tag(
            "rect",
            ["class": kind, "x": length(x), "y": length(y), "width": length(size), "height": length(size), "rx": "2"])
    }

    /// Each mark with its name and its number of days.
    var legend: Markup {
        .legend(
            History.State.inOrder.filter { report.count($0) > 0 || $0 != .pending }.map { state in
                (Heatmap.shape(state, 0, at: (0, 0)), "\(report.count(state)) \(state.rawValue)", state.meaning)
            })
    }
}

extension History.Entry {
    /// The day's state in words, such as `done` or `missed, 1 of 3`.
    var words: String { state == .missed && tally.done > 0 ? "missed, \(tally.done) of \(tally.goal)" : state.rawValue }
}
