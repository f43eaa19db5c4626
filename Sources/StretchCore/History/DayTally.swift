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
    package private(set) var painBefore: Int?
    package private(set) var pain: Int?
    /// What was noted with the verdicts, in order of time.
    package private(set) var notes: [String] = []
    /// Its goal is the day's.
    private var newest: Record?

    fileprivate init(goal: Int = 1) { self.goal = goal }

    /// Of a free day.
    static let nothing = DayTally()

    /// The goal is met, or all that was not skipped is done.
    var isDone: Bool { done >= 1 && done >= min(goal, asked - skipped) }

    fileprivate mutating func add(
        occurrence records: [Record], verdict: Record?, at now: Instant, dayStart: Duration
    ) {
        asked += 1
        if records.contains(where: \.isPrompt) { prompted += 1 }
        switch verdict?.verdict {
        case .done: done += 1
        case .skip: skipped += 1
        case nil: isOpen = isOpen || records.contains { $0.holdsOpen.map { now < $0 } ?? false }
        }
        if let verdict, records.isLate(verdict, dayStart: dayStart) { late += 1 }
        for record in records where record.isPrompt || record.verdict != nil {
            takeGoal(of: record)
            takeRemarks(of: record)
        }
    }

    fileprivate mutating func add(bonus record: Record) {
        done += 1
        takeGoal(of: record)
        takeRemarks(of: record)
    }

    private mutating func takeRemarks(of record: Record) {
        pain = record.pain ?? pain
        painBefore = record.painBefore ?? painBefore
        if let note = record.note { notes.append(note) }
    }

    private mutating func takeGoal(of record: Record) {
        if let newest, Record.inOrder(record, newest) { return }
        newest = record
        goal = record.goal
    }
}

extension Ledger {
    /// The tallies of a routine by day, up to today; a day on which nothing was asked or done has none.
    func tallies(of routine: Routine, in timetable: Timetable, at now: Instant) -> [Day: DayTally] {
        let today = timetable.day(at: now)
        let dayStart = timetable.configuration.dayStart
        let paused = pauses(of: routine.id).compactMap { timetable.days(of: $0, upTo: today) }
        func isPaused(_ day: Day) -> Bool { paused.contains { $0.contains(day) } }
        var tallies: [Day: DayTally] = [:]

        for records in pages(of: routine.id) {
            let verdict = records.last { $0.verdict != nil }
            guard let decisive = verdict ?? records.last(where: \.isPrompt) else { continue }
            let day = decisive.day(startingAt: dayStart)
            if verdict == nil, isPaused(day) { continue }
            tallies[day, default: DayTally()].add(occurrence: records, verdict: verdict, at: now, dayStart: dayStart)
        }
        for record in looseRecords where record.kind == .done && (record.routine ?? routine.id) == routine.id {
            tallies[record.day(startingAt: dayStart), default: DayTally()].add(bonus: record)
        }
        if !isPaused(today) {
            let toCome = timetable.occurrences(of: routine, on: today).filter {
                now < $0.closes && !records(of: $0.id).contains(where: \.isPrompt)
                    && verdict(settling: $0, of: routine, in: timetable) == nil
            }
            if !toCome.isEmpty { tallies[today, default: DayTally(goal: routine.dailyGoal)].asked += toCome.count }
        }
        return tallies.filter { $0.key <= today }
    }
}

extension Timetable {
    /// The days that a pause touches; nil when it ended before it began.
    fileprivate func days(of pause: Pause, upTo today: Day) -> ClosedRange<Day>? {
        guard pause.from < pause.end else { return nil }
        let first = day(at: pause.from)
        let last = pause.until.map { day(at: $0 - .microseconds(1)) } ?? today
        return first <= last ? first...last : nil
    }
}

extension [Record] {
    /// Of the records of one occurrence: the verdict came when its window had closed or, where nobody was asked, when
    /// its day was over.
    fileprivate func isLate(_ verdict: Record, dayStart: Duration) -> Bool {
        let closes = compactMap { if case .prompted(let closes, _) = $0.kind { closes } else { nil } }.max()
        if let closes { return verdict.ts.instant >= closes }
        return (verdict.ts.civil - dayStart).day > verdict.day(startingAt: dayStart)
    }
}

extension Record {
    var isPrompt: Bool {
        if case .prompted = kind { true } else { false }
    }

    /// Until when what it tells of can be answered in time.
    fileprivate var holdsOpen: Instant? {
        switch kind {
        case .prompted(let closes, _): closes
        default: holdEnds
        }
    }
}
