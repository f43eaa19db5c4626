package import StretchBase
package import StretchCore

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
