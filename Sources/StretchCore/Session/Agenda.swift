internal import StretchBase

/// The open occurrences at a moment, in order of closing: which are asked for, when, and why not.
struct Agenda: Sendable {
    let now: Instant
    let items: [Item]
    let configuration: Configuration
    let attendance: Attendance
    let clockDoubt: ClockDoubt?
    /// Not asked for: their time had passed before their configuration took effect.
    let passedOver: Set<OccurrenceID>
    /// Raised before its time because the person asked for it.
    var early: OccurrenceID?
    /// A guide is running: the person is not asked for anything else.
    let isGuiding: Bool

    /// A routine's occurrence that concerns the session now, and how it stands.
    struct Item: Hashable, Sendable {
        let routine: Routine
        let occurrence: Occurrence
        let standing: Standing

        var subject: Prompt.Subject { .occurrence(occurrence.id) }
        var wasReminded: Bool { if case .due(let raised) = standing { raised.reminders > 0 } else { false } }
    }

    /// This long before its occurrence closes, a prompt is posted in spite of "do not disturb".
    ///
    /// The server then puts it on its list, also for people who never turn "do not disturb" off.
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
            let isInTurn = !raise.isNew || !isNewUnderway && screen.newPromptTime(for: item.subject, at: now) <= now
            guard attendance.isSettled(at: now) && isInTurn || isWishedFor(item, on: screen) else { continue }
            if raise.isNew { isNewUnderway = true }
            raises.append((item, raise))
        }
        return raises
    }

    /// The next raise and its earliest time, even if nobody is there; nil: the prompt rests.
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
        case .shown(let at), .dismissed(let at):
            // Raised early, or by a clock that was ahead: it is asked for again at its real time.
            if item.occurrence.opens - at >= .minutes(1) { return (.first, item.occurrence.opens) }
            last = max(raised.last ?? at, at)
        case nil:
            guard let raisedLast = raised.last else { return (.first, min(item.occurrence.opens, now)) }
            last = raisedLast
        }
        if attendance.isThere, attendance.since > last { return (.back, attendance.since) }
        guard raised.reminders < configuration.prompt.reminders else { return nil }
        return (.reminder, max(last, item.occurrence.opens) + configuration.prompt.remindEvery)
    }

    /// The person asked for this prompt now; once shown, it comes again by the usual rules.
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
        // Servers show critical notifications in spite of it, and the person chose this urgency.
        return !isWishedFor(item, on: screen) && configuration.prompt.urgency != .critical
            && now < quietEnds(for: item.occurrence)
    }

    /// The time from which "do not disturb" is ignored.
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
            switch item.standing {
            case .settled: continue
            case .paused(let pause): times.append(pause.end)
            case .snoozed(let until), .guided(let until): times.append(until)
            // A person who is away is not asked: no wake-up.
            case .due where !attendance.isThere || clockDoubt != nil || isGuiding: break
            case .due:
                guard let (raise, at) = nextRaise(of: item, on: screen) else { break }
                times.append(at)
                if raise.isNew { times.append(screen.newPromptTime(for: item.subject, at: now)) }
            }
            times.append(item.occurrence.closes)
        }
        return times.filter { $0 > now && $0 < .distantFuture }.min()
    }

    // MARK: What is told

    /// The open and unanswered occurrences, with the reason why each is on the screen or not.
    func due(on screen: Screen) -> [Due] {
        items.compactMap { item in
            if case .settled = item.standing { return nil }
            return Due(item.occurrence, Reason(item.standing) ?? reason(for: item, on: screen))
        }
    }

    /// Why a due occurrence is on the screen or not: the first reason that holds, in this order.
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

    /// Why nobody can be asked, no matter what is due.
    ///
    /// A reason that ends by itself is told only if an event comes at its end: it must not be shown longer.
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

    private var settling: Reason? { attendance.isSettled(at: now) ? nil : .settling(until: attendance.settledAt) }
}
