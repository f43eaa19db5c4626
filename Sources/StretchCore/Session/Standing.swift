/// How an open occurrence stands by the records: the part of the state that a restarted daemon knows at once.
package enum Standing: Hashable, Sendable {
    case settled(Record)
    case paused(Pause)
    case snoozed(until: Instant)
    case due(Raised)

    /// How often it was prompted since it opened or the last snooze ended.
    package struct Raised: Hashable, Sendable {
        package var last: Instant?
        package var reminders = 0
    }

    /// `disregarded`: prompts recorded by a clock that was ahead and has been put right.
    package init(
        of occurrence: Occurrence, of routine: Routine, by ledger: Ledger, in timetable: Timetable, at now: Instant,
        disregarding disregarded: Set<Record.ID> = []
    ) {
        if let verdict = ledger.verdict(settling: occurrence, of: routine, in: timetable) {
            self = .settled(verdict)
        } else if let pause = ledger.pause(of: routine.id, at: now) {
            self = .paused(pause)
        } else if let until = ledger.snoozedUntil(occurrence.id), until > now {
            self = .snoozed(until: until)
        } else {
            self = .due(ledger.raised(occurrence, at: now, disregarding: disregarded))
        }
    }
}

extension Ledger {
    /// The verdict that settles an occurrence: its own, or one of that day whose occurrence the schedule no longer
    /// contains and to which this one is nearest (design 6.10).
    package func verdict(settling occurrence: Occurrence, of routine: Routine, in timetable: Timetable) -> Record? {
        if let verdict = verdict(of: occurrence.id) { return verdict }
        let verdicts = verdicts(of: routine.id, on: occurrence.day, dayStart: timetable.configuration.dayStart)
        // Nearly always there is no stray one, and the day's plan, which may be long, is not needed.
        let strays = verdicts.filter { verdict in
            verdict.occurrence.map { !timetable.plans($0, of: routine, on: occurrence.day) } ?? false
        }
        guard !strays.isEmpty else { return nil }
        var unanswered = timetable.occurrences(of: routine, on: occurrence.day).map(\.id)
            .filter { verdict(of: $0) == nil }
        for stray in strays {
            guard let id = stray.occurrence else { continue }
            let distance = { (other: OccurrenceID) in abs(other.nominal.timeline - id.nominal.timeline) }
            guard let nearest = unanswered.min(by: { distance($0) < distance($1) }) else { return nil }
            if nearest == occurrence.id { return stray }
            unanswered.removeAll { $0 == nearest }
        }
        return nil
    }

    /// The ids of the prompts recorded after an instant.
    func prompts(of occurrence: OccurrenceID, after instant: Instant) -> [Record.ID] {
        records(of: occurrence).filter { record in
            if case .prompted = record.kind { record.ts.instant > instant } else { false }
        }.map(\.id)
    }

    /// Of several snoozes the latest end counts.
    func snoozedUntil(_ occurrence: OccurrenceID) -> Instant? {
        snoozes(of: occurrence).max()
    }

    /// When each snooze of an occurrence ends.
    func snoozes(of occurrence: OccurrenceID) -> [Instant] {
        records(of: occurrence).compactMap { if case .snooze(let until) = $0.kind { until } else { nil } }
    }

    /// A `prompted` record counts only while opening ≤ its time ≤ now: a clock that was ahead asks again, unless it was
    /// ahead by less than a minute.
    func raised(
        _ occurrence: Occurrence, at now: Instant, disregarding disregarded: Set<Record.ID> = []
    ) -> Standing.Raised {
        let start = max(occurrence.opens, snoozedUntil(occurrence.id) ?? occurrence.opens)
        guard start <= now else { return Standing.Raised() }
        return records(of: occurrence.id).reduce(into: Standing.Raised()) { raised, record in
            guard case .prompted(_, let reminder) = record.kind,
                (start..<now + .minutes(1)).contains(record.ts.instant),
                !disregarded.contains(record.id)
            else { return }
            raised.last = record.ts.instant
            raised.reminders += reminder ? 1 : 0
        }
    }
}
