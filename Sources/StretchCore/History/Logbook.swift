package import StretchBase

/// What was asked, why it waited and what was answered, day by day, for somebody who wants to know what happened.
///
/// Unlike the history it also shows what was taken back, and what the schedule plans but no record knows of.
package struct Logbook: Hashable, Sendable {
    /// A page for each day and routine, in order of the days, then of the routines.
    package let pages: [Page]
    /// The pauses, and the ends of pauses, that were recorded on these days, in order of time.
    package let pauses: [PauseNote]

    /// The ids of all records in it.
    package var records: Set<Record.ID> {
        Set(pages.flatMap(\.entries).flatMap(\.happenings).map(\.record)).union(pauses.map(\.record.id))
    }

    /// One day of one routine.
    package struct Page: Hashable, Sendable {
        package let routine: String
        /// How the day counts, and why.
        package let counted: History.Entry
        /// What the day was about: planned times in order, then what was done outside the schedule.
        package let entries: [Entry]
        /// The present schedule plans something on this day.
        package let isPlanned: Bool

        package var day: Day { counted.day }
    }

    /// What happened with one planned time, or with a stretch outside the schedule.
    package struct Entry: Hashable, Sendable {
        /// Nil for a stretch outside the schedule.
        package let occurrence: OccurrenceID?
        /// The present schedule has this time.
        package let isPlanned: Bool
        package let happenings: [Happening]
        package let outcome: Outcome
    }

    package enum Outcome: Hashable, Sendable {
        case answered
        /// It can still be answered in time.
        case open(until: Instant)
        case toCome(Instant)
        /// It was asked, and closed without an answer.
        case unanswered
        /// It closed without being asked; a record says why.
        case held
        /// It closed without being asked during a pause, and no record says why.
        case paused
        /// No record says that it was asked, or why it was not.
        case unrecorded
    }

    /// A pause or the end of one, and when it was taken back; nil if it was not.
    package struct PauseNote: Hashable, Sendable {
        package let record: Record
        package let day: Day
        package let takenBack: Timestamp?
    }

    /// - Parameter routines: each with its history, up to now.
    package init(
        of routines: [(routine: Routine, history: History)], in diary: Diary, on span: ClosedRange<Day>, at now: Instant
    ) {
        let undos = diary.ledger.undos
        let chapters = routines.map { Chapter(of: $0.routine, $0.history, in: diary, on: span, undos: undos, at: now) }
        pages = (span.lowerBound.ordinal...span.upperBound.ordinal).flatMap { ordinal in
            chapters.compactMap { $0.page(of: Day(ordinal: ordinal)) }
        }
        pauses = diary.ledger.pausesWithUndone.compactMap { record in
            let day = (record.ts.civil - diary.configuration.dayStart).day
            let isMeant = record.routine.map { id in routines.contains { $0.routine.id == id } } ?? true
            guard span.contains(day), isMeant else { return nil }
            return PauseNote(record: record, day: day, takenBack: undos[record.id]?.ts)
        }
    }
}

/// The part of a logbook that is about one routine.
private struct Chapter {
    private let routine: Routine
    private let history: History
    private let diary: Diary
    private let now: Instant
    private let undos: [Record.ID: Record]
    private let open: Occurrence?
    private let pauses: [Pause]
    private var entries: [Day: [Logbook.Entry]] = [:]
    /// How the days count, from the first recorded one on.
    private var counted: [Day: History.Entry] = [:]
    private var plannedDays: Set<Day> = []
    /// The occurrences whose records tell something.
    private var told: Set<OccurrenceID> = []
    /// The records that say why nobody was asked at several planned times in a row, also those that no record is about.
    private var rows: [Record] = []
    /// The first day of a record of an occurrence, and the same for each time of day.
    private var firstDay: Day?
    private var firstDays: [Int64: Day] = [:]

    init(
        of routine: Routine, _ history: History, in diary: Diary, on span: ClosedRange<Day>,
        undos: [Record.ID: Record], at now: Instant
    ) {
        self.routine = routine
        self.history = history
        self.diary = diary
        self.undos = undos
        self.now = now
        open = diary.open(routine, at: now)
        pauses = diary.ledger.pauses(of: routine.id)
        takeRecorded(on: span)
        takeExtra(on: span)
        takeUnrecorded(on: span)
        guard let first = [firstDay, entries.keys.min()].compactMap(\.self).min(), first <= span.upperBound else {
            return
        }
        for day in history.days(in: max(first, span.lowerBound)...span.upperBound) { counted[day.day] = day }
    }

    /// Nil for a day before anything was recorded of the routine.
    func page(of day: Day) -> Logbook.Page? {
        guard let counted = counted[day] else { return nil }
        // All records of an occurrence are of one time. Stretches outside the schedule follow the planned times.
        let entries = (entries[day] ?? []).sorted { a, b in
            guard let first = a.occurrence?.nominal else { return false }
            return b.occurrence.map { first < $0.nominal } ?? true
        }
        return Logbook.Page(
            routine: routine.id, counted: counted, entries: entries, isPlanned: plannedDays.contains(day))
    }

    private var dayStart: Duration { diary.configuration.dayStart }

    // MARK: What the records tell

    private mutating func takeRecorded(on span: ClosedRange<Day>) {
        diary.ledger.forEachOccurrenceWithUndone(of: routine.id) { records in
            guard let id = records.first?.occurrence else { return }
            let nominalDay = id.day(startingAt: dayStart)
            firstDay = firstDay ?? nominalDay
            firstDays[id.nominal.microsecondOfDay] = firstDays[id.nominal.microsecondOfDay] ?? nominalDay
            // The day in a record is nearly always that of the occurrence, and never far from it.
            guard (span.lowerBound - 4...span.upperBound + 4).contains(nominalDay) else { return }
            let standing = records.filter { undos[$0.id] == nil }[...]
            rows += standing.filter { $0.heldSince != nil }
            let day = standing.countedDay(startingAt: dayStart) ?? nominalDay
            let happenings = Happening.list(of: records, undos: undos, dayStart: dayStart)
            guard span.contains(day), !happenings.isEmpty else { return }
            told.insert(id)
            entries[day, default: []].append(
                Logbook.Entry(
                    occurrence: id, isPlanned: diary.timetable.plans(id, of: routine, on: nominalDay),
                    happenings: happenings, outcome: outcome(of: id, standing)))
        }
    }

    private func outcome(of id: OccurrenceID, _ standing: ArraySlice<Record>) -> Logbook.Outcome {
        if standing.verdict != nil { return .answered }
        if let open, open.id == id { return .open(until: open.closes) }
        if let end = standing.closing, now < end { return .open(until: end) }
        if standing.contains(where: \.isPrompt) { return .unanswered }
        // A journey may bring a time back that was held in the zone before.
        let day = id.day(startingAt: dayStart)
        if day >= history.today, let opens = diary.timetable.occurrence(id, of: routine)?.opens, opens > now {
            return .toCome(opens)
        }
        if standing.contains(where: \.isHeld) { return .held }
        guard let occurrence = diary.timetable.occurrence(id, of: routine) else {
            return history.isPaused(day) ? .paused : .unrecorded
        }
        return pauses.contains { $0.holds(occurrence, in: diary.timetable) } ? .paused : .unrecorded
    }

    /// Takes what was done outside the schedule.
    private mutating func takeExtra(on span: ClosedRange<Day>) {
        for record in diary.ledger.otherRecordsWithUndone
        where record.kind == .done && (record.routine ?? routine.id) == routine.id {
            let day = record.day(startingAt: dayStart)
            // A guide that learns of the pain after it replaces its record. That is no news.
            guard span.contains(day), undos[record.id]?.via != .guide else { continue }
            entries[day, default: []].append(
                Logbook.Entry(
                    occurrence: nil, isPlanned: false,
                    happenings: Happening.list(of: [record], undos: undos, dayStart: dayStart), outcome: .answered))
        }
    }

    // MARK: What no record tells

    /// Takes the planned times that no record knows of.
    ///
    /// The schedule may have been another one then. So they are left out before the first record, or before today if
    /// there is none. On a day with records they are left out if one is of a time that is not planned now, or if no
    /// record knows that time of day before.
    private mutating func takeUnrecorded(on span: ClosedRange<Day>) {
        // Without any record, today is the first day: somebody who has just begun asks why nothing came.
        let (first, last) = (max(firstDay ?? history.today, span.lowerBound), min(history.today, span.upperBound))
        guard first <= last else { return }
        for ordinal in first.ordinal...last.ordinal {
            let day = Day(ordinal: ordinal)
            let planned = diary.timetable.occurrences(of: routine, on: day)
            if !planned.isEmpty { plannedDays.insert(day) }
            let recorded = (entries[day] ?? []).filter { $0.occurrence != nil }
            let isOtherSchedule = recorded.contains { !$0.isPlanned }
            for occurrence in planned where occurrence.opens <= now && !told.contains(occurrence.id) {
                let knownSince = firstDays[occurrence.id.nominal.microsecondOfDay] ?? day
                let isKnown = recorded.isEmpty || !isOtherSchedule && knownSince <= day
                guard isKnown || occurrence.id == open?.id,
                    diary.verdict(settling: occurrence, of: routine) == nil
                else { continue }
                entries[day, default: []].append(unrecorded(occurrence))
            }
        }
    }

    private func unrecorded(_ occurrence: Occurrence) -> Logbook.Entry {
        let row = rows.first { $0.tells(of: occurrence) }
        let outcome = row == nil ? outcome(of: occurrence.id, []) : .held
        return Logbook.Entry(
            occurrence: occurrence.id, isPlanned: true,
            happenings: [row.flatMap(Happening.init(held:))].compactMap(\.self), outcome: outcome)
    }
}

extension Record {
    /// Whether this record is the end of a row of `held` ones that has an occurrence in it.
    fileprivate func tells(of occurrence: Occurrence) -> Bool {
        guard let heldSince, let last = self.occurrence else { return false }
        return heldSince <= occurrence.opens && occurrence.id.nominal <= last.nominal
    }
}
