package import StretchCore

/// The pain, 0 to 10, week by week.
///
/// Pain before the routine is a stroke, pain after it is a bar. So they differ without colours too.
package struct PainChart: Hashable, Sendable {
    /// The lines from top to bottom, with two characters for each week.
    package let lines: [Terminal.Line]

    /// The height in lines; each line stands for two steps of pain.
    package static let height = 5

    package init(of weeks: [HistoryWeek], hasSymbols: Bool) {
        let signs = hasSymbols ? Signs.symbols : .plain
        lines = (0..<PainChart.height).reversed().map { line in
            weeks.flatMap { week in
                let stroke = week.painBefore.flatMap { signs.stroke(at: $0, in: line) }
                let bar = week.pain.flatMap { signs.bar(upTo: $0, in: line) }
                return [Terminal.Piece(stroke ?? " "), bar.map { Terminal.Piece($0, .cyan) } ?? Terminal.Piece(" ")]
            }
        }
    }

    /// What the signs mean.
    package static func legend(hasSymbols: Bool) -> (before: Terminal.Line, after: Terminal.Line) {
        let signs = hasSymbols ? Signs.symbols : .plain
        let (stroke, bar) = (signs.strokes[signs.strokes.count / 2], signs.bars[signs.bars.count - 1])
        return ([Terminal.Piece("\(stroke) before")], [Terminal.Piece(bar, .cyan), Terminal.Piece(" after")])
    }
}

/// The characters for strokes and bars, each from the lowest to the highest within a line.
private struct Signs {
    let strokes: [String]
    let bars: [String]

    static let symbols = Signs(strokes: ["⣀", "⠤", "⠒", "⠉"], bars: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"])
    static let plain = Signs(strokes: ["="], bars: [".", ":"])

    /// A stroke just below where a bar would end; nil when it is not in this line.
    func stroke(at pain: Double, in line: Int) -> String? {
        let place = max(1, steps(pain, of: strokes)) - 1
        return place / strokes.count == line ? strokes[place % strokes.count] : nil
    }

    /// The part of a bar in this line; pain 0 gets the lowest bar, because no bar means that no pain was recorded.
    func bar(upTo pain: Double, in line: Int) -> String? {
        let filled = min(bars.count, max(1, steps(pain, of: bars)) - line * bars.count)
        return filled > 0 ? bars[filled - 1] : nil
    }

    private func steps(_ pain: Double, of signs: [String]) -> Int {
        Int((pain / 10 * Double(signs.count * PainChart.height)).rounded())
    }
}
