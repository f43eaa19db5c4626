package import StretchBase

// What is told of a span of days.

extension History {
    /// The first day on which something was asked or answered, and not only planned.
    ///
    /// A year mistyped by hand, such as 0206, is no reason to list two thousand of them.
    package var firstDay: Day? { entries.first { $0.tally.isRecorded && $0.day >= Day(ordinal: 0) }?.day }

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

    /// The days from the first recorded one to today, or those of them from one day to another.
    package func recordedDays(from: Day? = nil, to: Day) -> [Entry] {
        guard let firstDay else { return [] }
        let (first, last) = (max(firstDay, from ?? firstDay), min(today, to))
        return first <= last ? days(in: first...last) : []
    }
}

extension DayTally {
    fileprivate var isRecorded: Bool { prompted + done + skipped > 0 }
}
