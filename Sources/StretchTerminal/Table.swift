internal import StretchBase

/// Rows of texts in columns, each as wide as its widest text.
package struct Table {
    package let gap: String
    private let widths: [Int]

    /// - Parameter rows: all rows of the table; some may have fewer columns than others.
    package init(_ rows: [[String]], gap: String = Terminal.gap) {
        self.gap = gap
        widths = (0..<(rows.map(\.count).max() ?? 0)).map { index in
            rows.reduce(0) { $1.indices.contains(index) ? max($0, $1[index].columns) : $0 }
        }
    }

    /// The width of the columns before `column`, with a gap after each; nil means all columns.
    package func width(before column: Int? = nil) -> Int {
        widths.prefix(column ?? widths.count).reduce(0) { $0 + $1 + gap.columns }
    }

    /// A row with its texts padded to the columns; cells beyond the last column stay as they are.
    package func line(_ cells: Terminal.Line) -> Terminal.Line {
        let filled = cells.enumerated().map { index, cell in
            Terminal.Piece(index < widths.count ? column(cell.text, widths[index]) : cell.text, cell.colour)
        }
        return Array(filled.map { [$0] }.joined(separator: [Terminal.Piece(gap)]))
    }

    /// A row like that of `line`, but without colours.
    package func text(_ cells: [String]) -> String { line(cells.map { Terminal.Piece($0) }).text }
}
