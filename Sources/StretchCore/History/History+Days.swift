// What is told of a span of days: each of them, and the numbers at its end.

extension History {
    /// The first day on which something was asked or answered, and not only planned.
    package var firstDay: Day? { entries.first { $0.tally.isRecorded }?.day }

    /// Every day of a range, free ones too, each with the streak and the strength at its end.
    package func days(in range: ClosedRange<Day>) -> [Entry] {
        var rest = entries.drop { $0.day < range.lowerBound }
        var last = entries[..<rest.startIndex].last
        return (range.lowerBound.ordinal...range.upperBound.ordinal).map { ordinal in
            let day = Day(ordinal: ordinal)
            guard let entry = rest.first, entry.day == day else {
                return Entry(
                    day: day, state: .free, tally: DayTally(), streak: last?.streak ?? 0,
                    strength: last?.strength ?? 0)
            }
            last = entry
            rest.removeFirst()
            return entry
        }
    }

    /// The days of a span from the first recorded one to today.
    package func recordedDays(in span: ClosedRange<Day>) -> [Entry] {
        guard let first = entries.first?.day, max(first, span.lowerBound) <= min(today, span.upperBound) else {
            return []
        }
        return days(in: max(first, span.lowerBound)...min(today, span.upperBound))
    }

    /// What the days up to one of them add up to.
    package struct Numbers: Hashable, Sendable {
        package let streak: Int
        /// The day the streak began; nil when there is none.
        package let since: Day?
        package let longest: Int
        /// 0 to 1.
        package let strength: Double
        /// Done days among the due ones of the last 30 days, 0 to 1; nil when nothing was due.
        package let rate: Double?
    }

    /// The numbers as they stood when a day was over; on today those of the history.
    package func numbers(on day: Day) -> Numbers {
        let entries = entries.prefix { $0.day <= day }
        let streak = entries.last?.streak ?? 0
        let recent = entries.reversed().prefix { $0.day > day - 30 }.filter(\.isDue)
        return Numbers(
            streak: streak,
            since: streak == 0 ? nil : entries.last { $0.state == .done && $0.streak == 1 }?.day,
            longest: entries.map(\.streak).max() ?? 0, strength: entries.last?.strength ?? 0,
            rate: recent.isEmpty ? nil : Double(recent.count { $0.state == .done }) / Double(recent.count))
    }
}

extension DayTally {
    fileprivate var isRecorded: Bool { prompted + done + skipped > 0 }
}
