package import StretchBase

/// The program: what is asked, when, and what an answer does (design 6).
///
/// Things happen (`Event`), the session decides, things get done (`Effect`). It is a value without a clock: the same
/// events at the same times give the same effects.
package struct Session: Sendable {
    package internal(set) var diary: Diary
    /// Turned to the present before anything is decided.
    var plan = Plan()
    var ids: RecordIDs
    var presence = Presence.present
    /// There is no session bus yet.
    var lacksBus = false
    /// Since when the presence is what it is; the start of the daemon counts as an arrival.
    var presenceSince: Instant
    /// Why the clock is not believed.
    var clockDoubt: ClockDoubt?
    /// Whether there is a notification server; nil: nobody tried yet.
    var hasServer: Bool?
    /// What is known of each notification; nothing is known of one that nobody posted, or that was closed.
    var screen: [Prompt.Subject: Posting] = [:]
    var outbox = Outbox()
    /// Open, but their time had passed before the configuration that contains them took force.
    var passedOver: Set<OccurrenceID> = []
    /// Raised before its time at the person's wish.
    var early: OccurrenceID?
    var disregarded = DisregardedRecords()
    /// The last new prompt, and when it came up: there is at most one a minute.
    var lastNew: (subject: Prompt.Subject, at: Instant)?
    /// What the person is led through.
    var guide: RunningGuide?
    /// The notification server draws bars.
    var drawsProgress = false
    var inhibitsIdle = false
    /// The person was told that an answer is not safe: once is enough until all are.
    var troubleTold = false
    /// The first start is still to be announced.
    var welcomePending = false
    var outlook: Outlook?
    /// For when the one timer was set.
    var wake: Instant?
    /// When it heard of something the last time, by the clock that measured `presenceSince`.
    var latest: Instant?

    /// - Parameter passedOver: what a former session published of it.
    package init(
        _ diary: Diary, ids: RecordIDs, at now: Instant, passingOver passedOver: some Sequence<OccurrenceID> = []
    ) {
        self.diary = diary
        self.ids = ids
        self.passedOver = Set(passedOver)
        presenceSince = now
    }

    package var timetable: Timetable { diary.timetable }
    package var ledger: Ledger { diary.ledger }
    var configuration: Configuration { diary.configuration }

    /// Takes an event in and answers with everything that must be done now.
    ///
    /// The last effect is the one `wake`, unless the session is over.
    package mutating func handle(_ event: Event, at now: Instant) -> [Effect] { handle([event], at: now) }

    /// Takes all that happened in, in this order, before anything is decided.
    package mutating func handle(_ events: [Event], at now: Instant) -> [Effect] {
        if let effects = acknowledge(events, at: now) { return effects }
        plan.turn(to: now, in: timetable)
        noticeSleep(before: events, at: now)
        followGuide(to: now, through: events)
        let answers = events.flatMap { take($0, at: now) }
        // A wrong clock says nothing of who came before it went wrong.
        if clockDoubt == nil || presenceSince <= now { latest = now }
        if events.contains(.stop) { return farewell(at: now) }
        var effects = answers + guideEffects(at: now)
        if !events.contains(where: { if case .notWritten = $0 { true } else { false } }) { effects += outbox.write() }
        let agenda = agenda(at: now)
        effects += withdrawals(keeping: agenda, at: now)
        effects += raises(of: agenda, at: now)
        effects += notices(agenda, at: now)
        effects += publication(of: agenda, at: now)
        wake = [deadline(after: now, agenda), guideDeadline(after: now)].compactMap(\.self).min()
        effects.append(.wake(at: wake))
        return effects
    }

    /// The disk's word alone that all is well, but for answers: until the timer rings that changes nothing which was
    /// decided.
    ///
    /// Nil for anything else.
    private mutating func acknowledge(_ events: [Event], at now: Instant) -> [Effect]? {
        guard events.count == 1, case .written = events[0], outbox.trouble == nil, !outbox.holdsAnswer, let latest,
            let wake, latest <= now, now < wake
        else { return nil }
        self.latest = now
        outbox.written()
        return outbox.write() + [.wake(at: wake)]
    }

    /// Prompts must not outlive the daemon that answers for them (design 6.16).
    private mutating func farewell(at now: Instant) -> [Effect] {
        endGuide(at: now)
        let withdrawn = screen.keys.filter(isPosted).map(Effect.withdraw)
        screen = [:]
        return outbox.write() + withdrawn + [.finish]
    }
}

/// What is known of one notification.
enum Posting: Hashable, Sendable {
    /// Handed to the board; its word is still to come.
    case underway(Raise)
    case shown(at: Instant)
    /// It came up then, and was closed without an answer.
    case dismissed(shownAt: Instant)
    /// A killed predecessor left it on the screen; its buttons are dead until it is posted again.
    case adopted
    /// It went with its server; to be posted again when a server appears, and from the instant on in any case.
    case lost(until: Instant)
    /// A pause took it from the screen; to be posted again when that ends.
    case hidden
    case failed(Raise, Obstacle, at: Instant)
    /// "Do not disturb" keeps it back, or did until now; an older one may still be on the screen.
    case quiet(isOver: Bool)
}

/// Why a prompt is put on the screen.
enum Raise: Hashable, Sendable {
    case first
    /// Nobody answered; uses one of `reminders` up.
    case reminder
    /// The person is back, or a pause is over; uses nothing up.
    case back
    /// It went with its server, or its buttons with a former daemon; uses nothing up.
    case again

    /// The person has it not before them: several come one after the other, and not as a pile.
    var isNew: Bool { self == .first || self == .back }
}

/// A routine's occurrence that concerns the session now, and how it stands.
struct AgendaItem: Hashable, Sendable {
    let routine: Routine
    let occurrence: Occurrence
    let standing: Standing

    var subject: Prompt.Subject { .occurrence(occurrence.id) }
}

extension Session {
    /// What is open now, the one closing soonest first.
    func agenda(at now: Instant) -> [AgendaItem] {
        let holds = diary.guideHolds(at: now)
        let agenda = plan.entries.compactMap { entry -> AgendaItem? in
            guard let occurrence = current(entry, heldBy: holds, at: now) else { return nil }
            let standing = diary.standing(
                of: occurrence, of: entry.routine, at: now, disregarding: disregarded.records(of: occurrence.id))
            return AgendaItem(routine: entry.routine, occurrence: occurrence, standing: standing)
        }
        // The sort is stable: of two that close together, the routine that is configured first.
        return agenda.sorted { $0.occurrence.closes < $1.occurrence.closes }
    }

    /// The occurrence that is open; or one that is on the screen before its time because it was asked for, or because
    /// the clock went back by less than a minute.
    private func current(_ entry: Plan.Entry, heldBy holds: [GuideHold], at now: Instant) -> Occurrence? {
        if !holds.isEmpty, let kept = diary.kept(of: entry.routine, by: holds, at: now) { return kept }
        guard let next = entry.next else { return entry.open }
        if next.opens - now < .minutes(1), isPosted(.occurrence(next.id)) { return next }
        guard early == next.id else { return entry.open }
        // In another zone, what was raised early may have something before it that is due.
        let isDue = entry.open.map { diary.verdict(settling: $0, of: entry.routine) == nil }
        return isDue == true ? entry.open : next
    }

    func isPosted(_ subject: Prompt.Subject) -> Bool {
        switch screen[subject] {
        // Where one is refused, the one that it was to replace is still there.
        case .underway, .shown, .adopted, .failed(_, .noAnswer, _), .failed(_, .refused, _), .quiet: true
        case .dismissed, .lost, .hidden, .failed, nil: false
        }
    }
}
