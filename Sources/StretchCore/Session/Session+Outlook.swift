// What the session tells about itself.

extension Session {
    mutating func publication(of agenda: [AgendaItem], at now: Instant) -> [Effect] {
        var current = Outlook()
        current.due = agenda.compactMap { due($0, at: now) }
        current.next = nextAsked(after: now)
        current.paused = timetable.pauseOfAll(by: ledger, at: now)?.words(in: timetable, at: now)
        current.reason = lacksBus ? "no session bus" : nil
        current.passedOver = agenda.map(\.occurrence.id).filter(passedOver.contains)
        current.journalTrouble = outbox.seriousTrouble?.reason
        guard current != outlook else { return [] }
        outlook = current
        return [.publish(current)]
    }

    /// The next occurrence of any routine that will be asked for.
    func nextAsked(after now: Instant) -> Occurrence? {
        configuration.routines.compactMap { timetable.nextAsked($0, by: ledger, after: now) }
            .min { $0.opens < $1.opens }
    }

    private func due(_ item: AgendaItem, at now: Instant) -> Outlook.Due? {
        var due = Outlook.Due(item.occurrence.id, item.standing, in: timetable, at: now) { raised in
            explanation(of: item, raised, at: now)
        }
        due?.span = item.occurrence.opens..<item.occurrence.closes
        return due
    }

    /// Why a prompt is on the screen or is not, in the order in which the reasons outrank each other.
    private func explanation(
        of item: AgendaItem, _ raised: Standing.Raised, at now: Instant
    ) -> (DueState, String?) {
        switch screen[item.subject] {
        case .shown, .adopted: return (.prompted, nil)
        case .failed(_, .noBus, _): return (.waiting, "no session bus")
        case .failed(_, .noServer, _): return (.waiting, "no notification server")
        case .lost(let until) where until > now: return (.waiting, "no notification server")
        case .failed(_, .noAnswer, _): return (.waiting, "the notification server does not answer")
        case .failed(_, .refused(let reason), _): return (.waiting, "the notification server refused: \(reason)")
        case .underway: return (.waiting, "handed to the notification server")
        case .lost, nil: break
        }
        if passedOver.contains(item.occurrence.id) {
            return (.resting, "its time had passed when the configuration changed")
        }
        if configuration.presence.wait, case .away(let absence) = presence {
            return (.waiting, "\(absence.rawValue) since \(clock(presenceSince, at: now))")
        }
        if !isSettled(at: now) { return (.waiting, "settling until \(clock(settledAt, at: now))") }
        guard let (raise, at) = nextRaise(of: item, at: now) else { return (.resting, "asked as often as configured") }
        if raise == .first { return (.waiting, "after the prompt that just came up") }
        return (.prompted, "closed; again at \(clock(at, at: now))")
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
        _ occurrence: OccurrenceID, _ standing: Standing, in timetable: Timetable, at now: Instant,
        explaining: (Standing.Raised) -> (DueState, String?)
    ) {
        switch standing {
        case .settled: return nil
        case .paused(let pause):
            self.init(occurrence, .waiting, pause.words(in: timetable, at: now))
        case .snoozed(let until):
            self.init(occurrence, .snoozed, "until \(HumanTime.moment(until, in: timetable.zone, at: now))")
        case .due(let raised):
            let (state, reason) = explaining(raised)
            self.init(occurrence, state, reason)
        }
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
