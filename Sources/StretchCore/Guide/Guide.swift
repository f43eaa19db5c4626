package import StretchBase

/// The way through a routine's steps, one phase after the other: the same for notifications and the terminal.
///
/// A guide is a value without a clock: callers pass the time of a clock that runs evenly. If the clock was set, they
/// call `shift`. A phase begins when the one before it ended, even if `advance` is called later, so that delays do not
/// add up.
package struct Guide: Hashable, Sendable {
    package private(set) var steps: [Step]
    /// The gentle routine on offer; nil if there is none, or if it was taken.
    private var gentle: Routine?
    /// What is swapped or left out of the steps, to be said once.
    private(set) var swaps: [Swap]
    /// The stretches that need no introduction; nil if none does.
    private let known: Set<Stretch.ID>?
    /// Whether the guide waits at a new stretch until the person is in position.
    private let waits: Bool
    /// The pain before the routine on the day before; nil if it is not known.
    private let painYesterday: Int?
    package private(set) var phases: [Phase]
    private var place = 0
    /// When the present phase began, plus the time of the pauses in it.
    private var began: Instant
    /// How far the phase had come when marks were last looked for, and in which place.
    private var looked = Look()
    /// When the time of the guide stopped, because it was paused or stopped; nil while its time runs.
    private var stoodStill: Instant?
    package private(set) var state = State.running
    /// The pain before and after, from 0 to 10; nil if it was not asked or not answered.
    package private(set) var painBefore: Int?
    package private(set) var painAfter: Int?
    /// Whether the person agreed to what was asked about levels; nil if it was not asked or not answered.
    package private(set) var agrees: Bool?

    package enum State: Hashable, Sendable {
        case running
        case paused
        /// The person asked what to take care of in this stretch; time stands still until they are back in position.
        case reading
        /// Stopped halfway; the guide asks whether it counts as done.
        case halted
        case over(Outcome)
    }

    /// The phase and the state of the guide; if one of them changes, there is new text to read.
    package struct Stage: Hashable, Sendable {
        let phase: Phase
        let state: State
    }

    package enum Outcome: Hashable, Sendable { case done, later, restDay }

    package enum Command: Hashable, Sendable {
        /// Go to the next phase; a question stays without an answer.
        case next
        /// Go to the start of the phase or, in its first two seconds, to the phase before it.
        case back
        case pause
        /// Show what to take care of.
        case info
        /// Go on after `pause`, `info` or `stop`.
        case resume
        case stop
        /// Answer how much it hurts, from 0 to 10.
        case pain(Int)
        /// At `highPain` or `painRose`: go on with the gentle steps.
        case gentle
        /// At `highPain` or `painRose`: leave the exercises out today.
        case rest
        /// Agree to what is asked about levels; `next` declines it.
        case agree
        /// After `stop`: let it count as done.
        case done
        /// After `stop`: be asked again later.
        case later
    }

    /// - Parameters:
    ///   - swaps: what is swapped or left out of the steps.
    ///   - gentle: what a person with much pain is offered instead; nil for no offer.
    ///   - showsWarnings: true if nobody has seen the warning signs yet.
    ///   - known: the stretches of which the person has seen what to take care of; nil to introduce none.
    ///   - waits: whether the guide waits at a new stretch until the person is in position.
    ///   - painYesterday: the pain before the routine on the day before; nil if it is not known.
    package init(
        _ steps: [Step], swaps: [Swap] = [], gentle: Routine? = nil, showsWarnings: Bool = false,
        known: Set<Stretch.ID>? = nil, waits: Bool = true, asksPain: Bool = false, painYesterday: Int? = nil,
        at now: Instant
    ) {
        self.steps = steps
        self.swaps = swaps
        self.gentle = gentle
        self.known = known
        self.waits = waits
        self.painYesterday = painYesterday
        phases =
            (showsWarnings ? [Phase(kind: .warnings)] : []) + (asksPain ? [Phase(kind: .painBefore)] : [])
            + Phase.all(of: steps, known: known, waits: waits) + (asksPain ? [Phase(kind: .painAfter)] : [])
        began = now
    }

    /// How much longer than its steps a guide may take before its occurrence is asked for again (rule 15).
    ///
    /// This is the time for pauses and questions.
    package static let grace: Duration = .minutes(5)

    /// If the pain is at least this high, a gentler day is suggested.
    package static let highPain = 7
    /// If the pain rises by at least this, during the routine or since the day before, a gentler day is suggested.
    ///
    /// Where these two numbers come from is in docs/sources.md.
    package static let painRise = 2

    // MARK: Where it is

    /// The present phase or, when the guide is over, the phase in which it ended.
    package var phase: Phase { phases[place] }

    package var stage: Stage { Stage(phase: phase, state: state) }

    /// The step of the present phase; nil if the phase belongs to none.
    package var step: Step? { phase.step.map { steps[$0] } }

    /// The stretch of the present phase; before the first step that of the first one.
    package var stretch: Stretch? { (step ?? steps.first)?.stretch }

    /// Whether there is a stretch of which the person can ask what to take care of.
    package var hasInfo: Bool { !phase.isQuestion && phase.kind != .care && stretch != nil }

    /// The stretches that were reached, in order.
    package var reached: [Stretch.ID] {
        phases[...place].compactMap(\.step).map { steps[$0].stretch.id }.reduce(into: []) {
            if !$0.contains($1) { $0.append($1) }
        }
    }

    /// The side that is meant: that of this hold or, where there is none, of the next one; nil if it has no sides.
    package var side: Phase.Side? {
        for phase in phases[place...] { if case .hold(let hold) = phase.kind { return hold.side } }
        return nil
    }

    /// Whether the step was held before the present phase.
    package var hasHeldStep: Bool { phases[..<place].contains { $0.step == phase.step && $0.isHold } }

    /// What comes after the present phase; nil if it is the last one.
    package var nextPhase: Phase? { place + 1 < phases.count ? phases[place + 1] : nil }

    /// Whether the person can choose gentler steps if the pain is high.
    package var offersGentle: Bool { gentle != nil }

    /// Everything is done, or counts as done, so the verdict is recorded, even if a question is still to come.
    package var isDone: Bool { outcome.map { $0 == .done } ?? isAfterwards }

    /// Nothing is left but a question.
    private var isAfterwards: Bool {
        switch phase.kind {
        case .painAfter, .level: true
        default: false
        }
    }

    package var outcome: Outcome? { if case .over(let outcome) = state { outcome } else { nil } }

    /// What the answers about the pain mean.
    package var pain: PainAdvice { PainAdvice(yesterday: painYesterday, before: painBefore, after: painAfter) }

    // MARK: Levels

    /// What is or was asked about levels; nil if nothing was.
    package var offer: LevelOffer? { if case .level(let offer) = phase.kind { offer } else { nil } }

    /// Asks about levels, after all is done.
    package mutating func ask(_ offer: LevelOffer, at now: Instant) {
        guard outcome == .done else { return }
        phases.append(Phase(kind: .level(offer)))
        place = phases.count - 1
        state = .running
        began = now
    }

    // MARK: Time

    /// How long the present phase has run, without pauses.
    package func elapsed(at now: Instant) -> Duration {
        let elapsed = max(.zero, (stoodStill ?? now) - began)
        return phase.length.map { min(elapsed, $0) } ?? elapsed
    }

    /// How long the phase still takes; nil if it lasts until the person goes on.
    package func remaining(at now: Instant) -> Duration? { phase.length.map { $0 - elapsed(at: now) } }

    /// How long the rest of the guide takes at least.
    package func remainingInAll(at now: Instant) -> Duration {
        if outcome != nil { return .zero }
        return (remaining(at: now) ?? .zero) + phases[(place + 1)...].length
    }

    /// When the phase ends by itself; nil if it does not.
    package var phaseEnds: Instant? { state == .running ? phase.length.map { began + $0 } : nil }

    /// When the countdown shows the next second, or the phase ends; nil if the guide waits for the person.
    package func nextSecond(after now: Instant) -> Instant? {
        guard let end = phaseEnds else { return nil }
        // This is counted from the end, where the countdown is zero, so that errors do not add up.
        let rest = (end - now).microseconds % 1_000_000
        return end <= now ? now : now + .microseconds(rest == 0 ? 1_000_000 : rest)
    }

    /// Lets time pass; returns the sound to play, if there is one.
    package mutating func advance(to now: Instant) -> Cue? {
        var cue: Cue?
        while let end = phaseEnds, end <= now {
            began = end
            cue = goOn() ?? cue
        }
        return cue ?? markPassed(by: now)
    }

    /// The sound of the last mark that was passed since the last look; nil if there was none, or if it is long past.
    private mutating func markPassed(by now: Instant) -> Cue? {
        let (last, elapsed) = (looked, elapsed(at: now))
        looked = Look(place: place, elapsed: elapsed)
        guard let length = phase.length, state == .running else { return nil }
        let since = last.place == place ? last.elapsed : .zero
        let mark = phase.marks.last { since < length - $0.remaining && length - $0.remaining <= elapsed }
        return mark.flatMap { elapsed - (length - $0.remaining) < .seconds(1) ? $0.cue : nil }
    }

    private struct Look: Hashable, Sendable {
        var place = 0
        var elapsed: Duration = .zero
    }

    /// Adjusts the times after the clock was set, so that the elapsed time stays; `step` is positive if it was set
    /// forwards.
    package mutating func shift(by step: Duration) {
        began = began + step
        stoodStill = stoodStill.map { $0 + step }
    }

    // MARK: What the person wants

    /// Does what the person wants; returns the sound to play, if there is one.
    ///
    /// A command that does not fit the state does nothing. Call `advance` first.
    package mutating func handle(_ command: Command, at now: Instant) -> Cue? {
        switch (command, state) {
        case (.next, .running), (.next, .paused):
            if offer != nil { agrees = false }
            resume(at: now)
            return skip(to: now)
        case (.back, .running), (.back, .paused), (.back, .halted):
            goBack(at: now)
        case (.pause, .running) where phase.length != nil:
            state = .paused
            stoodStill = max(began, now)
        case (.info, .running) where hasInfo, (.info, .paused) where hasInfo:
            state = .reading
            stoodStill = stoodStill ?? max(began, now)
        case (.stop, .running), (.stop, .paused), (.stop, .reading):
            if isAfterwards { return skip(to: now) }
            stop(at: now)
        case (.resume, .paused), (.resume, .reading), (.resume, .halted): resume(at: now)
        case (.pain(let pain), .running) where (0...10).contains(pain): return take(pain: pain, at: now)
        case (.agree, .running) where offer != nil:
            agrees = true
            return skip(to: now)
        case (.gentle, .running) where phase.suggestsGentlerDay: takeGentleSteps(at: now)
        case (.rest, .running) where phase.suggestsGentlerDay: state = .over(.restDay)
        case (.done, .halted): state = .over(.done)
        case (.later, .halted): state = .over(.later)
        default: break
        }
        return nil
    }

    /// Stops the guide; before the first hold it ends at once, and does not ask whether it counts as done.
    private mutating func stop(at now: Instant) {
        guard phases[...place].contains(where: \.isHold) else { return state = .over(.later) }
        state = .halted
        stoodStill = stoodStill ?? now
    }

    private mutating func resume(at now: Instant) {
        if let stoodStill { began = began + (now - stoodStill) }
        stoodStill = nil
        state = .running
    }

    private mutating func skip(to now: Instant) -> Cue? {
        began = now
        return goOn()
    }

    private mutating func goBack(at now: Instant) {
        let isAtBegin = phase.length == nil || elapsed(at: now) < .seconds(2)
        // A question that was answered is not asked again.
        if isAtBegin, place > 0, !phases[place - 1].isQuestion { place -= 1 }
        resume(at: now)
        began = now
        looked = Look(place: place)
    }

    private mutating func take(pain: Int, at now: Instant) -> Cue? {
        switch phase.kind {
        case .painBefore:
            painBefore = pain
            if let kind = self.pain.suggestion { phases.insert(Phase(kind: kind), at: place + 1) }
        case .painAfter: painAfter = pain
        default: return nil
        }
        return skip(to: now)
    }

    private mutating func takeGentleSteps(at now: Instant) {
        guard let gentle else { return }
        steps = gentle.steps
        swaps = gentle.swaps
        self.gentle = nil
        phases =
            phases[...place] + Phase.all(of: steps, known: known, waits: waits)
            + phases.filter { $0.kind == .painAfter }
        _ = skip(to: now)
    }

    /// Goes to the next phase, or ends the guide after the last one; returns the sound to play, if there is one.
    private mutating func goOn() -> Cue? {
        let left = phase
        guard place + 1 < phases.count else {
            state = .over(.done)
            return left.isHold ? .finished : nil
        }
        place += 1
        if phase.isHold { return .holdBegins }
        if phase.kind == .painAfter { return .finished }
        guard left.isHold else { return nil }
        return if case .changeSides = phase.kind { .sidesChange } else { .holdEnds }
    }
}
