package import StretchBase

/// A week of a routine, Monday to Sunday, added up.
package struct HistoryWeek: Hashable, Sendable {
    package let monday: Day
    /// The days of this week that are in the requested span, in order; at least one.
    package let days: [History.Entry]
    package let done: Int
    package let due: Int
    /// The mean pain before and after stretching, over the days on which it was recorded; nil if there are none.
    package let painBefore: Double?
    package let pain: Double?

    fileprivate init(_ days: [History.Entry]) {
        self.days = days
        monday = days[0].day - days[0].day.weekday
        done = days.count { $0.state == .done }
        due = days.count(where: \.isDue)
        painBefore = mean(days.compactMap(\.tally.painBefore))
        pain = mean(days.compactMap(\.tally.pain))
    }

    /// The day with this weekday, counted from Monday, which is 0; nil if it is not in the span.
    package subscript(weekday: Int) -> History.Entry? { days.first { $0.day.weekday == weekday } }

    /// The share of done days among the due days, 0 to 1; nil when nothing was due.
    package var adherence: Double? { due == 0 ? nil : Double(done) / Double(due) }

    /// The streak and the strength at the end of the last of these days.
    package var streak: Int { days[days.count - 1].streak }
    package var strength: Double { days[days.count - 1].strength }
}

extension [HistoryWeek] {
    /// - Parameter days: in order and without gaps, as `History.days` returns them.
    package init(_ days: [History.Entry]) {
        self = []
        var start = days.startIndex
        while start < days.endIndex {
            let end = Swift.min(days.endIndex, start + 7 - days[start].day.weekday)
            append(HistoryWeek(Array<History.Entry>(days[start..<end])))
            start = end
        }
    }
}

/// The mean of the numbers; nil for an empty list.
func mean(_ numbers: [Int]) -> Double? { numbers.isEmpty ? nil : Double(numbers.reduce(0, +)) / Double(numbers.count) }
