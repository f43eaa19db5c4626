package import StretchBase

/// What the records of one routine add up to (stretchd(1), *DAYS AND STREAKS*): the state of each day, and the numbers drawn from them.
///
/// The configuration matters for today only; the past is what the records say.
package struct History: Hashable, Sendable {
    package enum State: String, Hashable, Sendable { case done, skipped, free, pending, missed }

    package struct Entry: Hashable, Sendable {
        package let day: Day
        package internal(set) var state = State.free
        package internal(set) var tally: DayTally
        /// The streak and the strength when this day was over.
        package internal(set) var streak = 0
        package internal(set) var strength = 0.0
    }

    package let today: Day
    /// The days on which something was asked or done, in order; all others are free.
    package private(set) var entries: [Entry]
    /// Done days back to the last missed one.
    package private(set) var streak = 0
    /// The day the streak began; nil when there is none.
    package private(set) var since: Day?
    /// The longest streak there ever was.
    package private(set) var longest = 0
    /// How firm the habit is, 0 to 1.
    package private(set) var strength = 0.0
    /// Done days among the due ones of the last 30 days, 0 to 1; nil when nothing was due.
    package let rate: Double?

    package init(of routine: Routine, in diary: Diary, at now: Instant) {
        let today = diary.timetable.day(at: now)
        var entries = diary.tallies(of: routine, at: now)
        History.judge(&entries, today: today)
        self.init(entries, today: today)
    }

    private init(_ entries: [Entry], today: Day) {
        self.today = today
        self.entries = entries
        let recent = entries.reversed().prefix { $0.day > today - 30 }.filter(\.isDue)
        rate = recent.isEmpty ? nil : Double(recent.count { $0.state == .done }) / Double(recent.count)
        walk()
    }

    /// As it stood when a day was over.
    package func upTo(_ day: Day) -> History {
        History(Array(entries.prefix { $0.day <= day }), today: min(day, today))
    }

    /// Streaks and strength, from the first day to the last.
    private mutating func walk() {
        var due: [Day] = []
        var window = 0  // of the due days, the first among the 28 days up to this one
        for index in entries.indices {
            let entry = entries[index]
            if entry.isDue {
                count(entry)
                due.append(entry.day)
                while due[window] <= entry.day - 28 { window += 1 }
                let days = min(28, entry.day - entries[0].day + 1)
                let kept = History.kept(atFrequency: Double(due.count - window) / Double(days))
                strength = strength * kept + entry.share * (1 - kept)
            }
            entries[index].streak = streak
            entries[index].strength = strength
        }
    }

    private mutating func count(_ entry: Entry) {
        guard entry.state == .done else {
            (streak, since) = (0, nil)
            return
        }
        streak += 1
        since = since ?? entry.day
        longest = max(longest, streak)
    }

    /// The states of the last days, today's last.
    package func states(ofLast count: Int) -> [(day: Day, state: State)] {
        let recent = entries.suffix(count)
        return ((1 - count)...0).map { offset in
            let day = today + offset
            return (day, recent.last { $0.day == day }?.state ?? .free)
        }
    }

    /// What each day was, from the first to the last.
    private static func judge(_ entries: inout [Entry], today: Day) {
        // The last two skipped days.
        var (last, lastButOne) = (Day(ordinal: .min / 2), Day(ordinal: .min / 2))
        for index in entries.indices {
            let (day, tally) = (entries[index].day, entries[index].tally)
            if tally.isDone {
                entries[index].state = .done
            } else if tally.asked == tally.skipped, lastButOne < day - 6 {
                entries[index].state = .skipped
                (last, lastButOne) = (day, last)
            } else {
                entries[index].state = day == today || tally.isOpen ? .pending : .missed
            }
        }
    }
}

extension History.Entry {
    /// Something was to be done, and it is settled whether it was.
    package var isDue: Bool { state == .done || state == .missed }

    /// The part of the goal that was reached, 0 to 1.
    package var share: Double {
        state == .done ? 1 : Double(tally.done) / Double(max(1, tally.goal))
    }
}

extension History {
    /// The part of the strength that a due day leaves: a day of a routine on few days a week weighs more.
    ///
    /// `frequency`: due days a day, 0 to 1.
    private static func kept(atFrequency frequency: Double) -> Double {
        half(toThe: 1 / (13 * frequency.squareRoot()))
    }

    /// 0.5 to the power of a number from 0 to 1, by the exponential series: the core has no C library.
    private static func half(toThe exponent: Double) -> Double {
        let x = -0.693_147_180_559_945_3 * exponent
        return (1...16).reversed().reduce(1) { 1 + x / Double($1) * $0 }
    }
}

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
