package import StretchBase

// What the session tells about itself.

extension Session {
    mutating func publication(of agenda: [AgendaItem], at now: Instant) -> [Effect] {
        // An answer on its way to the disk is not recorded yet: the word of it publishes what has become of it.
        if outbox.isUnderway, outbox.holdsAnswer { return [] }
        var current = Outlook()
        current.due = agenda.compactMap { due($0, at: now) }
        current.next = nextAsked(after: now)
        current.reason = reason(agenda, at: now)
        current.passedOver = agenda.map(\.occurrence.id).filter(passedOver.contains)
        current.guide = guide?.started ?? []
        // What looks settled is not recorded, however brief the trouble is.
        current.journalTrouble = (outbox.holdsAnswer ? outbox.trouble : outbox.seriousTrouble)?.reason
        guard current != outlook else { return [] }
        outlook = current
        return [.publish(current)]
    }

    /// The next occurrence of any routine that will be asked for.
    func nextAsked(after now: Instant) -> Occurrence? {
        var first: Occurrence?
        for entry in plan.entries {
            // Only what could come first is worth a look into the ledger.
            guard let next = entry.next, first.map({ next.opens < $0.opens }) ?? true,
                let asked = diary.asked(entry.routine, from: next, at: now)
            else { continue }
            if first.map({ asked.opens < $0.opens }) ?? true { first = asked }
        }
        return first
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
        case .lost, .hidden, .dismissed, .quiet, .failed(_, .doNotDisturb, _), nil: break
        }
        if let clockDoubt { return (.waiting, clockDoubt.words(at: now, in: timetable.zone)) }
        if passedOver.contains(item.occurrence.id) {
            return (.resting, "its time had passed when the configuration changed")
        }
        if let waiting = absence(at: now) ?? settling(at: now) { return (.waiting, waiting) }
        if guide != nil { return (.waiting, "after the guide that is running") }
        if isQuiet(item.subject) { return (.waiting, doNotDisturb) }
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
        if let pause = diary.pauseOfAll(at: now) { return pause.words(in: timetable, at: now) }
        if lacksBus { return "no session bus" }
        if hasServer == false { return "no notification server" }
        if agenda.contains(where: { isQuiet($0.subject) }) { return doNotDisturb }
        return agenda.contains { isToBeAsked($0) } ? settling(at: now) : nil
    }

    /// When the reason ends by itself, but for settling: once for each pause, and never while nobody is there.
    func reasonEnds(at now: Instant) -> Instant? {
        isThere && clockDoubt == nil ? diary.pauseOfAll(at: now)?.until : nil
    }

    private func absence(at now: Instant) -> String? {
        guard configuration.presence.wait, case .away(let absence) = presence else { return nil }
        return "\(absence.rawValue) since \(clock(presenceSince, at: now))"
    }

    private var doNotDisturb: String { "do not disturb" }

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
        _ occurrence: OccurrenceID, _ standing: Standing, in timetable: Timetable, at now: Instant,
        explaining: (Standing.Raised) -> (DueState, String?)
    ) {
        switch standing {
        case .settled: return nil
        case .paused(let pause):
            self.init(occurrence, .waiting, pause.words(in: timetable, at: now))
        case .snoozed(let until):
            self.init(occurrence, .snoozed, "until \(HumanTime.moment(until, in: timetable.zone, at: now))")
        case .guided: self.init(occurrence, .prompted, "a guide is running")
        case .due(let raised):
            let (state, reason) = explaining(raised)
            self.init(occurrence, state, reason)
        }
    }
}
