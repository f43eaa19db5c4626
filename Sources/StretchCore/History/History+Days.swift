// What is told of a span of days: by `export` each day, by `report` the numbers at its end.

extension History {
    /// The days of a span from the first recorded one to today, free ones too: with the streak and the strength as they
    /// stood.
    package func days(in span: ClosedRange<Day>) -> [Entry] {
        guard let first = entries.first?.day, max(first, span.lowerBound) <= min(today, span.upperBound) else {
            return []
        }
        let days = max(first, span.lowerBound)...min(today, span.upperBound)
        var next = entries.firstIndex { $0.day >= days.lowerBound } ?? entries.endIndex
        return (0...(days.upperBound - days.lowerBound)).map { offset in
            let day = days.lowerBound + offset
            if next < entries.endIndex, entries[next].day == day {
                next += 1
                return entries[next - 1]
            }
            let before = next > 0 ? entries[next - 1] : nil
            return Entry(
                day: day, state: .free, tally: .nothing, streak: before?.streak ?? 0, strength: before?.strength ?? 0)
        }
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
