internal import StretchBase

/// The guide on the screen, if one runs (rule 15): it leads the person through a routine by notifications.
struct Guiding: Sendable {
    private(set) var running: RunningGuide?
    private var inhibitsIdle = false
    /// The last notification of a guide that ended while nobody could see it, with what must be read.
    private var unseenRemark: Prompt?

    var isRunning: Bool { if case .some = running { true } else { false } }

    /// Begins a guide after Start was pressed; its occurrence is not asked for meanwhile.
    mutating func begin(_ routine: Routine, on subject: Record.Subject, in notebook: inout Notebook, at now: Instant) {
        // The button was pressed twice, and this guide runs already.
        if running?.account.subject == subject { return }
        end(in: &notebook, at: now)
        let diary = notebook.diary
        let day = diary.day(of: subject, at: now)
        let asksPain = diary.configuration.guide.pain == .always
        let gentle = asksPain && routine.id != "gentle" ? diary.configuration.gentle : nil
        let guide = Guide(
            diary.steps(of: routine), swaps: routine.swaps, gentle: gentle, showsWarnings: !diary.ledger.hasGuided,
            known: diary.ledger.knownStretches, asksPain: asksPain,
            painYesterday: asksPain ? History(of: routine, in: diary, at: now).painBefore(on: day - 1) : nil, at: now)
        let account = GuideAccount(of: routine, on: subject, day: day, via: .notification, at: now)
        running = RunningGuide(guide, account, at: now)
        unseenRemark = nil
        hold(in: &notebook, at: now)
    }

    /// Brings the guide to the present, also after a step of the clock or a sleep.
    ///
    /// - Parameters:
    ///   - step: by how much the clock was set; positive if it was set forwards.
    ///   - hasSlept: the machine slept for an unknown time.
    mutating func follow(to now: Instant, clockSetBy step: Duration, hasSlept: Bool, in notebook: inout Notebook) {
        running?.shift(by: step)
        // Nobody followed the guide during the sleep, so it pauses where it was before.
        if hasSlept, let followed = running?.followed { press(.pause, in: &notebook, at: followed) }
        if running?.advance(to: now) == true { waitForThePerson(in: &notebook, at: now) }
        // The clock was set forwards, so the end in the records is too early now.
        if step > .minutes(1), running?.guide.isDone == false { hold(in: &notebook, at: now) }
    }

    /// Handles a button of its notification, or a command such as `stretchd guide --pause`.
    mutating func press(_ action: Prompt.Action, in notebook: inout Notebook, at now: Instant) {
        if running?.press(action, at: now) == true { waitForThePerson(in: &notebook, at: now) }
    }

    /// The guide waits for the person from now on: the full time, no matter how much of it was used before.
    private mutating func waitForThePerson(in notebook: inout Notebook, at now: Instant) {
        guard let running, running.guide.outcome == nil, !running.guide.isDone,
            running.account.until < now + Guide.grace
        else { return }
        hold(in: &notebook, at: now)
    }

    mutating func postAgain() { running?.postAgain() }

    /// Ends the guide, because another one begins or the daemon stops; if it is done by now, that is recorded.
    mutating func end(in notebook: inout Notebook, at now: Instant) {
        _ = conclude(in: &notebook, at: now)
        release(in: &notebook, at: now)
    }

    /// Records the result of the guide, and updates its notification.
    ///
    /// - Parameters:
    ///   - isSeen: somebody can see the notification.
    ///   - disregarded: snoozes that do not count.
    mutating func effects(
        on screen: inout Screen, isSeen: Bool, in notebook: inout Notebook,
        disregarding disregarded: DisregardedRecords, at now: Instant
    ) -> [Effect] {
        let wasRunning = isRunning
        let remark = conclude(in: &notebook, disregarding: disregarded, at: now) ?? unseenRemark
        unseenRemark = isSeen || remark?.isPassing == true ? nil : remark
        var effects: [Effect] = []
        if isRunning {
            let mark = running?.takeMark(with: notebook.diary.configuration)
            if isSeen, let mark { effects.append(.play(mark)) }
            if isSeen, let prompt = running?.update(on: screen, with: notebook.diary.configuration, at: now) {
                effects.append(screen.show(prompt, as: .again))
            }
        } else if let remark, isSeen {
            effects.append(screen.show(remark, as: .again))
        } else if wasRunning || screen[.guide] == .adopted {
            if screen.isPosted(.guide) { effects.append(.withdraw(.guide)) }
            screen[.guide] = nil
        }
        if inhibitsIdle != isRunning {
            inhibitsIdle = isRunning
            effects.append(.inhibitIdle(inhibitsIdle))
        }
        return effects
    }

    /// Records the result of the guide; returns its last notification, if any.
    private mutating func conclude(
        in notebook: inout Notebook, disregarding disregarded: DisregardedRecords = .init(), at now: Instant
    ) -> Prompt? {
        guard let guide = running?.guide, var account = running?.account else { return nil }
        if account.isOvertaken(isDone: guide.isDone, in: notebook.diary) {
            release(in: &notebook, at: now)
            return nil
        }
        if guide.isDone, account.answer == nil {
            // What is done outside the schedule counts for the day on which it is done.
            if notebook.clockDoubt == nil { account.day = notebook.diary.day(of: account.subject, at: now) }
            notebook.keep { diary, ids in
                let done = account.done(painBefore: guide.painBefore, in: diary, id: ids.next(at: now), at: now)
                return [done] + account.known(guide.reached, in: diary, ids: &ids, at: now)
            }
            running?.account = account
        }
        switch guide.outcome {
        case .done:
            if let offer = guide.offer {
                if let agreed = guide.agrees {
                    notebook.keep { account.levels(of: offer, agreed: agreed, in: $0, ids: &$1, at: now) }
                }
            } else {
                if let pain = guide.painAfter {
                    notebook.keep { account.add(pain: pain, painBefore: guide.painBefore, in: $0, ids: &$1, at: now) }
                    running?.account = account
                }
                if let offer = LevelRule(of: account.routine, in: notebook.diary, at: now).offer(after: guide) {
                    running?.guide.ask(offer, at: now)
                    running?.account.until = max(account.until, now + Guide.grace)
                    return nil
                }
            }
            defer { running = nil }
            return running?.remark(in: notebook.diary, at: now)
        case .later:
            let snoozes = account.subject.occurrence.map(disregarded.records) ?? []
            notebook.keep { account.putOff(in: $0, ids: &$1, at: now, disregarding: snoozes) }
            running = nil
        case .restDay:
            notebook.keep { account.rest(painBefore: guide.painBefore, in: $0, ids: &$1, at: now) }
            running = nil
        case nil where account.until <= now:
            // The guide has waited long enough. If a phase runs, the person has come back, and the guide goes on. If
            // none runs, the person has left. Then the guide ends, and an occurrence that is not done is asked for
            // again.
            guard guide.phaseEnds == nil else {
                hold(in: &notebook, at: now)
                break
            }
            let remark = guide.isDone ? running?.remark(in: notebook.diary, at: now) : nil
            release(in: &notebook, at: now)
            // Nobody is there for less than what must be read.
            return remark?.isPassing == false ? remark : nil
        case nil: break
        }
        return nil
    }

    /// Ends the guide; if its occurrence is unanswered, it is due again.
    private mutating func release(in notebook: inout Notebook, at now: Instant) {
        if let account = running?.account, account.answer == nil {
            notebook.keep { [account.takeBack(in: $0, id: $1.next(at: now), at: now)] }
        }
        running = nil
    }

    /// Records until when the guide leads through the occurrence, so that nobody is asked about it meanwhile.
    private mutating func hold(in notebook: inout Notebook, at now: Instant) {
        guard var guide = running else { return }
        let length = guide.guide.remainingInAll(at: now)
        notebook.keep { [guide.account.begin(for: length, in: $0, id: $1.next(at: now), at: now)] }
        running = guide
    }
}
