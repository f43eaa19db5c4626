internal import StretchBase

/// A guide on the screen: what it leads through, and what is known of its notification.
struct RunningGuide: Hashable, Sendable {
    let routine: Routine
    /// What will be done: an occurrence, or the routine outside its schedule.
    let subject: Record.Subject
    /// The day on which it began, or the occurrence's.
    let day: Day
    var guide: Guide
    /// Its `started` records.
    var started: [Record.ID] = []
    /// Till when it waits for the person, and they hold the occurrence.
    var until: Instant
    /// The record of its verdict; nil: there is none yet.
    var answer: Record.ID?
    /// What the person has chosen so far where the pain is asked for.
    var pain = 0
    /// To be heard with the next notification.
    var cue: Cue?
    /// What was handed to the board last, and for which phase; nil: to be posted again.
    var posted: Post?
    /// When it was led on last.
    var followed: Instant

    struct Post: Hashable, Sendable {
        let prompt: Prompt
        let stage: Stage
    }

    /// What the person is at: when it changes there is something new to read.
    struct Stage: Hashable, Sendable {
        let phase: Phase
        let state: Guide.State
    }

    var isAnswered: Bool { answer != nil }

    var stage: Stage { Stage(phase: guide.phase, state: guide.state) }

    /// The clock was set, forwards positive.
    mutating func shift(by step: Duration) {
        guide.shift(by: step)
        followed = followed + step
        until = until + step
    }

    mutating func choosePain(by step: Int) { pain = min(10, max(0, pain + step)) }
}

extension RunningGuide {
    /// The notification for what is to be done now.
    ///
    /// - Parameter counts: the server draws a bar: then what has passed of the phase is shown to the second.
    func prompt(counting counts: Bool, urgency: Urgency, at now: Instant) -> Prompt {
        let words = guide.words(of: routine.title)
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
