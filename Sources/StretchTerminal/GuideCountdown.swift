internal import StretchBase
internal import StretchCore

/// The countdown of a phase: how long it still takes, and one word that says which phase it is.
struct GuideCountdown {
    let text: String
    /// A text as wide as the widest text in this phase, so that the countdown keeps its size.
    private let widest: String
    /// The side or the phase, to be read from a distance.
    private let word: String
    /// How far the phase has come, from 0 to 1.
    let fraction: Double
    let colour: Terminal.Colour?

    /// The countdown in ordinary digits.
    var words: String { text + (text.contains(":") ? "" : " s") }

    /// Nil if the phase has no end by itself, or if the guide is not in it.
    init?(of guide: Guide, at now: Instant) {
        guard guide.isCounting, let length = guide.phase.length, let remaining = guide.remaining(at: now) else {
            return nil
        }
        // A phase of a minute or more keeps `m:ss` to its end.
        let isLong = length >= .minutes(1)
        text = isLong ? HumanTime.countdown(remaining) : "\(remaining.secondsRoundedUp)"
        widest = isLong ? HumanTime.countdown(length) : length.secondsRoundedUp < 10 ? "0" : "00"
        fraction = length > .zero ? guide.elapsed(at: now) / length : 1
        let mark = guide.mark(at: now)
        let isPaused = guide.state == .paused
        word = isPaused ? "PAUSE" : mark == .half ? "HALF" : guide.phase.blockWord
        colour = isPaused || mark == .countdown ? .yellow : guide.phase.colour
    }
}

// MARK: In big letters

extension GuideCountdown {
    /// Big digits with a bar below, on a page of some width.
    struct Block {
        let dot: BlockText.Dot
        let digits: [Terminal.Line]
        let bar: Terminal.Line

        /// The digits and the bar with a blank line between them.
        var lines: [Terminal.Line] { digits + [[], bar] }
    }

    /// Nil when that is too wide.
    func block(dot: BlockText.Dot, width: Int, on terminal: Terminal) -> Block? {
        let most = BlockText.lines(widest, dot: dot, ink: " ")[0].count
        // At least 24 columns, so that one second can be seen in the bar.
        let barWidth = max(most, 24)
        guard barWidth <= width else { return nil }
        let digits = letters(text, dot: dot, on: terminal).map { line in
            line + [Terminal.Piece(blanks(most - line.columns))]
        }
        return Block(dot: dot, digits: digits, bar: terminal.bar(fraction, width: barWidth, colour))
    }

    /// The word in letters that are smaller than the digits of the block, the largest first.
    func words(for block: Block, on terminal: Terminal) -> [[Terminal.Line]] {
        BlockText.Dot.sizes
            .filter { $0.rows <= max(1, block.dot.rows - 1) && $0.columns <= block.dot.columns }
            .map { letters(word, dot: $0, on: terminal) }
    }

    private func letters(_ text: String, dot: BlockText.Dot, on terminal: Terminal) -> [Terminal.Line] {
        BlockText.lines(text, dot: dot, ink: terminal.hasSymbols ? "█" : "#").map { [Terminal.Piece($0, colour)] }
    }
}

extension GuideCountdown.Block {
    /// The digits with the word at their right, and the bar below; nil when that is too wide.
    func naming(_ word: [Terminal.Line], width: Int) -> GuideCountdown.Block? {
        let column = digits.widest + min(3, width - digits.widest - word.widest)
        guard column > digits.widest else { return nil }
        return GuideCountdown.Block(dot: dot, digits: digits.beside(word, from: column), bar: bar)
    }

    /// The block with a drawing at its right, which ends where the block ends; nil when that is too wide.
    func besideDrawing(_ drawing: [Terminal.Line], width: Int) -> [Terminal.Line]? {
        guard let column = column(for: drawing, width: width) else { return nil }
        let above = max(0, lines.count - drawing.count)
        return lines.beside(Array(repeating: [], count: above) + drawing, from: column)
    }

    /// The block with the word at its right and the drawing below the word; nil when that is too wide.
    func beside(_ word: [Terminal.Line], over drawing: [Terminal.Line], width: Int) -> [Terminal.Line]? {
        let between = max(0, lines.count - word.count - drawing.count)
        let right = word + Array(repeating: [], count: between) + drawing
        return column(for: right, width: width).map { lines.beside(right, from: $0) }
    }

    /// Where to begin in order to be in the middle of the space that is left.
    private func column(for right: [Terminal.Line], width: Int) -> Int? {
        let space = width - lines.widest - right.widest
        return space >= 2 ? lines.widest + max(2, space / 2) : nil
    }
}

extension [Terminal.Line] {
    fileprivate var widest: Int { map(\.columns).max() ?? 0 }

    /// The lines with others at their right, from this column on.
    fileprivate func beside(_ right: [Terminal.Line], from column: Int) -> [Terminal.Line] {
        (0..<Swift.max(count, right.count)).map { row in
            let left = row < count ? self[row] : []
            guard row < right.count, !right[row].isEmpty else { return left }
            return left + [Terminal.Piece(blanks(column - left.columns))] + right[row]
        }
    }
}

// MARK: Words and colours

extension Guide {
    /// Whether the present phase has a length, and the guide is running or paused in it.
    var isCounting: Bool { phase.length != nil && (state == .running || state == .paused) }
}

extension Phase {
    /// The word for those who look from a distance.
    fileprivate var blockWord: String {
        switch kind {
        case .hold(let hold): hold.side?.rawValue.uppercased() ?? (hold.isCounted ? "MOVE" : "HOLD")
        case .changeSides: "CHANGE"
        case .rest: "REST"
        case .ready, .prepare, .warnings, .painBefore, .painRose, .highPain, .care, .painAfter, .level: "READY"
        }
    }

    /// Green while something is held, cyan while it is not.
    fileprivate var colour: Terminal.Colour? {
        switch kind {
        case .hold: .green
        case .changeSides, .rest: .cyan
        case .ready, .prepare, .warnings, .painBefore, .painRose, .highPain, .care, .painAfter, .level: nil
        }
    }
}
