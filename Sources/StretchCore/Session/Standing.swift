package import StretchBase

/// How an open occurrence stands by the records: the part of the state that a restarted daemon knows at once.
package enum Standing: Hashable, Sendable {
    indirect case settled(Record)
    case paused(Pause)
    case snoozed(until: Instant)
    /// A guide leads through it.
    case guided(until: Instant)
    case due(Raised)

    /// How often it was prompted since it opened or the last snooze ended.
    package struct Raised: Hashable, Sendable {
        package var last: Instant?
        package var reminders = 0
    }

    /// `disregarded`: records of this occurrence that do not count.
    package init(
        of occurrence: Occurrence, of routine: Routine, by ledger: Ledger, in timetable: Timetable, at now: Instant,
        disregarding disregarded: Set<Record.ID> = []
    ) {
        var records = ledger.records(of: occurrence.id)
        if !disregarded.isEmpty { records.removeAll { disregarded.contains($0.id) } }
        if let verdict = records.verdict ?? ledger.strayVerdict(settling: occurrence, of: routine, in: timetable) {
            self = .settled(verdict)
        } else if records.contains(where: \.isGuide), let until = ledger.guideEnd(of: occurrence.id, at: now) {
            self = .guided(until: until)
        } else if let pause = timetable.pause(of: occurrence, by: ledger, at: now) {
            self = .paused(pause)
        } else if let until = records.snoozedUntil, until > now {
            self = .snoozed(until: until)
        } else {
            self = .due(records.raised(since: occurrence.opens, at: now))
        }
    }
}

extension Ledger {
    /// The verdict that settles an occurrence: its own, or one of that day whose occurrence the schedule no longer
    /// contains and to which this one is nearest (design 6.10).
    package func verdict(settling occurrence: Occurrence, of routine: Routine, in timetable: Timetable) -> Record? {
        verdict(of: occurrence.id) ?? strayVerdict(settling: occurrence, of: routine, in: timetable)
    }

    fileprivate func strayVerdict(
        settling occurrence: Occurrence, of routine: Routine, in timetable: Timetable
    ) -> Record? {
        strayVerdicts(of: routine, on: occurrence.day, in: timetable)[occurrence.id]
    }

    /// What settles occurrences of a day that have no verdict of their own.
    func strayVerdicts(of routine: Routine, on day: Day, in timetable: Timetable) -> [OccurrenceID: Record] {
        let verdicts = verdicts(of: routine.id, on: day, dayStart: timetable.configuration.dayStart)
        // Nearly always there is no stray one, and the day's plan, which may be long, is not needed.
        let strays = verdicts.filter { verdict in
            verdict.occurrence.map { !timetable.plans($0, of: routine, on: day) } ?? false
        }
        guard !strays.isEmpty else { return [:] }
        var unanswered = timetable.occurrences(of: routine, on: day).map(\.id).filter { verdict(of: $0) == nil }
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

    /// The snoozes of an occurrence.
    func snoozes(of occurrence: OccurrenceID) -> [Record] { records(of: occurrence).filter(\.isSnooze) }
}

extension Record {
    var isSnooze: Bool {
        if case .snooze = kind { true } else { false }
    }

    /// A guide began.
    var isGuide: Bool {
        if case .started = kind { true } else { false }
    }
}

/// Of the records of one occurrence, in order of time.
extension [Record] {
    /// When each snooze ends.
    fileprivate var snoozes: [Instant] {
        compactMap { if case .snooze(let until) = $0.kind { until } else { nil } }
    }

    /// Of several snoozes the latest end counts.
    fileprivate var snoozedUntil: Instant? { snoozes.max() }

    /// A `prompted` record counts only while opening ≤ its time ≤ now: a clock that was ahead asks again, unless it was
    /// ahead by less than a minute.
    func raised(since opening: Instant, at now: Instant) -> Standing.Raised {
        let start = Swift.max(opening, snoozedUntil ?? opening)
        var raised = Standing.Raised()
        for record in self {
            guard case .prompted(_, let isReminder) = record.kind, start <= now, record.ts.instant >= start,
                record.ts.instant < now + .minutes(1)
            else { continue }
            raised.last = record.ts.instant
            if isReminder { raised.reminders += 1 }
        }
        return raised
    }
}
