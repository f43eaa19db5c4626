internal import StretchBase

/// Reads `[[stretch]]`.
enum StretchReader {
    /// The stretch of one table; if the table has problems, the stretch is incomplete and is not used.
    static func stretch(_ table: KeyedTable) -> Stretch {
        var stretch = Stretch(id: table.id(of: "stretch"))
        table.line("title", into: &stretch.title, required: true, of: 1...100)
        table.line("purpose", into: &stretch.purpose, of: 0...1000)
        table.lines("muscles", into: &stretch.muscles)
        table.choice("position", into: &stretch.position)
        table.lines("needs", into: &stretch.needs)
        table.lines("preparation", into: &stretch.preparation)
        table.line("movement", into: &stretch.movement, required: true)
        dose(table, into: &stretch.dose)
        table.line("feel", into: &stretch.feel, of: 0...1000)
        table.lines("faults", into: &stretch.faults)
        table.lines("cautions", into: &stretch.cautions)
        table.bool("flexion", into: &stretch.flexion)
        table.lines("sources", into: &stretch.sources)
        var drawing = ""
        table.text("drawing", into: &drawing, allowed: drawingRule, where: isDrawing)
        stretch.drawing = drawing.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if stretch.drawing.last == "" { stretch.drawing.removeLast() }
        table.finish()
        return stretch
    }

    /// Reads the keys of a dose, from a stretch or from a step that overrides the dose of its stretch.
    static func dose(_ table: KeyedTable, into dose: inout Dose) {
        table.choice("sides", into: &dose.sides)
        table.duration("hold", into: &dose.hold, in: .seconds(1) ... .minutes(10))
        table.integer("repeats", into: &dose.repeats, in: 1...50)
        table.duration("rest", into: &dose.rest, in: .zero ... .minutes(10))
    }

    private static let drawingRule = "up to 12 lines of up to 40 ASCII characters"

    private static func isDrawing(_ text: String) -> Bool {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.count <= 13
            && lines.allSatisfy { $0.utf8.count <= 40 && $0.utf8.allSatisfy({ (32...126).contains($0) }) }
    }
}
