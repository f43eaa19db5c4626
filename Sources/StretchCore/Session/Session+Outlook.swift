// What the session tells about itself.

extension Session {
    mutating func publication(of agenda: [AgendaItem], at now: Instant) -> [Effect] {
        var current = Outlook()
        current.due = agenda.compactMap { due($0, at: now) }
        current.next = nextUnanswered(after: now)
        current.reason = reason(agenda, at: now)
        current.passedOver = agenda.map(\.occurrence.id).filter(passedOver.contains)
        current.journalTrouble = outbox.seriousTrouble?.reason
        guard current != outlook else { return [] }
        outlook = current
        return [.publish(current)]
    }

    /// The next occurrence of any routine that nobody answered early.
    func nextUnanswered(after now: Instant) -> Occurrence? {
        var first: Occurrence?
        for (routine, entry) in zip(configuration.routines, plan.entries) {
            // Only what could come first is worth a look into the ledger.
            guard let next = entry.next, first.map({ next.opens < $0.opens }) ?? true else { continue }
            guard let unanswered = timetable.unanswered(routine, by: ledger, from: next) else { continue }
            if first.map({ unanswered.opens < $0.opens }) ?? true { first = unanswered }
        }
        return first
    }

    private func due(_ item: AgendaItem, at now: Instant) -> Outlook.Due? {
        Outlook.Due(item.occurrence.id, item.standing, in: timetable.zone, at: now) { raised in
            explanation(of: item, raised, at: now)
        }
    }

    /// Why a prompt is on the screen or is not, in the order in which the reasons outrank each other.
    private func explanation(
        of item: AgendaItem, _ raised: Standing.Raised, at now: Instant
    ) -> (DueState, String?) {
        switch screen[item.subject] {
        case .shown, .adopted: return (.prompted, nil)
        case .failed(_, .noServer, _), .lost: return (.waiting, "no notification server")
        case .failed(_, .noAnswer, _): return (.waiting, "the notification server does not answer")
        case .failed(_, .refused(let reason), _): return (.waiting, "the notification server refused: \(reason)")
        case .underway: return (.waiting, "handed to the notification server")
        case .dismissed, nil: break
        }
        if let clockDoubt { return (.waiting, clockDoubt.words(at: now, in: timetable.zone)) }
        if passedOver.contains(item.occurrence.id) {
            return (.resting, "its time had passed when the configuration changed")
        }
        if let waiting = absence(at: now) ?? settling(at: now) { return (.waiting, waiting) }
        guard let (raise, at) = nextRaise(of: item, at: now) else { return (.resting, "asked as often as configured") }
        if raise.isNew, at <= now { return (.waiting, "after the prompt that just came up") }
        return (.prompted, "closed; again at \(clock(at, at: now))")
    }

    /// Why nobody can be asked, whatever is due.
    ///
    /// What ends by itself is told only where something happens when it does: nobody must read of it later.
    private func reason(_ agenda: [AgendaItem], at now: Instant) -> String? {
        if let clockDoubt { return clockDoubt.words(at: now, in: timetable.zone) }
        if let absence = absence(at: now) { return absence }
        if let pause = pauseOfAll(at: now) {
            return pause.until.map { "paused until \(clock($0, at: now))" } ?? "paused"
        }
        if hasServer == false { return "no notification server" }
        return agenda.contains { isToBeAsked($0) } ? settling(at: now) : nil
    }

    /// When the reason ends by itself, but for settling: once for each pause, and never while nobody is there.
    func reasonEnds(at now: Instant) -> Instant? {
        isThere && clockDoubt == nil ? pauseOfAll(at: now)?.until : nil
    }

    /// The pause in force for all routines: of several the one that ends first.
    private func pauseOfAll(at now: Instant) -> Pause? {
        var first: Pause?
        for routine in configuration.routines {
            guard let pause = ledger.pause(of: routine.id, at: now) else { return nil }
            if first.map({ pause.end < $0.end }) ?? true { first = pause }
        }
        return first
    }

    private func absence(at now: Instant) -> String? {
        guard configuration.presence.wait, case .away(let absence) = presence else { return nil }
        return "\(absence.rawValue) since \(clock(presenceSince, at: now))"
    }

    private func settling(at now: Instant) -> String? {
        isSettled(at: now) ? nil : "settling until \(clock(settledAt, at: now))"
    }

    private func clock(_ instant: Instant, at now: Instant) -> String {
        HumanTime.moment(instant, in: timetable.zone, at: now)
    }
}

extension Outlook.Due {
    /// How an occurrence is told to stand; nil when it is settled.
    ///
    /// Who knows more than the records explains what is due and neither paused nor snoozed.
    package init?(
        _ occurrence: OccurrenceID, _ standing: Standing, in zone: Zone, at now: Instant,
        explaining: (Standing.Raised) -> (DueState, String?)
    ) {
        let clock = { HumanTime.moment($0, in: zone, at: now) }
        switch standing {
        case .settled: return nil
        case .paused(let pause):
            self.init(occurrence, .waiting, pause.until.map { "paused until \(clock($0))" } ?? "paused")
        case .snoozed(let until): self.init(occurrence, .snoozed, "until \(clock(until))")
        case .due(let raised):
            let (state, reason) = explaining(raised)
            self.init(occurrence, state, reason)
        }
    }
}

extension Timetable {
    /// The next occurrence of a routine that nobody answered early.
    package func nextUnanswered(_ routine: Routine, by ledger: Ledger, after now: Instant) -> Occurrence? {
        next(routine, after: now).flatMap { unanswered(routine, by: ledger, from: $0) }
    }

    /// An occurrence, or the first after it that nobody answered early.
    func unanswered(_ routine: Routine, by ledger: Ledger, from occurrence: Occurrence) -> Occurrence? {
        var candidate = occurrence
        while ledger.verdict(settling: candidate, of: routine, in: self) != nil {
            guard let following = next(routine, after: candidate.opens) else { return nil }
            candidate = following
        }
        return candidate
    }
}
