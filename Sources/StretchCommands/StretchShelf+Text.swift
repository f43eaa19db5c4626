import StretchBase
import StretchCore

// All of it.
extension StretchShelf {
    func text(on terminal: Terminal) -> String {
        var page = Page(on: terminal)
        writeStretches(to: &page)
        if let example = routines.last?.id { writeRoutines(to: &page, example: example) }
        page.heading("When not to stretch")
        page.paragraph("Do not stretch, and get urgent care, with any of these:", .yellow)
        for sign in Safety.warningSigns { page.paragraph(sign, lead: "- ", .yellow) }
        page.gap()
        page.paragraph(Safety.stopRule, .yellow)
        page.paragraph(Safety.noCure)
        page.section("Sources", Safety.sources, .faint)
        return page.text
    }

    private func writeRoutines(to page: inout Page, example: String) {
        page.heading("Routines")
        let idWidth = routines.map(\.id.columns).max() ?? 0
        for routine in routines {
            let lead = "\(column(routine.id, idWidth))   \(rightColumn(minutes(routine.length), 6))   "
            page.paragraph(routine.steps.map(\.stretch.title).joined(separator: ", "), lead: lead)
        }
        page.gap()
        page.paragraph(
            "Step by step, now: \(Page.unbroken("stretchd guide \(example)")). To be asked for it: [[routine]] with "
                + Page.unbroken("id = \"\(example)\"") + " and a schedule in config.toml; see "
                + Page.unbroken("man 5 stretchd") + ".",
            .faint)
    }

    /// A line each, or two where that is too wide for the terminal.
    private func writeStretches(to page: inout Page) {
        page.heading("Stretches")
        let terminal = page.terminal
        let idWidth = entries.map(\.stretch.id.columns).max() ?? 0
        let titleWidth = entries.map(\.stretch.title.columns).max() ?? 0
        let facts = entries.map { [$0.stretch.position.rawValue, minutes($0.length)] + ($0.isOwn ? ["yours"] : []) }
        let positionWidth = facts.map(\.[0].columns).max() ?? 0
        let rows = zip(entries, facts).map { entry, facts in
            [
                column(entry.stretch.title, titleWidth), column(facts[0], positionWidth),
                rightColumn(facts[1], 6),
            ] + facts.dropFirst(2)
        }
        let width = rows.map { $0.joined(separator: "   ").columns }.max() ?? 0
        let fits = terminal.width.map { idWidth + 3 + width <= $0 } ?? true
        for (index, entry) in entries.enumerated() {
            let id = terminal.paint(fits ? column(entry.stretch.id, idWidth) : entry.stretch.id, .bold)
            if fits {
                page.line(([id] + rows[index]).joined(separator: "   "))
            } else {
                page.line(id)
                page.paragraph(
                    ([entry.stretch.title] + facts[index]).joined(separator: terminal.separator), lead: "   ")
            }
        }
        page.gap()
        page.paragraph("One in full: \(Page.unbroken("stretchd stretches ID"))", .faint)
    }
}

// One in full.
extension StretchShelf.Entry {
    func text(on terminal: Terminal) -> String {
        var page = Page(on: terminal)
        page.heading(stretch.title)
        let facts = [stretch.id, stretch.position.rawValue, "about \(minutes(length))"] + (isOwn ? ["yours"] : [])
        page.paragraph(facts.joined(separator: terminal.separator), .faint)
        if !stretch.purpose.isEmpty {
            page.gap()
            page.paragraph(stretch.purpose)
        }
        page.drawing(stretch.drawing)
        page.gap()
        // There may be commas in them.
        page.fact("Muscles", stretch.muscles.joined(separator: "; "))
        page.fact("You need", stretch.needs.joined(separator: "; "))
        page.fact("How much", stretch.dose.words)
        // Who wrote one and left that out has not said that it is safe.
        page.fact("Lower back", stretch.flexion ? "bends forward" : isOwn ? "" : "does not bend forward")

        page.heading("How to do it")
        for (index, text) in stretch.preparation.enumerated() { page.paragraph(text, lead: "\(index + 1). ") }
        page.paragraph(stretch.movement, lead: stretch.preparation.isEmpty ? "" : "\(stretch.preparation.count + 1). ")
        page.section("What you should feel", stretch.feel.isEmpty ? [] : [stretch.feel])
        page.section("Often done wrong", stretch.faults)
        page.section("Take care", stretch.cautions)
        page.gap()
        // The built-in ones say it among their cautions.
        page.paragraph(
            "\(isOwn ? Safety.stopRule + " " : "")When not to stretch at all: \(Page.unbroken("stretchd stretches"))",
            .yellow)
        page.section("Sources", stretch.sources, .faint)
        return page.text
    }
}

extension Page {
    /// Moved in, where there is room for that.
    fileprivate mutating func drawing(_ lines: [String]) {
        guard let widest = lines.map(\.columns).max() else { return }
        gap()
        for line in lines { self.line(line, indent: min(4, max(0, width - widest))) }
    }

    /// A name and what it is; nothing when that is empty.
    fileprivate mutating func fact(_ name: String, _ text: String) {
        paragraph(text, lead: column(name, "Lower back   ".columns))
    }

    /// Nothing when it is empty.
    fileprivate mutating func section(_ title: String, _ texts: [String], _ colour: Terminal.Colour? = nil) {
        guard !texts.isEmpty else { return }
        heading(title)
        for text in texts { paragraph(text, lead: texts.count > 1 ? "- " : "", colour) }
    }
}

extension Dose {
    /// Such as `left, then right side: hold 15s, 3 times each, with 10s of rest in between`.
    var words: String {
        let side =
            switch sides {
            case .both: "left, then right side: "
            case .left: "left side only: "
            case .right: "right side only: "
            case .none: ""
            }
        let times = repeats == 1 ? "once" : "\(repeats) times"
        let each = sides == .both ? " each" : ""
        let pause = repeats > 1 && rest > .zero ? ", with \(TimeSpan.format(rest)) of rest in between" : ""
        return "\(side)hold \(TimeSpan.format(hold)), \(times)\(each)\(pause)"
    }
}

/// A length in whole minutes.
func minutes(_ length: Duration) -> String { "\(max(1, (length.components.seconds + 30) / 60)) min" }
