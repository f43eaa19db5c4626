/// The pain recorded in some weeks, compared with how regularly the routine was done.
///
/// The records show only that both occurred together. They cannot show that one caused the other.
package struct PainSummary: Hashable, Sendable {
    /// The number of days with a recorded pain.
    package let days: Int
    /// The days with a pain both before and after stretching; nil if there are none.
    package private(set) var compared: Comparison?
    /// The weeks in which at least the share `regularity` of the due days was done, and the other weeks.
    package let regular: Weeks?
    package let irregular: Weeks?

    package struct Comparison: Hashable, Sendable {
        package let days: Int
        package let before: Double
        package let after: Double
    }

    package struct Weeks: Hashable, Sendable {
        package let count: Int
        /// The mean pain on their days: the pain before stretching or, if only that was recorded, the pain after it.
        package let pain: Double
    }

    package static let regularity = 0.8

    /// Nil when no pain was recorded.
    package init?(_ weeks: [HistoryWeek]) {
        let told = weeks.flatMap(\.days).filter { $0.tally.painBefore != nil || $0.tally.pain != nil }
        if told.isEmpty { return nil }
        days = told.count
        let both = told.filter { $0.tally.painBefore != nil && $0.tally.pain != nil }
        if let before = mean(both.compactMap(\.tally.painBefore)), let after = mean(both.compactMap(\.tally.pain)) {
            compared = Comparison(days: both.count, before: before, after: after)
        }
        let due = weeks.filter { $0.due > 0 }
        regular = Weeks(due.filter { ($0.adherence ?? 0) >= PainSummary.regularity })
        irregular = Weeks(due.filter { ($0.adherence ?? 0) < PainSummary.regularity })
    }
}

extension PainSummary.Weeks {
    /// Nil when no pain was recorded in any of the weeks.
    fileprivate init?(_ weeks: [HistoryWeek]) {
        let told = weeks.map { $0.days.compactMap { $0.tally.painBefore ?? $0.tally.pain } }.filter { !$0.isEmpty }
        guard let pain = mean(told.flatMap(\.self)) else { return nil }
        self.init(count: told.count, pain: pain)
    }
}
