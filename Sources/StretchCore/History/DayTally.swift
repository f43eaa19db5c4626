internal import StretchBase

/// The counts of one day of a routine: occurrences asked, done and skipped.
package struct DayTally: Hashable, Sendable {
    /// The number of occurrences that were prompted or answered; for today also of those still to come.
    package fileprivate(set) var asked = 0
    /// The number of occurrences for which a prompt was shown.
    package private(set) var prompted = 0
    /// The number of occurrences and bonus stretches done.
    package fileprivate(set) var done = 0
    package fileprivate(set) var skipped = 0
    /// How many of those done were recorded by a command or a guide.
    ///
    /// These tell the person something; a button does not.
    private(set) var told = 0
    /// The number of verdicts given after the window had closed, or after the day was over.
    package private(set) var late = 0
    /// The daily goal: how many times make the day done.
    package private(set) var goal: Int
    /// An occurrence was prompted and can still be answered in time.
    package private(set) var isOpen = false
    /// The last pain recorded before and after stretching, 0 to 10.
    package var painBefore: Int? { remarks.last { $0.painBefore != nil }?.painBefore }
    package var pain: Int? { remarks.last { $0.pain != nil }?.pain }
    /// The pains of each verdict, in order of time.
    var pains: [(before: Int?, after: Int?)] { remarks.map { ($0.painBefore, $0.pain) } }
    /// The notes of the verdicts, in order of time.
    package var notes: [String] { remarks.compactMap(\.note) }
    /// The verdicts with a pain or a note, in order of time.
    private var remarks: [Record] = []
    /// The newest prompt or verdict so far, which sets the goal of the day.
    private var newest: Mark?

    private struct Mark: Hashable {
        let time: Instant
        let id: Record.ID
    }

    init(goal: Int = 1) { self.goal = goal }

    /// Something was done, and the goal is met or everything that was not skipped is done.
    var isDone: Bool { done >= 1 && done >= min(goal, asked - skipped) }

    /// Everything that was asked was skipped, today also what is still to come.
    package var isAllSkipped: Bool { asked == skipped }

    /// - Parameter verdict: the index of the verdict that counts; nil if there is none.
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
        }
        if wasPrompted { prompted += 1 }
        guard let verdict else {
            if let closes, now < records.closing(keptOpenAfter: closes) { isOpen = true }
            return
        }
        if records[verdict].kind == .done { count(done: records[verdict]) } else { skipped += 1 }
        if records[verdict].isLate(closing: closes, dayStart: dayStart) { late += 1 }
    }

    fileprivate mutating func add(bonus record: Record) {
        count(done: record)
        takeGoal(of: record)
        takeRemarks(of: record)
    }

    private mutating func count(done record: Record) {
        done += 1
        if [.cli, .guide].contains(record.via) { told += 1 }
    }

    private mutating func takeRemarks(of record: Record) {
        guard record.pain != nil || record.painBefore != nil || record.note != nil else { return }
        // The occurrences of a day arrive in any order.
        remarks.insert(record, by: Record.isEarlier)
    }

    private mutating func takeGoal(of record: Record) {
        if let newest, (record.ts.instant, record.id) < (newest.time, newest.id) { return }
        newest = Mark(time: record.ts.instant, id: record.id)
        goal = record.goal
    }
}

extension Diary {
    /// The days of all pauses of a routine, up to today; the ranges may overlap.
    func pausedDays(of routine: Routine, upTo today: Day) -> [ClosedRange<Day>] {
        ledger.pauses(of: routine.id).compactMap { timetable.days(of: $0, upTo: today) }
    }

    /// The tallies of a routine by day, up to today, in order of time.
    ///
    /// How the days count is not decided yet. A day without occurrences and bonus stretches has no tally.
    ///
    /// - Parameter paused: the days on which an unanswered occurrence does not count.
    func tallies(of routine: Routine, pausedOn paused: [ClosedRange<Day>], at now: Instant) -> [History.Entry] {
        let today = timetable.day(at: now)
        let dayStart = configuration.dayStart
        func isPaused(_ day: Day) -> Bool { paused.contains { $0.contains(day) } }
        var tallies: [History.Entry] = []
        ledger.forEachOccurrence(of: routine.id) { records in
            // Uses indices, because copying every record, twenty thousand after ten years, would cost as much as all
            // the rest.
            let verdict = records.lastIndex { $0.verdict != nil }
            guard let day = records.countedDay(startingAt: dayStart) else { return }
            if day > today || verdict == nil && isPaused(day) { return }
            let index = tallies.index(of: day)
            tallies[index].tally.add(occurrence: records, verdict: verdict, at: now, dayStart: dayStart)
        }
        for record in ledger.otherRecords where record.kind == .done && record.concerns(routine.id) {
            let day = record.day(startingAt: dayStart)
            if day <= today { tallies[tallies.index(of: day)].tally.add(bonus: record) }
        }
        if !isPaused(today) {
            let strays = strayVerdicts(of: routine, on: today)
            // A guide may lead through one whose window is over, and for which nobody was asked.
            let guided = guideHolds(at: now).map(\.occurrence)
            let toCome = timetable.occurrences(of: routine, on: today).filter {
                (now < $0.closes || guided.contains($0.id)) && !ledger.records(of: $0.id).contains(where: \.isPrompt)
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
    /// The index of the tally of a day; creates the tally if there is none.
    ///
    /// Records come in order of time, so the index is nearly always the last one or a new one behind it.
    fileprivate mutating func index(of day: Day, goal: Int = 1) -> Int {
        if let last, last.day == day { return count - 1 }
        let isLast = last.map { $0.day < day } ?? true
        let index = isLast ? count : place { $0.day < day }
        if isLast || self[index].day != day { insert(History.Entry(day: day, tally: DayTally(goal: goal)), at: index) }
        return index
    }
}

/// The slice must have the records of one occurrence that were not taken back, in order of time.
extension ArraySlice<Record> {
    /// The day that the occurrence counts for; nil if it counts for none, because it was neither asked nor answered.
    func countedDay(startingAt dayStart: Duration) -> Day? {
        (lastIndex { $0.verdict != nil } ?? lastIndex(where: \.isPrompt)).map { self[$0].day(startingAt: dayStart) }
    }
}
