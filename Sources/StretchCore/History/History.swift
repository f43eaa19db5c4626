package import StretchBase

/// The state of each day of one routine, with streaks and other statistics (stretchd(1), *DAYS AND STREAKS*).
///
/// The configuration affects only today; past days come from the records alone.
package struct History: Hashable, Sendable {
    package enum State: String, Hashable, Sendable { case done, skipped, free, pending, missed }

    /// Why a day has its state.
    package enum Ground: Hashable, Sendable {
        /// It was done as often as the daily goal says.
        case goalReached
        /// Everything that was asked and not skipped was done; that is less often than the daily goal says.
        case allDone
        /// All of it was skipped, for the first or second time in a week.
        case skipped(inWeek: Int)
        /// All of it was skipped, for the third time in a week or more.
        case skippedTooOften
        case paused
        case notAsked
        /// The day is not over.
        case today
        /// The day is over, but something of it can still be answered in time.
        case open
        /// Nothing was done, and something was asked and not answered.
        case unanswered
        /// It was done, but less often than the daily goal says.
        case tooFew

        var state: State {
            switch self {
            case .goalReached, .allDone: .done
            case .skipped: .skipped
            case .paused, .notAsked: .free
            case .today, .open: .pending
            case .skippedTooOften, .unanswered, .tooFew: .missed
            }
        }
    }

    package struct Entry: Hashable, Sendable {
        package let day: Day
        package internal(set) var ground = Ground.notAsked
        package internal(set) var tally: DayTally
        /// The streak and the strength at the end of this day.
        package internal(set) var streak = 0
        package internal(set) var strength = 0.0

        package var state: State { ground.state }
    }

    package let today: Day
    /// The days on which something was asked or done, in order; all other days are free.
    package private(set) var entries: [Entry]
    /// The days of pauses; the ranges may overlap.
    private let paused: [ClosedRange<Day>]
    /// The number of done days since the last missed day.
    package private(set) var streak = 0
    /// The day the streak began; nil if there is no streak.
    package private(set) var since: Day?
    /// The longest streak so far.
    package private(set) var longest = 0
    /// How regularly the routine is done, weighted towards recent days, 0 to 1.
    package private(set) var strength = 0.0
    /// The share of done days among the due days of the last 30 days, 0 to 1; nil when nothing was due.
    package let rate: Double?

    package init(of routine: Routine, in diary: Diary, at now: Instant) {
        let today = diary.timetable.day(at: now)
        let paused = diary.pausedDays(of: routine, upTo: today)
        var entries = diary.tallies(of: routine, pausedOn: paused, at: now)
        History.judge(&entries, today: today)
        self.init(entries, pausedOn: paused, today: today)
    }

    private init(_ entries: [Entry], pausedOn paused: [ClosedRange<Day>], today: Day) {
        self.today = today
        self.entries = entries
        self.paused = paused
        let recent = entries.reversed().prefix { $0.day > today - 30 }.filter(\.isDue)
        rate = recent.isEmpty ? nil : Double(recent.count { $0.state == .done }) / Double(recent.count)
        walk()
    }

    func isPaused(_ day: Day) -> Bool { paused.contains { $0.contains(day) } }

    /// The history as it was at the end of a day.
    package func upTo(_ day: Day) -> History {
        History(Array(entries.prefix { $0.day <= day }), pausedOn: paused, today: min(day, today))
    }

    /// Computes streaks and strength, from the first day to the last.
    private mutating func walk() {
        var due: [Day] = []
        var window = 0  // the index in `due` of the first day among the last 28
        for index in entries.indices {
            let entry = entries[index]
            if entry.isDue {
                (streak, since) = entry.state == .done ? (streak + 1, since ?? entry.day) : (0, nil)
                longest = max(longest, streak)
                due.append(entry.day)
                while due[window] <= entry.day - 28 { window += 1 }
                let days = min(28, entry.day - entries[0].day + 1)
                let kept = History.remainder(atFrequency: Double(due.count - window) / Double(days))
                strength = strength * kept + entry.share * (1 - kept)
            }
            entries[index].streak = streak
            entries[index].strength = strength
        }
        // All of today is skipped, for the third time in a week. So the streak ends today, unless it is done after all.
        if let last = entries.indices.last, entries[last].ground == .today, entries[last].tally.isAllSkipped {
            (streak, since) = (0, nil)
            entries[last].streak = 0
        }
    }

    /// The states of the last `count` days, in order; today is the last one.
    package func states(ofLast count: Int) -> [(day: Day, state: State)] {
        days(in: today - (count - 1)...today).map { ($0.day, $0.state) }
    }

    /// Decides how each day counts, from the first to the last.
    private static func judge(_ entries: inout [Entry], today: Day) {
        // The last two skipped days.
        var (last, lastButOne) = (Day(ordinal: .min / 2), Day(ordinal: .min / 2))
        for index in entries.indices {
            let (day, tally) = (entries[index].day, entries[index].tally)
            if tally.isDone {
                entries[index].ground = tally.done >= tally.goal ? .goalReached : .allDone
            } else if tally.isAllSkipped, lastButOne < day - 6 {
                entries[index].ground = .skipped(inWeek: last < day - 6 ? 1 : 2)
                (last, lastButOne) = (day, last)
            } else if day == today || tally.isOpen {
                entries[index].ground = day == today ? .today : .open
            } else {
                entries[index].ground =
                    tally.isAllSkipped ? .skippedTooOften : tally.done > 0 ? .tooFew : .unanswered
            }
        }
    }

    /// The part of the strength that remains after a due day; the rarer the due days, the smaller it is.
    ///
    /// - Parameter frequency: due days per calendar day, 0 to 1.
    private static func remainder(atFrequency frequency: Double) -> Double {
        // Computes 0.5 to the power of 1 / (13 √frequency) by the exponential series, because the core has no C
        // library.
        let x = -0.693_147_180_559_945_3 * (1 / (13 * frequency.squareRoot()))
        return (1...16).reversed().reduce(1) { 1 + x / Double($1) * $0 }
    }
}

extension History.Entry {
    /// True for a day that was done or missed; free, skipped and pending days are not due.
    package var isDue: Bool { state == .done || state == .missed }

    fileprivate var isRecorded: Bool { tally.prompted + tally.done + tally.skipped > 0 }

    /// The part of the goal that was reached, 0 to 1.
    package var share: Double { state == .done ? 1 : Double(tally.done) / Double(max(1, tally.goal)) }
}

// The days of a range, for reports.

extension History {
    /// The first day with a prompt or a verdict; a plan alone does not count.
    ///
    /// Days before 1970 are ignored, because a year mistyped by hand, such as 0206, must not produce a list of two
    /// thousand years.
    package var firstDay: Day? { entries.first { $0.isRecorded && $0.day >= Day(ordinal: 0) }?.day }

    /// Every day of a range, including free days, each with the streak and the strength at its end.
    package func days(in range: ClosedRange<Day>) -> [Entry] {
        var rest = entries.drop { $0.day < range.lowerBound }
        var last = entries[..<rest.startIndex].last
        return (range.lowerBound.ordinal...range.upperBound.ordinal).map { ordinal in
            let day = Day(ordinal: ordinal)
            guard let entry = rest.first, entry.day == day else {
                return Entry(
                    day: day, ground: isPaused(day) ? .paused : .notAsked, tally: DayTally(), streak: last?.streak ?? 0,
                    strength: last?.strength ?? 0)
            }
            last = entry
            rest.removeFirst()
            return entry
        }
    }

    /// All days from the first recorded one to today, limited to `from` and `to`.
    package func recordedDays(from: Day? = nil, to: Day) -> [Entry] {
        guard let firstDay else { return [] }
        let (first, last) = (max(firstDay, from ?? firstDay), min(today, to))
        return first <= last ? days(in: first...last) : []
    }
}
