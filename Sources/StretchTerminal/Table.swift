internal import StretchBase

/// Texts one below the other, in columns that are as wide as their widest text.
package struct Table {
    package let gap: String
    private let widths: [Int]

    /// - Parameter rows: one may have fewer columns than another.
    package init(_ rows: [[String]], gap: String = Terminal.gap) {
        self.gap = gap
        widths = (0..<(rows.map(\.count).max() ?? 0)).map { index in
            rows.reduce(0) { $1.indices.contains(index) ? max($0, $1[index].columns) : $0 }
        }
    }

    /// How wide its first so many columns are with the gaps behind them; nil: all of them.
    package func width(before column: Int? = nil) -> Int {
        widths.prefix(column ?? widths.count).reduce(0) { $0 + $1 + gap.columns }
    }

    /// Its texts filled up; what lies behind its columns stays as it is.
    package func line(_ cells: Terminal.Line) -> Terminal.Line {
        let filled = cells.enumerated().map { index, cell in
            Terminal.Piece(index < widths.count ? column(cell.text, widths[index]) : cell.text, cell.colour)
        }
        return Array(filled.map { [$0] }.joined(separator: [Terminal.Piece(gap)]))
    }
}
