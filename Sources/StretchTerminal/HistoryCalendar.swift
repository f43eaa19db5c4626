package import StretchBase
package import StretchCore

/// Days as a calendar: weeks as columns, Monday first.
///
/// Weeks that do not fit into one block continue in further blocks.
package struct HistoryCalendar: Hashable, Sendable {
    package struct Block: Hashable, Sendable {
        package let weeks: [HistoryWeek]
        /// The names of the months, each above the week in which it begins.
        package let months: String
        /// The year in which the block begins.
        package let year: Int

        fileprivate init(_ weeks: [HistoryWeek]) {
            self.weeks = weeks
            year = weeks.first?.days.first?.day.components.year ?? 0
            months = weeks.enumerated().reduce(into: "") { months, week in
                let column = week.offset * HistoryCalendar.columnsAWeek
                let begins = week.element.days.first { $0.day.components.day == 1 }?.day
                // The month in which the first week begins is named too, unless the next name needs its place.
                guard let day = begins ?? (column == 0 ? week.element.days.first?.day : nil) else { return }
                if months.columns >= column { months = "" }
                months += blanks(column - months.columns) + HumanTime.month(day)
            }
        }
    }

    package let blocks: [Block]

    /// The columns of a week: a mark and a blank, which together are about as wide as a line is high.
    package static let columnsAWeek = 2
    /// The maximum number of weeks in a block: a year, because more are hard to read.
    package static let mostWeeks = 53

    /// - Parameters:
    ///   - entries: one for each day, without gaps.
    ///   - width: the space for the weeks, in columns.
    package init(of entries: [History.Entry], width: Int) {
        let most = HistoryCalendar.weeks(fitting: width)
        let weeks = [HistoryWeek](entries)
        blocks = stride(from: 0, to: weeks.count, by: most).map { start in
            Block(Array(weeks[start..<min(start + most, weeks.count)]))
        }
    }

    /// The first day to show so that one block ends with the week of `last`.
    package static func firstDay(upTo last: Day, width: Int) -> Day {
        last - last.weekday - 7 * (weeks(fitting: width) - 1)
    }

    /// How many weeks fit; one column stays free, because the name of a month may reach beyond the last week.
    private static func weeks(fitting width: Int) -> Int { min(mostWeeks, max(1, (width - 1) / columnsAWeek)) }
}
