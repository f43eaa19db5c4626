internal import StretchBase

/// A guide on the screen, and what is known of its notification.
struct RunningGuide: Sendable {
    var account: GuideAccount
    var guide: Guide
    /// The pain that the person has chosen so far, while the guide asks for it.
    private var pain = 0
    /// The sound to play with the next notification.
    private var cue: Cue?
    /// The last notification handed to the board, and its stage; nil if it must be posted again.
    private var posted: (prompt: Prompt, stage: Guide.Stage)?
    /// When the guide last advanced or was started.
    private(set) var followed: Instant

    init(_ guide: Guide, _ account: GuideAccount, at now: Instant) {
        self.guide = guide
        self.account = account
        followed = now
    }

    var title: String { guide.words(of: account.routine.title).title }

    // MARK: Time

    /// Adjusts all times after the clock was set; `step` is positive if it was set forwards.
    mutating func shift(by step: Duration) {
        guide.shift(by: step)
        followed = followed + step
        account.until = account.until + step
    }

    /// Lets time pass; returns true if the guide waits for the person because of it.
    mutating func advance(to now: Instant) -> Bool {
        let before = guide.stage
        if let cue = guide.advance(to: now) { self.cue = cue }
        followed = now
        return guide.stage != before && guide.phaseEnds == nil
    }

    /// When the guide next needs the timer: at the next sound, at the end of a phase, at the next second in its
    /// notification, or to try again.
    ///
    /// - Parameters:
    ///   - isSeen: somebody can see the notification.
    ///   - isHeard: the guide has sounds.
    func deadline(after now: Instant, on screen: Screen, isSeen: Bool, isHeard: Bool) -> Instant? {
        let retry = isSeen ? screen.guideRetry.map { max($0, now + .milliseconds(1)) } : nil
        guard let next = isHeard ? guide.nextCue(after: now) : guide.phaseEnds else {
            return [account.until, retry].compactMap(\.self).min()
        }
        let counts = screen.drawsProgress && isSeen && screen.isShown(.guide)
        return [next, counts ? guide.nextSecond(after: now) : nil, retry].compactMap(\.self).min()
    }

    // MARK: What the person wants

    /// Handles a button, or a command such as `stretchd guide --pause`.
    ///
    /// Returns true if the guide waits for the person because of it.
    mutating func press(_ action: Prompt.Action, at now: Instant) -> Bool {
        if action == .less { pain = max(0, pain - 1) }
        if action == .more { pain = min(10, pain + 1) }
        guard let command = action == .answer ? .pain(pain) : RunningGuide.commands[action] else { return false }
        let before = guide.stage
        if let cue = guide.handle(command, at: now) { self.cue = cue }
        return guide.stage != before && guide.phaseEnds == nil
    }

    /// The command that each action gives the guide.
    ///
    /// `again` gives none, because it only posts the notification again. `start`, `snooze` and `skip` are buttons of
    /// other prompts.
    private static let commands: [Prompt.Action: Guide.Command] = [
        .pause: .pause, .info: .info, .resume: .resume, .next: .next, .stop: .stop, .done: .done, .later: .later,
        .gentle: .gentle, .rest: .rest, .yes: .agree,
    ]

    // MARK: Its notification

    mutating func postAgain() { posted = nil }

    /// The notification to post; nil if there is nothing to post now.
    mutating func update(on screen: Screen, with settings: Configuration, at now: Instant) -> Prompt? {
        let isNew = posted?.stage != guide.stage
        // A closed notification is posted again only with the next stage. A slow server gets no update of a stage
        // before it has shown the last one. After a refusal there is a delay.
        guard isNew || screen.isShown(.guide), screen.guideRetry.map({ $0 <= now }) ?? true else { return nil }
        var prompt = prompt(counting: screen.drawsProgress, urgency: settings.prompt.urgency, at: now)
        guard prompt != posted?.prompt else { return nil }
        posted = (prompt, guide.stage)
        guard isNew else { return prompt }
        let cue = settings.guide.sound ? cue : nil
        prompt.sound = cue?.soundName ?? ""
        if settings.guide.speech { prompt.speech = guide.speech(of: account.routine.title, after: cue, at: now) }
        self.cue = nil
        return prompt
    }

    /// Takes the sound of a mark, for which no notification is posted; nil if there is none.
    mutating func takeMark(with settings: Configuration) -> Cue? {
        guard let cue, cue.isMark else { return nil }
        self.cue = nil
        return settings.guide.sound ? cue : nil
    }

    /// The last notification, such as `Done · day 13`, which disappears by itself.
    func remark(in diary: Diary, at now: Instant) -> Prompt {
        let history = History(of: account.routine, in: diary, at: now)
        let title = ["Done", history.afterDone(on: account.day)]
        let agreement = guide.agrees == true ? guide.offer?.agreement : nil
        let review = Review(of: history)?.text
        let body = [account.routine.title, guide.advice, agreement, review]
        var remark = Prompt(
            subject: .guide, title: title.compactMap(\.self).joined(separator: " · "),
            body: body.compactMap(\.self).joined(separator: "\n"), sound: sound(with: diary.configuration))
        // What must be read stays.
        remark.isPassing = guide.advice == nil && review == nil
        return remark
    }

    private func sound(with settings: Configuration) -> String { settings.guide.sound ? cue?.soundName ?? "" : "" }

    /// The notification for the present stage.
    ///
    /// - Parameter counts: whether the progress of the phase is shown to the second, because the server draws a bar.
    private func prompt(counting counts: Bool, urgency: Urgency, at now: Instant) -> Prompt {
        let words = guide.words(of: account.routine.title)
        var prompt = Prompt(
            subject: .guide, title: title(of: words, counting: counts, at: now), body: body(words.text),
            buttons: buttons, urgency: urgency == .low ? .normal : urgency)
        prompt.click = click
        prompt.dispensable = .info
        prompt.picture = guide.stretch.map { Prompt.Picture(of: $0.id, side: guide.side) }
        prompt.progress = progress(counts, at: now)
        prompt.brief = brief(words)
        return prompt
    }

    /// The text for servers with room for a few lines; nil if they show as much of the full text as they can.
    private func brief(_ words: GuideWords) -> Prompt.Brief? {
        switch (guide.state, guide.phase.kind) {
        case (.running, .warnings):
            return Prompt.Brief(
                title: Safety.briefTitle, body: Safety.briefWarning, hint: "None? stretchd guide --next")
        case (.running, .care), (.reading, _):
            guard let stretch = guide.stretch else { return nil }
            let command = guide.state == .reading ? "stretchd guide --resume" : "stretchd guide --next"
            return Prompt.Brief(
                title: words.name, body: "Read: stretchd stretches \(stretch.id)", hint: "Then: \(command)")
        default: return nil
        }
    }

    /// The title, in which the side and the stretch come before the position, because servers cut titles, too.
    private func title(of words: GuideWords, counting counts: Bool, at now: Instant) -> String {
        var position = words.position
        // The words of the hold already have the round, and one count is enough.
        if case .hold(let hold) = guide.phase.kind, hold.turns > 1, guide.state != .reading { position = nil }
        return [words.state, words.name, position, time(counts, at: now)].compactMap(\.self).joined(separator: " · ")
    }

    /// The body, with the important text first, and with little text for a hold.
    ///
    /// Servers cut bodies, some of them after the first line.
    private func body(_ text: String) -> String {
        switch guide.phase.kind {
        case .painBefore, .painAfter: "\(pain) of 10\n\(text)"
        case .hold where guide.state != .reading: text.leadingSentences(within: 120)
        default: text
        }
    }

    /// The time left in the phase, in words.
    ///
    /// If the number is not updated, words say what it means, because `15 s` that never changes looks like a stopped
    /// clock.
    private func time(_ counts: Bool, at now: Instant) -> String? {
        let left = counts || guide.state == .paused ? guide.remaining(at: now) : guide.phase.length
        guard ![.halted, .reading].contains(guide.state), let seconds = left?.secondsRoundedUp else { return nil }
        if guide.state == .paused { return "\(seconds) s left" }
        if counts { return "\(seconds) s" }
        return switch guide.phase.kind {
        case .hold(let hold) where hold.side != nil && !hold.isCounted: "hold \(seconds) s"
        case .ready, .prepare: "\(seconds) s to get ready"
        default: "for \(seconds) s"
        }
    }

    private func progress(_ counts: Bool, at now: Instant) -> Double? {
        if [.painBefore, .painAfter].contains(guide.phase.kind) { return Double(pain) / 10 }
        guard counts, let length = guide.phase.length, length > .zero else { return nil }
        return Double(guide.elapsed(at: now).components.seconds) / Double(max(1, length.components.seconds))
    }

    /// A click continues the guide where this can do no harm.
    ///
    /// It skips nothing that waits to be read, skips no hold and gives no verdict, because some servers send clicks by
    /// themselves.
    private var click: Prompt.Action {
        switch (guide.state, guide.phase.kind) {
        case (.halted, _), (.paused, _): .resume
        case (.reading, _), (_, .warnings), (_, .hold), (_, .level): .again
        case (_, .painRose), (_, .highPain): guide.offersGentle ? .gentle : .again
        default: guide.phase.waits ? .again : .next
        }
    }

    private var info: [Prompt.Button] { guide.hasInfo ? [.init(.info, "Info")] : [] }

    private var buttons: [Prompt.Button] {
        switch (guide.state, guide.phase.kind) {
        case (.halted, _): [.init(.done, "Done"), .init(.later, "Later"), .init(.resume, "Go on")]
        case (.paused, _):
            [.init(.resume, "Go on"), .init(.next, "Next")] + info + [.init(.stop, "Stop")]
        case (.reading, _): [.init(.resume, "In position"), .init(.stop, "Stop")]
        case (_, .warnings): [.init(.next, "None of these"), .init(.stop, "Not now")]
        case (_, .painBefore), (_, .painAfter):
            [.init(.answer, "That much"), .init(.more, "More"), .init(.less, "Less"), .init(.next, "Skip")]
        case (_, .painRose), (_, .highPain):
            (guide.offersGentle ? [.init(.gentle, "Gentle")] : [])
                + [.init(.rest, "Rest day"), .init(.next, "As planned")]
        case (_, .level): [.init(.yes, "Yes"), .init(.next, "Not yet")]
        case (_, .care): [.init(.next, "Go on"), .init(.stop, "Stop")]
        case (_, .ready) where guide.phase.waits: [.init(.next, "Go on"), .init(.stop, "Stop")]
        case (_, .prepare) where guide.phase.waits:
            [.init(.next, "In position")] + info + [.init(.stop, "Stop")]
        default: [.init(.pause, "Pause"), .init(.next, "Next"), .init(.stop, "Stop")]
        }
    }
}

extension String {
    /// As many whole sentences as fit into `room` characters, but at least the first one.
    fileprivate func leadingSentences(within room: Int) -> String {
        var kept = ""
        for sentence in split(separator: ". ", omittingEmptySubsequences: true) {
            let longer = kept.isEmpty ? String(sentence) : "\(kept). \(sentence)"
            if !kept.isEmpty, longer.count > room { return kept + "." }
            kept = longer
        }
        return kept
    }
}
