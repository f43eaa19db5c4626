internal import StretchBase

/// The open occurrences at one moment, in order of closing: which are asked for and when, and why the others are not.
struct Agenda: Sendable {
    let now: Instant
    let items: [Item]
    let configuration: Configuration
    let attendance: Attendance
    let clockDoubt: ClockDoubt?
    /// Occurrences that are not asked for, because their time had passed before their configuration took effect.
    let passedOver: Set<OccurrenceID>
    /// The occurrence that the person asked for with `run --now`, usually before its time; nil if there is none.
    var early: OccurrenceID?
    /// A guide is running, so the person is not asked for anything else.
    let isGuiding: Bool

    /// An occurrence that may be on the screen now, with its routine and standing.
    struct Item: Hashable, Sendable {
        let routine: Routine
        let occurrence: Occurrence
        let standing: Standing

        var subject: Prompt.Subject { .occurrence(occurrence.id) }
        var isDue: Bool { if case .due = standing { true } else { false } }
        var wasReminded: Bool { if case .due(let raised) = standing { raised.reminders > 0 } else { false } }
    }

    /// This long before its occurrence closes, a prompt is posted in spite of "do not disturb".
    ///
    /// People who never turn "do not disturb" off then find it at least in the list of the server.
    private static let quietMargin: Duration = .minutes(30)

    func isToBeAsked(_ item: Item) -> Bool {
        item.isDue && !isPassedOver(item)
    }

    func isPassedOver(_ item: Item) -> Bool {
        passedOver.contains(item.occurrence.id) && early != item.occurrence.id
    }

    var hasToBeAsked: Bool { items.contains { isToBeAsked($0) } }

    // MARK: Raising

    /// The prompts that are put on the screen now, in order.
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

    /// Why the prompt comes up next, and the earliest time for that; nil if it is not to come up again for now.
    ///
    /// The caller checks whether somebody is there at that time.
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
            // It was shown before its time, because the person wanted it or the clock was ahead. So it is asked for
            // again at its time.
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

    /// True until the prompt that the person asked for with `run --now` is on its way; then the usual rules apply.
    private func isWishedFor(_ item: Item, on screen: Screen) -> Bool {
        guard early == item.occurrence.id else { return false }
        switch screen[item.subject] {
        case .adopted, .dismissed, .hidden, .failed, nil: return true
        case .underway, .shown, .lost, .quiet: return false
        }
    }

    /// Whether a prompt that comes up now must wait while "do not disturb" is on.
    func heedsDoNotDisturb(_ item: Item, on screen: Screen) -> Bool {
        // The buttons of a former daemon's prompt are dead until it is posted again.
        if case .adopted = screen[item.subject] { return false }
        // Servers show critical notifications in spite of "do not disturb", and the person chose this urgency.
        return !isWishedFor(item, on: screen) && configuration.prompt.urgency != .critical
            && now < quietEnds(for: item.occurrence)
    }

    /// The time from which "do not disturb" is ignored.
    private func quietEnds(for occurrence: Occurrence) -> Instant { occurrence.closes - Agenda.quietMargin }

    // MARK: When to look again

    /// The earliest time at which anything here can change without an event.
    func deadline(on screen: Screen, isNoticePending: Bool) -> Instant? {
        var times: [Instant] = []
        if attendance.isThere, isNoticePending || hasToBeAsked {
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
            // Nobody can be asked now, so the prompt needs no wake-up.
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
        items.compactMap { item in reason(of: item, on: screen).map { Due(item.occurrence, $0) } }
    }

    /// Why an open occurrence is on the screen or not; nil if it is answered.
    func reason(of item: Item, on screen: Screen) -> Reason? {
        if case .settled = item.standing { return nil }
        return Reason(item.standing) ?? reason(for: item, on: screen)
    }

    /// Why a due occurrence is on the screen or not; if several reasons hold, the first one in this order.
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

    /// Why nothing can be asked now, whatever is due; nil if the person can be asked.
    ///
    /// The time to settle ends by itself. It is told only if the session wakes up at its end, because otherwise it
    /// would be shown for too long.
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
