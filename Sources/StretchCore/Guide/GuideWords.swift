/// What a guide says at one moment, on the notification and in the terminal.
package struct GuideWords: Hashable, Sendable {
    /// `Paused`; nil if the guide is not paused.
    var state: String?
    /// The position, such as `2 of 4`; nil if there is none.
    var position: String?
    /// The name of the phase, such as `left side`, or of the result, such as `Done`.
    let name: String
    /// What to do now: a paragraph a line; a line that begins with `- ` is an item of a list.
    package let text: String

    /// State, position and name, such as `Paused · 2 of 4 · left side`; what is nil is left out.
    package var title: String { [state, position, name].compactMap(\.self).joined(separator: " · ") }
}

extension Guide {
    /// - Parameter routine: the title of the routine.
    package func words(of routine: String) -> GuideWords {
        switch state {
        case .halted:
            GuideWords(
                name: "Stopped\(position.map { " at \($0)" } ?? "")", text: "Count it as done, or ask again later?")
        case .over(.done): GuideWords(name: "Done", text: routine)
        case .over(.later): GuideWords(name: "Later", text: routine)
        case .over(.restDay):
            GuideWords(name: "A rest day", text: PainAdvice.restDay)
        case .reading:
            GuideWords(position: position, name: careName, text: hasCare ? stretch?.care ?? "" : Safety.stopRule)
        case .paused: GuideWords(state: "Paused", position: position, name: name(of: routine), text: text)
        case .running: GuideWords(position: position, name: name(of: routine), text: text)
        }
    }

    /// Advice for next time; nil unless the pain is high or rose.
    package var advice: String? { pain.advice(hasGentle: offersGentle) }

    /// Whether the stretch says what to take care of.
    private var hasCare: Bool { stretch?.care.isEmpty == false }

    private var careName: String { "\(stretch?.title ?? ""): take care" }

    /// The number of a counted repeat after the first one, for which a number is enough; nil in any other phase.
    package var count: Int? {
        guard state == .running, case .hold(let hold) = phase.kind, hold.isCounted, hold.turn > 1 else { return nil }
        return hold.turn
    }

    /// The position, such as `2 of 4`; nil if the phase belongs to no step.
    private var position: String? { phase.step.map { "\($0 + 1) of \(steps.count)" } }

    private func name(of routine: String) -> String {
        switch phase.kind {
        case .warnings: "Before you begin"
        case .painBefore: "How much does your back hurt now?"
        case .painAfter: "How much does your back hurt after it?"
        case .painRose: "It hurts more than yesterday"
        case .highPain: "That is a lot of pain"
        case .level(let offer): offer.title
        case .ready: routine
        case .care: careName
        case .prepare: step?.stretch.title ?? ""
        case .hold(let hold): hold.words
        case .changeSides: "change sides"
        case .rest: "rest"
        }
    }

    private var text: String {
        switch phase.kind {
        case .warnings: Safety.warning
        case .painBefore, .painAfter: "From 0, not at all, to 10, the worst you can imagine."
        case .painRose, .highPain: pain.adviceBefore(hasGentle: offersGentle)
        case .level(let offer): [advice, offer.question].compactMap(\.self).joined(separator: "\n")
        case .ready:
            (["Get ready." + (needs.isEmpty ? "" : " You need \(needs.joined(separator: ", ")).")]
                + swaps.map(\.sentence) + (phase.waits ? [Safety.gettingDown] : [])).joined(separator: "\n")
        case .care: step?.stretch.care ?? ""
        case .prepare: ([firstSide].compactMap(\.self) + (step?.stretch.preparation ?? [])).joined(separator: " ")
        case .hold: step?.stretch.movement ?? ""
        case .changeSides(let side): "Now the \(side.rawValue) side."
        case .rest:
            "Let go and breathe. " + (returnsToFirstSide ? "Then the left side again." : "The same once more.")
        }
    }

    /// After this rest the first side comes again.
    private var returnsToFirstSide: Bool {
        guard let dose = step?.dose, dose.sides == .both, case .hold(let next)? = nextPhase?.kind else { return false }
        return dose.order == .alternating || next.turn == 1
    }

    private var firstSide: String? {
        switch step?.dose.sides {
        case .both: "The left side first."
        case .left: "The left side."
        case .right: "The right side."
        case .some(.none), nil: nil
        }
    }

    /// The things that the steps need, each listed once.
    private var needs: [String] {
        steps.flatMap(\.stretch.needs).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}

extension Phase.Hold {
    /// Such as `left side, round 2 of 3`, or `set 1 of 3, 4 of 10`.
    package var words: String {
        let count = turns > 1 || isCounted ? "\(isCounted ? "" : "round ")\(turn) of \(turns)" : nil
        let parts = [side.map { "\($0.rawValue) side" }, sets > 1 ? "set \(set) of \(sets)" : nil, count]
        let words = parts.compactMap(\.self).joined(separator: ", ")
        return words.isEmpty ? "hold" : words
    }
}
