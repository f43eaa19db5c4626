internal import StretchBase

// Which of the parts are on the page, and where: as many as there is room for.

extension GuidePage.Parts {
    private typealias Piece = GuidePage.Piece
    private typealias Line = GuidePage.Line

    /// The page in so many rows; it has no more lines than that.
    func arranged(in rows: Int) -> [GuidePage.Line] {
        let lacking = countdown == nil || rows < 24 ? 0 : max(0, 2 - title.count - subtitle.count)
        var sections = Sections(
            head: [headline, routineBar], title: title + subtitle + Array(repeating: [], count: lacking), middle: [],
            text: text.map { [Piece($0)] },
            next: next, keys: keys, keepsPlace: countdown != nil)
        for middle in middles(in: rows) {
            sections.middle = middle
            if sections.height + 1 <= rows { return sections.adding(feel, in: rows).arranged(in: rows) }
        }
        // Little room: what one can best do without goes first.
        if sections.height > rows { sections.title = title }
        if sections.height > rows { sections.next = [] }
        if sections.height > rows { sections.head = [headline] }
        let room = max(1, text.count - max(0, sections.height - rows))
        sections.text = set.clip(text, to: room, width: width).map { [Piece($0)] }
        return sections.arranged(in: rows)
    }

    /// What can be between the title and the text, the best first.
    private func middles(in rows: Int) -> [[Line]] {
        guard let countdown else { return [scale] }
        // Never much more than a third of the page, so that they are as large in the next phase, with more words.
        let scales = [3, 2, 1].filter { $0 * 12 <= rows || $0 == 1 }.map { digits(countdown, scale: $0) }
        let besideDrawing = drawing.isEmpty ? [] : scales.compactMap { beside($0, drawing) }
        let aboveDrawing = drawing.isEmpty ? [] : scales.compactMap { $0.map { $0.lines + [[]] + plainDrawing } }
        return besideDrawing + aboveDrawing + scales.compactMap { $0?.lines } + [line]
    }

    /// The countdown in ordinary digits, and how far the phase has come.
    private var line: [Line] {
        guard let countdown else { return scale }
        let rest = width - countdown.words.columns - 2
        return [
            [Piece(countdown.words + "  ", .strong)] + set.bar(countdown.fraction, width: rest, tone: countdown.tone)
        ]
    }

    private struct Block {
        var lines: [Line]
        let width: Int
    }

    /// The countdown in big digits, with the bar below; nil: too wide.
    private func digits(_ countdown: GuidePage.Countdown, scale: Int) -> Block? {
        // The bar is wide enough to show a second.
        let blockWidth = max(GuidePage.digitsWidth(countdown.widest, scale: scale), 24)
        guard blockWidth <= width else { return nil }
        let dot: Character = set.hasSymbols ? "█" : "#"
        let digits = GuidePage.digits(countdown.text, scale: scale, dot: dot).map { [Piece($0, countdown.tone)] }
        let bar = set.bar(countdown.fraction, width: blockWidth, tone: countdown.tone)
        return Block(lines: digits + [[], bar], width: blockWidth)
    }

    private var plainDrawing: [Line] { drawing.map { [Piece($0)] } }

    /// The drawing at the right of the digits, both on the same floor; nil: too wide.
    private func beside(_ block: Block?, _ drawing: [String]) -> [Line]? {
        let drawingWidth = drawing.map(\.columns).max() ?? 0
        guard let block, block.width + 2 + drawingWidth <= width else { return nil }
        // In the middle of the room that is left.
        let column = block.width + max(2, (width - block.width - drawingWidth) / 2)
        let height = max(block.lines.count, drawing.count)
        let left = above(block.lines, height: height)
        let right = above(plainDrawing, height: height)
        return zip(left, right).map { left, right in
            guard !right.isEmpty else { return left }
            let used = left.reduce(0) { $0 + $1.text.columns }
            return left + [Piece(blanks(column - used))] + right
        }
    }

    private func above(_ lines: [Line], height: Int) -> [Line] {
        Array(repeating: [], count: height - lines.count) + lines
    }

    /// For a terminal on which there is no room for a page: how large it should be, and the bare minimum.
    func tooSmall(_ size: GuidePage.Size) -> [GuidePage.Line] {
        let least = GuidePage.Size.least
        let complaint =
            "Too small: make it \(least.columns) x \(least.rows) at least, it is \(size.columns) x \(size.rows)."
        let title = title.flatMap(\.self).map(\.text).joined(separator: " ")
        return [complaint, countdown?.words ?? "", title].flatMap { set.wrap($0, width: max(1, size.columns)) }
            .map { [Piece($0)] }
    }
}

/// The parts that found room, from top to bottom.
private struct Sections {
    var head: [GuidePage.Line]
    var title: [GuidePage.Line]
    var middle: [GuidePage.Line]
    var text: [GuidePage.Line]
    var next: [GuidePage.Line]
    var keys: [GuidePage.Line]
    let keepsPlace: Bool

    private var all: [[GuidePage.Line]] { [head, title, middle, text, next, keys] }

    var height: Int { all.reduce(0) { $0 + $1.count } }

    /// With this below the text, if that leaves a blank line wherever one should be.
    func adding(_ remark: [GuidePage.Line], in rows: Int) -> Sections {
        guard !remark.isEmpty, height + all.count + 1 + remark.count <= rows else { return self }
        var sections = self
        sections.text += [[]] + remark
        return sections
    }

    /// With blank lines between them, where they help most first, and the keys at the bottom.
    func arranged(in rows: Int) -> [GuidePage.Line] {
        var spare = max(0, rows - height)
        // Of the blank lines before a section: around the middle, above the keys, below the head, before what is next.
        var blanks = Array(repeating: 0, count: all.count)
        for section in [3, 2, 5, 1, 4] where spare > 0 && !all[section].isEmpty {
            blanks[section] = 1
            spare -= 1
        }
        // What counts down stays where it is from phase to phase; a question stands in the middle.
        let above = keepsPlace ? 0 : spare / 3
        blanks[1] += above
        blanks[5] += spare - above
        return zip(blanks, all).flatMap { blanks, section in Array(repeating: [], count: blanks) + section }
    }
}
