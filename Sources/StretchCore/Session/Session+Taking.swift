internal import StretchBase

// What each event changes in the session.

extension Session {
    /// Brings the state up to date; the effects are those that only this event can cause.
    mutating func take(_ event: Event, at now: Instant) -> [Effect] {
        switch event {
        case .started(let adopted, let abandoned):
            for subject in adopted { screen[subject] = .adopted }
            takeBack(abandoned: abandoned, at: now)
            welcomePending = ledger.isEmpty
            disregardPrompts(ahead: now)
        case .timer: break
        case .clockChanged: clockChanged(at: now)
        case .resumed:
            clockChanged(at: now)
            arrive(at: now)
        case .clock(let doubt):
            clockDoubt = doubt
            clockChanged(at: now)
        case .zone(let zone): follow(Timetable(configuration, zone: zone), at: now)
        case .journal(let records):
            disregardPrompts(elsewhere: records, at: now)
            diary.ledger.merge(records)
            disregardPrompts(ahead: now, among: records)
        case .journalReplaced(let ledger):
            for routine in configuration.routines {
                let pages = ledger.pages(of: routine.id, since: now - DisregardedRecords.memory)
                for records in pages { disregardPrompts(elsewhere: records, at: now) }
            }
            diary.ledger = ledger
            diary.ledger.merge(outbox.records)
            disregardPrompts(ahead: now)
        case .configuration(let configuration): take(configuration, at: now)
        case .presence(let presence): take(presence, at: now)
        case .bus(let isPresent): lacksBus = !isPresent
        case .server(let isPresent, let drawsProgress):
            self.drawsProgress = isPresent && drawsProgress
            guide?.posted = nil
            serverChanged(isPresent: isPresent, at: now)
        case .shown(let subject): shown(subject, at: now)
        case .failed(let subject, let obstacle):
            failed(subject, obstacle, at: now)
        case .closed(let subject): closed(subject)
        case .doNotDisturbEnded: endQuiet()
        case .pressed(let subject, let action): return pressed(action, on: subject, at: now)
        case .steered(let action): steer(action, at: now)
        case .written: outbox.written()
        case .notWritten(let cause): outbox.notWritten(cause, at: now)
        case .askNow: return askNow(at: now)
        case .stop: break
        }
        return []
    }

    /// A time that passed before its configuration took force is not asked for.
    private mutating func take(_ configuration: Configuration, at now: Instant) {
        let wereOpen = Set(plan.entries.compactMap(\.open?.id))
        // What is over needs no remembering.
        if clockDoubt == nil { passedOver.formIntersection(wereOpen) }
        follow(Timetable(configuration, zone: timetable.zone), at: now)
        for open in plan.entries.compactMap(\.open)
        where !wereOpen.contains(open.id) && ledger.records(of: open.id).raised(since: open.opens, at: now).last == nil
        {
            passedOver.insert(open.id)
        }
    }

    private mutating func take(_ presence: Presence, at now: Instant) {
        guard presence != self.presence else { return }
        self.presence = presence
        pauseGuide(at: now)
        // Nobody arrives where nobody is waited for; yet a new configuration may begin to wait.
        if configuration.presence.wait { presenceSince = now }
    }

    private mutating func serverChanged(isPresent: Bool, at now: Instant) {
        // One that was never there may still be started by the bus when it is asked for.
        if isPresent || hasServer != nil { hasServer = isPresent }
        for (subject, posting) in screen {
            switch posting {
            // Whoever did not answer takes the question along.
            case .shown where !isPresent, .adopted where !isPresent, .quiet where !isPresent,
                .failed(_, .noAnswer, _) where !isPresent:
                screen[subject] = .lost(until: now + .minutes(1))
            case .lost where isPresent: screen[subject] = .lost(until: now)
            // Another one may disturb.
            case .failed where isPresent, .quiet where isPresent: screen[subject] = .lost(until: now)
            default: break
            }
        }
    }

    private mutating func failed(_ subject: Prompt.Subject, _ obstacle: Obstacle, at now: Instant) {
        if obstacle == .noServer { hasServer = false }
        switch (screen[subject], obstacle) {
        // Asked again when a late answer came.
        case (.underway, .doNotDisturb), (.failed(_, .noAnswer, _), .doNotDisturb):
            hasServer = true
            screen[subject] = .quiet(isOver: false)
        case (.underway(let raise), _): screen[subject] = .failed(raise, obstacle, at: now)
        default: break
        }
        // A server may refuse what it was shown a moment ago: then it is posted again.
        if subject == .guide, case .refused = obstacle { guide?.posted = nil }
    }

    private mutating func shown(_ subject: Prompt.Subject, at now: Instant) {
        let raise: Raise
        switch screen[subject] {
        case .underway(let underway), .failed(let underway, .noAnswer, _): raise = underway
        default: return
        }
        screen[subject] = .shown(at: now)
        hasServer = true
        if subject == .notice(.welcome) { welcomePending = false }
        guard case .occurrence(let id) = subject else { return }
        if raise.isNew { lastNew = (subject, now) }
        guard let (occurrence, routine) = plan.occurrence(id) else { return }
        var record = record(.prompted(closes: occurrence.closes, reminder: raise == .reminder), of: id, at: now)
        record.goal = routine.dailyGoal
        keep(record)
    }

    private mutating func closed(_ subject: Prompt.Subject) {
        switch screen[subject] {
        // Some servers report the notification that a new one replaces as closed; and the new one may be kept back.
        case .underway, .quiet: return
        case .shown(let at): screen[subject] = .dismissed(shownAt: at)
        default: screen[subject] = nil
        }
        guard case .occurrence(let id) = subject else {
            screen[subject] = nil
            if subject == .notice(.welcome) { welcomePending = false }
            return
        }
        if early == id { early = nil }
    }

    /// Into the ledger at once, and out to the disk.
    mutating func keep(_ record: Record) {
        diary.ledger.merge([record])
        outbox.put(record)
    }

    mutating func record(_ kind: Record.Kind, of id: OccurrenceID, at now: Instant) -> Record {
        let ts = Timestamp(now, in: timetable.zone)
        var record = Record(id: ids.next(at: ts.instant), ts: ts, kind: kind, subject: .occurrence(id))
        record.day = id.day(startingAt: configuration.dayStart)
        return record
    }
}
