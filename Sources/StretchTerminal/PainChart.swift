package import StretchCore

/// The pain, 0 to 10, week by week.
///
/// Pain before is a stroke, pain after is a bar, so that they differ without colours too.
package struct PainChart: Hashable, Sendable {
    /// One week in one line; a blank where there is nothing to see.
    package struct Cell: Hashable, Sendable {
        package let before: Character
        package let after: Character
    }

    /// From the top, a cell for each week.
    package private(set) var lines: [[Cell]] = []

    /// In lines; each line stands for two steps of pain.
    package static let height = 5

    package init(of weeks: [HistoryWeek], hasSymbols: Bool) {
        let signs = hasSymbols ? Signs.symbols : .plain
        lines = (0..<PainChart.height).reversed().map { line in
            weeks.map { week in
                Cell(
                    before: week.painBefore.flatMap { signs.stroke(at: $0, in: line) } ?? " ",
                    after: week.pain.flatMap { signs.bar(upTo: $0, in: line) } ?? " ")
            }
        }
    }

    /// The signs for the legend.
    package static func before(hasSymbols: Bool) -> Character { (hasSymbols ? Signs.symbols : .plain).legend }
    package static func after(hasSymbols: Bool) -> Character { (hasSymbols ? Signs.symbols : .plain).bars.last ?? " " }
}

/// The characters for strokes and bars, each from the lowest to the highest within a line.
private struct Signs {
    let strokes: [Character]
    let bars: [Character]
    let legend: Character

    static let symbols = Signs(strokes: Array("⣀⠤⠒⠉"), bars: Array("▁▂▃▄▅▆▇█"), legend: "⠒")
    static let plain = Signs(strokes: ["="], bars: [".", ":"], legend: "=")

    /// A stroke just below where a bar would end.
    func stroke(at pain: Double, in line: Int) -> Character? {
        let place = max(1, steps(pain, of: strokes)) - 1
        return place / strokes.count == line ? strokes[place % strokes.count] : nil
    }

    /// No pain is the lowest bar, since no bar means that nothing was said.
    func bar(upTo pain: Double, in line: Int) -> Character? {
        let filled = min(bars.count, max(1, steps(pain, of: bars)) - line * bars.count)
        return filled > 0 ? bars[filled - 1] : nil
    }

    private func steps(_ pain: Double, of signs: [Character]) -> Int {
        Int((pain / 10 * Double(signs.count * PainChart.height)).rounded())
    }
}
