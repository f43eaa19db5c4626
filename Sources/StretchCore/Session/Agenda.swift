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
    func due(on screen: Screen, in timetable: Timetable) -> [Outlook.Due] {
        items.compactMap { item in
            var due = Outlook.Due(item.occurrence.id, item.standing, in: timetable, at: now) { _ in
                explanation(of: item, on: screen, in: timetable)
            }
            due?.span = item.occurrence.opens..<item.occurrence.closes
            return due
        }
    }

    /// In the order in which the reasons outrank each other.
    private func explanation(of item: Item, on screen: Screen, in timetable: Timetable) -> (DueState, String?) {
        switch screen[item.subject] {
        case .shown, .adopted: return (.prompted, nil)
        case .failed(_, .noBus, _): return (.waiting, Reason.noBus)
        case .failed(_, .noServer, _): return (.waiting, Reason.noServer)
        case .lost(let until) where until > now: return (.waiting, Reason.noServer)
        case .failed(_, .noAnswer, _): return (.waiting, "the notification server does not answer")
        case .failed(_, .refused(let reason), _): return (.waiting, "the notification server refused: \(reason)")
        case .underway: return (.waiting, "handed to the notification server")
        case .lost, .hidden, .dismissed, .quiet, .failed(_, .doNotDisturb, _), nil: break
        }
        if let clockDoubt { return (.waiting, clockDoubt.words(at: now, in: timetable.zone)) }
        if passedOver.contains(item.occurrence.id) {
            return (.resting, "its time had passed when the configuration changed")
        }
        if let waiting = absence(in: timetable.zone) ?? settling(in: timetable.zone) { return (.waiting, waiting) }
        if isGuiding { return (.waiting, "after the guide that is running") }
        if screen.isQuiet(item.subject) { return (.waiting, Reason.doNotDisturb) }
        guard let (raise, at) = nextRaise(of: item, on: screen) else {
            return (.resting, "asked as often as configured")
        }
        if raise.isNew, at <= now { return (.waiting, "after the prompt that just came up") }
        return (.prompted, "closed; again at \(HumanTime.moment(at, in: timetable.zone, at: now))")
    }

    /// Why nobody can be asked, whatever is due.
    ///
    /// What ends by itself is told only where something happens when it does: nobody must read of it later.
    func reason(on screen: Screen, in diary: Diary) -> String? {
        let zone = diary.timetable.zone
        if let clockDoubt { return clockDoubt.words(at: now, in: zone) }
        if let absence = absence(in: zone) { return absence }
        if let pause = diary.pauseOfAll(at: now) { return pause.words(in: diary.timetable, at: now) }
        if screen.lacksBus { return Reason.noBus }
        if screen.hasServer == false { return Reason.noServer }
        if items.contains(where: { screen.isQuiet($0.subject) }) { return Reason.doNotDisturb }
        return hasToBeAsked ? settling(in: zone) : nil
    }

    private enum Reason {
        static let noBus = "no session bus"
        static let noServer = "no notification server"
        static let doNotDisturb = "do not disturb"
    }

    private func absence(in zone: Zone) -> String? {
        guard configuration.presence.wait, case .away(let absence) = attendance.presence else { return nil }
        return "\(absence.rawValue) since \(HumanTime.moment(attendance.since, in: zone, at: now))"
    }

    private func settling(in zone: Zone) -> String? {
        attendance.isSettled(at: now)
            ? nil : "settling until \(HumanTime.moment(attendance.settledAt, in: zone, at: now))"
    }
}
