import StretchBase
import StretchCore

extension RoutineReport {
    /// All of one routine: where it stands, the pictures, the notes, what is done, the numbers.
    func section(_ picture: (Stretch) -> [UInt8]?) -> Markup {
        .element(
            "section", ["id": name("routine"), "aria-labelledby": name("title")],
            [.tag("h2", ["id": name("title"), "dir": "auto"], .text(routine.title))]
                + [remark].compactMap { $0.map { .tag("p", [:], .text($0)) } }
                + (days.isEmpty ? [.tag("p", [:], "Nothing was recorded in this time.")] : history)
                + [origin == .removed ? .nothing : instructions(picture)])
    }

    private var remark: String? {
        switch origin {
        case .configured: nil
        case .builtIn: "This routine is built in, and done without being planned."
        case .removed: "This routine is no longer in the configuration. Its history is kept."
        }
    }

    private var history: [Markup] {
        let heatmap = Heatmap(report: self)
        return [
            .tag("h3", [:], "Where it stands"), whereItStands,
            figure("Each day", heatmap.markup, table: "weeks", legend: heatmap.legend),
            figure("Strength and streak", HabitChart(report: self).markup, table: "weeks"),
            painFigure, notes,
        ]
    }

    /// - Parameter table: the name of the one behind the picture.
    private func figure(_ title: String, _ picture: Markup, table: String, legend: Markup = .nothing) -> Markup {
        .parts([
            .tag(
                "figure", [:], .tag("figcaption", [:], .tag("h3", [:], .text(title))), picture, legend,
                .tag("p", ["class": "link"], .tag("a", ["href": "#\(name(table))"], "The same as a table")))
        ])
    }

    private var painFigure: Markup {
        guard pain != nil else { return .nothing }
        let chart = PainCurve(report: self)
        let legend = Markup.parts([
            .tag(
                "ul", ["class": "legend"],
                .tag(
                    "li", [:],
                    .tag(
                        "svg", ["class": "mark", "viewBox": "0 0 11 11", "aria-hidden": "true"],
                        .tag("circle", ["class": "before", "cx": "5.5", "cy": "5.5", "r": "3.6"])),
                    .tag("b", [:], "before"), " the exercise"),
                .tag(
                    "li", [:],
                    .tag(
                        "svg", ["class": "mark", "viewBox": "0 0 11 11", "aria-hidden": "true"],
                        .tag("rect", ["class": "after", "x": "2.5", "y": "2.5", "width": "6", "height": "6"])),
                    .tag("b", [:], "after"), " it, or told without a guide")),
            .tag("p", [:], .text(chart.words.joined(separator: " "))),
            .tag(
                "p", ["class": "small"],
                "These numbers were recorded side by side. They do not say that one brought the other about."),
        ])
        return figure("Pain, and how much was done", chart.markup, table: "pains", legend: legend)
    }

    /// The numbers, each with what it means.
    private var whereItStands: Markup {
        let done = count(.done)
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
}
