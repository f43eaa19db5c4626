internal import StretchBase

// What a pressed button does.

extension Session {
    mutating func pressed(_ action: Prompt.Action, on subject: Prompt.Subject, at now: Instant) -> [Effect] {
        // The server closes a notification whose button was pressed.
        let wasPosted = screen.removeValue(forKey: subject) != nil
        switch (subject, action) {
        case (.occurrence(let id), .done): answer(.done, id, at: now)
        case (.occurrence(let id), .skip): answer(.skip, id, at: now)
        case (.occurrence(let id), .snooze): snooze(id, at: now)
        case (.bonus(let routine), .done): bonus(routine, at: now)
        case (.occurrence(let id), .start): begin(.occurrence(id), at: now)
        case (.bonus(let routine), .start): begin(.routine(routine), at: now)
        case (.guide, let action): steer(action, at: now)
        default: break
        }
        return wasPosted ? [.withdraw(subject)] : []
    }

    /// A repeated verdict adds nothing (design 6.7).
    private mutating func answer(_ verdict: Verdict, _ id: OccurrenceID, at now: Instant) {
        guard ledger.verdict(of: id)?.verdict != verdict else { return }
        keep(self.verdict(verdict, on: .occurrence(id), via: .notification, at: now))
    }

    mutating func verdict(
        _ verdict: Verdict, on subject: Record.Subject, via: Record.Via, at now: Instant
    ) -> Record {
        Record(
            verdict, of: subject,
            on: day(of: subject, at: now),
            goal: subject.routine.flatMap(configuration.routine)?.dailyGoal ?? 1, via: via, id: ids.next(at: now),
            at: time(on: subject, at: now))
    }

    /// The day that counts: the occurrence's, or today.
    func day(of subject: Record.Subject, at now: Instant) -> Day {
        subject.occurrence?.day(startingAt: configuration.dayStart) ?? timetable.day(at: now)
    }

    /// Later than all that is known of it: whoever decides last is right, whatever other clocks say.
    func time(on subject: Record.Subject, at now: Instant) -> Timestamp {
        Timestamp(subject.occurrence.map { ledger.verdictTime(for: $0, at: now) } ?? now, in: timetable.zone)
    }

    private mutating func snooze(_ id: OccurrenceID, at now: Instant) {
        guard let (occurrence, _) = plan.occurrence(id), ledger.verdict(of: id) == nil else { return }
        guard case .until(let until) = snoozeOutcome(of: occurrence, at: now) else {
            // The button was there too long: ask again, without it.
            screen[.occurrence(id)] = .lost(until: now)
            return
        }
        var record = record(.snooze(until: until), of: id, at: now)
        record.via = .notification
        keep(record)
        if early == id { early = nil }
    }

    func snoozeOutcome(of occurrence: Occurrence, at now: Instant) -> SnoozeOutcome {
        diary.snooze(occurrence, at: now, disregarding: disregarded.records(of: occurrence.id))
    }

    private mutating func bonus(_ routine: String, at now: Instant) {
        // Pressed in the moment before it was withdrawn: nobody knows for which day.
        guard clockDoubt == nil else { return }
        keep(verdict(.done, on: .routine(routine), via: .notification, at: now))
    }

    /// Raises what is due, or today's next occurrence before its time, or a bonus prompt; nothing while nobody knows
    /// which day it is.
    mutating func askNow(at now: Instant) -> [Effect] {
        guard clockDoubt == nil else { return [] }
        welcomePending = false
        let today = timetable.day(at: now)
        let candidates = plan.entries.flatMap { entry in
            [entry.open, entry.next]
                .compactMap(\.self)
                .filter { $0.isOpen(at: now) || $0.day == today }
                .filter { diary.verdict(settling: $0, of: entry.routine) == nil }
        }
        if let occurrence = candidates.min(by: { $0.opens < $1.opens }) {
            early = occurrence.id
            // The wish outranks "do not disturb".
            if isQuiet(.occurrence(occurrence.id)) { screen[.occurrence(occurrence.id)] = nil }
            return []
        }
        guard let routine = configuration.routines.first else { return [] }
        var prompt = Prompt(bonusFor: routine, settings: configuration.prompt)
        if configuration.routines.count > 1 { prompt.routine = routine.id }
        screen[prompt.subject] = .underway(.first)
        return [.show(prompt)]
    }
}
