/// Digits and words in big letters, which a person on the floor can read.
enum BlockText {
    /// The size of a dot on the terminal; a letter is five dots high, and most are three wide.
    struct Dot: Hashable {
        let rows: Int
        let columns: Int

        /// From the largest to the smallest.
        ///
        /// A character is about twice as high as it is wide. The dots are narrower than a square, so that digits, a
        /// word and a drawing fit beside each other on 80 columns.
        static let sizes = [
            Dot(rows: 3, columns: 5), Dot(rows: 2, columns: 3), Dot(rows: 1, columns: 2), Dot(rows: 1, columns: 1),
        ]
    }

    /// The text in lines of equal width.
    ///
    /// - Parameter ink: the character of which the letters consist.
    static func lines(_ text: String, dot: Dot, ink: Character) -> [String] {
        let figures = text.compactMap { glyphs[$0] }
        return (0..<5).flatMap { row in
            let line = figures.map { glyph in
                glyph[row].map { String(repeating: $0 == "#" ? ink : " ", count: dot.columns) }.joined()
            }.joined(separator: String(repeating: " ", count: dot.columns))
            return Array(repeating: line, count: dot.rows)
        }
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
        "A": ["###", "# #", "###", "# #", "# #"],
        "C": ["###", "#  ", "#  ", "#  ", "###"],
        "D": ["## ", "# #", "# #", "# #", "## "],
        "E": ["###", "#  ", "## ", "#  ", "###"],
        "F": ["###", "#  ", "## ", "#  ", "#  "],
        "G": ["###", "#  ", "# #", "# #", "###"],
        "H": ["# #", "# #", "###", "# #", "# #"],
        "I": ["#", "#", "#", "#", "#"],
        "L": ["#  ", "#  ", "#  ", "#  ", "###"],
        "M": ["#   #", "## ##", "# # #", "#   #", "#   #"],
        "N": ["## ", "# #", "# #", "# #", "# #"],
        "O": ["###", "# #", "# #", "# #", "###"],
        "P": ["###", "# #", "###", "#  ", "#  "],
        "R": ["## ", "# #", "## ", "# #", "# #"],
        "S": ["###", "#  ", "###", "  #", "###"],
        "T": ["###", " # ", " # ", " # ", " # "],
        "U": ["# #", "# #", "# #", "# #", "###"],
        "V": ["# #", "# #", "# #", "# #", " # "],
        "Y": ["# #", "# #", "###", " # ", " # "],
    ]
}
