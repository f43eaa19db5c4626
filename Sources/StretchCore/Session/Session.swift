package import StretchBase

/// The program: what is asked, when, and what an answer does (docs/rules.md).
///
/// Things happen (`Event`), the session decides, things get done (`Effect`). The session is a value without a clock:
/// the same events at the same times give the same effects.
package struct Session: Sendable {
    private var notebook: Notebook
    /// What the timetable says of now; brought up to date before anything is decided.
    private var plan = Plan()
    private var attendance: Attendance
    private var screen = Screen()
    /// Open occurrences that are not asked for, because their time had passed before their configuration took effect.
    private var passedOver: Set<OccurrenceID>
    /// The occurrence that the person asked for with `run --now`, usually before its time; nil if there is none.
    private var early: OccurrenceID?
    private(set) var disregarded = DisregardedRecords()
    /// Occurrences that records of this moment hide; other records that came with them may take that back.
    private var hiddenInBetween: Set<OccurrenceID> = []
    private var guiding = Guiding()
    /// When the configuration file became wrong; nil if it is not.
    ///
    /// If it was wrong at the start, nobody knows since when, and any time long ago stands here.
    private var wrongSince: Instant?
    private var waiting = Waiting()
    private var notices = Notices()
    private var outlook: Outlook?
    /// When the one timer rings; nil if it is not set.
    private var wake: Instant?
    /// When the last event came, by the same clock as the times in `attendance`.
    private var latest: Instant?

    /// - Parameter passedOver: the occurrences that a former session passed over, as it published them.
    package init(
        _ diary: Diary, ids: RecordIDs, at now: Instant, passingOver passedOver: some Sequence<OccurrenceID> = []
    ) {
        notebook = Notebook(diary, ids: ids)
        self.passedOver = Set(passedOver)
        attendance = Attendance(since: now, settings: diary.configuration.presence)
    }

    package var diary: Diary { notebook.diary }
    package var timetable: Timetable { diary.timetable }
    package var ledger: Ledger { diary.ledger }
    private var configuration: Configuration { diary.configuration }
    private var clockDoubt: ClockDoubt? { notebook.clockDoubt }

    /// The headline of the guide on the screen; nil if none is running.
    package var guideTitle: String? { guiding.running?.title }

    /// Takes an event in and answers with everything that must be done now.
    ///
    /// The last effect is `wake` or, if the session is over, `finish`.
    package mutating func handle(_ event: Event, at now: Instant) -> [Effect] { handle([event], at: now) }

    /// Takes all events in this order, and only then decides.
    package mutating func handle(_ events: [Event], at now: Instant) -> [Effect] {
        if let effects = acknowledge(events, at: now) { return effects }
        let gap = gap(before: events, at: now)
        let wasInDoubt = clockDoubt != nil
        plan.turn(to: now, in: timetable)
        noticeSleep(before: events, at: now)
        followGuide(to: now, through: events)
        let answers = events.flatMap { take($0, at: now) }
        // The arrival and the last event must be measured by the same clock. While the clock is in doubt, a time before
        // the arrival shows that it is another clock.
        if clockDoubt == nil || attendance.since <= now { latest = now }
        if events.contains(.stop) { return farewell(at: now) }
        var effects = answers
        effects += guiding.effects(on: &screen, isSeen: seesGuide, in: &notebook, disregarding: disregarded, at: now)
        var agenda = agenda(at: now)
        if !wasInDoubt, clockDoubt == nil {
            keep(waiting.held(by: diary, keeping: agenda, on: screen, after: gap), at: now)
        }
        let failed = events.contains { if case .notWritten = $0 { true } else { false } }
        if !failed { effects += notebook.outbox.write() }
        effects += reappearances(in: agenda) + withdrawals(keeping: agenda)
        agenda.early = early
        effects += raises(of: agenda)
        waiting.follow(agenda, on: screen, after: gap)
        effects += notices.effects(for: agenda, on: &screen, outbox: notebook.outbox) { [plan, diary] in
            Prompt(welcomeWithFirst: plan.nextAsked(in: diary, after: now), in: diary.timetable, at: now)
        }
        effects += publication(of: agenda)
        wake = deadline(after: agenda)
        effects.append(.wake(at: wake))
        return effects
    }

    /// A fast path: handles a single `written` for records without an answer, because it changes no decision.
    ///
    /// Returns nil for everything else.
    private mutating func acknowledge(_ events: [Event], at now: Instant) -> [Effect]? {
        guard events.count == 1, case .written = events[0], notebook.outbox.trouble == nil,
            !notebook.outbox.holdsAnswer, let latest, let wake, latest <= now, now < wake
        else { return nil }
        self.latest = now
        notebook.outbox.written()
        return notebook.outbox.write() + [.wake(at: wake)]
    }

    /// Ends the session, and withdraws all notifications, because nobody would answer for them any more (rule 16).
    private mutating func farewell(at now: Instant) -> [Effect] {
        guiding.end(in: &notebook, at: now)
        if clockDoubt == nil { keep(waiting.heldToTheEnd(), at: now) }
        let withdrawn = screen.subjects.filter(screen.isPosted).map(Effect.withdraw)
        screen = Screen()
        return notebook.outbox.write() + withdrawn + [.finish]
    }

    private mutating func keep(_ held: [Waiting.Held], at now: Instant) {
        for held in held {
            var record = notebook.record(.held(held.reason), of: held.id, at: now)
            record.heldSince = held.since
            notebook.keep(record)
        }
    }

    // MARK: - What each event changes

    /// Brings the state up to date; returns the effects that only this event can cause.
    private mutating func take(_ event: Event, at now: Instant) -> [Effect] {
        switch event {
        case .started(let adopted, let abandoned):
            for subject in adopted { screen[subject] = .adopted }
            notebook.takeBack(abandoned: abandoned, at: now)
            // That nobody could be asked is no beginning.
            notices.isWelcomePending = ledger.all.allSatisfy(\.isHeld)
            disregardAhead(at: now)
        case .timer, .stop: break
        case .clockChanged: clockChanged(at: now)
        case .resumed:
            clockChanged(at: now)
            attendance.arrive(at: now)
        case .clock(let doubt):
            notebook.clockDoubt = doubt
            clockChanged(at: now)
        case .zone(let zone): follow(Timetable(configuration, zone: zone), at: now)
        case .journal(let records):
            disregarded.insert(elsewhere: records, unknownTo: ledger, at: now)
            hiddenInBetween.formUnion(plan.hidden(by: records.filter { !ledger.knows($0) }, at: now))
            notebook.diary.ledger.merge(records)
            if clockDoubt == nil { disregarded.insert(ahead: records, in: timetable.zone, at: now) }
        case .journalReplaced(let ledger):
            for routine in configuration.routines {
                let recent = ledger.occurrences(of: routine.id, since: now - DisregardedRecords.memory)
                for records in recent { disregarded.insert(elsewhere: records, unknownTo: self.ledger, at: now) }
            }
            notebook.replace(by: ledger)
            disregardAhead(at: now)
        case .configuration(let configuration):
            notices.mistake = nil
            take(configuration, at: now)
            wrongSince = nil
        case .mistake(let error):
            notices.mistake = error
            wrongSince = wrongSince ?? (latest == nil ? Instant(seconds: 0) : now)
        case .presence(let presence):
            // On a locked screen nobody sees the guide, so it pauses. It goes on while the person is idle, because on
            // the floor nobody moves a mouse.
            if attendance.take(presence, at: now), !seesGuide { guiding.press(.pause, in: &notebook, at: now) }
        case .bus(let isPresent): screen.lacksBus = !isPresent
        case .server(let isPresent, let drawsProgress):
            screen.serverChanged(isPresent: isPresent, drawsProgress: drawsProgress, at: now)
            guiding.postAgain()
        case .shown(let subject): shown(subject, at: now)
        case .failed(let subject, let obstacle):
            screen.failed(subject, obstacle, at: now)
            // A server may refuse an update of a notification that it showed a moment ago. So it is tried again.
            if subject == .guide, case .refused = obstacle { guiding.postAgain() }
        case .closed(let subject):
            guard screen.closed(subject) else { break }
            if subject == .notice(.welcome) { notices.isWelcomePending = false }
            if case .occurrence(early) = subject { early = nil }
        case .doNotDisturbEnded: screen.endQuiet()
        case .pressed(let subject, let action): return pressed(action, on: subject, at: now)
        case .steered(let action): steer(action, at: now)
        case .written: notebook.outbox.written()
        case .notWritten(let cause): notebook.outbox.notWritten(cause, at: now)
        case .askNow: return askNow(at: now)
        }
        return []
    }

    /// Takes a new configuration; an occurrence whose time passed before that is not asked for.
    ///
    /// A time that came while the file was wrong is asked for. Without the mistake it would have been, too (rule 18).
    private mutating func take(_ configuration: Configuration, at now: Instant) {
        let wereOpen = Set(plan.routines.compactMap(\.open?.id))
        // Occurrences that are over are forgotten.
        if clockDoubt == nil { passedOver.formIntersection(wereOpen) }
        attendance.settings = configuration.presence
        follow(Timetable(configuration, zone: timetable.zone), at: now)
        for open in plan.routines.compactMap(\.open)
        where !wereOpen.contains(open.id) && open.opens < wrongSince ?? .distantFuture
            && ledger.records(of: open.id).raised(since: open.opens, at: now).last == nil
        {
            passedOver.insert(open.id)
        }
    }

    private mutating func follow(_ timetable: Timetable, at now: Instant) {
        // The words for what was published depend on both, so it must be published again.
        if (timetable.zone, timetable.configuration.dayStart) != (self.timetable.zone, configuration.dayStart) {
            outlook = nil
        }
        notebook.diary.timetable = timetable
        plan = Plan()
        plan.turn(to: now, in: timetable)
    }

    private mutating func shown(_ subject: Prompt.Subject, at now: Instant) {
        guard let raise = screen.shown(subject, at: now) else { return }
        if subject == .notice(.welcome) { notices.isWelcomePending = false }
        guard case .occurrence(let id) = subject, let (occurrence, routine) = plan.occurrence(id) else { return }
        let kind = Record.Kind.prompted(closes: occurrence.closes, reminder: raise == .reminder)
        var record = notebook.record(kind, of: id, at: now)
        record.goal = routine.dailyGoal
        waiting.explain(&record, of: occurrence, in: ledger)
        notebook.keep(record)
    }

    // MARK: - Sleep, and a clock that was set

    /// The time since the last event, if the timer could not ring then, so that occurrences may have gone by unseen.
    private func gap(before events: [Event], at now: Instant) -> Waiting.Gap? {
        guard clockDoubt == nil, let latest, latest < now else { return nil }
        if events.contains(.resumed) { return Waiting.Gap(start: latest, reason: .asleep) }
        guard let wake, now - wake > Attendance.moment else { return nil }
        return Waiting.Gap(start: latest, reason: events.contains(where: \.isOfClock) ? .clock : .asleep)
    }

    private mutating func followGuide(to now: Instant, through events: [Event]) {
        var step = Duration.zero
        for case .clockChanged(let by) in events { step = step + by }
        let hasSlept = events.contains(.resumed) || wake.map { now - ($0 + step) > Attendance.moment } ?? false
        guiding.follow(to: now, clockSetBy: step, hasSlept: hasSlept, in: &notebook)
    }

    private var seesGuide: Bool { attendance.isThere || attendance.presence == .away(.idle) }

    /// An event long after the timer should have rung means that the machine slept, even if nothing reported that.
    private mutating func noticeSleep(before events: [Event], at now: Instant) {
        guard let wake, now - wake > Attendance.moment else { return }
        // This timer was set for the end of the time to settle. On a machine where timers are always late, a new
        // arrival here would begin that time again and again.
        if wake == attendance.settledAt, now - wake < .minutes(1) { return }
        if events.contains(where: \.isOfClock) { return }
        attendance.arrive(at: now)
    }

    /// Limits the times that the wrong clock measured, so that they delay nothing.
    private mutating func clockChanged(at now: Instant) {
        notebook.outbox.clockChanged(at: now)
        // A clock in doubt is no measure for the other times.
        guard clockDoubt == nil else { return }
        attendance.clockChanged(after: latest, at: now)
        screen.clockChanged(at: now)
        wrongSince = wrongSince.map { min($0, now) }
        disregardAhead(at: now)
    }

    /// Disregards records of a clock that was ahead, so that they do not count when their time really comes.
    private mutating func disregardAhead(at now: Instant) {
        // To a clock that is far behind, every record seems to be from a clock that was ahead.
        guard clockDoubt == nil else { return }
        for routine in configuration.routines {
            ledger.forEachOccurrence(of: routine.id) { disregarded.insert(ahead: $0, in: timetable.zone, at: now) }
        }
    }

    // MARK: - What is open

    private func agenda(at now: Instant) -> Agenda {
        let holds = diary.guideHolds(at: now)
        let items = plan.routines.compactMap { planned -> Agenda.Item? in
            guard let occurrence = current(planned, heldBy: holds, at: now) else { return nil }
            let standing = diary.standing(
                of: occurrence, of: planned.routine, at: now, disregarding: disregarded.records(of: occurrence.id))
            return Agenda.Item(routine: planned.routine, occurrence: occurrence, standing: standing)
        }
        return Agenda(
            now: now,
            // The sort is stable. So two that close together stay in the order in which their routines are configured.
            items: items.sorted { $0.occurrence.closes < $1.occurrence.closes }, configuration: configuration,
            attendance: attendance, clockDoubt: clockDoubt, passedOver: passedOver, early: early,
            isGuiding: guiding.isRunning)
    }

    /// The occurrence of a routine that may be on the screen now.
    ///
    /// Usually it is the open one. It may also be one that a guide keeps open. Or it is the next one, because the
    /// person asked for it early, or because it was on the screen when the clock went back by less than a minute.
    private func current(_ planned: Plan.PlannedRoutine, heldBy holds: [GuideHold], at now: Instant) -> Occurrence? {
        if !holds.isEmpty, let kept = diary.kept(of: planned.routine, by: holds, at: now) { return kept }
        guard let next = planned.next else { return planned.open }
        if next.opens - now < .minutes(1), screen.isPosted(.occurrence(next.id)) { return next }
        guard early == next.id else { return planned.open }
        // When the person asked, nothing of this routine was open and unanswered. Since then a change of zone may have
        // opened another occurrence. That one is due now, so it comes before the one that was asked for early.
        let isDue = planned.open.map { diary.verdict(settling: $0, of: planned.routine) == nil }
        return isDue == true ? planned.open : next
    }

    // MARK: - What must be on the screen

    /// Withdraws the prompts that were not wanted for a moment, so that they come up anew.
    private mutating func reappearances(in agenda: Agenda) -> [Effect] {
        defer { hiddenInBetween = [] }
        // In doubt nothing comes up, so nothing is taken away for that.
        guard clockDoubt == nil else { return [] }
        return agenda.items.filter { hiddenInBetween.contains($0.occurrence.id) && agenda.isToBeAsked($0) }
            .compactMap { screen.hide($0.subject) }
    }

    private mutating func withdrawals(keeping agenda: Agenda) -> [Effect] {
        let now = agenda.now
        // What is not due may be due again, when a pause or a guide ends or an answer is taken back. Then it comes back
        // at once, even if its reminders are used up.
        if clockDoubt == nil {
            for item in agenda.items where !item.isDue && screen[item.subject] == nil { screen[item.subject] = .hidden }
        }
        // Usually everything on the screen is still to be asked. Then nothing changes.
        let kept = agenda.items.count {
            agenda.isToBeAsked($0) ? screen[$0.subject] != nil : screen[$0.subject] == .hidden
        }
        if kept == screen.subjects.count, !guiding.isRunning, early == nil { return [] }
        let wanted = Dictionary(uniqueKeysWithValues: agenda.items.map { ($0.subject, $0) })
        var withdrawn: [Prompt.Subject] = []
        for subject in screen.subjects {
            if case .bonus = subject, clockDoubt != nil {
                screen[subject] = nil
                withdrawn.append(subject)
            }
            guard case .occurrence(let id) = subject else { continue }
            let item = wanted[subject]
            if let item, agenda.isToBeAsked(item), !guiding.isRunning || !screen.isPosted(subject) { continue }
            if stays(subject) { continue }
            if screen.isPosted(subject) {
                withdrawn.append(subject)
                // Another change of zone or clock may bring its time back. Then it must be asked for again, so its
                // prompts so far do not count. If it closed just now, they count, and a small step back of the clock
                // does not bring the prompt back at once.
                if item == nil, !timetable.hasJustClosed(id, at: now) {
                    disregarded.insert(ledger.records(of: id).filter(\.isPrompt), at: now)
                }
            }
            // While a guide runs, the prompt cannot stay, because a click on it would end the guide.
            screen[subject] = item.map { !$0.isDue || guiding.isRunning } == true ? .hidden : nil
        }
        if !withdrawn.isEmpty { disregarded.forget(at: now) }
        if clockDoubt == nil, let early, wanted[.occurrence(early)].map(agenda.isToBeAsked) != true { self.early = nil }
        return withdrawn.sorted { $0.diaryName < $1.diaryName }.map(Effect.withdraw)
    }

    /// While the clock is in doubt, only an answer or a configuration without the routine takes a prompt away.
    private func stays(_ subject: Prompt.Subject) -> Bool {
        guard clockDoubt != nil, screen.isPosted(subject), case .occurrence(let id) = subject else { return false }
        return configuration.routine(id.routine) != nil && ledger.verdict(of: id) == nil
    }

    private mutating func raises(of agenda: Agenda) -> [Effect] {
        var effects: [Effect] = []
        for (item, raise) in agenda.raises(on: screen) {
            let snooze = snoozeOutcome(of: item.occurrence, at: agenda.now)
            var prompt = Prompt(for: item, raisedAs: raise, snooze: snooze, in: timetable, at: agenda.now)
            prompt.heedsDoNotDisturb = agenda.heedsDoNotDisturb(item, on: screen)
            effects.append(screen.show(prompt, as: raise))
        }
        return effects
    }

    // MARK: - What it tells of itself, and when it looks again

    private mutating func publication(of agenda: Agenda) -> [Effect] {
        // An answer on its way to the disk is not recorded yet. The event `written` or `notWritten` publishes what
        // became of it.
        if notebook.outbox.isUnderway, notebook.outbox.holdsAnswer { return [] }
        // If an answer is not on the disk yet, even brief trouble is told.
        let trouble = notebook.outbox.holdsAnswer ? notebook.outbox.trouble : notebook.outbox.seriousTrouble
        let current = Outlook(
            day: timetable.zone.civil(agenda.now).day, due: agenda.due(on: screen),
            next: plan.nextAsked(in: diary, after: agenda.now), reason: agenda.reason(on: screen, in: diary),
            passedOver: agenda.items.map(\.occurrence.id).filter(passedOver.contains),
            journalTrouble: trouble?.reason, guide: guiding.running?.account.started ?? [])
        guard current != outlook else { return [] }
        outlook = current
        return [.publish(current)]
    }

    /// The earliest time at which anything can change by itself.
    private func deadline(after agenda: Agenda) -> Instant? {
        let now = agenda.now
        var times = [
            plan.nextOpening, notebook.outbox.trouble?.retry,
            agenda.deadline(on: screen, isNoticePending: notices.isPending),
            guiding.running?.deadline(
                after: now, on: screen, isSeen: seesGuide, isHeard: diary.configuration.guide.sound),
        ]
        // A pause that is told as the reason needs a wake-up at its beginning and its end. While nobody is there, the
        // absence is told instead. A pause that begins also takes the prompts from the screen.
        if clockDoubt == nil {
            if attendance.isThere { times.append(diary.pauseOfAll(at: now)?.until) }
            let isAnythingPosted = agenda.items.contains { screen.isPosted($0.subject) }
            if attendance.isThere || isAnythingPosted { times.append(diary.nextPause(after: now)) }
        }
        return times.compactMap(\.self).filter { $0 > now }.min()
    }

    // MARK: - Answers

    private mutating func pressed(_ action: Prompt.Action, on subject: Prompt.Subject, at now: Instant) -> [Effect] {
        // Servers close a notification when one of its buttons is pressed.
        let wasPosted = screen[subject] != nil
        screen[subject] = nil
        switch (subject, action) {
        case (.occurrence(let id), .done): answer(.done, id, at: now)
        case (.occurrence(let id), .skip): answer(.skip, id, at: now)
        case (.occurrence(let id), .snooze): snooze(id, at: now)
        case (.bonus(let routine), .done): bonus(routine, at: now)
        case (.occurrence(let id), .start): begin(.occurrence(id), at: now)
        case (.bonus(let routine), .start): begin(.routine(routine), at: now)
        case (.guide, let action): steer(action, at: now)
        default: break
        }
        return wasPosted ? [.withdraw(subject)] : []
    }

    /// Begins a guide, because Start was pressed.
    private mutating func begin(_ subject: Record.Subject, at now: Instant) {
        guard let routine = subject.routine.flatMap(configuration.routine), !routine.steps.isEmpty else {
            // A new configuration removed the steps while the button was there, so ask again without the button.
            if let occurrence = subject.occurrence { screen[.occurrence(occurrence)] = .lost(until: now) }
            return
        }
        // The button was pressed just before the prompt was withdrawn. Either the occurrence is answered by now, or the
        // clock is in doubt and the day of a guide outside the schedule is unknown. So no guide begins.
        guard subject.occurrence.flatMap(ledger.verdict) == nil, subject.occurrence != nil || clockDoubt == nil else {
            return
        }
        guiding.begin(routine, on: subject, in: &notebook, at: now)
    }

    /// Handles a button of the guide, or a command such as `stretchd guide --pause`.
    private mutating func steer(_ action: Prompt.Action, at now: Instant) {
        if screen[.guide] == nil { guiding.postAgain() }
        guiding.press(action, in: &notebook, at: now)
    }

    /// Records a verdict, unless the occurrence has the same one already (rule 7).
    private mutating func answer(_ verdict: Verdict, _ id: OccurrenceID, at now: Instant) {
        guard ledger.verdict(of: id)?.verdict != verdict else { return }
        notebook.keep(notebook.verdict(verdict, on: .occurrence(id), at: now))
    }

    private mutating func snooze(_ id: OccurrenceID, at now: Instant) {
        guard let (occurrence, _) = plan.occurrence(id), ledger.verdict(of: id) == nil else { return }
        guard case .until(let until) = snoozeOutcome(of: occurrence, at: now) else {
            // It is too late for a snooze, or all are used up. So ask again without the button.
            screen[.occurrence(id)] = .lost(until: now)
            return
        }
        var record = notebook.record(
            .snooze(until: until), of: id, at: now, ts: diary.time(on: .occurrence(id), at: now))
        record.via = .notification
        notebook.keep(record)
        if early == id { early = nil }
    }

    private func snoozeOutcome(of occurrence: Occurrence, at now: Instant) -> SnoozeOutcome {
        diary.snooze(occurrence, at: now, disregarding: disregarded.records(of: occurrence.id))
    }

    private mutating func bonus(_ routine: String, at now: Instant) {
        // The button was pressed just before the clock came into doubt. The day is unknown, so nothing is recorded.
        guard clockDoubt == nil else { return }
        notebook.keep(notebook.verdict(.done, on: .routine(routine), at: now))
    }

    /// Asks for today's first unanswered occurrence, open or still to come, or for a bonus if there is none.
    ///
    /// While the clock is in doubt, the day is unknown, and nothing is asked.
    private mutating func askNow(at now: Instant) -> [Effect] {
        guard clockDoubt == nil else { return [] }
        notices.isWelcomePending = false
        let today = timetable.day(at: now)
        let candidates = plan.routines.flatMap { planned in
            [planned.open, planned.next].compactMap(\.self).filter { $0.isOpen(at: now) || $0.day == today }
                .filter { diary.verdict(settling: $0, of: planned.routine) == nil }
        }
        if let occurrence = candidates.min(by: { $0.opens < $1.opens }) {
            early = occurrence.id
            // The wish of the person outranks "do not disturb".
            if screen.isQuiet(.occurrence(occurrence.id)) { screen[.occurrence(occurrence.id)] = nil }
            return []
        }
        guard let routine = configuration.routines.first else { return [] }
        return [screen.show(Prompt(bonusFor: routine, with: configuration), as: .first)]
    }
}
