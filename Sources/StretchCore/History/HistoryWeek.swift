package import StretchBase

/// A week of a routine, Monday to Sunday, added up.
package struct HistoryWeek: Hashable, Sendable {
    package let monday: Day
    /// Those that belong to the span asked for, in order; at least one.
    package let days: [History.Entry]
    package let done: Int
    package let due: Int
    /// The mean of the days on which it was said; nil when it never was.
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

    /// The day so many days after Monday; nil when it is not of the span.
    package subscript(weekday: Int) -> History.Entry? { days.first { $0.day.weekday == weekday } }

    /// Done days among the due ones, 0 to 1; nil when nothing was due.
    package var adherence: Double? { due == 0 ? nil : Double(done) / Double(due) }

    /// At its end.
    package var streak: Int { days[days.count - 1].streak }
    package var strength: Double { days[days.count - 1].strength }
}

extension [HistoryWeek] {
    /// - Parameter days: in order and without gaps, as `History.days` gives them.
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

/// Nil when there is none.
func mean(_ numbers: [Int]) -> Double? {
    numbers.isEmpty ? nil : Double(numbers.reduce(0, +)) / Double(numbers.count)
}
