internal import StretchBase

/// What was asked and answered on one day of a routine.
package struct DayTally: Hashable, Sendable {
    /// Occurrences prompted or answered, today also those still to come.
    package fileprivate(set) var asked = 0
    /// Occurrences for which a prompt came on the screen.
    package private(set) var prompted = 0
    /// Bonus ones too.
    package fileprivate(set) var done = 0
    package fileprivate(set) var skipped = 0
    /// Verdicts that came when the window had closed, or for a day that was over.
    package private(set) var late = 0
    /// Times that make it a done day.
    package private(set) var goal: Int
    /// An occurrence was asked for and can still be answered in its time.
    package private(set) var isOpen = false
    /// How much it hurt before and after, 0 to 10: what was said last.
    package var painBefore: Int? { remarks.last { $0.painBefore != nil }?.painBefore }
    package var pain: Int? { remarks.last { $0.pain != nil }?.pain }
    /// What was noted with the verdicts, in order of time.
    package var notes: [String] { remarks.compactMap(\.note) }
    /// The verdicts with which something was said, in order of time.
    private var remarks: [Record] = []
    /// The record whose goal is the day's.
    private var newest: Mark?

    private struct Mark: Hashable {
        let time: Instant
        let id: Record.ID
    }

    init(goal: Int = 1) { self.goal = goal }

    /// The goal is met, or all that was not skipped is done.
    var isDone: Bool { done >= 1 && done >= min(goal, asked - skipped) }

    /// - Parameter verdict: the index of the one that stands.
    fileprivate mutating func add(
        occurrence records: ArraySlice<Record>, verdict: Int?, at now: Instant, dayStart: Duration
    ) {
        asked += 1
        var wasPrompted = false
        var closes: Instant?
        for index in records.indices {
            switch records[index].kind {
            case .prompted(let end, _):
                wasPrompted = true
                if let end { closes = max(closes ?? end, end) }
                takeGoal(of: records[index])
            case .done, .skip:
                takeGoal(of: records[index])
                takeRemarks(of: records[index])
            default: break
            }
            if verdict == nil, let end = records[index].holdsOpen, now < end { isOpen = true }
        }
        if wasPrompted { prompted += 1 }
        guard let verdict else { return }
        if records[verdict].kind == .done { done += 1 } else { skipped += 1 }
        if records[verdict].isLate(closing: closes, dayStart: dayStart) { late += 1 }
    }

    fileprivate mutating func add(bonus record: Record) {
        done += 1
        takeGoal(of: record)
        takeRemarks(of: record)
    }

    private mutating func takeRemarks(of record: Record) {
        guard record.pain != nil || record.painBefore != nil || record.note != nil else { return }
        // The occurrences of a day come in no order.
        remarks.insert(record, by: Record.isEarlier)
    }

    private mutating func takeGoal(of record: Record) {
        if let newest, (record.ts.instant, record.id) < (newest.time, newest.id) { return }
        newest = Mark(time: record.ts.instant, id: record.id)
        goal = record.goal
    }
}

extension Diary {
    /// The tallies of a routine by day, up to today, before any day is judged; one on which nothing was asked or done has
    /// none.
    ///
    /// In order of time.
    func tallies(of routine: Routine, at now: Instant) -> [History.Entry] {
        let today = timetable.day(at: now)
        let dayStart = configuration.dayStart
        let paused = ledger.pauses(of: routine.id).compactMap { timetable.days(of: $0, upTo: today) }
        func isPaused(_ day: Day) -> Bool { paused.contains { $0.contains(day) } }
        var tallies: [History.Entry] = []
        ledger.forEachOccurrence(of: routine.id) { records in
            // By their indices: to take each of a hundred thousand out would cost as much as all the rest.
            let verdict = records.lastIndex { $0.verdict != nil }
            guard let decisive = verdict ?? records.lastIndex(where: \.isPrompt) else { return }
            let day = records[decisive].day(startingAt: dayStart)
            if day > today || verdict == nil && isPaused(day) { return }
            let index = tallies.index(of: day)
            tallies[index].tally.add(occurrence: records, verdict: verdict, at: now, dayStart: dayStart)
        }
        for record in ledger.looseRecords where record.kind == .done && (record.routine ?? routine.id) == routine.id {
            let day = record.day(startingAt: dayStart)
            if day <= today { tallies[tallies.index(of: day)].tally.add(bonus: record) }
        }
        if !isPaused(today) {
            let strays = strayVerdicts(of: routine, on: today)
            let toCome = timetable.occurrences(of: routine, on: today).filter {
                now < $0.closes && !ledger.records(of: $0.id).contains(where: \.isPrompt)
                    && ledger.verdict(of: $0.id) == nil && strays[$0.id] == nil
            }
            if !toCome.isEmpty {
                tallies[tallies.index(of: today, goal: routine.dailyGoal)].tally.asked += toCome.count
            }
        }
        return tallies
    }
}

extension [History.Entry] {
    /// Where the tally of a day is, which is made if there is none.
    ///
    /// Records come in order of time, so it is nearly always the last one or comes after it.
    fileprivate mutating func index(of day: Day, goal: Int = 1) -> Int {
        if let last, last.day == day { return count - 1 }
        let isLast = last.map { $0.day < day } ?? true
        let index = isLast ? count : place { $0.day < day }
        if isLast || self[index].day != day { insert(History.Entry(day: day, tally: DayTally(goal: goal)), at: index) }
        return index
    }
}

extension Record {
    /// A verdict that came when its window had closed or, where nobody was asked, when its day was over.
    fileprivate func isLate(closing closes: Instant?, dayStart: Duration) -> Bool {
        if let closes { return ts.instant >= closes }
        return (ts.civil - dayStart).day > day(startingAt: dayStart)
    }

    /// Until when what it tells of can be answered in time.
    fileprivate var holdsOpen: Instant? {
        switch kind {
        case .prompted(let closes, _): closes
        default: holdEnds
        }
    }
}
