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
    }

    package struct Hold: Hashable, Sendable {
        /// Nil if the stretch has no sides.
        package let side: Side?
        /// The number of this hold on its side, from 1 to `turns`.
        package let turn: Int
        package let turns: Int
    }

    package enum Side: String, Hashable, Sendable { case left, right }

    static let ready: Duration = .seconds(10)
    static let prepare: Duration = .seconds(20)
    static let changeSides: Duration = .seconds(10)

    package var isHold: Bool { if case .hold = kind { true } else { false } }

    /// Whether the phase belongs to no part of the routine, and asks or tells the person something.
    package var isQuestion: Bool {
        switch kind {
        case .warnings, .painBefore, .painRose, .highPain, .painAfter: true
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
            let stretch = steps[step].stretch
            let isNew = introduced?.insert(stretch.id).inserted ?? false
            if isNew, !stretch.care.isEmpty { phases.append(Phase(kind: .care, step: step)) }
            phases.append(Phase(kind: .prepare, step: step, length: isNew && waits ? nil : prepare))
            phases += holds(of: steps[step].dose, step: step)
        }
    }

    /// The holds and the phases between them: left, change sides, right, rest, and so on; no rest after the last hold.
    private static func holds(of dose: Dose, step: Int) -> [Phase] {
        let sides: [Side?] =
            switch dose.sides {
            case .both: [.left, .right]
            case .left: [.left]
            case .right: [.right]
            case .none: [nil]
            }
        var phases: [Phase] = []
        for turn in 1...max(1, dose.repeats) {
            let rests = turn > 1 && dose.rest > .zero
            if rests { phases.append(Phase(kind: .rest, step: step, length: dose.rest)) }
            for (index, side) in sides.enumerated() {
                // The person changes back to the first side during the rest. Without a rest, changing back needs a
                // phase of its own.
                if sides.count > 1, index > 0 || turn > 1 && !rests, let side {
                    phases.append(Phase(kind: .changeSides(to: side), step: step, length: changeSides))
                }
                let hold = Hold(side: side, turn: turn, turns: dose.repeats)
                phases.append(Phase(kind: .hold(hold), step: step, length: dose.hold))
            }
        }
        return phases
    }
}

extension Sequence<Phase> {
    /// How long the phases take, without those that wait for the person.
    package var length: Duration { reduce(.zero) { $0 + ($1.length ?? .zero) } }
}
