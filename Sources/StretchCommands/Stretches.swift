import ArgumentParser
import StretchBase
import StretchCore
import StretchFiles
import StretchTerminal

struct Stretches: Command {
    static let configuration = CommandConfiguration(
        commandName: "stretches", abstract: "Shows the stretches, and when not to stretch.",
        discussion: """
              stretchd stretches                 all of them
              stretchd stretches glute-bridge    one in full, with its sources
            """)

    @Argument(help: ArgumentHelp("Show this stretch in full.", valueName: "stretch"))
    var id: String?

    @Flag(help: "Print JSON, for scripts.")
    var json = false

    func run(in context: Context) throws {
        let list = StretchList(try Installation(context).readConfiguration().configuration)
        if let id { try context.tell(list.entry(id), asJSON: json) } else { try context.tell(list, asJSON: json) }
    }
}

/// The stretches, the person's own first, and the built-in routines.
struct StretchList: Answer {
    let entries: [Entry]
    let routines: [Routine]
    /// A routine that is asked for only as long as the file has none; nil if the file has some.
    let fallback: Routine.ID?

    struct Entry: Answer {
        let stretch: Stretch
        /// Whether the stretch is in the person's configuration.
        let isOwn: Bool
        /// How long a guide takes that leads only through this stretch.
        var length: Duration { Routine(stretch).length }
    }

    init(_ configuration: Configuration) {
        let own = configuration.stretches
        let others = StretchLibrary.all.filter { stretch in !own.contains { $0.id == stretch.id } }
        entries = own.map { Entry(stretch: $0, isOwn: true) } + others.map { Entry(stretch: $0, isOwn: false) }
        // A configured routine replaces the built-in one of the same id. One without steps cannot be guided.
        fallback = configuration.hasOwnRoutines ? nil : configuration.routines.first?.id
        routines = Routine.builtIn.map { configuration.routine($0.id) ?? configuration.builtIn($0.id) ?? $0 }
            .filter { !$0.steps.isEmpty }
    }

    func entry(_ id: String) throws -> Entry {
        if let entry = entries.first(where: { $0.stretch.id == id }) { return entry }
        let known = entries.map(\.stretch.id)
        // A part of an id, such as bridge, is enough for a suggestion.
        let alike =
            Spelling.nearest(to: id, among: known) ?? known.first { !id.isEmpty && $0.contains(id.lowercased()) }
        let remedy =
            if let alike {
                "did you mean \(alike)?"
            } else if routines.contains(where: { $0.id == id }) {
                "\(id) is a routine: stretchd guide \(id)"
            } else {
                "there \(known.count == 1 ? "is" : "are") \(known.joined(separator: ", "))"
            }
        throw Complaint(.badInput, "no stretch \"\(oneLine(id))\"; \(remedy)")
    }
}

extension Routine {
    fileprivate init(_ stretch: Stretch) {
        self.init(id: stretch.id, title: stretch.title, schedule: Schedule([]), steps: [Step(stretch)])
    }
}

// The keys and values of a stretch and its dose are written as in the configuration. Keys may be added, but never
// removed or renamed.

extension StretchList {
    var json: JSON {
        .object([
            "stretches": .array(entries.map(\.json)),
            "routines": .array(
                routines.map { routine in
                    .object([
                        "id": .text(routine.id), "title": .text(routine.title), "length": .span(routine.length),
                        "held": .span(routine.held),
                        "steps": .array(
                            routine.steps.map { step in
                                .object([
                                    "stretch": .text(step.stretch.id), "sides": .text(step.dose.sides.rawValue),
                                    "hold": step.dose.heldFor, "repeats": .integer(step.dose.repeats),
                                    "rest": .span(step.dose.rest), "order": .text(step.dose.order.rawValue),
                                    "sets": .integer(step.dose.sets), "tempo": step.dose.tempo,
                                    "prepare": .span(step.dose.prepare), "change": .span(step.dose.change),
                                ])
                            }),
                    ])
                }),
        ])
    }

    /// The text of the whole list; the signs are what stays in sight on a screen that is too small for all of it.
    func text(on terminal: Terminal) -> String {
        var prose = Prose(on: terminal)
        writeStretches(to: &prose)
        if let example = routines.last?.id { writeRoutines(to: &prose, example: example) }
        prose.gap()
        prose.paragraph(Safety.signsTitle, .yellow)
        for sign in Safety.warningSigns { prose.paragraph(sign, lead: "- ", .yellow) }
        prose.paragraph(Safety.stopRule, .yellow)
        return prose.text
    }

    private func writeRoutines(to prose: inout Prose, example: String) {
        prose.gap()
        let cells = routines.map { [$0.id, rightColumn(HumanTime.minutes($0.length), 6)] }
        let table = Table(cells)
        for (routine, cells) in zip(routines, cells) {
            let lead = table.text(cells) + table.gap
            let titles = routine.steps.map(\.stretch.title).joined(separator: ", ")
            prose.paragraph("\(titles); \(TimeSpan.format(routine.held)) in holds", lead: lead)
        }
        for (routine, text) in Safety.tries {
            prose.gap()
            prose.paragraph(text, lead: "\(routine): ")
        }
        prose.paragraph("This is a try, not a diagnosis.")
        prose.gap()
        let guide = Prose.unbroken("stretchd guide \(example)")
        prose.paragraph("One in full: \(Prose.unbroken("stretchd stretches ID")); step by step: \(guide)", .faint)
        // The first [[routine]] in the file replaces the built-in one.
        let tables = fallback.map { "too: [[routine]] for \($0) and \(example)" } ?? "too: a [[routine]] for it"
        prose.paragraph("To be asked for \(example), \(tables); see \(Prose.unbroken("man 5 stretchd"))", .faint)
    }

    /// Writes a line for each stretch, or two if one is too wide for the terminal.
    private func writeStretches(to prose: inout Prose) {
        let terminal = prose.terminal
        let facts = entries.map {
            [$0.stretch.position.rawValue, HumanTime.minutes($0.length)] + ($0.isOwn ? ["yours"] : [])
        }
        let rows = zip(entries, facts).map { entry, facts in
            [entry.stretch.id, entry.stretch.title, facts[0], rightColumn(facts[1], 6)] + facts.dropFirst(2)
        }
        let table = Table(rows)
        let fits = table.width() - table.gap.columns <= terminal.width ?? .max
        for (index, entry) in entries.enumerated() {
            if fits {
                let cells = rows[index].enumerated().map { Terminal.Piece($1, $0 == 0 ? .bold : nil) }
                prose.line(terminal.paint(table.line(cells)))
            } else {
                prose.line(terminal.paint(entry.stretch.id, .bold))
                prose.paragraph(
                    ([entry.stretch.title] + facts[index]).joined(separator: terminal.separator), lead: "   ")
            }
        }
    }
}

extension StretchList.Entry {
    var json: JSON {
        let dose = stretch.dose
        return .object([
            "id": .text(stretch.id), "title": .text(stretch.title), "purpose": .text(stretch.purpose),
            "muscles": .texts(stretch.muscles), "position": .text(stretch.position.rawValue),
            "needs": .texts(stretch.needs), "preparation": .texts(stretch.preparation),
            "movement": .text(stretch.movement), "cue": .text(stretch.cue), "sides": .text(dose.sides.rawValue),
            "hold": dose.heldFor, "repeats": .integer(dose.repeats), "rest": .span(dose.rest),
            "order": .text(dose.order.rawValue), "sets": .integer(dose.sets), "tempo": dose.tempo,
            "prepare": .span(dose.prepare), "change": .span(dose.change), "feel": .text(stretch.feel),
            "faults": .texts(stretch.faults), "cautions": .texts(stretch.cautions), "flexion": .bool(stretch.flexion),
            "not_for": .texts(stretch.notFor.map(\.rawValue)), "instead": .text(stretch.instead ?? ""),
            "sources": .texts(stretch.sources),
            "level": stretch.levels.isEmpty ? .null : .array(stretch.levels.map(\.level)),
            "drawing": .text(stretch.drawing.joined(separator: "\n")),
            "length": .span(length), "own": .bool(isOwn),
        ])
    }

    /// The full text of one stretch.
    func text(on terminal: Terminal) -> String {
        var prose = Prose(on: terminal)
        prose.heading(stretch.title)
        let facts =
            [stretch.id, stretch.position.rawValue, "about \(HumanTime.minutes(length))"] + (isOwn ? ["yours"] : [])
        prose.paragraph(facts.joined(separator: terminal.separator), .faint)
        if !stretch.purpose.isEmpty {
            prose.gap()
            prose.paragraph(stretch.purpose)
        }
        prose.drawing(stretch.drawing)
        prose.gap()
        // Semicolons, because the items may contain commas.
        prose.fact("Muscles", stretch.muscles.joined(separator: "; "))
        prose.fact("You need", stretch.needs.joined(separator: "; "))
        prose.fact("In short", stretch.cue)
        prose.fact("How much", stretch.dose.words)
        prose.fact(
            "Later",
            stretch.levels.map(\.amount).joined(separator: ", then ")
                + (stretch.levels.isEmpty ? "" : "; the guide asks first"))
        // A person's own stretch without `flexion` is not known to be safe for the lower back.
        prose.fact("Lower back", stretch.flexion ? "bends forward" : isOwn ? "" : "does not bend forward")
        prose.fact("Not for", stretch.notFor.map(\.rawValue).joined(separator: ", "))
        prose.fact("Instead", stretch.instead ?? "")

        prose.heading("How to do it")
        for (index, text) in stretch.preparation.enumerated() { prose.paragraph(text, lead: "\(index + 1). ") }
        prose.paragraph(stretch.movement, lead: stretch.preparation.isEmpty ? "" : "\(stretch.preparation.count + 1). ")
        prose.section("What you should feel", stretch.feel.isEmpty ? [] : [stretch.feel])
        prose.section("Often done wrong", stretch.faults)
        prose.section("Take care", stretch.cautions)
        prose.gap()
        // Add the stop rule only to the person's own stretches: the built-in ones have it among their cautions.
        prose.paragraph(
            "\(isOwn ? Safety.stopRule + " " : "")When not to stretch at all: \(Prose.unbroken("stretchd stretches"))",
            .yellow)
        prose.paragraph(Safety.noCure)
        prose.section("Sources", stretch.sources + Safety.sources, .faint)
        return prose.text
    }
}

extension JSON {
    fileprivate static func texts(_ texts: [String]) -> JSON { .array(texts.map { .text($0) }) }
    fileprivate static func span(_ span: Duration) -> JSON { .text(TimeSpan.format(span)) }
}

extension Prose {
    /// Writes a drawing, indented where there is room.
    fileprivate mutating func drawing(_ lines: [String]) {
        guard let widest = lines.map(\.columns).max() else { return }
        gap()
        for line in lines { self.line(line, indent: min(4, max(0, width - widest))) }
    }

    /// Writes a name and its text; nothing if the text is empty.
    fileprivate mutating func fact(_ name: String, _ text: String) {
        paragraph(text, lead: column(name, "Lower back   ".columns))
    }

    /// Writes a heading and its texts; nothing if there are no texts.
    fileprivate mutating func section(_ title: String, _ texts: [String], _ colour: Terminal.Colour? = nil) {
        guard !texts.isEmpty else { return }
        heading(title)
        for text in texts { paragraph(text, lead: texts.count > 1 ? "- " : "", colour) }
    }
}

extension Dose {
    /// Such as `left, then right side: hold 15s, 3 times each, with 10s of rest in between`.
    var words: String {
        let isByTurns = order == .alternating && repeats > 1
        let side =
            switch sides {
            case .both: isByTurns ? "left and right side by turns: " : "left, then right side: "
            case .left: "left side only: "
            case .right: "right side only: "
            case .none: ""
            }
        let times = repeats == 1 ? "once" : "\(repeats) times"
        let each = sides == .both ? " each" : ""
        let amount =
            isCounted
            ? "\(times)\(each), \(TimeSpan.format(hold)) a time" : "hold \(TimeSpan.format(hold)), \(times)\(each)"
        let pause = hasRest ? ", with \(TimeSpan.format(rest)) of rest in between" : ""
        return "\(side)\(sets > 1 ? "\(sets) sets: " : "")\(amount)\(pause)"
    }

    // As the configuration has them: one of hold and tempo.
    fileprivate var heldFor: JSON { isCounted ? .null : .span(hold) }
    fileprivate var level: JSON {
        .object(["sets": .integer(sets), "repeats": .integer(repeats), isCounted ? "tempo" : "hold": .span(hold)])
    }
    fileprivate var tempo: JSON { isCounted ? .span(hold) : .null }
}
