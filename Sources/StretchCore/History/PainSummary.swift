/// What was said about pain in some weeks, and beside it how regularly the routine was done.
///
/// Both were recorded together. Whether one brought the other about, records cannot say.
package struct PainSummary: Hashable, Sendable {
    /// On which something was said.
    package let days: Int
    /// The days on which it was said before and after, and the means of these.
    package let compared: Comparison?
    /// The weeks in which at least `regularity` of the due days was done, and the others.
    package let regular: Weeks?
    package let irregular: Weeks?

    package struct Comparison: Hashable, Sendable {
        package let days: Int
        package let before: Double
        package let after: Double
    }

    package struct Weeks: Hashable, Sendable {
        package let count: Int
        /// The mean over their days: of what was said before, or of the only thing said.
        package let pain: Double
    }

    package static let regularity = 0.8

    /// Nil when nothing was said.
    package init?(_ weeks: [HistoryWeek]) {
        let told = weeks.flatMap(\.days).filter { $0.tally.painBefore != nil || $0.tally.pain != nil }
        if told.isEmpty { return nil }
        days = told.count
        let both = told.filter { $0.tally.painBefore != nil && $0.tally.pain != nil }
        if let before = mean(both.compactMap(\.tally.painBefore)), let after = mean(both.compactMap(\.tally.pain)) {
            compared = Comparison(days: both.count, before: before, after: after)
        } else {
            compared = nil
        }
        let due = weeks.filter { $0.due > 0 }
        regular = Weeks(due.filter { ($0.adherence ?? 0) >= PainSummary.regularity })
        irregular = Weeks(due.filter { ($0.adherence ?? 0) < PainSummary.regularity })
    }
}

extension PainSummary.Weeks {
    /// Nil when nothing was said in any of them.
    fileprivate init?(_ weeks: [HistoryWeek]) {
        let told = weeks.map { $0.days.compactMap { $0.tally.painBefore ?? $0.tally.pain } }.filter { !$0.isEmpty }
        guard let pain = mean(told.flatMap(\.self)) else { return nil }
        self.init(count: told.count, pain: pain)
    }
}

/// How much it hurt, 0 to 10, week by week: before as a stroke, after as a bar, so that they are told apart without
/// colours too.
package struct PainChart: Hashable, Sendable {
    /// One week in one line; a blank where there is nothing to see.
    package struct Cell: Hashable, Sendable {
        package let before: Character
        package let after: Character
    }

    /// From the top, a cell for each week.
    package private(set) var lines: [[Cell]] = []

    /// So a line stands for two steps of pain.
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

    /// As they stand in a legend.
    package static func before(hasSymbols: Bool) -> Character { (hasSymbols ? Signs.symbols : .plain).legend }
    package static func after(hasSymbols: Bool) -> Character { (hasSymbols ? Signs.symbols : .plain).bars.last ?? " " }
}

/// What strokes and bars are made of, each from the lowest to the highest in a line.
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
