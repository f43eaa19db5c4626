package import StretchBase

// What is asked of a ledger.

extension Ledger {
    /// What counts for each occurrence of a routine, in no order; the records of each in order of time and without what
    /// was taken back.
    package func forEachPage(of routine: String, _ visit: (_ records: [Record]) -> Void) {
        archive.forEachPage(of: routine) { visit(standing($0)) }
        for page in pages[routine] ?? [] { visit(standing(page.records)) }
    }

    /// What counts for an occurrence, in order of time: what was taken back is left out.
    package func records(of occurrence: OccurrenceID) -> [Record] {
        standing(allRecords(of: occurrence))
    }

    /// What came after the newest verdict, also one that was taken back.
    func recordsSinceVerdict(of occurrence: OccurrenceID) -> [Record] {
        let records = allRecords(of: occurrence)
        let begin = records.lastIndex { $0.verdict != nil }.map { $0 + 1 } ?? records.startIndex
        return standing(Array(records[begin...]))
    }

    /// In order of time, also what was taken back.
    func allRecords(of occurrence: OccurrenceID) -> [Record] {
        pages[occurrence.routine]?.page(of: occurrence)?.records ?? archive.records(of: occurrence)
    }

    private func standing(_ records: [Record]) -> [Record] {
        undone.isEmpty ? records : records.filter { !undone.contains($0.id) }
    }

    /// Bonus verdicts, in order of time, without what was taken back.
    package var looseRecords: [Record] { standing(loose) }

    /// The verdict that stands: the newest one.
    package func verdict(of occurrence: OccurrenceID) -> Record? {
        records(of: occurrence).verdict
    }

    /// What `undo` takes back (stretchd-journal(5)).
    ///
    /// Of the occurrence that a machine answered last, the newest verdicts that say the same; of a bonus that alone. In
    /// order of time; empty when nothing is left.
    ///
    /// - Parameter own: what that machine recorded, in that order.
    package func lastAnswer(among own: [Record]) -> [Record] {
        guard let last = own.last(where: { $0.verdict != nil && !undone.contains($0.id) }) else { return [] }
        guard let occurrence = last.occurrence else { return [last] }
        let verdicts = records(of: occurrence).filter { $0.verdict != nil }
        let standing = verdicts.last?.verdict
        let begin = verdicts.lastIndex { $0.verdict != standing }.map { $0 + 1 } ?? verdicts.startIndex
        return Array(verdicts[begin...])
    }

    /// Whether a guide ever led somewhere: then the warning signs have been read.
    package var hasGuided: Bool {
        all.contains { record in
            if undone.contains(record.id) { return false }
            return if case .started = record.kind { true } else { record.via == .guide && record.kind == .done }
        }
    }

    /// The guides that began after an instant and were not taken back, in order of time.
    func recentGuides(since start: Instant) -> [Record] {
        guard let newestGuide, newestGuide > start else { return [] }
        var guides: [Record] = []
        for routine in routines {
            for records in pages(of: routine, since: start) {
                guides += records.filter { $0.isGuide && $0.ts.instant > start }
            }
        }
        return standing(guides.sorted(by: Record.inOrder))
    }

    /// What is known of the occurrences of a routine of which something may have happened since an instant.
    func pages(of routine: String, since start: Instant) -> [[Record]] {
        // What is asked, led through or answered was planned for one of the days before, in any zone.
        pages(of: routine, from: CivilTime(day: Day(ordinal: Int(start.seconds / 86_400)) - 4, microsecondOfDay: 0))
    }

    /// What is known of the occurrences of a routine from a nominal time on, also what was taken back.
    private func pages(of routine: String, from first: CivilTime) -> [[Record]] {
        var found: [[Record]] = []
        forEachPage(of: routine, from: first) { found.append($0) }
        return found
    }

    /// The same, one after the other.
    private func forEachPage(of routine: String, from first: CivilTime, _ visit: (_ records: [Record]) -> Void) {
        archive.forEachPage(of: routine, from: first, visit)
        guard let pages = pages[routine] else { return }
        for place in pages.place(of: first)..<pages.endIndex { visit(pages[place].records) }
    }

    /// The time of the newest record of an occurrence, taken back or not.
    package func newest(of occurrence: OccurrenceID) -> Instant? {
        allRecords(of: occurrence).last?.ts.instant
    }

    /// The time of a verdict: later than all that is known of the occurrence, so that a later decision wins over a
    /// faster clock elsewhere (rule 7).
    func verdictTime(for occurrence: OccurrenceID, at now: Instant) -> Instant {
        guard let newest = newest(of: occurrence) else { return now }
        return max(now, newest + .milliseconds(1))
    }

    /// The verdicts that stand for a routine on a day, in order of time.
    package func verdicts(of routine: String, on day: Day, dayStart: Duration) -> [Record] {
        // The day begins at `dayStart`, so its occurrences are nominally of this date or the next.
        var verdicts: [Record] = []
        forEachPage(of: routine, from: CivilTime(day: day - 1, microsecondOfDay: 0)) { records in
            if let occurrence = records.first?.occurrence, day + 1 < occurrence.nominal.day { return }
            let standing = records.lastIndex { $0.verdict != nil && !undone.contains($0.id) }
            guard let standing, records[standing].day(startingAt: dayStart) == day else { return }
            verdicts.append(records[standing])
        }
        return verdicts.sorted(by: Record.inOrder)
    }

    /// The pause in force for a routine: of several the one that ends last.
    package func pause(of routine: String, at now: Instant) -> Pause? {
        unfinishedPauses(of: routine, at: now).filter { $0.from <= now }.max { $0.end < $1.end }
    }

    /// The pauses of a routine that nobody ended and that are not over.
    ///
    /// Whatever the clocks of the machines say: a pause that began when it was recorded holds as soon as it is known,
    /// and a `resume` ends what was recorded before it as soon as that is known.
    package func unfinishedPauses(of routine: String, at now: Instant) -> [Pause] {
        var pauses: [Pause] = []
        for record in breaks.reversed() where record.concerns(routine) && !undone.contains(record.id) {
            guard case .pause(let from, let until) = record.kind else { break }
            let hasBegun = from <= record.ts.instant
            let pause = Pause(from: hasBegun ? min(from, now) : from, until: until)
            if pause.end > now { pauses.append(pause) }
        }
        return pauses
    }

    /// All pauses of a routine, each ended by the first `resume` after it was recorded; the newest one first.
    package func pauses(of routine: String) -> [Pause] {
        var resumed: (at: Instant, day: Day?)?
        var pauses: [Pause] = []
        for record in standing(breaks).reversed() where record.concerns(routine) {
            if case .pause(let from, let until) = record.kind {
                let planned = Pause(from: from, until: until, firstDay: record.day, lastDay: record.lastDay)
                if let resumed, resumed.at < planned.end {
                    pauses.append(
                        Pause(from: from, until: resumed.at, firstDay: record.day, lastDay: resumed.day))
                } else {
                    pauses.append(planned)
                }
            } else {
                // Its `ts` may only have had to outrank a clock that was ahead; the id tells when it was.
                resumed = (min(record.ts.instant, record.id.time ?? record.ts.instant), record.day)
            }
        }
        return pauses
    }

    /// The time of a new pause or resume: later than every one that is known, so that the later decision wins over a
    /// faster clock elsewhere.
    package func breakTime(at now: Instant) -> Instant {
        breaks.last.map { max(now, $0.ts.instant + .milliseconds(1)) } ?? now
    }
}

extension Record {
    fileprivate func concerns(_ routine: String) -> Bool { self.routine == nil || self.routine == routine }
}
