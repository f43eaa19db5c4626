internal import StretchBase

/// What is open at a moment, the one closing soonest first; and what of it is asked, when, and why not.
struct Agenda: Sendable {
    let now: Instant
    let items: [Item]
    let configuration: Configuration
    let attendance: Attendance
    let clockDoubt: ClockDoubt?
    /// Not asked for: their time had passed before the configuration that contains them took force.
    let passedOver: Set<OccurrenceID>
    /// Raised before its time at the person's wish.
    var early: OccurrenceID?
    /// A person on the floor is not asked for anything else.
    let isGuiding: Bool

    /// A routine's occurrence that concerns the session now, and how it stands.
    struct Item: Hashable, Sendable {
        let routine: Routine
        let occurrence: Occurrence
        let standing: Standing

        var subject: Prompt.Subject { .occurrence(occurrence.id) }
    }

    /// So long before it closes a prompt is posted in spite of "do not disturb": for people who never want to be
    /// disturbed the server files it.
    private static let quietMargin: Duration = .minutes(30)

    func isToBeAsked(_ item: Item) -> Bool {
        guard case .due = item.standing else { return false }
        return !passedOver.contains(item.occurrence.id) || early == item.occurrence.id
    }

    var hasToBeAsked: Bool { items.contains { isToBeAsked($0) } }

    // MARK: Raising

    /// What is put on the screen now, in order.
    func raises(on screen: Screen) -> [(item: Item, raise: Raise)] {
        if clockDoubt != nil || isGuiding { return [] }
        var raises: [(Item, Raise)] = []
        var isNewUnderway = screen.isNewUnderway
        for item in items {
            guard let (raise, at) = nextRaise(of: item, on: screen), at <= now else { continue }
            let isInTurn =
                !raise.isNew || !isNewUnderway && screen.newPromptTime(for: item.subject, at: now) <= now
            guard attendance.isSettled(at: now) && isInTurn || isWishedFor(item, on: screen) else { continue }
            if raise.isNew { isNewUnderway = true }
            raises.append((item, raise))
        }
        return raises
    }

    /// The next raise and its earliest time, whoever is there to see it; nil when it rests.
    private func nextRaise(of item: Item, on screen: Screen) -> (raise: Raise, at: Instant)? {
        guard case .due(let raised) = item.standing, isToBeAsked(item) else { return nil }
        let last: Instant
        switch screen[item.subject] {
        case .underway, .failed(_, .noAnswer, _): return nil
        case .failed(let raise, _, let at): return (raise, at + .minutes(1))
        case .adopted: return (raised.last == nil ? .first : .again, min(item.occurrence.opens, now))
        case .lost(let until): return (raised.last == nil ? .first : .again, until)
        case .quiet(let isOver):
            return (raised.last == nil ? .first : .back, isOver ? now : quietEnds(for: item.occurrence))
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
        if attendance.isThere, attendance.since > last { return (.back, attendance.since) }
        guard raised.reminders < configuration.prompt.reminders else { return nil }
        return (.reminder, max(last, item.occurrence.opens) + configuration.prompt.remindEvery)
    }

    /// The person asked for it now; for once: whatever was shown comes again like any other.
    private func isWishedFor(_ item: Item, on screen: Screen) -> Bool {
        guard early == item.occurrence.id else { return false }
        switch screen[item.subject] {
        case .adopted, .dismissed, .hidden, .failed, nil: return true
        case .underway, .shown, .lost, .quiet: return false
        }
    }

    /// Whether a prompt that is raised now waits while the server must not disturb.
    func heedsDoNotDisturb(_ item: Item, on screen: Screen) -> Bool {
        // The buttons of a former daemon's prompt are dead until it is posted again.
        if case .adopted = screen[item.subject] { return false }
        // Servers show what is critical in spite of it, and whoever made it critical wants that.
        return !isWishedFor(item, on: screen) && configuration.prompt.urgency != .critical
            && now < quietEnds(for: item.occurrence)
    }

    /// When "do not disturb" is not waited for any longer.
    private func quietEnds(for occurrence: Occurrence) -> Instant { occurrence.closes - Agenda.quietMargin }

    // MARK: When to look again

    /// The earliest time at which anything that is open can change by itself.
    func deadline(on screen: Screen, isWelcomePending: Bool) -> Instant? {
        var times: [Instant] = []
        if attendance.isThere, isWelcomePending || hasToBeAsked {
            if let clockDoubt {
                if clockDoubt.canEndUnnoticed { times.append(now + .minutes(1)) }
            } else {
                times.append(attendance.settledAt)
            }
        }
        for item in items {
            if case .settled = item.standing { continue }
            times.append(item.occurrence.closes)
            switch item.standing {
            case .settled: break
            case .paused(let pause): times.append(pause.end)
            case .snoozed(let until), .guided(let until): times.append(until)
            // Nobody is asked who is away: no wake-up for it.
            case .due where !attendance.isThere || clockDoubt != nil || isGuiding: break
            case .due:
                guard let (raise, at) = nextRaise(of: item, on: screen) else { continue }
                times.append(at)
                if raise.isNew { times.append(screen.newPromptTime(for: item.subject, at: now)) }
            }
        }
        return times.filter { $0 > now && $0 < .distantFuture }.min()
    }

    // MARK: What is told

    /// Open and unanswered, with why it is on the screen or is not.
    func due(on screen: Screen) -> [Due] {
        items.compactMap { item in
            if case .settled = item.standing { return nil }
            return Due(item.occurrence, Reason(item.standing) ?? reason(for: item, on: screen))
        }
    }

    /// Why something due is on the screen or is not: the first that holds, in this order.
    private func reason(for item: Item, on screen: Screen) -> Reason {
        switch screen[item.subject] {
        case .shown, .adopted: return .onScreen
        case .failed(_, .noBus, _): return .noBus
        case .failed(_, .noServer, _): return .noServer
        case .lost(let until) where until > now: return .noServer
        case .failed(_, .noAnswer, _): return .noAnswer
        case .failed(_, .refused(let words), _): return .refused(words)
        case .underway: return .handedOver
        case .lost, .hidden, .dismissed, .quiet, .failed(_, .doNotDisturb, _), nil: break
        }
        if let clockDoubt { return .clock(clockDoubt) }
        if passedOver.contains(item.occurrence.id) { return .passedOver }
        if let waiting = absence ?? settling { return waiting }
        if isGuiding { return .afterGuide }
        if screen.isQuiet(item.subject) { return .doNotDisturb }
        guard let (raise, at) = nextRaise(of: item, on: screen) else { return .usedUp }
        return raise.isNew && at <= now ? .afterPrompt : .closed(again: at)
    }

    /// Why nobody can be asked, whatever is due.
    ///
    /// What ends by itself is told only where something happens when it does: nobody must read of it later.
    func reason(on screen: Screen, in diary: Diary) -> Reason? {
        if let clockDoubt { return .clock(clockDoubt) }
        if let absence { return absence }
        if let pause = diary.pauseOfAll(at: now) { return .paused(until: pause.until) }
        if screen.lacksBus { return .noBus }
        if screen.hasServer == false { return .noServer }
        if items.contains(where: { screen.isQuiet($0.subject) }) { return .doNotDisturb }
        return hasToBeAsked ? settling : nil
    }

    private var absence: Reason? {
        guard configuration.presence.wait, case .away(let absence) = attendance.presence else { return nil }
        return .away(absence, since: attendance.since)
    }

    private var settling: Reason? {
        attendance.isSettled(at: now) ? nil : .settling(until: attendance.settledAt)
    }
}
