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
        table.line("cue", into: &stretch.cue, of: 0...40)
        dose(table, into: &stretch.dose)
        let isHeld = table.has("hold") || table.has("tempo")
        if table.has("sets"), !isHeld { count(table, at: Dose.usualTempo, into: &stretch.dose) }
        if stretch.dose.isCounted, !table.has("rest") { stretch.dose.rest = .minutes(1) }
        table.line("feel", into: &stretch.feel, of: 0...1000)
        table.lines("faults", into: &stretch.faults)
        table.lines("cautions", into: &stretch.cautions)
        table.bool("flexion", into: &stretch.flexion)
        avoidances("not_for", of: table, into: &stretch.notFor)
        var instead = ""
        table.text("instead", into: &instead, allowed: "the id of a stretch, or \"\" for none", meant: { _ in [] }) {
            _ in true
        }
        stretch.instead = instead.isEmpty ? nil : instead
        table.lines("sources", into: &stretch.sources)
        var drawing = ""
        table.text("drawing", into: &drawing, allowed: drawingRule, where: isDrawing)
        stretch.drawing = drawing.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if stretch.drawing.last == "" { stretch.drawing.removeLast() }
        stretch.levels = levels(table, above: stretch.dose)
        table.finish()
        return stretch
    }

    /// A person's own stretch.
    ///
    /// With the id of a built-in one, it is the same exercise in other words: whom that is not for, it is not for
    /// either, unless it says so itself.
    static func own(_ table: KeyedTable) -> Stretch {
        var stretch = stretch(table)
        guard let builtIn = StretchLibrary.stretch(stretch.id) else { return stretch }
        if !table.has("position") { stretch.position = builtIn.position }
        if !table.has("not_for") { stretch.notFor = builtIn.notFor }
        if !table.has("instead") { stretch.instead = builtIn.instead }
        return stretch
    }

    /// Reads the keys of a dose, from a stretch or from a step that overrides the dose of its stretch.
    static func dose(_ table: KeyedTable, into dose: inout Dose) {
        table.choice("sides", into: &dose.sides)
        table.choice("order", into: &dose.order)
        amount(table, into: &dose)
        table.duration("rest", into: &dose.rest, in: .zero ... .minutes(10))
        table.duration("prepare", into: &dose.prepare, in: .seconds(5) ... .minutes(10))
        table.duration("change", into: &dose.change, in: .zero ... .minutes(10))
    }

    /// Reads how often a stretch is done and how long.
    private static func amount(_ table: KeyedTable, into dose: inout Dose) {
        table.integer("sets", into: &dose.sets, in: 1...20)
        table.integer("repeats", into: &dose.repeats, in: 1...50)
        if table.has("hold") { dose.isCounted = false }
        table.duration("hold", into: &dose.hold, in: .seconds(1) ... .minutes(10))
        var tempo = Dose.usualTempo
        table.duration("tempo", into: &tempo, in: .seconds(1) ... .minutes(1))
        guard table.has("tempo") else { return }
        if table.has("hold") { table.note("tempo", "cannot stand beside hold; take one of them out") }
        count(table, at: tempo, into: &dose)
    }

    /// Makes a dose counted; then each side has its repeats in one go, unless the table says otherwise.
    private static func count(_ table: KeyedTable, at tempo: Duration, into dose: inout Dose) {
        dose.count(at: tempo)
        if !table.has("order") { dose.order = .sideBySide }
    }

    /// Reads `[[stretch.level]]`: what a level does not say is as in the one before it.
    private static func levels(_ table: KeyedTable, above dose: Dose) -> [Dose] {
        let tables = table.tables("level") ?? []
        table.limit("level", to: 20, "levels", in: tables.count)
        var dose = dose
        return tables.map { level in
            let before = dose
            amount(level, into: &dose)
            if !level.hasProblems {
                if dose == before { level.note("hold", "changes nothing; raise hold or repeats") }
                if dose.isLess(than: before) {
                    let key = ["repeats", "sets", "tempo"].first(where: level.has) ?? "hold"
                    level.note(key, "asks for less than what comes before it; raise hold or repeats")
                }
            }
            level.finish()
            return dose
        }
    }

    /// Whether a step says how much of its stretch is done.
    static func hasAmount(_ table: KeyedTable) -> Bool {
        ["sets", "repeats", "hold", "tempo"].contains(where: table.has)
    }

    /// Reads a list of what people avoid.
    static func avoidances(_ key: String, of table: KeyedTable, into target: inout [Avoidance]) {
        let names = Avoidance.allCases.map(\.rawValue)
        table.list(key, into: &target, allowed: names.map { quoted($0) }.joined(separator: ", ")) {
            text throws(TextRefusal) in
            if let avoidance = Avoidance(rawValue: text) { return avoidance }
            let word = text.lowercased().trimmed(where: \.isWhitespace).replacing("_", with: "-").replacing(
                " ", with: "-")
            let meant = otherNames.first { $0.value.contains(word) }?.key.rawValue ?? word
            throw TextRefusal("unknown; \(Spelling.remedy(for: meant, among: names, quotes: quoted))")
        }
        target = Avoidance.allCases.filter(target.contains)
    }

    /// What people may call it.
    private static let otherNames: [Avoidance: [String]] = [
        .floor: ["ground", "lying", "lie-down", "getting-down", "on-the-floor"],
        .kneeling: ["knee", "knees", "kneel", "knee-pain", "knee-replacement"],
        .wrists: ["wrist", "hand", "hands", "wrist-pain", "carpal-tunnel"],
        .pregnancy: ["pregnant"],
        .osteoporosis: ["bones", "fracture", "spinal-fracture", "osteopenia"],
        .stenosis: ["spinal-stenosis", "narrow-canal", "spondylolisthesis"],
        .hipReplacement: ["hip", "hips", "artificial-hip", "hip-prosthesis", "hip-operation", "new-hip"],
    ]

    private static let drawingRule = "up to 12 lines of up to 40 ASCII characters"

    private static func isDrawing(_ text: String) -> Bool {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.count <= 13
            && lines.allSatisfy { $0.utf8.count <= 40 && $0.utf8.allSatisfy({ (32...126).contains($0) }) }
    }
}
