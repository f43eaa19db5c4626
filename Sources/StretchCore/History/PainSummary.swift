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
