/// One stage of a guide: something to do, for a time or until the person continues.
package struct Phase: Hashable, Sendable {
    package let kind: Kind
    /// The step that the phase belongs to, counted from 0; nil if it belongs to none.
    package internal(set) var step: Int?
    /// How long the phase takes; nil if it lasts until the person continues.
    package internal(set) var length: Duration?

    package enum Kind: Hashable, Sendable {
        /// The warning signs, before the first guide that a person follows.
        case warnings
        case painBefore
        /// It hurts more than the day before: a gentler routine or a rest day is suggested.
        case painRose
        /// The pain is high: a gentler routine or a rest day is suggested.
        case highPain
        /// Before the whole routine: fetch what you need; without a length it also says how to get down to the floor.
        case ready
        /// What to take care of in a stretch that the person does not know yet.
        case care
        /// Get into position for a stretch; without a length the guide waits until the person is there.
        case prepare
        case hold(Hold)
        case changeSides(to: Side)
        case rest
        case painAfter
        /// After all is done: whether to do more or less of a stretch from tomorrow.
        case level(LevelOffer)
    }

    package struct Hold: Hashable, Sendable {
        /// Nil if the stretch has no sides.
        package let side: Side?
        /// The number of this hold on its side in its set, from 1 to `turns`.
        package let turn: Int
        package let turns: Int
        /// The number of its set, from 1 to `sets`.
        package var set = 1
        package var sets = 1
        /// It is a repeat of a counted exercise.
        package var isCounted = false
    }

    package enum Side: String, Hashable, Sendable { case left, right }

    static let ready: Duration = .seconds(10)

    package var isHold: Bool { if case .hold = kind { true } else { false } }

    /// Whether the phase belongs to no part of the routine, and asks or tells the person something.
    package var isQuestion: Bool {
        switch kind {
        case .warnings, .painBefore, .painRose, .highPain, .painAfter, .level: true
        case .ready, .care, .prepare, .hold, .changeSides, .rest: false
        }
    }

    /// Whether the phase belongs to the routine, and waits until the person goes on.
    package var waits: Bool { length == nil && !isQuestion }

    /// All phases of the steps, in order.
    ///
    /// - Parameters:
    ///   - known: the stretches that need no introduction; nil if none does.
    ///   - waits: whether the guide waits at a new stretch until the person is in position, and before the first one on
    ///     the floor until they have read how to get down.
    static func all(of steps: [Step], known: Set<Stretch.ID>? = nil, waits: Bool = true) -> [Phase] {
        var introduced = known
        let hasNewOnFloor = steps.contains { step in
            step.stretch.position == .floor && known?.contains(step.stretch.id) == false
        }
        let first = Phase(kind: .ready, length: hasNewOnFloor && waits ? nil : ready)
        return steps.indices.reduce(into: [first]) { phases, step in
            let (stretch, dose) = (steps[step].stretch, steps[step].dose)
            let isNew = introduced?.insert(stretch.id).inserted ?? false
            if isNew, !stretch.care.isEmpty { phases.append(Phase(kind: .care, step: step)) }
            phases.append(Phase(kind: .prepare, step: step, length: isNew && waits ? nil : dose.prepare))
            phases += holds(of: dose, step: step)
        }
    }

    /// The holds and the phases between them: left, change sides, right, rest, and so on; no rest after the last hold.
    private static func holds(of dose: Dose, step: Int) -> [Phase] {
        var phases: [Phase] = []
        var last: Hold?
        for hold in dose.holds {
            if let last, let between = dose.between(last, hold, step: step) { phases.append(between) }
            phases.append(Phase(kind: .hold(hold), step: step, length: dose.hold))
            last = hold
        }
        return phases
    }
}

extension Dose {
    /// The holds in order.
    fileprivate var holds: [Phase.Hold] {
        let sides: [Phase.Side?] =
            switch sides {
            case .both: [.left, .right]
            case .left: [.left]
            case .right: [.right]
            case .none: [nil]
            }
        let turns = 1...max(1, repeats)
        return (1...max(1, sets)).flatMap { set in
            let places =
                switch order {
                case .alternating: turns.flatMap { turn in sides.map { (side: $0, turn: turn) } }
                case .sideBySide: sides.flatMap { side in turns.map { (side: side, turn: $0) } }
                }
            return places.map { place in
                Phase.Hold(
                    side: place.side, turn: place.turn, turns: repeats, set: set, sets: sets, isCounted: isCounted)
            }
        }
    }

    /// What is between two holds: a rest, a change of sides, or nothing.
    fileprivate func between(_ last: Phase.Hold, _ next: Phase.Hold, step: Int) -> Phase? {
        let isNewSet = next.set > last.set
        let staysOnSide = next.side == last.side
        // The person changes back to the first side during the rest. Without a rest, changing back needs a phase of
        // its own.
        let isRound = isNewSet || staysOnSide || order == .alternating && next.turn > last.turn
        let needsRest = isNewSet || !isCounted
        if isRound, needsRest, rest > .zero {
            // Some take less time for this than for a usual change. Who needs more gets it.
            let length = staysOnSide || change <= Dose().change ? rest : max(rest, change)
            return Phase(kind: .rest, step: step, length: length)
        }
        guard !staysOnSide, change > .zero, let side = next.side else { return nil }
        return Phase(kind: .changeSides(to: side), step: step, length: change)
    }
}

extension Sequence<Phase> {
    /// How long the phases take, without those that wait for the person.
    package var length: Duration { reduce(.zero) { $0 + ($1.length ?? .zero) } }
}
