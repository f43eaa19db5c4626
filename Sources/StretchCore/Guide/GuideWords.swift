/// What a guide says at one moment: the same words on the notification, in the terminal and from the loudspeaker.
package struct GuideWords: Hashable, Sendable {
    /// Where one is, such as `2 of 4 · left side`.
    package let title: String
    /// What to do now.
    package let text: String

    package var spoken: String { "\(title). \(text)" }
}

extension Guide {
    /// - Parameter routine: its title.
    package func words(of routine: String) -> GuideWords {
        switch state {
        case .halted:
            return GuideWords(
                title: "Stopped\(position.map { " at \($0)" } ?? "")", text: "Was that it for now, or later?")
        case .over(.done): return GuideWords(title: "Done", text: routine)
        case .over(.later): return GuideWords(title: "Later", text: routine)
        case .over(.restDay): return GuideWords(title: "A rest day", text: "Nothing more today.")
        case .paused: return GuideWords(title: "Paused · \(title(of: routine))", text: text)
        case .running: return GuideWords(title: title(of: routine), text: text)
        }
    }

    /// What to think of after it, where there is something.
    package var advice: String? {
        painRose ? "It hurts more than before: take \(gentlerDay) next time. \(Guide.doctor)" : nil
    }

    /// What is suggested where it hurts: whose steps are gentle already is not sent to them.
    private var gentlerDay: String { offersGentle ? "the gentle routine or a rest day" : "a rest day" }

    private static let doctor = "If it does not get better, see a doctor."

    /// Such as `2 of 4`.
    private var position: String? { phase.step.map { "\($0 + 1) of \(steps.count)" } }

    private func title(of routine: String) -> String {
        let name: String
        switch phase.kind {
        case .warnings: return "Before you begin"
        case .painBefore: return "How much does your back hurt now?"
        case .painAfter: return "How much does your back hurt after it?"
        case .highPain: return "That is a lot of pain"
        case .ready: return routine
        case .prepare: name = step?.stretch.title ?? ""
        case .hold(let hold): name = hold.words
        case .changeSides: name = "change sides"
        case .rest: name = "rest"
        }
        return [position, name].compactMap(\.self).joined(separator: " · ")
    }

    private var text: String {
        switch phase.kind {
        case .warnings: Safety.warning
        case .painBefore, .painAfter: "From 0, not at all, to 10, the worst you can imagine."
        case .highPain: "Take \(gentlerDay) today. \(Guide.doctor)"
        case .ready: "Get ready." + (needs.isEmpty ? "" : " You need \(needs.joined(separator: ", ")).")
        case .prepare: ((step?.stretch.preparation ?? []) + (firstSide.map { [$0] } ?? [])).joined(separator: " ")
        case .hold: step?.stretch.movement ?? ""
        case .changeSides(let side): "Now the \(side.rawValue) side."
        case .rest:
            "Let go and breathe. "
                + (step?.dose.sides == .both ? "Then the left side again." : "The same once more.")
        }
    }

    private var firstSide: String? {
        switch step?.dose.sides {
        case .both: "The left side first."
        case .left: "The left side."
        case .right: "The right side."
        case .some(.none), nil: nil
        }
    }

    /// What all steps need, each once.
    private var needs: [String] {
        steps.flatMap(\.stretch.needs).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}

extension Phase.Hold {
    /// Such as `left side, round 2 of 3`.
    var words: String {
        let round = turns > 1 ? "round \(turn) of \(turns)" : nil
        guard let side else { return round ?? "hold" }
        return (["\(side.rawValue) side"] + [round].compactMap(\.self)).joined(separator: ", ")
    }
}
