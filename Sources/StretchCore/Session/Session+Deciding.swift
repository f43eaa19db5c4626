// What must be on the screen now, and when to look again.

extension Session {
    // MARK: Withdrawing

    mutating func withdrawals(keeping agenda: [AgendaItem], at now: Instant) -> [Effect] {
        let wanted = Dictionary(uniqueKeysWithValues: agenda.map { ($0.subject, $0) })
        var effects: [Effect] = []
        for (subject, _) in screen {
            guard case .occurrence = subject else { continue }
            let item = wanted[subject]
            if let item, isToBeAsked(item) { continue }
            if isPosted(subject) { effects.append(.withdraw(subject)) }
            // Hidden by a pause only: it comes back when that ends.
            if let item, case .paused = item.standing {
                screen[subject] = .lost(until: now)
            } else {
                screen[subject] = nil
            }
        }
        if let early, wanted[.occurrence(early)].map(isToBeAsked) != true { self.early = nil }
        return effects.sorted { "\($0)" < "\($1)" }
    }

    private func isToBeAsked(_ item: AgendaItem) -> Bool {
        guard case .due = item.standing else { return false }
        return !passedOver.contains(item.occurrence.id) || early == item.occurrence.id
    }

    // MARK: Raising

    mutating func raises(of agenda: [AgendaItem], at now: Instant) -> [Effect] {
        var effects: [Effect] = []
        for item in agenda {
            guard let (raise, at) = nextRaise(of: item, at: now), at <= now, mayRaise(item, raise, at: now) else {
                continue
            }
            screen[item.subject] = .underway(raise)
            effects.append(.show(prompt(for: item, at: now)))
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
        // Raised early, or by a clock that was ahead: at its real time it is asked again.
        case .shown(let at) where item.occurrence.opens - at >= .minutes(1): return (.first, item.occurrence.opens)
        case .shown(let at): last = max(raised.last ?? at, at)
        case nil:
            guard let raisedLast = raised.last else { return (.first, min(item.occurrence.opens, now)) }
            last = raisedLast
        }
        if isThere, presenceSince > last { return (.again, presenceSince) }
        guard raised.reminders < configuration.prompt.reminders else { return nil }
        return (.reminder, max(last, item.occurrence.opens) + configuration.prompt.remindEvery)
    }

    private func mayRaise(_ item: AgendaItem, _ raise: Raise, at now: Instant) -> Bool {
        if early == item.occurrence.id {
            // The wish is for once: whatever was shown comes again like any other.
            switch screen[item.subject] {
            case .adopted, .failed, nil: return true
            case .underway, .shown, .lost: break
            }
        }
        return isSettled(at: now) && (raise != .first || newPromptTime(at: now) <= now)
    }

    /// The earliest time for another new prompt: one a minute, and none while one is on its way.
    private func newPromptTime(at now: Instant) -> Instant {
        if screen.values.contains(.underway(.first)) { return now + .minutes(1) }
        return lastNew.map { $0 + .minutes(1) } ?? now
    }

    func isSettled(at now: Instant) -> Bool { isThere && now >= settledAt }

    /// Somebody is there, or is not waited for.
    private var isThere: Bool { presence == .present || !configuration.presence.wait }

    /// When the person who came has arrived.
    var settledAt: Instant {
        configuration.presence.wait ? presenceSince + configuration.presence.settle : presenceSince
    }

    // MARK: Notices

    mutating func notices(_ agenda: [AgendaItem], at now: Instant) -> [Effect] {
        var effects: [Effect] = []
        let journal = Prompt.Subject.notice(.journal)
        if let trouble = outbox.seriousTrouble, outbox.holdsAnswer {
            if !troubleTold || canRepost(journal, at: now) {
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
        if welcomePending, isSettled(at: now), screen[welcome] == nil || canRepost(welcome, at: now) {
            screen[welcome] = .underway(.first)
            effects.append(.show(Prompt(welcomeWithFirst: nextUnanswered(after: now), in: timetable, at: now)))
        }
        return effects
    }

    private func canRepost(_ subject: Prompt.Subject, at now: Instant) -> Bool {
        if case .lost(let until) = screen[subject] { until <= now } else { false }
    }

    // MARK: The one timer

    /// When to look again: the earliest time at which anything can change by itself.
    func deadline(after now: Instant, _ agenda: [AgendaItem]) -> Instant? {
        var times = [plan.nextOpening].compactMap(\.self)
        if let trouble = outbox.trouble { times.append(trouble.retry) }
        if isThere, welcomePending || agenda.contains(where: { isToBeAsked($0) }) { times.append(settledAt) }
        for item in agenda {
            if case .settled = item.standing { continue }
            times.append(item.occurrence.closes)
            switch item.standing {
            case .settled: break
            case .paused(let pause): times.append(pause.end)
            case .snoozed(let until): times.append(until)
            // Who is away is not asked: no wake-up for it.
            case .due where !isThere: break
            case .due:
                guard let (raise, at) = nextRaise(of: item, at: now) else { continue }
                times.append(at)
                if raise == .first { times.append(newPromptTime(at: now)) }
            }
        }
        return times.filter { $0 > now && $0 < .distantFuture }.min()
    }
}
