internal import StretchBase

// What sleep, a clock that was set and another zone do to what the session remembers.

extension Session {
    /// Whoever hears the timer later than this slept; and arrivals within it are one.
    static let moment: Duration = .seconds(10)

    /// What happens long after the timer should have rung happens after a sleep, whoever tells of it first, or nobody.
    mutating func noticeSleep(before events: [Event], at now: Instant) {
        guard let wake, now - wake > Session.moment else { return }
        // It rang for whom it let arrive: a machine that is always late must not begin anew each time.
        if wake == settledAt, now - wake < .minutes(1) { return }
        let isExplained = events.contains { event in
            switch event {
            case .clockChanged, .clock: true
            default: false
            }
        }
        if !isExplained { arrive(at: now) }
    }

    /// Whoever is there has come just now, as far as anybody can know; once, however many tell of it.
    mutating func arrive(at now: Instant) {
        if !(presenceSince...presenceSince + Session.moment).contains(now) { settleAnew(at: now) }
    }

    private mutating func settleAnew(at now: Instant) {
        if presence == .present, configuration.presence.wait { presenceSince = now }
    }

    /// What was measured with the wrong clock must not hold anything up.
    mutating func clockChanged(at now: Instant) {
        outbox.clockChanged(at: now)
        // A clock that cannot be right is no measure for anything.
        guard clockDoubt == nil else { return }
        // How much of the time to settle is over nobody can say, unless it was over before.
        // A step within that time is too small to matter: a clock that is corrected all the time keeps nobody waiting.
        if let latest, latest < settledAt, now < latest || now >= settledAt { settleAnew(at: now) }
        presenceSince = min(presenceSince, now)
        lastNew = lastNew.map { ($0.subject, min($0.at, now)) }
        for (subject, posting) in screen {
            switch posting {
            case .shown(let at): screen[subject] = .shown(at: min(at, now))
            case .dismissed(let at): screen[subject] = .dismissed(shownAt: min(at, now))
            case .failed(let raise, let obstacle, let at): screen[subject] = .failed(raise, obstacle, at: min(at, now))
            case .lost(let until): screen[subject] = .lost(until: min(until, now + .minutes(1)))
            case .underway, .adopted, .hidden, .quiet: break
            }
        }
        disregardPrompts(ahead: now)
    }

    /// Prompts and snoozes of a clock that was ahead: nobody was asked when their time really comes.
    mutating func disregardPrompts(ahead now: Instant) {
        for routine in configuration.routines {
            var ahead: [Record] = []
            ledger.forEachPage(of: routine.id) { records in
                ahead += records.filter { $0.ts.instant >= now + .minutes(1) }
            }
            disregardPrompts(ahead: now, among: ahead)
        }
    }

    mutating func disregardPrompts(ahead now: Instant, among records: [Record]) {
        // To a clock that cannot be right all records are ahead.
        guard clockDoubt == nil else { return }
        for record in records where record.ts.instant >= now + .minutes(1) {
            if record.isPrompt || record.isSnooze && isToCome(record, at: now) { disregarded.insert(record, at: now) }
        }
    }

    /// What another machine has on its screen, nobody sees on this one.
    mutating func disregardPrompts(elsewhere records: [Record], at now: Instant) {
        // A file of years may arrive; what nothing is decided by any more needs no remembering.
        let recent = now - DisregardedRecords.memory
        for record in records where record.isPrompt && record.ts.instant > recent && !ledger.contains(record) {
            disregarded.insert(record, at: now)
        }
    }

    /// It closed in the course of time: a small step of the clock that brings it back brings nothing new.
    func hasJustClosed(_ id: OccurrenceID, at now: Instant) -> Bool {
        guard let routine = configuration.routine(id.routine),
            let occurrence = timetable.occurrences(of: routine, on: id.day(startingAt: configuration.dayStart))
                .first(where: { $0.id == id })
        else { return false }
        return occurrence.closes <= now && now < occurrence.closes + .minutes(1)
    }

    /// Prompts for a time that is not now: should another zone or the clock bring it back, it is asked for anew.
    mutating func disregardPrompts(of occurrence: OccurrenceID, at now: Instant) {
        for record in ledger.records(of: occurrence) where record.isPrompt { disregarded.insert(record, at: now) }
    }

    /// What is open may have been snoozed on a machine whose clock is fast; what is not was snoozed by a wrong clock.
    private func isToCome(_ record: Record, at now: Instant) -> Bool {
        guard let nominal = record.occurrence?.nominal, let opens = timetable.zone.resolve(nominal)?.instant else {
            return false
        }
        return opens > now
    }

    mutating func follow(_ timetable: Timetable, at now: Instant) {
        diary.timetable = timetable
        plan = Plan()
        plan.turn(to: now, in: timetable)
    }
}
