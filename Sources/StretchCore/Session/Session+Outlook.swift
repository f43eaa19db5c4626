// What the session tells about itself.

extension Session {
    mutating func publication(of agenda: [AgendaItem], at now: Instant) -> [Effect] {
        var current = Outlook()
        current.due = agenda.compactMap { due($0, at: now) }
        current.next = nextUnanswered(after: now)
        current.journalTrouble = outbox.seriousTrouble?.reason
        guard current != outlook else { return [] }
        outlook = current
        return [.publish(current)]
    }

    /// The next occurrence of any routine that nobody answered early.
    func nextUnanswered(after now: Instant) -> Occurrence? {
        configuration.routines.compactMap { timetable.nextUnanswered($0, by: ledger, after: now) }
            .min { $0.opens < $1.opens }
    }

    private func due(_ item: AgendaItem, at now: Instant) -> Outlook.Due? {
        let (state, reason): (DueState, String?)
        switch item.standing {
        case .settled: return nil
        case .paused(let pause):
            (state, reason) = (.waiting, pause.until.map { "paused until \(clock($0, at: now))" } ?? "paused")
        case .snoozed(let until): (state, reason) = (.snoozed, "until \(clock(until, at: now))")
        case .due(let raised): (state, reason) = explanation(of: item, raised, at: now)
        }
        return Outlook.Due(item.occurrence.id, state, reason)
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
        case nil: break
        }
        if passedOver.contains(item.occurrence.id) {
            return (.resting, "its time had passed when the configuration changed")
        }
        if case .away(let absence) = presence {
            return (.waiting, "\(absence.rawValue) since \(clock(presenceSince, at: now))")
        }
        if !isSettled(at: now) { return (.waiting, "settling until \(clock(settledAt, at: now))") }
        guard let (raise, at) = nextRaise(of: item, at: now) else { return (.resting, "asked as often as configured") }
        if raise == .first { return (.waiting, "after the prompt that just came up") }
        return (.prompted, "closed; again at \(clock(at, at: now))")
    }

    private func clock(_ instant: Instant, at now: Instant) -> String {
        HumanTime.short(timetable.zone.civil(instant), relativeTo: timetable.zone.civil(now).day)
    }
}

extension Timetable {
    /// The next occurrence of a routine that nobody answered early.
    package func nextUnanswered(_ routine: Routine, by ledger: Ledger, after now: Instant) -> Occurrence? {
        var next = next(routine, after: now)
        while let occurrence = next, ledger.verdict(settling: occurrence, of: routine, in: self) != nil {
            next = self.next(routine, after: occurrence.opens)
        }
        return next
    }
}
