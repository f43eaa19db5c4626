internal import StretchBase

// Leading the person through a routine, by notifications (design 6.15).

extension Session {
    /// What the page says that the guide on the screen is at; nil: none is running.
    package var guideTitle: String? { guide.map { $0.guide.words(of: $0.routine.title).title } }

    // MARK: What happens to it

    /// Start was pressed: what is done now is not asked for meanwhile.
    mutating func begin(_ subject: Record.Subject, at now: Instant) {
        guard let routine = subject.routine.flatMap(configuration.routine), !routine.steps.isEmpty else {
            // The button was there too long: ask again, without it.
            if let occurrence = subject.occurrence { screen[.occurrence(occurrence)] = .lost(until: now) }
            return
        }
        // Pressed in the moment before it was withdrawn: it is answered, or on its way, or nobody knows for which day.
        guard subject.occurrence.flatMap(ledger.verdict) == nil, guide?.subject != subject,
            subject.occurrence != nil || clockDoubt == nil
        else { return }
        endGuide(at: now)
        let asksPain = configuration.guide.pain == .always
        guide = RunningGuide(
            routine: routine, subject: subject, day: day(of: subject, at: now),
            guide: Guide(
                routine.steps, gentleSteps: asksPain && routine.id != "gentle" ? configuration.gentleSteps : nil,
                showsWarnings: !ledger.hasGuided, asksPain: asksPain, at: now),
            until: now, followed: now)
        holdOccurrence(at: now)
    }

    /// Brings the guide to the present, whatever the clock did.
    mutating func followGuide(to now: Instant, through events: [Event]) {
        guard let running = guide else { return }
        var step = Duration.zero
        for case .clockChanged(let by) in events { step = step + by }
        guide?.shift(by: step)
        // How long the machine slept is unknown here; after it was led on last, nobody followed.
        let hasSlept = wake.map { now - ($0 + step) > Session.moment } ?? false
        if hasSlept || events.contains(.resumed) { steerGuide(.pause, at: running.followed + step) }
        if let cue = guide?.guide.advance(to: now) { guide?.cue = cue }
        guide?.followed = now
        // What the records say of its end is earlier now.
        if step > .minutes(1), guide?.guide.isDone == false { holdOccurrence(at: now) }
    }

    /// Nobody follows on a locked screen; who lies on the floor moves no mouse.
    mutating func pauseGuide(at now: Instant) {
        if !seesGuide { steerGuide(.pause, at: now) }
    }

    /// A button of the guide's notification, or `stretchd guide --pause` and the like.
    mutating func steer(_ action: Prompt.Action, at now: Instant) {
        if screen[.guide] == nil { guide?.posted = nil }
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
        // It comes up again.
        case .again, .start, .snooze, .skip: break
        }
    }

    private mutating func steerGuide(_ command: Guide.Command, at now: Instant) {
        guard let before = guide else { return }
        if let cue = guide?.guide.handle(command, at: now) { guide?.cue = cue }
        guard let after = guide, after.stage != before.stage, after.guide.phaseEnds == nil else { return }
        // Whoever stops on the way is waited for as long, however much of the time was used up before.
        if after.guide.outcome == nil, !after.guide.isDone, after.until < now + Guide.grace {
            holdOccurrence(at: now)
        }
    }

    /// Ends it for something else; what was done by now counts.
    mutating func endGuide(at now: Instant) {
        _ = concludeGuide(at: now)
        releaseGuide(at: now)
    }

    /// Ends it; what is not answered is due again.
    mutating func releaseGuide(at now: Instant) {
        if let guide, !guide.isAnswered { takeBack(guide.started, of: guide.subject, at: now) }
        guide = nil
    }

    /// What a predecessor began and cannot end any more; its end may have taken them back already.
    mutating func takeBack(abandoned: [Record.ID], at now: Instant) {
        for record in ledger.recentGuides(since: now - Record.longestHold) where abandoned.contains(record.id) {
            takeBack([record.id], of: record.subject, at: now)
        }
    }

    private mutating func takeBack(_ started: [Record.ID], of subject: Record.Subject, at now: Instant) {
        let ts = Timestamp(now, in: timetable.zone)
        keep(Record(id: ids.next(at: now), ts: ts, kind: .undo(started), subject: subject))
    }

    private mutating func holdOccurrence(at now: Instant) {
        guard let running = guide else { return }
        let until = now + min(running.guide.remainingInAll(at: now) + Guide.grace, Record.longestHold)
        var record = Record(
            id: ids.next(at: now), ts: time(on: running.subject, at: now), kind: .started(until: until),
            subject: running.subject)
        record.day = running.day
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
        } else if let remark, seesGuide {
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
            let record = verdict(.done, by: running, at: now)
            keep(record)
            guide?.answer = record.id
            guide?.until = max(running.until, now + Guide.grace)
        }
        switch running.guide.outcome {
        case .done:
            if let pain = running.guide.painAfter, let answer = guide?.answer {
                add(pain: pain, to: running, answered: answer, at: now)
            }
            guide = nil
            return remark(on: running, at: now)
        case .later:
            releaseGuide(at: now)
            if let occurrence = running.subject.occurrence { putOff(occurrence, at: now) }
        case .restDay:
            releaseGuide(at: now)
            if running.subject.occurrence != nil { keep(verdict(.skip, by: running, at: now)) }
        case nil where guide.map { $0.until <= now } == true:
            // Who came back to it goes on; who left it is asked anew.
            if running.guide.phaseEnds == nil { releaseGuide(at: now) } else { holdOccurrence(at: now) }
        case nil: break
        }
        return nil
    }

    /// `Done · day 13`; it goes by itself.
    private func remark(on running: RunningGuide, at now: Instant) -> Prompt {
        let history = History(of: running.routine, in: diary, at: now)
        let title = ["Done", history.afterDone(on: day(of: running.subject, at: now))]
        let body = [running.routine.title, running.guide.advice]
        var remark = Prompt(
            subject: .guide, title: title.compactMap(\.self).joined(separator: " · "),
            body: body.compactMap(\.self).joined(separator: "\n"), sound: sound(of: running))
        remark.isPassing = true
        return remark
    }

    private func sound(of running: RunningGuide) -> String {
        configuration.guide.sound ? running.cue?.soundName ?? "" : ""
    }

    /// Answered or put off elsewhere, or led through elsewhere since; or its own answer was changed or taken back.
    private func isOvertaken(_ running: RunningGuide) -> Bool {
        guard let occurrence = running.subject.occurrence else {
            return running.answer.map { answer in !ledger.looseRecords.contains { $0.id == answer } } ?? false
        }
        let records = ledger.records(of: occurrence)
        if running.isAnswered { return records.verdict?.verdict != .done }
        if records.verdict != nil { return true }
        // What was led through to its end counts, whoever else has begun.
        if running.guide.isDone { return false }
        let newest = records.last { if case .started = $0.kind { true } else { $0.isSnooze } }
        return newest.map { !running.started.contains($0.id) } ?? true
    }

    private mutating func verdict(_ verdict: Verdict, by running: RunningGuide, at now: Instant) -> Record {
        var record = self.verdict(verdict, on: running.subject, via: .guide, at: now)
        record.painBefore = running.guide.painBefore
        // A clock that cannot be right knows no day.
        if clockDoubt != nil { record.day = running.day }
        return record
    }

    /// A second record of the same verdict: the first must not wait for the question.
    private mutating func add(pain: Int, to running: RunningGuide, answered answer: Record.ID, at now: Instant) {
        var record = verdict(.done, by: running, at: now)
        record.pain = pain
        keep(record)
        // Two outside the schedule would count twice.
        if running.subject.occurrence == nil { takeBack([answer], of: running.subject, at: now) }
    }

    /// Like a press on Snooze where that is left; else it is due as before.
    private mutating func putOff(_ id: OccurrenceID, at now: Instant) {
        guard let (occurrence, _) = plan.occurrence(id), occurrence.isOpen(at: now),
            case .until(let until) = snoozeOutcome(of: occurrence, at: now)
        else { return }
        var record = record(.snooze(until: until), of: id, at: now)
        record.via = .guide
        keep(record)
    }

    // MARK: Its notification

    private mutating func step(at now: Instant) -> [Effect] {
        guard let running = guide, seesGuide else { return [] }
        let isNew = running.posted?.stage != running.stage
        // One that was closed comes up with the next phase, and a slow server has one update before it.
        guard isNew || isGuideShown, guideRetry.map({ $0 <= now }) ?? true else { return [] }
        var prompt = running.prompt(counting: drawsProgress, urgency: configuration.prompt.urgency, at: now)
        guard prompt != running.posted?.prompt else { return [] }
        guide?.posted = RunningGuide.Post(prompt: prompt, stage: running.stage)
        guide?.cue = nil
        prompt.sound = sound(of: running)
        if configuration.guide.speech, isNew { prompt.speech = running.guide.words(of: running.routine.title).spoken }
        screen[.guide] = .underway(.again)
        return [.show(prompt)]
    }

    /// When a page that the server refused is posted again; nil: it refused none.
    private var guideRetry: Instant? {
        if case .failed(_, .refused, let at) = screen[.guide] { at + .seconds(2) } else { nil }
    }

    private var isGuideShown: Bool { if case .shown = screen[.guide] { true } else { false } }

    private var seesGuide: Bool { isThere || presence == .away(.idle) }

    /// When the guide goes on by itself, or its notification counts on.
    func guideDeadline(after now: Instant) -> Instant? {
        guard let guide else { return nil }
        let retry = seesGuide ? guideRetry.map { max($0, now + .milliseconds(1)) } : nil
        guard let ends = guide.guide.phaseEnds else { return [guide.until, retry].compactMap(\.self).min() }
        let next = drawsProgress && seesGuide && isGuideShown ? guide.guide.nextSecond(after: now) : ends
        return [next, retry].compactMap(\.self).min()
    }
}
