import StretchBase
import StretchCore

/// The report's content about one routine, before it becomes pictures and words.
struct RoutineReport {
    let routine: Routine
    let origin: RoutineHistory.Origin
    /// The routine's number in the report; it makes the names of its parts unique.
    let number: Int
    /// The recorded days of the span.
    let days: [History.Entry]
    let weeks: [HistoryWeek]
    /// The history at the end of the span.
    let standing: History
    let pain: PainSummary?

    init(of history: RoutineHistory, number: Int, in span: ClosedRange<Day>) {
        routine = history.routine
        origin = history.origin
        self.number = number
        days = history.history.recordedDays(from: span.lowerBound, to: span.upperBound)
        weeks = [HistoryWeek](days)
        standing = history.history.upTo(span.upperBound)
        pain = PainSummary(weeks)
    }

    /// A name for a part of this routine's report, unique on the page.
    func name(_ part: String) -> String { "r\(number)-\(part)" }

    func count(_ state: History.State) -> Int { days.count { $0.state == state } }

    /// From the first to the last of `days`, which must not be empty.
    var recorded: ClosedRange<Day> { days[0].day...days[days.count - 1].day }

    /// The section of this routine, complete except for its tables.
    func section(_ picture: (Step) -> [UInt8]?) -> Markup {
        .element(
            "section", ["id": name("routine"), "aria-labelledby": name("title")],
            [.tag("h2", ["id": name("title"), "dir": "auto"], .text(routine.title)), paragraph(remark)]
                + (days.isEmpty ? [.tag("p", [:], "Nothing was recorded in this time.")] : history)
                + [origin == .removed ? .nothing : instructions(picture)])
    }

    private var remark: String {
        switch origin {
        case .configured: ""
        case .builtIn: "This routine is built in, and done without being planned."
        case .removed: "This routine is no longer in the configuration. Its history is kept."
        }
    }

    private var history: [Markup] {
        let heatmap = Heatmap(report: self)
        return [
            .tag("h3", [:], "Where it stands"), whereItStands,
            figure("Each day", heatmap.markup, table: "weeks", legend: heatmap.legend),
            figure("Strength and streak", HabitChart(report: self).markup, table: "weeks"), painFigure, notes,
        ]
    }

    /// - Parameter table: the name of the table with the same values.
    private func figure(_ title: String, _ picture: Markup, table: String, legend: Markup = .nothing) -> Markup {
        .tag(
            "figure", [:], .tag("figcaption", [:], .tag("h3", [:], .text(title))), picture, legend,
            .tag("p", ["class": "link"], .tag("a", ["href": "#\(name(table))"], "The same as a table")))
    }

    private var painFigure: Markup {
        guard pain != nil else { return .nothing }
        let chart = PainCurve(report: self)
        let legend = Markup.parts([
            .legend([
                ([.circle("before", at: (5.5, 5.5), 3.6)], "before", "the exercise"),
                ([.rectangle("after", at: (2.5, 2.5), 6, 6)], "after", "it, or told without a guide"),
            ]),
            .tag("p", [:], .text(chart.words.joined(separator: " "))),
            .tag(
                "p", ["class": "small"],
                "These numbers were recorded side by side. They do not say that one brought the other about."),
        ])
        return figure("Pain, and how much was done", chart.markup, table: "pains", legend: legend)
    }

    /// The numbers at the end of the span, each with its meaning.
    private var whereItStands: Markup {
        let (done, due) = (count(.done), days.count(where: \.isDue))
        let since = standing.since.map { "Since \(HumanTime.fullDate($0)). " } ?? ""
        return .tag(
            "dl", ["class": "standing"],
            number(
                "Streak", counted(standing.streak, "day"),
                since
                    + "Done days in a row, back to the last missed one; skipped and free days neither count nor end it."
            ),
            number("Longest streak", counted(standing.longest, "day"), "The most there ever were in a row."),
            number(
                "Strength", percentage(standing.strength),
                "How firm the habit is: it rises with every done day and sinks with every missed one. 30 days in a row "
                    + "make 80 %, one lapse after that leaves 76 %."),
            number(
                "Rate", standing.rate.map(percentage) ?? "–",
                standing.rate == nil
                    ? "Nothing was due in the last 30 days." : "Done days among the due ones of the last 30 days."),
            number(
                "In this time", due == 0 ? "–" : "\(done) of \(due) (\(percentage(Double(done) / Double(due))))",
                "Done days of the due ones. Due is a day on which it was asked for and that was not skipped."))
    }

    private func number(_ name: String, _ value: String, _ meaning: String) -> Markup {
        .tag(
            "div", [:], .tag("dt", [:], .text(name)), .tag("dd", ["class": "value"], .text(value)),
            .tag("dd", ["class": "small"], .text(meaning)))
    }

    // MARK: The routine itself, for a reader who does not know it: what is done, how much, and what to take care of

    /// - Parameter picture: gives the PNG for a step, or nil when there is none.
    func instructions(_ picture: (Step) -> [UInt8]?) -> Markup {
        .parts([
            .tag("h3", [:], "What is done"), .tag("p", [:], .text(plan)),
            .element(
                "ol", ["class": "steps"],
                routine.steps.enumerated().map { step($1, number: $0 + 1, picture($1)) }),
        ])
    }

    private var plan: String {
        let schedule = routine.schedule.prose ?? routine.schedule.words
        var sentences = [schedule.isEmpty ? "It is not planned for fixed times." : "Planned: \(schedule)."]
        if routine.dailyGoal > 1 { sentences.append("The goal is \(routine.dailyGoal) times a day.") }
        sentences.append(
            routine.steps.isEmpty
                ? "It has no steps of its own: it only asks."
                : "All of it takes about \(HumanTime.minutes(routine.length)).")
        return sentences.joined(separator: " ")
    }

    private func step(_ step: Step, number: Int, _ picture: [UInt8]?) -> Markup {
        let stretch = step.stretch
        return .tag(
            "li", [:], .tag("h4", ["dir": "auto"], .text("\(number). \(stretch.title)")),
            .tag(
                "div", ["class": "step"], drawing(of: step, picture),
                .tag(
                    "div", [:], .tag("p", [:], .tag("b", [:], "How much: "), .text(step.dose.words)),
                    paragraph(stretch.purpose),
                    .element("ol", [:], (stretch.preparation + [stretch.movement]).map { .tag("li", [:], .text($0)) }),
                    named("What to feel", [stretch.feel]), named("Needed", [stretch.needs.joined(separator: "; ")]),
                    named("Often done wrong", stretch.faults),
                    stretch.cautions.isEmpty
                        ? .nothing
                        : .tag("div", ["class": "care"], .tag("b", [:], "Take care"), .list(stretch.cautions)),
                    sources(stretch.sources))))
    }

    /// The picture or, if there is none, the drawing in plain text; nothing if there is no drawing either.
    private func drawing(of step: Step, _ picture: [UInt8]?) -> Markup {
        let title = "Drawing: \(step.stretch.title)"
        if let picture {
            return .tag(
                "img",
                [
                    "src": "data:image/png;base64,\(base64(picture))", "width": "160", "height": "160",
                    "alt": title,
                ])
        }
        let drawing = step.stretch.drawing(of: step.dose.sides.first)
        if drawing.isEmpty { return .nothing }
        let lines = drawing.flatMap { [Markup.text($0), .verbatim("\n")] }
        return .element("pre", ["role": "img", "aria-label": title], lines)
    }

    private func paragraph(_ text: String) -> Markup { text.isEmpty ? .nothing : .tag("p", [:], .text(text)) }

    private func named(_ name: String, _ texts: [String]) -> Markup {
        let texts = texts.filter { !$0.isEmpty }
        return texts.isEmpty
            ? .nothing : .tag("p", [:], .tag("b", [:], .text("\(name): ")), .text(texts.joined(separator: " ")))
    }

    // MARK: The tables with all values of the pictures, for screen readers and for people who want exact values

    var tables: Markup {
        if days.isEmpty { return .nothing }
        return .parts([
            .tag("h3", ["dir": "auto"], .text(routine.title)), folded("Days, strength and streak", weekTable),
            pain == nil ? .nothing : folded("Pain", painTable),
        ])
    }

    /// A table that is closed on a screen until somebody opens it, and always open on paper.
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

    /// The pains of each day, before and after, such as `Mon 4 → 3, Wed – → 2`.
    private func eachDay(_ week: HistoryWeek) -> String {
        week.days.filter { $0.tally.painBefore != nil || $0.tally.pain != nil }.map { entry in
            let pains = [entry.tally.painBefore, entry.tally.pain].map { $0.map(String.init) ?? "–" }
            return "\(HumanTime.weekday(entry.day)) \(pains.joined(separator: " → "))"
        }.joined(separator: ", ")
    }

    /// The notes, newest first; nothing if there are none.
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
                        .parts(entry.tally.notes.map { note in .element("p", ["dir": "auto"], lines(of: note)) }),
                    ]
                }, ["class": "notes"]),
        ])
    }

    private func lines(of note: String) -> [Markup] {
        Array(note.split(whereSeparator: \.isNewline).map { [.text(String($0))] }.joined(separator: [.tag("br")]))
    }
}

extension History.State {
    static let inOrder: [History.State] = [.done, .missed, .skipped, .free, .pending]

    var meaning: String {
        switch self {
        case .done: "as often as planned"
        case .missed: "asked, and not done"
        case .skipped: "left out on purpose, no harm to the streak"
        case .free: "not asked: a rest day, a pause, or the machine was off"
        case .pending: "still open"
        }
    }
}

/// A list of sources; an address at the end of a source becomes a link.
func sources(_ sources: [String]) -> Markup {
    if sources.isEmpty { return .nothing }
    return .tag(
        "div", ["class": "small sources"], .tag("b", [:], sources.count == 1 ? "Source" : "Sources"),
        .element("ul", [:], sources.map { .element("li", [:], linked($0)) }))
}

private func linked(_ source: String) -> [Markup] {
    let words = source.split(separator: " ", omittingEmptySubsequences: false)
    guard let address = words.last, address.hasPrefix("https://") || address.hasPrefix("http://") else {
        return [.text(source)]
    }
    return [
        .text(source.dropLast(address.count).description),
        .tag("a", ["href": String(address), "rel": "noreferrer"], .text(String(address))),
    ]
}

/// Base64 (RFC 4648).
private func base64(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    let text = stride(from: 0, to: bytes.count, by: 3).flatMap { start in
        let group = bytes[start..<min(start + 3, bytes.count)]
        let bits = group.enumerated().reduce(0) { $0 | Int($1.element) << (16 - 8 * $1.offset) }
        return (0..<4).map { $0 <= group.count ? digits[bits >> (18 - 6 * $0) & 63] : UInt8(ascii: "=") }
    }
    return String(decoding: text, as: UTF8.self)
}
