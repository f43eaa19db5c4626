/// Days as a calendar: weeks as columns, Monday first.
///
/// What is too wide for one block goes on in further ones.
package struct HistoryCalendar: Hashable, Sendable {
    package struct Block: Hashable, Sendable {
        package let weeks: [Week]
        /// The names of the months, each above the week in which it begins.
        package let months: String
        /// The year in which it begins.
        package let year: Int
    }

    package struct Week: Hashable, Sendable {
        /// From Monday to Sunday; nil outside the days that are shown.
        package let days: [History.Entry?]
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
        let weeks = HistoryCalendar.weeks(of: entries)
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

    private static func weeks(of entries: [History.Entry]) -> [Week] {
        guard let first = entries.first?.day else { return [] }
        let days = [History.Entry?](repeating: nil, count: first.weekday) + entries
        return stride(from: 0, to: days.count, by: 7).map { start in
            let days = days[start..<min(start + 7, days.count)]
            return Week(days: days + [History.Entry?](repeating: nil, count: 7 - days.count))
        }
    }
}

extension HistoryCalendar.Week {
    fileprivate var first: Day? { days.lazy.compactMap(\.self).first?.day }

    /// How much it hurt, the mean of what was said.
    package var painBefore: Double? { mean(of: \.painBefore) }
    package var pain: Double? { mean(of: \.pain) }

    private func mean(of value: (DayTally) -> Int?) -> Double? {
        let values = days.compactMap { $0.flatMap { value($0.tally) } }
        return values.isEmpty ? nil : Double(values.reduce(0, +)) / Double(values.count)
    }
}

extension HistoryCalendar.Block {
    fileprivate init(_ weeks: [HistoryCalendar.Week]) {
        self.weeks = weeks
        year = weeks.first?.first?.components.year ?? 0
        months = weeks.enumerated().reduce(into: "") { months, week in
            let column = week.offset * HistoryCalendar.columnsAWeek
            let begins = week.element.days.compactMap { $0?.day }.first { $0.components.day == 1 }
            // What the first week goes on with is named too, unless the next month needs the place.
            guard let day = begins ?? (column == 0 ? week.element.first : nil) else { return }
            if months.count >= column { months = "" }
            months += String(repeating: " ", count: column - months.count) + HumanTime.month(day)
        }
    }
}
