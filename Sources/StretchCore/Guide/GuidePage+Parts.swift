internal import StretchBase

// What there is to see, whatever the room.

extension GuidePage {
    struct Parts {
        let guide: Guide
        let set: Typesetter
        let width: Int
        /// The routine, and how long it still takes.
        let headline: Line
        /// How far the routine has come.
        let routineBar: Line
        let title: [Line]
        let subtitle: [Line]
        /// What to do now.
        let text: [String]
        /// What should be felt.
        let feel: [Line]
        let next: [Line]
        let keys: [Line]
        /// Where something is asked: the numbers to choose from.
        let scale: [Line]
        /// Of the phase.
        let countdown: Countdown?
        let drawing: [String]
    }

    struct Countdown {
        let text: String
        /// The widest it is in this phase, so that it does not change its size.
        let widest: String
        /// How far the phase has come, from 0 to 1.
        let fraction: Double
        let tone: Tone

        /// In ordinary digits.
        var words: String { text + (text.contains(":") ? "" : " s") }
    }
}

extension GuidePage.Parts {
    init(of guide: Guide, routine: String, set: GuidePage.Typesetter, width: Int, at now: Instant) {
        typealias Piece = GuidePage.Piece
        let words = guide.words(of: routine)
        let lines = { (text: String, tone: GuidePage.Tone) in
            set.wrap(text, width: width).map { [Piece($0, tone)] }
        }
        self.guide = guide
        self.set = set
        self.width = width
        let rest = guide.remainingInAll(at: now)
        headline = set.headline(routine, rest > .zero ? "\(minutes(rest)) to go" : "done", width: width)
        let total = guide.phases.length
        let passed = total > .zero ? 1 - rest / total : 0
        routineBar = set.thinBar(passed, width: width)
        // The headline says it already.
        title = words.title == routine ? [] : lines(words.title, .strong)
        let stretch = guide.step?.stretch
        let isNamed = stretch.map { words.title.contains($0.title) } ?? true
        subtitle = isNamed ? [] : lines(stretch?.title ?? "", .plain)
        text = set.wrap(words.text, width: width)
        if guide.isCounting, case .hold = guide.phase.kind, let feel = stretch?.feel, !feel.isEmpty {
            self.feel = lines("You should feel: \(feel)", .faint)
        } else {
            feel = []
        }
        next = guide.next.map { lines("Next: \($0)", .faint) } ?? []
        keys = set.keys(guide.choices, width: width)
        scale = guide.asksForPain ? [set.scale(width: width)] : []
        countdown = guide.isCounting ? GuidePage.Countdown(of: guide, at: now) : nil
        drawing = guide.isCounting ? (stretch ?? guide.steps.first?.stretch)?.drawing ?? [] : []
    }
}

extension GuidePage.Countdown {
    fileprivate init?(of guide: Guide, at now: Instant) {
        guard let length = guide.phase.length, let remaining = guide.remaining(at: now) else { return nil }
        // Beginning with a minute it keeps the minutes to its end.
        let isLong = length >= .minutes(1)
        text = isLong ? minutes(remaining) : "\(remaining.secondsRoundedUp)"
        widest = isLong ? minutes(length) : length.secondsRoundedUp < 10 ? "0" : "00"
        fraction = length > .zero ? guide.elapsed(at: now) / length : 1
        switch guide.phase.kind {
        case _ where guide.state == .paused: tone = .still
        case .hold: tone = .hold
        default: tone = .plain
        }
    }
}

/// `1:05`; what has begun counts.
private func minutes(_ duration: Duration) -> String {
    let seconds = duration.secondsRoundedUp
    return "\(seconds / 60):\(padded(seconds % 60, 2))"
}

extension Guide {
    /// A phase with a length is on the page, running or not.
    fileprivate var isCounting: Bool { phase.length != nil && (state == .running || state == .paused) }

    fileprivate var asksForPain: Bool {
        state == .running && (phase.kind == .painBefore || phase.kind == .painAfter)
    }

    /// What comes after the present phase, in a few words; nil: nobody needs to know yet.
    fileprivate var next: String? {
        guard isCounting else { return nil }
        guard let phase = nextPhase else { return "done" }
        return switch phase.kind {
        case .prepare: phase.step.map { steps[$0].stretch.title }
        case .hold(let hold): hold.words
        case .changeSides(let side): "change to the \(side.rawValue) side"
        case .rest: "rest"
        case .painAfter: "done"
        case .ready: "get ready"
        case .warnings, .painBefore, .highPain: nil
        }
    }
}

extension GuidePage.Typesetter {
    private typealias Piece = GuidePage.Piece

    /// Two words at the two ends of a line.
    fileprivate func headline(_ left: String, _ right: String, width: Int) -> GuidePage.Line {
        let left = clip(set(left), to: width - right.columns - 2)
        let gap = blanks(width - left.columns - right.columns)
        return [Piece(left, .strong), Piece(gap + right, .faint)]
    }

    fileprivate func thinBar(_ fraction: Double, width: Int) -> GuidePage.Line {
        let full = filled(fraction, of: width)
        return [
            Piece(String(repeating: hasSymbols ? "━" : "=", count: full)),
            Piece(String(repeating: hasSymbols ? "─" : "-", count: width - full), .faint),
        ]
    }

    /// Between two ends, to the eighth of a character where that can be shown.
    func bar(_ fraction: Double, width: Int, tone: GuidePage.Tone) -> GuidePage.Line {
        guard hasSymbols else {
            let full = filled(fraction, of: width - 2)
            let (done, rest) = (String(repeating: "#", count: full), String(repeating: ".", count: width - 2 - full))
            return [Piece("["), Piece(done, tone), Piece("\(rest)]")]
        }
        let (full, eighths) = filled(fraction, of: width * 8).quotientAndRemainder(dividingBy: 8)
        let part = eighths > 0 ? String("▏▎▍▌▋▊▉".prefix(eighths).suffix(1)) : ""
        let done = String(repeating: "█", count: full) + part
        return [Piece(done, tone), Piece(String(repeating: "░", count: width - done.columns), .faint)]
    }

    private func filled(_ fraction: Double, of width: Int) -> Int {
        Int((min(max(fraction, 0), 1) * Double(width)).rounded(.down))
    }

    /// The numbers that stand for a pain, and the key of the last one.
    fileprivate func scale(width: Int) -> GuidePage.Line {
        let gap = String(repeating: " ", count: width >= 60 ? 4 : 2)
        let keys = (0...9).map { "\($0)" } + [String(GuideChoice.ten)]
        return [Piece(keys.joined(separator: gap), .strong), Piece(" = 10")]
    }

    /// As many lines as it takes.
    fileprivate func keys(_ choices: [GuideChoice], width: Int) -> [GuidePage.Line] {
        var lines: [GuidePage.Line] = []
        var used = width
        for choice in choices where !choice.label.isEmpty && choice.key != GuideChoice.ten {
            let length = choice.keyName.columns + 1 + choice.label.columns
            let isFirst = used + 3 + length > width
            if isFirst { lines.append([]) }
            used = isFirst ? length : used + 3 + length
            lines[lines.count - 1] += [
                Piece((isFirst ? "" : "   ") + choice.keyName, .strong), Piece(" \(choice.label)", .faint),
            ]
        }
        return lines
    }
}
