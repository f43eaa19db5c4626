/// A key that has an effect in the present state of a guide in the terminal, with its label.
package struct GuideChoice: Hashable, Sendable {
    /// The key: a space stands for the space bar, a newline for the Enter key.
    package let key: Character
    package let label: String
    package let command: Guide.Command

    fileprivate init(_ key: Character, _ label: String, _ command: Guide.Command) {
        self.key = key
        self.label = label
        self.command = command
    }

    /// The name of the key for the person.
    package var keyName: String {
        switch key {
        case " ": "space"
        case "\n": "Enter"
        default: String(key)
        }
    }

    /// The key for a pain of 10, the Roman numeral X, so that each answer is one key.
    package static let ten: Character = "x"
}

extension Guide {
    /// The keys that have an effect now, in display order; both the display and the keyboard handling use this list.
    package var choices: [GuideChoice] {
        let goOn = GuideChoice(" ", "go on", .resume)
        let stop = GuideChoice("q", "stop", .stop)
        let back = GuideChoice("b", "back", .back)
        let info = hasInfo ? [GuideChoice("i", "info", .info)] : []
        let onTheWay = [GuideChoice("n", "next", .next), back] + info + [stop]
        switch state {
        case .over: return []
        case .reading: return [GuideChoice(" ", "when you are in position", .resume), stop]
        case .halted: return [GuideChoice("d", "done", .done), GuideChoice("l", "later", .later), goOn]
        case .paused: return [goOn] + onTheWay
        case .running: break
        }
        switch phase.kind {
        case .warnings: return [GuideChoice("\n", "I have read it", .next), stop]
        case .painBefore, .painAfter:
            return (0...9).map { GuideChoice(Character("\($0)"), "", .pain($0)) }
                + [GuideChoice(GuideChoice.ten, "10", .pain(10)), GuideChoice("\n", "skip", .next), stop]
        case .level: return [GuideChoice("y", "yes", .agree), GuideChoice("n", "not yet", .next), stop]
        case .painRose, .highPain:
            return (offersGentle ? [GuideChoice("e", "gentle routine", .gentle)] : [])
                + [GuideChoice("r", "rest day", .rest), GuideChoice("n", "go on anyway", .next), stop]
        case .ready where phase.waits: return [GuideChoice(" ", "go on", .next), stop]
        case .care: return [GuideChoice(" ", "go on", .next), back, stop]
        case .prepare where phase.waits:
            return [GuideChoice(" ", "when you are in position", .next), back] + info + [stop]
        case .ready, .prepare, .hold, .changeSides, .rest: return [GuideChoice(" ", "pause", .pause)] + onTheWay
        }
    }

    /// The command for a key now; nil if the key has none.
    ///
    /// Capital letters work, too.
    package func command(for key: Character) -> Command? {
        let key = key.isLetter ? Character(key.lowercased()) : key
        if let choice = choices.first(where: { $0.key == key }) { return choice.command }
        // `q` stops the guide. A second `q` ends it, as `later` does.
        return key == "q" && state == .halted ? .later : nil
    }
}
