// Leading the person through a routine, by notifications (design 6.15).

extension Session {
    // MARK: What happens to it

    /// Start was pressed: what is done now is not asked for meanwhile.
    mutating func begin(_ subject: Record.Subject, at now: Instant) {
        guard let routine = subject.routine.flatMap(configuration.routine), !routine.steps.isEmpty else {
            // The button was there too long: ask again, without it.
            if let occurrence = subject.occurrence { screen[.occurrence(occurrence)] = .lost(until: now) }
            return
        }
        guard subject.occurrence.flatMap(ledger.verdict) == nil else { return }
        releaseGuide(at: now)
        let asksPain = configuration.guide.pain == .always
        guide = RunningGuide(
            routine: routine, subject: subject,
            guide: Guide(
                routine.steps, gentleSteps: asksPain && routine.id != "gentle" ? configuration.gentleSteps : nil,
                showsWarnings: !ledger.hasGuided, asksPain: asksPain, at: now))
        holdOccurrence(at: now)
    }

    /// Brings the guide to the present, whatever the clock did.
    mutating func followGuide(to now: Instant, through events: [Event]) {
        for event in events {
            switch event {
            // How long the machine slept is unknown here; till it heard of something last, nobody did.
            case .resumed: steerGuide(.pause, at: latest ?? now)
            case .clockChanged(let step): guide?.guide.shift(by: step)
            default: break
            }
        }
        if let cue = guide?.guide.advance(to: now) { guide?.cue = cue }
    }

    /// Nobody follows on a locked screen; who lies on the floor moves no mouse.
    mutating func pauseGuide(at now: Instant) {
        if !seesGuide { steerGuide(.pause, at: now) }
    }

    /// A button of the guide's notification.
    mutating func steer(_ action: Prompt.Action, at now: Instant) {
        // The server closed the notification.
        guide?.posted = nil
        switch action {
        case .pause: steerGuide(.pause, at: now)
        case .resume: steerGuide(.resume, at: now)
        case .next: steerGuide(.next, at: now)
        case .stop: steerGuide(.stop, at: now)
        case .done: steerGuide(.done, at: now)
        case .later: steerGuide(.later, at: now)
        case .gentle: steerGuide(.gentle, at: now)
        case .rest: steerGuide(.rest, at: now)
        case .less: guide?.choosePain(by: -1)
        case .more: guide?.choosePain(by: 1)
        case .answer: if let pain = guide?.pain { steerGuide(.pain(pain), at: now) }
        case .start, .snooze, .skip: break
        }
    }

    private mutating func steerGuide(_ command: Guide.Command, at now: Instant) {
        if let cue = guide?.guide.handle(command, at: now) { guide?.cue = cue }
    }

    /// Ends it; what is not answered is due again.
    mutating func releaseGuide(at now: Instant) {
        if let guide, !guide.isAnswered { takeBack(guide.started, of: guide.subject, at: now) }
        guide = nil
    }

    /// What a predecessor began and cannot end any more; its end may have taken them back already.
    mutating func takeBack(abandoned: [Record.ID], at now: Instant) {
        for record in ledger.recentGuides(since: now - .days(1)) where abandoned.contains(record.id) {
            takeBack([record.id], of: record.subject, at: now)
        }
    }

    private mutating func takeBack(_ started: [Record.ID], of subject: Record.Subject, at now: Instant) {
        let ts = Timestamp(now, in: timetable.zone)
        keep(Record(id: ids.next(at: now), ts: ts, kind: .undo(started), subject: subject))
    }

    private mutating func holdOccurrence(at now: Instant) {
        guard let running = guide else { return }
        let until = now + running.guide.remainingInAll(at: now) + RunningGuide.grace
        var record = Record(
            id: ids.next(at: now), ts: Timestamp(now, in: timetable.zone), kind: .started(until: until),
            subject: running.subject)
        record.day = running.subject.occurrence?.day(startingAt: configuration.dayStart) ?? timetable.day(at: now)
        record.via = .notification
        keep(record)
        guide?.started.append(record.id)
        guide?.until = until
    }

    // MARK: What comes of it

    /// Shows where the guide is, and records what it came to.
    mutating func guideEffects(at now: Instant) -> [Effect] {
        let was = guide
        let remark = concludeGuide(at: now)
        var effects: [Effect] = []
        if guide != nil {
            effects += step(at: now)
        } else if let remark {
            screen[.guide] = .underway(.again)
            effects.append(.show(remark))
        } else if was != nil || screen[.guide] == .adopted {
            if isPosted(.guide) { effects.append(.withdraw(.guide)) }
            screen[.guide] = nil
        }
        if inhibitsIdle != (guide != nil) {
            inhibitsIdle = guide != nil
            effects.append(.inhibitIdle(inhibitsIdle))
        }
        return effects
    }

    /// Gives the verdict as soon as there is one; what is to be said when the guide is over, if anything.
    private mutating func concludeGuide(at now: Instant) -> Prompt? {
        guard let running = guide else { return nil }
        if isOvertaken(running) {
            releaseGuide(at: now)
            return nil
        }
        if running.guide.isDone, !running.isAnswered {
            var record = verdict(.done, on: running.subject, via: .guide, at: now)
            record.painBefore = running.guide.painBefore
            keep(record)
            guide?.answer = record.id
        }
        switch running.guide.outcome {
        case .done:
            if let pain = running.guide.painAfter { add(pain: pain, to: running, at: now) }
            guide = nil
            return remark(on: running, at: now)
        case .later:
            releaseGuide(at: now)
            if let occurrence = running.subject.occurrence { putOff(occurrence, at: now) }
        case .restDay:
            releaseGuide(at: now)
            if running.subject.occurrence != nil { keep(verdict(.skip, on: running.subject, via: .guide, at: now)) }
        case nil where running.until <= now:
            // Who came back to it goes on; who left it is asked anew.
            if running.guide.phaseEnds == nil { releaseGuide(at: now) } else { holdOccurrence(at: now) }
        case nil: break
        }
        return nil
    }

    /// `Done · day 13`; it goes by itself.
    private func remark(on running: RunningGuide, at now: Instant) -> Prompt {
        let day = running.subject.occurrence?.day(startingAt: configuration.dayStart) ?? timetable.day(at: now)
        let history = History(of: running.routine, by: ledger, in: timetable, at: now)
        let advice = running.guide.painRose ? "\n" + Guide.advice : ""
        return Prompt(
            subject: .guide,
            title: (["Done"] + [history.afterDone(on: day)].compactMap(\.self)).joined(separator: " · "),
            body: running.routine.title + advice, urgency: .low, sound: sound(of: running))
    }

    private func sound(of running: RunningGuide) -> String {
        configuration.guide.sound ? running.cue?.soundName ?? "" : ""
    }

    /// Answered elsewhere, or led through elsewhere since.
    private func isOvertaken(_ running: RunningGuide) -> Bool {
        guard let occurrence = running.subject.occurrence, !running.isAnswered else { return false }
        let records = ledger.records(of: occurrence)
        let newest = records.last { if case .started = $0.kind { true } else { false } }
        return records.verdict != nil || newest.map { !running.started.contains($0.id) } ?? true
    }

    /// A second record of the same verdict: the first must not wait for the question.
    private mutating func add(pain: Int, to running: RunningGuide, at now: Instant) {
        var record = verdict(.done, on: running.subject, via: .guide, at: now)
        record.painBefore = running.guide.painBefore
        record.pain = pain
        keep(record)
        // Two outside the schedule would count twice.
        if running.subject.occurrence == nil, let answer = running.answer {
            takeBack([answer], of: running.subject, at: now)
        }
    }

    /// Like a press on Snooze where that is left; else it is due as before.
    private mutating func putOff(_ id: OccurrenceID, at now: Instant) {
        guard let (occurrence, _) = plan.occurrence(id), occurrence.isOpen(at: now),
            case .until(let until) = snoozeOutcome(of: occurrence, for: configuration.prompt.snooze, at: now)
        else { return }
        var record = record(.snooze(until: until), of: id, at: now)
        record.via = .guide
        keep(record)
    }

    // MARK: Its notification

    private mutating func step(at now: Instant) -> [Effect] {
        guard let running = guide, seesGuide else { return [] }
        let isNew = running.posted?.stage != running.stage
        if running.isDismissed, !isNew { return [] }
        var prompt = running.prompt(counting: drawsProgress, urgency: configuration.prompt.urgency, at: now)
        guard prompt != running.posted?.prompt else { return [] }
        guide?.posted = RunningGuide.Post(prompt: prompt, stage: running.stage)
        guide?.isDismissed = false
        guide?.cue = nil
        prompt.sound = sound(of: running)
        if configuration.guide.speech, isNew { prompt.speech = running.guide.words(of: running.routine.title).spoken }
        screen[.guide] = .underway(.again)
        return [.show(prompt)]
    }

    private var seesGuide: Bool { isThere || presence == .away(.idle) }

    /// When the guide goes on by itself, or its notification counts on.
    func guideDeadline(after now: Instant) -> Instant? {
        guard let guide else { return nil }
        guard let ends = guide.guide.phaseEnds else { return guide.until }
        guard drawsProgress, seesGuide, !guide.isDismissed, isPosted(.guide) else { return ends }
        let seconds = (guide.guide.remaining(at: now) ?? .zero).microseconds
        return ends - .seconds((seconds - 1) / 1_000_000)
    }
}
