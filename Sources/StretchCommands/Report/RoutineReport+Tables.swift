import StretchBase
import StretchCore

/// The tables behind the pictures: each value, for readers of screens and for whoever wants to know exactly.
extension RoutineReport {
    var tables: Markup {
        days.isEmpty
            ? .nothing
            : .parts([
                .tag("h3", ["dir": "auto"], .text(routine.title)), folded("Days, strength and streak", weekTable),
                pain == nil ? .nothing : folded("Pain", painTable),
            ])
    }

    /// Closed on a screen, open on paper.
    private func folded(_ title: String, _ table: Markup) -> Markup {
        .tag(
            "details", [:], .tag("summary", [:], .text("\(title), week by week")),
            .tag("div", ["class": "scroll", "tabindex": "0", "role": "group", "aria-label": title], table))
    }

    private var weekTable: Markup {
        let weekdays = (0..<7).map { HumanTime.weekday(Day(ordinal: 4 + $0)) }
        return .table(
            "\(routine.title): each day, and how it stood at the end of the week",
            head: ["Week of"] + weekdays + ["Done of due", "Strength", "Streak"], weeks.map(row), ["id": name("weeks")])
    }

    private func row(_ week: HistoryWeek) -> [Markup] {
        let days = (0..<7).map { week[$0]?.words ?? "" }
        let sums = ["\(week.done) of \(week.due)", percentage(week.strength), counted(week.streak, "day")]
        return [.date(week.monday)] + (days + sums).map { .text($0) }
    }

    private var painTable: Markup {
        .table(
            "\(routine.title): pain, 0 to 10, and how much was done",
            head: ["Week of", "Mean before", "Mean after", "Each day, before → after", "Done of due days"],
            weeks.filter { $0.painBefore != nil || $0.pain != nil }.map { week in
                [
                    .date(week.monday), .text(week.painBefore.map { decimal($0) } ?? "–"),
                    .text(week.pain.map { decimal($0) } ?? "–"), .text(eachDay(week)),
                    .text("\(week.done) of \(week.due)"),
                ]
            }, ["id": name("pains")])
    }

    /// `Mon 4 → 3, Wed – → 2`.
    private func eachDay(_ week: HistoryWeek) -> String {
        week.days.filter { $0.tally.painBefore != nil || $0.tally.pain != nil }.map { entry in
            let (before, after) = (entry.tally.painBefore, entry.tally.pain)
            return
                "\(HumanTime.weekday(entry.day)) \(before.map(String.init) ?? "–") → \(after.map(String.init) ?? "–")"
        }.joined(separator: ", ")
    }

    /// What was noted, the newest first; nothing where nothing was.
    var notes: Markup {
        let noted = days.filter { !$0.tally.notes.isEmpty }
        if noted.isEmpty { return .nothing }
        return .parts([
            .tag("h3", [:], "Notes"),
            .table(
                "What was noted with \(routine.title), the newest first", head: ["Day", "Note"],
                noted.reversed().map { entry in
                    [
                        .date(entry.day),
                        .parts(
                            entry.tally.notes.map { note in
                                .element("p", ["dir": "auto"], lines(of: note))
                            }),
                    ]
                }, ["class": "notes"]),
        ])
    }

    private func lines(of note: String) -> [Markup] {
        note.split(whereSeparator: \.isNewline).enumerated().flatMap { index, line in
            (index > 0 ? [Markup.tag("br")] : []) + [.text(String(line))]
        }
    }
}
