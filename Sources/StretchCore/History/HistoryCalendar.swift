package import StretchBase

/// Days as a calendar: weeks as columns, Monday first.
///
/// What is too wide for one block goes on in further ones.
package struct HistoryCalendar: Hashable, Sendable {
    package struct Block: Hashable, Sendable {
        package let weeks: [HistoryWeek]
        /// The names of the months, each above the week in which it begins.
        package let months: String
        /// The year in which it begins.
        package let year: Int
    }

    package let blocks: [Block]

    /// A mark and the blank behind it: about as wide as a line is high.
    package static let columnsAWeek = 2
    /// A year; more of it at once is hard to read.
    package static let mostWeeks = 53

    /// - Parameters:
    ///   - entries: a day each, without gaps.
    ///   - width: of the weeks, in columns.
    package init(of entries: [History.Entry], width: Int) {
        let most = HistoryCalendar.weeks(fitting: width)
        let weeks = [HistoryWeek](entries)
        blocks = stride(from: 0, to: weeks.count, by: most).map { start in
            Block(Array(weeks[start..<min(start + most, weeks.count)]))
        }
    }

    /// The first day of as many weeks up to a day as fit into one block.
    package static func firstDay(upTo last: Day, width: Int) -> Day {
        last - last.weekday - 7 * (weeks(fitting: width) - 1)
    }

    /// The name of a month may stand out behind the last week.
    private static func weeks(fitting width: Int) -> Int {
        min(mostWeeks, max(1, (width - 1) / columnsAWeek))
    }
}

extension HistoryCalendar.Block {
    fileprivate init(_ weeks: [HistoryWeek]) {
        self.weeks = weeks
        year = weeks.first?.days.first?.day.components.year ?? 0
        months = weeks.enumerated().reduce(into: "") { months, week in
            let column = week.offset * HistoryCalendar.columnsAWeek
            let begins = week.element.days.first { $0.day.components.day == 1 }?.day
            // What the first week goes on with is named too, unless the next month needs the place.
            guard let day = begins ?? (column == 0 ? week.element.days.first?.day : nil) else { return }
            if months.columns >= column { months = "" }
            months += blanks(column - months.columns) + HumanTime.month(day)
        }
    }
}

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
