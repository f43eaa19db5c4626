internal import StretchBase

// What must be on the screen now, and when to look again.

extension Session {
    // MARK: Withdrawing

    mutating func withdrawals(keeping agenda: [AgendaItem], at now: Instant) -> [Effect] {
        let wanted = Dictionary(uniqueKeysWithValues: agenda.map { ($0.subject, $0) })
        var withdrawn: [Prompt.Subject] = []
        for (subject, posting) in screen {
            if case .bonus = subject, clockDoubt != nil {
                screen[subject] = nil
                withdrawn.append(subject)
            }
            guard case .occurrence(let id) = subject else { continue }
            let item = wanted[subject]
            if let item, isToBeAsked(item), guide == nil || !isPosted(subject) { continue }
            if stays(subject) { continue }
            if isPosted(subject) {
                withdrawn.append(subject)
                if item == nil, !hasJustClosed(id, at: now) { disregardPrompts(of: id, at: now) }
            }
            screen[subject] = item.flatMap { hidden(posting, by: $0.standing) }
        }
        if !withdrawn.isEmpty { disregarded.forget(at: now) }
        if clockDoubt == nil, let early, wanted[.occurrence(early)].map(isToBeAsked) != true { self.early = nil }
        return withdrawn.sorted { $0.diaryName < $1.diaryName }.map(Effect.withdraw)
    }

    /// A clock that cannot be right does not know what is over: only an answer, or an edit, takes its prompt away.
    private func stays(_ subject: Prompt.Subject) -> Bool {
        guard clockDoubt != nil, isPosted(subject), case .occurrence(let id) = subject else { return false }
        return configuration.routine(id.routine) != nil && ledger.verdict(of: id) == nil
    }

    /// What is hidden by a pause or a guide only comes back when that ends.
    private func hidden(_ posting: Posting, by standing: Standing) -> Posting? {
        switch standing {
        case .paused: break
        // A click on it would throw the guide away.
        case .due where guide != nil: break
        default: return nil
        }
        if case .dismissed = posting { return nil }
        return .hidden
    }

    func isToBeAsked(_ item: AgendaItem) -> Bool {
        guard case .due = item.standing else { return false }
        return !passedOver.contains(item.occurrence.id) || early == item.occurrence.id
    }

    // MARK: Raising

    mutating func raises(of agenda: [AgendaItem], at now: Instant) -> [Effect] {
        // Who is on the floor is not asked for anything else.
        if clockDoubt != nil || guide != nil { return [] }
        var effects: [Effect] = []
        var isNewUnderway = isNewUnderway
        for item in agenda {
            guard let (raise, at) = nextRaise(of: item, at: now), at <= now else { continue }
            let isInTurn = !raise.isNew || !isNewUnderway && newPromptTime(for: item, at: now) <= now
            guard isSettled(at: now) && isInTurn || isWishedFor(item) else { continue }
            var prompt = prompt(for: item, raisedAs: raise, at: now)
            prompt.heedsDoNotDisturb = heedsDoNotDisturb(item, at: now)
            screen[item.subject] = .underway(raise)
            if raise.isNew { isNewUnderway = true }
            effects.append(.show(prompt))
        }
        return effects
    }

    /// The next raise and its earliest time, whoever is there to see it; nil when it rests.
    func nextRaise(of item: AgendaItem, at now: Instant) -> (raise: Raise, at: Instant)? {
        guard case .due(let raised) = item.standing, isToBeAsked(item) else { return nil }
        let last: Instant
        switch screen[item.subject] {
        case .underway, .failed(_, .noAnswer, _): return nil
        case .failed(let raise, _, let at): return (raise, at + .minutes(1))
        case .adopted: return (raised.last == nil ? .first : .again, min(item.occurrence.opens, now))
        case .lost(let until): return (raised.last == nil ? .first : .again, until)
        case .quiet(let isOver):
            let at = isOver ? now : quietEnds(for: item.occurrence)
            return (raised.last == nil ? .first : .back, at)
        case .hidden: return (raised.last == nil ? .first : .back, min(item.occurrence.opens, now))
        // Raised early, or by a clock that was ahead: at its real time it is asked again.
        case .shown(let at) where item.occurrence.opens - at >= .minutes(1),
            .dismissed(let at) where item.occurrence.opens - at >= .minutes(1):
            return (.first, item.occurrence.opens)
        case .shown(let at), .dismissed(let at): last = max(raised.last ?? at, at)
        case nil:
            guard let raisedLast = raised.last else { return (.first, min(item.occurrence.opens, now)) }
            last = raisedLast
        }
        if isThere, presenceSince > last { return (.back, presenceSince) }
        guard raised.reminders < configuration.prompt.reminders else { return nil }
        return (.reminder, max(last, item.occurrence.opens) + configuration.prompt.remindEvery)
    }

    /// The person asked for it now; for once: whatever was shown comes again like any other.
    func isWishedFor(_ item: AgendaItem) -> Bool {
        guard early == item.occurrence.id else { return false }
        switch screen[item.subject] {
        case .adopted, .dismissed, .hidden, .failed, nil: return true
        case .underway, .shown, .lost, .quiet: return false
        }
    }

    private static let newPromptInterval: Duration = .minutes(1)

    /// Whether a new prompt is on its way; its arrival is an event.
    private var isNewUnderway: Bool {
        screen.values.contains { if case .underway(let raise) = $0 { raise.isNew } else { false } }
    }

    /// The earliest time for another new prompt: one a minute, but for the last one itself.
    private func newPromptTime(for item: AgendaItem, at now: Instant) -> Instant {
        guard let lastNew, lastNew.subject != item.subject else { return now }
        return lastNew.at + Session.newPromptInterval
    }

    func isSettled(at now: Instant) -> Bool { isThere && now >= settledAt }

    /// Somebody is there, or is not waited for.
    var isThere: Bool { presence == .present || !configuration.presence.wait }

    /// When the person who came has arrived.
    var settledAt: Instant {
        configuration.presence.wait ? presenceSince + configuration.presence.settle : presenceSince
    }

    // MARK: Notices

    mutating func notices(_ agenda: [AgendaItem], at now: Instant) -> [Effect] {
        var effects: [Effect] = []
        let journal = Prompt.Subject.notice(.journal)
        if let trouble = outbox.seriousTrouble, outbox.holdsAnswer {
            // Told while the clock is doubted, too: that says nothing of who is there.
            let canTell = clockDoubt == nil ? isSettled(at: now) : isThere
            if canTell, !troubleTold || canRepost(journal, at: now) {
                troubleTold = true
                screen[journal] = .underway(.first)
                effects.append(.show(Prompt(journalTrouble: trouble.reason)))
            }
        } else {
            troubleTold = false
            if screen.removeValue(forKey: journal) != nil { effects.append(.withdraw(journal)) }
        }
        // The first prompt says it all.
        if agenda.contains(where: { isToBeAsked($0) }) { welcomePending = false }
        let welcome = Prompt.Subject.notice(.welcome)
        if welcomePending, clockDoubt == nil, isSettled(at: now), screen[welcome] == nil || canRepost(welcome, at: now)
        {
            screen[welcome] = .underway(.first)
            effects.append(.show(Prompt(welcomeWithFirst: nextAsked(after: now), in: timetable, at: now)))
        }
        return effects
    }

    private func canRepost(_ subject: Prompt.Subject, at now: Instant) -> Bool {
        if case .lost(let until) = screen[subject] { until <= now } else { false }
    }

    // MARK: The one timer

    /// When to look again: the earliest time at which anything can change by itself.
    func deadline(after now: Instant, _ agenda: [AgendaItem]) -> Instant? {
        var times = [plan.nextOpening, outbox.trouble?.retry, reasonEnds(at: now)].compactMap(\.self)
        if isThere, welcomePending || agenda.contains(where: { isToBeAsked($0) }) {
            if let clockDoubt {
                if clockDoubt.canEndUnnoticed { times.append(now + .minutes(1)) }
            } else {
                times.append(settledAt)
            }
        }
        for item in agenda {
            if case .settled = item.standing { continue }
            times.append(item.occurrence.closes)
            switch item.standing {
            case .settled: break
            case .paused(let pause): times.append(pause.end)
            case .snoozed(let until), .guided(let until): times.append(until)
            // Who is away is not asked: no wake-up for it.
            case .due where !isThere || clockDoubt != nil || guide != nil: break
            case .due:
                guard let (raise, at) = nextRaise(of: item, at: now) else { continue }
                times.append(at)
                if raise.isNew { times.append(newPromptTime(for: item, at: now)) }
            }
        }
        return times.filter { $0 > now && $0 < .distantFuture }.min()
    }
}
