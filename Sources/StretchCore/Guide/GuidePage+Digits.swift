// Digits that can be read from the floor.

extension GuidePage {
    /// A countdown in big digits.
    ///
    /// - Parameters:
    ///   - text: digits and colons.
    ///   - scale: 1: five lines high; a dot is `scale` lines high and twice as many columns wide, which is about square.
    static func digits(_ text: String, scale: Int, dot: Character) -> [String] {
        let figures = text.compactMap { glyphs[$0] }
        return (0..<5).flatMap { row in
            let line = figures.map { glyph in
                glyph[row].map { String(repeating: $0 == "#" ? dot : " ", count: 2 * scale) }.joined()
            }.joined(separator: String(repeating: " ", count: 2 * scale))
            return Array(repeating: line, count: scale)
        }
    }

    /// How wide such digits are.
    static func digitsWidth(_ text: String, scale: Int) -> Int {
        text.compactMap { glyphs[$0]?[0].count }.reduce(-1) { $0 + $1 + 1 } * 2 * scale
    }

    private static let glyphs: [Character: [String]] = [
        "0": ["###", "# #", "# #", "# #", "###"],
        "1": [" # ", "## ", " # ", " # ", "###"],
        "2": ["###", "  #", "###", "#  ", "###"],
        "3": ["###", "  #", "###", "  #", "###"],
        "4": ["# #", "# #", "###", "  #", "  #"],
        "5": ["###", "#  ", "###", "  #", "###"],
        "6": ["###", "#  ", "###", "# #", "###"],
        "7": ["###", "  #", "  #", "  #", "  #"],
        "8": ["###", "# #", "###", "# #", "###"],
        "9": ["###", "# #", "###", "  #", "###"],
        ":": [" ", "#", " ", "#", " "],
    ]
}
