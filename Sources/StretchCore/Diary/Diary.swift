package import StretchBase

/// The timetable and the ledger together: knows what is open, answered, paused or led through by a guide.
///
/// Routines that are passed in must be routines of the timetable, or earlier versions of them.
package struct Diary: Sendable {
    package var timetable: Timetable
    package var ledger: Ledger

    package init(_ timetable: Timetable, _ ledger: Ledger = Ledger()) {
        self.timetable = timetable
        self.ledger = ledger
    }

    package var configuration: Configuration { timetable.configuration }

    // MARK: Verdicts

    /// The verdict that settles an occurrence (rule 10): its own, or a stray one of the same day.
    ///
    /// A verdict is stray if its occurrence is no longer in the schedule. It settles the nearest unanswered occurrence.
    package func verdict(settling occurrence: Occurrence, of routine: Routine) -> Record? {
        verdict(on: occurrence.id, of: routine)
    }

    /// The same as `verdict(settling:of:)`, for an occurrence that may no longer be planned.
    package func verdict(on id: OccurrenceID, of routine: Routine) -> Record? {
        ledger.verdict(of: id) ?? strayVerdicts(of: routine, on: id.day(startingAt: configuration.dayStart))[id]
    }

    /// The stray verdicts of a day, by the occurrence that each of them settles.
    func strayVerdicts(of routine: Routine, on day: Day) -> [OccurrenceID: Record] {
        let verdicts = ledger.verdicts(of: routine.id, on: day, dayStart: configuration.dayStart)
        // Nearly always there is no stray verdict. Then the plan of the day, which may be long, is not needed.
        let strays = verdicts.filter { verdict in
            verdict.occurrence.map { !timetable.plans($0, of: routine, on: day) } ?? false
        }
        guard !strays.isEmpty else { return [:] }
        var unanswered = timetable.occurrences(of: routine, on: day).map(\.id).filter { ledger.verdict(of: $0) == nil }
        var settled: [OccurrenceID: Record] = [:]
        for stray in strays {
            guard let id = stray.occurrence else { continue }
            let distance = { (other: OccurrenceID) in abs(other.nominal.timeline - id.nominal.timeline) }
            guard let nearest = unanswered.min(by: { distance($0) < distance($1) }) else { break }
            settled[nearest] = stray
            unanswered.removeAll { $0 == nearest }
        }
        return settled
    }

    /// A verdict that is given now, ready for the journal.
    package func record(
        of verdict: Verdict, on subject: Record.Subject, day: Day, goal: Int, via: Record.Via, id: Record.ID,
        at now: Instant
    ) -> Record {
        let kind: Record.Kind = verdict == .done ? .done : .skip
        var record = Record(id: id, ts: time(on: subject, at: now), kind: kind, subject: subject)
        record.day = day
        record.late = subject.occurrence.map { isLate(verdict, on: $0, at: now) }
        record.goal = goal
        record.via = via
        return record
    }

    /// Whether a verdict that is given now is late: the window is over, and no guide keeps it open (rule 15).
    ///
    /// A repeated verdict is as late as the first one was.
    private func isLate(_ verdict: Verdict, on id: OccurrenceID, at now: Instant) -> Bool {
        let records = ledger.records(of: id)
        let closed = records.closing
        if let standing = records.verdict, standing.verdict == verdict {
            return standing.isLate(closing: closed, dayStart: configuration.dayStart)
        }
        let planned = configuration.routine(id.routine).flatMap { timetable.occurrence(id, of: $0)?.closes }
        if let closes = planned ?? closed { return now >= records.closing(keptOpenAfter: closes) }
        return timetable.day(at: now) > id.day(startingAt: configuration.dayStart)
    }

    /// The day that a record counts for: the day of its occurrence or, if it has none, today.
    package func day(of subject: Record.Subject, at now: Instant) -> Day {
        subject.occurrence?.day(startingAt: configuration.dayStart) ?? timetable.day(at: now)
    }

    /// The time for a new record: later than all records of its occurrence.
    ///
    /// So the last decision wins even if the clock of another machine is fast (rule 7).
    package func time(on subject: Record.Subject, at now: Instant) -> Timestamp {
        Timestamp(subject.occurrence.map { ledger.verdictTime(for: $0, at: now) } ?? now, in: timetable.zone)
    }

    // MARK: Levels

    /// The steps of a routine at the levels that the person agreed to.
    ///
    /// `gentle` is for a bad day and keeps the doses that the stretches begin with.
    package func steps(of routine: Routine) -> [Step] {
        routine.id == Routine.gentle.id ? routine.steps : routine.steps.map { $0.at(level: level(of: $0)) }
    }

    /// The level at which a step is done.
    func level(of step: Step) -> Int {
        guard case .level(let level, _)? = ledger.level(of: step.stretch.id)?.kind else { return 0 }
        return min(level, step.highestLevel)
    }

    // MARK: What is open, and what comes next

    /// The occurrence that is open or that a guide keeps open, answered or not.
    package func open(_ routine: Routine, at now: Instant) -> Occurrence? {
        kept(of: routine, by: guideHolds(at: now), at: now) ?? timetable.open(routine, at: now)
    }

    /// The next occurrence of a routine that was not answered early.
    package func nextUnanswered(_ routine: Routine, after now: Instant) -> Occurrence? {
        timetable.next(routine, after: now).flatMap { unanswered(routine, from: $0) }
    }

    /// The first occurrence, from this one on, that was not answered early.
    private func unanswered(_ routine: Routine, from occurrence: Occurrence) -> Occurrence? {
        var candidate = occurrence
        while verdict(settling: candidate, of: routine) != nil {
            guard let following = timetable.next(routine, after: candidate.opens) else { return nil }
            candidate = following
        }
        return candidate
    }

    /// The next occurrence of a routine that will be asked for; nil if there is none, or none before a pause without
    /// an end.
    ///
    /// It was not answered early. It may open during a pause, if it is still open at the end of the pause.
    package func nextAsked(_ routine: Routine, after now: Instant) -> Occurrence? {
        timetable.next(routine, after: now).flatMap { asked(routine, from: $0) }
    }

    /// The same as `nextAsked`, for a routine whose next occurrence is known.
    func asked(_ routine: Routine, from next: Occurrence) -> Occurrence? {
        var candidate = unanswered(routine, from: next)
        while let occurrence = candidate, case .never(let pause) = asking(for: occurrence, from: occurrence.opens) {
            guard let until = pause.until else { return nil }
            // The occurrence that is open when the pause ends may have opened during the pause.
            let open = timetable.open(routine, at: until).flatMap { $0.opens > occurrence.opens ? $0 : nil }
            let following = open ?? timetable.next(routine, after: max(until, occurrence.opens))
            candidate = following.flatMap { unanswered(routine, from: $0) }
        }
        return candidate
    }
}
