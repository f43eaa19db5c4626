internal import StretchBase

/// A guide on the screen: what it leads through, and what is known of its notification.
struct RunningGuide: Hashable, Sendable {
    var account: GuideAccount
    var guide: Guide
    /// What the person has chosen so far where the pain is asked for.
    private var pain = 0
    /// To be heard with the next notification.
    private var cue: Cue?
    /// What was handed to the board last, and for which stage; nil: to be posted again.
    private var posted: Post?
    /// When it was led on last.
    private(set) var followed: Instant

    private struct Post: Hashable, Sendable {
        let prompt: Prompt
        let stage: Stage
    }

    /// What the person is at: when it changes there is something new to read.
    private struct Stage: Hashable, Sendable {
        let phase: Phase
        let state: Guide.State
    }

    init(_ guide: Guide, _ account: GuideAccount, at now: Instant) {
        self.guide = guide
        self.account = account
        followed = now
    }

    var title: String { guide.words(of: account.routine.title).title }

    private var stage: Stage { Stage(phase: guide.phase, state: guide.state) }

    // MARK: Time

    /// The clock was set, forwards positive.
    mutating func shift(by step: Duration) {
        guide.shift(by: step)
        followed = followed + step
        account.until = account.until + step
    }

    mutating func advance(to now: Instant) {
        if let cue = guide.advance(to: now) { self.cue = cue }
        followed = now
    }

    /// When it goes on by itself, or its notification counts on.
    ///
    /// - Parameter isSeen: somebody can see its notification.
    func deadline(after now: Instant, on screen: Screen, isSeen: Bool) -> Instant? {
        let retry = isSeen ? screen.guideRetry.map { max($0, now + .milliseconds(1)) } : nil
        guard let ends = guide.phaseEnds else { return [account.until, retry].compactMap(\.self).min() }
        let next = screen.drawsProgress && isSeen && screen.isShown(.guide) ? guide.nextSecond(after: now) : ends
        return [next, retry].compactMap(\.self).min()
    }

    // MARK: What the person wants

    /// Whether it comes to a stop now, and waits for the person.
    mutating func steer(_ command: Guide.Command, at now: Instant) -> Bool {
        let before = stage
        if let cue = guide.handle(command, at: now) { self.cue = cue }
        return stage != before && guide.phaseEnds == nil
    }

    /// A button, or `stretchd guide --pause` and the like; whether it comes to a stop.
    mutating func press(_ action: Prompt.Action, at now: Instant) -> Bool {
        switch action {
        case .pause: return steer(.pause, at: now)
        case .resume: return steer(.resume, at: now)
        case .next: return steer(.next, at: now)
        case .stop: return steer(.stop, at: now)
        case .done: return steer(.done, at: now)
        case .later: return steer(.later, at: now)
        case .gentle: return steer(.gentle, at: now)
        case .rest: return steer(.rest, at: now)
        case .answer: return steer(.pain(pain), at: now)
        case .less: pain = max(0, pain - 1)
        case .more: pain = min(10, pain + 1)
        // It comes up again.
        case .again, .start, .snooze, .skip: break
        }
        return false
    }

    // MARK: Its notification

    mutating func postAgain() { posted = nil }

    /// What is to be posted; nil: what is on the screen says it.
    mutating func update(on screen: Screen, with settings: Configuration, at now: Instant) -> Prompt? {
        let isNew = posted?.stage != stage
        // One that was closed comes up with the next phase, and a slow server has one update before it.
        guard isNew || screen.isShown(.guide), screen.guideRetry.map({ $0 <= now }) ?? true else { return nil }
        var prompt = prompt(counting: screen.drawsProgress, urgency: settings.prompt.urgency, at: now)
        guard prompt != posted?.prompt else { return nil }
        posted = Post(prompt: prompt, stage: stage)
        prompt.sound = sound(with: settings)
        cue = nil
        if settings.guide.speech, isNew { prompt.speech = guide.words(of: account.routine.title).spoken }
        return prompt
    }

    /// `Done · day 13`; it goes by itself.
    func remark(in diary: Diary, at now: Instant) -> Prompt {
        let history = History(of: account.routine, in: diary, at: now)
        let title = ["Done", history.afterDone(on: account.day)]
        let body = [account.routine.title, guide.advice]
        var remark = Prompt(
            subject: .guide, title: title.compactMap(\.self).joined(separator: " · "),
            body: body.compactMap(\.self).joined(separator: "\n"), sound: sound(with: diary.configuration))
        remark.isPassing = true
        return remark
    }

    private func sound(with settings: Configuration) -> String {
        settings.guide.sound ? cue?.soundName ?? "" : ""
    }
}

extension Screen {
    /// When a page of the guide that the server refused is posted again; nil: it refused none.
    fileprivate var guideRetry: Instant? {
        if case .failed(_, .refused, let at) = self[.guide] { at + .seconds(2) } else { nil }
    }
}

extension RunningGuide {
    /// The notification for what is to be done now.
    ///
    /// - Parameter counts: the server draws a bar: then what has passed of the phase is shown to the second.
    private func prompt(counting counts: Bool, urgency: Urgency, at now: Instant) -> Prompt {
        let words = guide.words(of: account.routine.title)
        var prompt = Prompt(
            subject: .guide, title: title(of: words, counting: counts, at: now), body: body(words.text),
            buttons: buttons, urgency: urgency == .low ? .normal : urgency)
        prompt.click = click
        prompt.picture = (guide.step ?? guide.steps.first)?.stretch.id
        prompt.progress = progress(counts, at: now)
        if guide.phase.kind == .warnings, guide.state == .running {
            prompt.brief = Prompt.Brief(
                title: Safety.briefTitle, body: Safety.briefWarning + "\nNone? stretchd guide --next")
        }
        return prompt
    }

    /// Servers cut a title, too: the side and the stretch come before how many there are.
    private func title(of words: GuideWords, counting counts: Bool, at now: Instant) -> String {
        var position = words.position
        // One count is enough.
        if case .hold(let hold) = guide.phase.kind, hold.turns > 1 { position = nil }
        return [words.state, words.name, position, time(counts, at: now)].compactMap(\.self).joined(separator: " · ")
    }

    /// Servers cut a body, some after its first line: what matters comes first, and during a hold nobody reads much.
    private func body(_ text: String) -> String {
        switch guide.phase.kind {
        case .painBefore, .painAfter: "\(pain) of 10\n\(text)"
        case .hold: text.leadingSentences(within: 120)
        default: text
        }
    }

    /// What is left of the phase.
    ///
    /// Where nobody counts it says so: `15 s` that stands still looks like a stopped clock.
    private func time(_ counts: Bool, at now: Instant) -> String? {
        guard guide.state != .halted, let seconds = secondsLeft(counts, at: now) else { return nil }
        if guide.state == .paused { return "\(seconds) s left" }
        if counts { return "\(seconds) s" }
        return switch guide.phase.kind {
        case .hold(let hold) where hold.side != nil: "hold \(seconds) s"
        case .ready, .prepare: "\(seconds) s to get ready"
        default: "for \(seconds) s"
        }
    }

    private func progress(_ counts: Bool, at now: Instant) -> Double? {
        if case .painBefore = guide.phase.kind { return Double(pain) / 10 }
        if case .painAfter = guide.phase.kind { return Double(pain) / 10 }
        guard counts, let length = guide.phase.length, length > .zero else { return nil }
        return Double(guide.elapsed(at: now).components.seconds) / Double(max(1, length.components.seconds))
    }

    /// Of the phase, rounded up; where nobody counts, all of it.
    private func secondsLeft(_ counts: Bool, at now: Instant) -> Int? {
        let left = counts || guide.state == .paused ? guide.remaining(at: now) : guide.phase.length
        return left?.secondsRoundedUp
    }

    /// A click goes on where no harm can come of it.
    ///
    /// It skips no hold and gives no verdict: some servers click by themselves.
    private var click: Prompt.Action {
        switch (guide.state, guide.phase.kind) {
        case (.halted, _), (.paused, _): .resume
        case (_, .warnings), (_, .hold): .again
        case (_, .highPain): guide.offersGentle ? .gentle : .again
        default: .next
        }
    }

    private var buttons: [Prompt.Button] {
        switch guide.state {
        case .halted:
            [
                Prompt.Button(action: .done, label: "Done"), Prompt.Button(action: .later, label: "Later"),
                Prompt.Button(action: .resume, label: "Go on"),
            ]
        case .paused:
            [
                Prompt.Button(action: .resume, label: "Go on"), Prompt.Button(action: .next, label: "Next"),
                Prompt.Button(action: .stop, label: "Stop"),
            ]
        case .running, .over: phaseButtons
        }
    }

    private var phaseButtons: [Prompt.Button] {
        switch guide.phase.kind {
        case .warnings:
            [Prompt.Button(action: .next, label: "None of these"), Prompt.Button(action: .stop, label: "Not now")]
        case .painBefore, .painAfter:
            [
                Prompt.Button(action: .answer, label: "That much"), Prompt.Button(action: .more, label: "More"),
                Prompt.Button(action: .less, label: "Less"), Prompt.Button(action: .next, label: "Do not say"),
            ]
        case .highPain:
            (guide.offersGentle ? [Prompt.Button(action: .gentle, label: "Gentle")] : []) + [
                Prompt.Button(action: .rest, label: "Rest day"), Prompt.Button(action: .next, label: "As planned"),
            ]
        default:
            [
                Prompt.Button(action: .pause, label: "Pause"), Prompt.Button(action: .next, label: "Next"),
                Prompt.Button(action: .stop, label: "Stop"),
            ]
        }
    }
}

extension String {
    /// As many whole sentences as there is room for, and the first in any case.
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
