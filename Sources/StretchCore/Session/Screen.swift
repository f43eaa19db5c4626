internal import StretchBase

/// What is known of the notifications, and of the server that shows them.
struct Screen: Sendable {
    /// The notifications by subject; those never posted, and some that were closed, have no entry.
    private var states: [Prompt.Subject: PromptState] = [:]
    /// There is no session bus yet.
    var lacksBus = false
    /// Whether there is a notification server; nil if that is not known yet.
    private(set) var hasServer: Bool?
    /// The server draws progress bars.
    private(set) var drawsProgress = false
    /// The last new prompt, and when it was shown.
    private var lastNew: (subject: Prompt.Subject, at: Instant)?

    /// The least time between two new prompts.
    private static let newPromptInterval: Duration = .minutes(1)

    subscript(subject: Prompt.Subject) -> PromptState? {
        get { states[subject] }
        set { states[subject] = newValue }
    }

    var subjects: some Collection<Prompt.Subject> { states.keys }

    func isPosted(_ subject: Prompt.Subject) -> Bool {
        switch states[subject] {
        // If a notification is refused, the one it should replace is still on the screen.
        case .underway, .shown, .adopted, .failed(_, .noAnswer, _), .failed(_, .refused, _), .quiet: true
        case .dismissed, .lost, .hidden, .failed, nil: false
        }
    }

    func isShown(_ subject: Prompt.Subject) -> Bool { if case .shown = states[subject] { true } else { false } }

    /// "Do not disturb" holds the notification back.
    func isQuiet(_ subject: Prompt.Subject) -> Bool { states[subject] == .quiet(isOver: false) }

    /// The notification was lost, and it is time to post it again.
    func canRepost(_ subject: Prompt.Subject, at now: Instant) -> Bool {
        if case .lost(let until) = states[subject] { until <= now } else { false }
    }

    /// When to post the guide's notification again after the server refused it; nil if it was not refused.
    var guideRetry: Instant? { if case .failed(_, .refused, let at) = states[.guide] { at + .seconds(2) } else { nil } }

    /// A new prompt was handed to the board; its result will arrive as an event.
    var isNewUnderway: Bool {
        states.values.contains { if case .underway(let raise) = $0 { raise.isNew } else { false } }
    }

    /// The earliest time for another new prompt; the prompt that came up last may be shown again at once.
    func newPromptTime(for subject: Prompt.Subject, at now: Instant) -> Instant {
        guard let lastNew, lastNew.subject != subject else { return now }
        return lastNew.at + Screen.newPromptInterval
    }

    mutating func show(_ prompt: Prompt, as raise: Raise) -> Effect {
        states[prompt.subject] = .underway(raise)
        return .show(prompt)
    }

    /// Hides a prompt, so that it comes up anew; one that is on its way or held back stays as it is.
    mutating func hide(_ subject: Prompt.Subject) -> Effect? {
        switch states[subject] {
        case .shown:
            states[subject] = .hidden
            return .withdraw(subject)
        case .dismissed, nil: states[subject] = .hidden
        case .underway, .adopted, .lost, .hidden, .failed, .quiet: break
        }
        return nil
    }

    // MARK: What the server says

    /// The server shows the notification; returns why it was posted, or nil if no answer of the server was expected.
    mutating func shown(_ subject: Prompt.Subject, at now: Instant) -> Raise? {
        let raise: Raise
        switch states[subject] {
        case .underway(let underway), .failed(let underway, .noAnswer, _): raise = underway
        default: return nil
        }
        states[subject] = .shown(at: now)
        hasServer = true
        if raise.isNew, case .occurrence = subject { lastNew = (subject, now) }
        return raise
    }

    mutating func failed(_ subject: Prompt.Subject, _ obstacle: Obstacle, at now: Instant) {
        if obstacle == .noServer { hasServer = false }
        switch (states[subject], obstacle) {
        // In the second case, the answer of the server came late.
        case (.underway, .doNotDisturb), (.failed(_, .noAnswer, _), .doNotDisturb):
            hasServer = true
            states[subject] = .quiet(isOver: false)
        case (.underway(let raise), _): states[subject] = .failed(raise, obstacle, at: now)
        default: break
        }
    }

    /// The notification was closed; returns false if a newer one is on its way or held back.
    mutating func closed(_ subject: Prompt.Subject) -> Bool {
        switch (states[subject], subject) {
        // A newer one is on its way or held back, so it does not matter that the old one was closed. Some servers
        // report a notification as closed whenever another one replaces it.
        case (.underway, _), (.quiet, _): return false
        // Only planned occurrences are asked for again.
        case (.shown(let at), .occurrence): states[subject] = .dismissed(shownAt: at)
        default: states[subject] = nil
        }
        return true
    }

    mutating func serverChanged(isPresent: Bool, drawsProgress: Bool, at now: Instant) {
        self.drawsProgress = isPresent && drawsProgress
        // If no server was ever there, the bus may still start one for a prompt.
        if isPresent || hasServer != nil { hasServer = isPresent }
        for (subject, state) in states {
            switch state {
            // A server that leaves takes its notifications with it, and an answer that it still owes will never come.
            case .shown where !isPresent, .adopted where !isPresent, .quiet where !isPresent,
                .failed(_, .noAnswer, _) where !isPresent:
                states[subject] = .lost(until: now + .minutes(1))
            // The new server may accept the prompt, and may have "do not disturb" off.
            case .lost where isPresent, .failed where isPresent, .quiet where isPresent:
                states[subject] = .lost(until: now)
            default: break
            }
        }
    }

    mutating func endQuiet() {
        for subject in states.keys where isQuiet(subject) { states[subject] = .quiet(isOver: true) }
    }

    /// Limits times taken with the wrong clock, so that they delay nothing.
    mutating func clockChanged(at now: Instant) {
        lastNew = lastNew.map { ($0.subject, min($0.at, now)) }
        for (subject, state) in states {
            switch state {
            case .shown(let at): states[subject] = .shown(at: min(at, now))
            case .dismissed(let at): states[subject] = .dismissed(shownAt: min(at, now))
            case .failed(let raise, let obstacle, let at):
                states[subject] = .failed(raise, obstacle, at: min(at, now))
            case .lost(let until): states[subject] = .lost(until: min(until, now + .minutes(1)))
            case .underway, .adopted, .hidden, .quiet: break
            }
        }
    }
}

/// What is known of one notification.
enum PromptState: Hashable, Sendable {
    /// Handed to the board; the result is not known yet.
    case underway(Raise)
    case shown(at: Instant)
    /// It was shown, and closed without an answer.
    case dismissed(shownAt: Instant)
    /// A killed predecessor left it on the screen; its buttons are dead until it is posted again.
    case adopted
    /// It was lost with its server; it is posted again when a server appears, or at this time at the latest.
    case lost(until: Instant)
    /// It is answered, snoozed, paused or guided; when it is due again, it is posted at once.
    case hidden
    case failed(Raise, Obstacle, at: Instant)
    /// "Do not disturb" holds it back or, if `isOver`, held it back until now; an older one may still be on the screen.
    case quiet(isOver: Bool)
}

/// Why a prompt is put on the screen.
enum Raise: Hashable, Sendable {
    case first
    /// Nobody answered; counts against `reminders`.
    case reminder
    /// The person is back, a pause, a guide or "do not disturb" is over, or an answer was taken back; does not count
    /// against `reminders`.
    case back
    /// It was lost with its server, or an earlier daemon posted it and its buttons are dead; does not count against
    /// `reminders`.
    case again

    /// The prompt is not on the screen yet; new prompts come one at a time.
    var isNew: Bool { self == .first || self == .back }
}
