internal import StretchBase

/// Reads `[[stretch]]`.
enum StretchReader {
    /// The stretch of one table; if something is wrong, it has gaps, but nobody uses it.
    static func stretch(_ table: KeyedTable) -> Stretch {
        var stretch = Stretch(id: table.id(of: "stretch"))
        table.text(
            "title", into: &stretch.title, required: true, allowed: ConfigurationReader.titleRule,
            where: ConfigurationReader.isTitle)
        table.text("purpose", into: &stretch.purpose, allowed: optionalTextRule, where: isOptionalText)
        table.list("muscles", into: &stretch.muscles, allowed: textsRule, line)
        table.choice("position", into: &stretch.position)
        table.list("needs", into: &stretch.needs, allowed: textsRule, line)
        table.list("preparation", into: &stretch.preparation, allowed: textsRule, line)
        table.text("movement", into: &stretch.movement, required: true, allowed: textRule, where: isText)
        dose(table, into: &stretch.dose)
        table.text("feel", into: &stretch.feel, allowed: optionalTextRule, where: isOptionalText)
        table.list("faults", into: &stretch.faults, allowed: textsRule, line)
        table.list("cautions", into: &stretch.cautions, allowed: textsRule, line)
        table.bool("flexion", into: &stretch.flexion)
        table.list("sources", into: &stretch.sources, allowed: textsRule, line)
        var drawing = ""
        table.text("drawing", into: &drawing, allowed: drawingRule, where: isDrawing)
        stretch.drawing = drawing.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if stretch.drawing.last == "" { stretch.drawing.removeLast() }
        table.finish()
        return stretch
    }

    /// Reads the keys of a dose: in a stretch, or in a step of a routine that overrides them.
    static func dose(_ table: KeyedTable, into dose: inout Dose) {
        table.choice("sides", into: &dose.sides)
        table.duration("hold", into: &dose.hold, in: .seconds(1) ... .minutes(10))
        table.integer("repeats", into: &dose.repeats, in: 1...50)
        table.duration("rest", into: &dose.rest, in: .zero ... .minutes(10))
    }

    private static let textRule = "one line of 1 to 1000 characters"
    private static let optionalTextRule = "one line of up to 1000 characters"
    private static let textsRule = "lines of text in quotes, each of 1 to 1000 characters, one or a list"
    private static let drawingRule = "up to 12 lines of up to 40 ASCII characters"

    private static func isText(_ text: String) -> Bool {
        (1...1000).contains(text.count) && text == oneLine(text) && !text.allSatisfy(\.isWhitespace)
    }

    private static func isOptionalText(_ text: String) -> Bool { text.isEmpty || isText(text) }

    private static func line(_ text: String) throws(KeyedTable.Refusal) -> String {
        guard isText(text) else { throw KeyedTable.Refusal("allowed: \(textRule)") }
        return text
    }

    private static func isDrawing(_ text: String) -> Bool {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.count <= 13
            && lines.allSatisfy { $0.utf8.count <= 40 && $0.utf8.allSatisfy({ (32...126).contains($0) }) }
    }
}
