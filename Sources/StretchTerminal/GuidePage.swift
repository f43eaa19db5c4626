package import StretchBase
package import StretchCore

/// A guide on the full screen of a terminal at one moment: words, digits and bars on a grid of characters.
///
/// This is only the layout; the terminal paints it. The page has as many lines as the terminal, and no line is wider
/// than the terminal.
package struct GuidePage: Hashable, Sendable {
    package let lines: [Terminal.Line]
    /// How many sheets the text needs; more than one only while the guide waits for the person.
    package let sheets: Int

    package struct Size: Hashable, Sendable {
        let columns: Int
        let rows: Int

        /// The minimum size; on a smaller terminal the page only says so, with the countdown and the title.
        static let least = Size(columns: 40, rows: 12)
    }

    /// - Parameters:
    ///   - title: the routine's title.
    ///   - sheet: which sheet to show, counted from 0; the last one if there are fewer.
    package init(
        of guide: Guide, routine title: String, size: Size, sheet: Int = 0, on terminal: Terminal, at now: Instant
    ) {
        let isLargeEnough = size.columns >= Size.least.columns && size.rows >= Size.least.rows
        // A line of more than 100 columns is hard to read.
        let width = min(size.columns - (size.columns < 60 ? 2 : 4), 100)
        let parts = Parts(
            of: guide, routine: title, on: terminal, width: isLargeEnough ? width : Size.least.columns, at: now)
        let contents = isLargeEnough ? parts.sheets(in: size.rows) : [parts.tooSmall(size)]
        sheets = contents.count
        let content = contents[min(sheet, sheets - 1)]
        let indent = isLargeEnough ? (size.columns - width) / 2 : 0
        lines = (0..<max(0, size.rows)).map { row in
            guard row < content.count, !content[row].isEmpty else { return [] }
            return (indent > 0 ? [Piece(blanks(indent))] : []) + content[row]
        }
    }
}

private typealias Piece = Terminal.Piece
private typealias Line = Terminal.Line

/// All parts of the page, before it is known how many have room.
private struct Parts {
    let terminal: Terminal
    let width: Int
    /// The routine's title, and how long the routine still takes.
    let headline: Line
    /// How far the routine has come.
    let routineBar: Line
    let title: [Line]
    let subtitle: [Line]
    /// What to do now, a paragraph or an item of a list each.
    let text: [[Line]]
    /// What should be felt.
    let feel: [Line]
    let next: [Line]
    let keys: [Line]
    /// The keys on a sheet that is not the last one.
    let keysForMore: [Line]
    /// The numbers to choose from when the page asks for the pain; otherwise empty.
    let painScale: [Line]
    let countdown: GuideCountdown?
    let drawing: [String]
    /// Whether the drawing matters more than the word of the countdown: while the person gets into position.
    let prefersDrawing: Bool
    /// What a hold says in place of its text where there is no room for both text and digits; empty in other phases.
    let cue: [Line]

    init(of guide: Guide, routine: String, on terminal: Terminal, width: Int, at now: Instant) {
        let words = guide.words(of: routine)
        let lines = { terminal.lines($0, $1, width: width) }
        self.terminal = terminal
        self.width = width
        let rest = guide.remainingInAll(at: now)
        headline = terminal.headline(
            routine, rest > .zero ? "\(HumanTime.countdown(rest)) to go" : "done", width: width)
        let total = guide.phases.length
        routineBar = terminal.thinBar(total > .zero ? 1 - rest / total : 0, width: width)
        // The headline already has the routine's title.
        title = words.title == routine ? [] : lines(words.title, .bold)
        let stretch = guide.step?.stretch
        let isNamed = stretch.map { words.title.contains($0.title) } ?? true
        subtitle = isNamed ? [] : lines(stretch?.title ?? "", nil)
        text = words.text.split(separator: "\n").map { terminal.paragraph(String($0), width: width) }
        let feel = guide.isCounting && guide.phase.isHold ? stretch?.feel ?? "" : ""
        self.feel = feel.isEmpty ? [] : lines("You should feel: \(feel)", .faint)
        next = guide.next.map { lines("Next: \($0)", .faint) } ?? []
        let choices = guide.choices.filter { !$0.label.isEmpty && $0.key != GuideChoice.ten }
        keys = terminal.keys(choices.map { ($0.keyName, $0.label) }, width: width)
        let stop = choices.filter { $0.command == .stop }.map { ($0.keyName, $0.label) }
        keysForMore = terminal.keys([("space", "more")] + stop, width: width)
        // 0 to 9, and the key for 10.
        let numbers = (0...9).map { "\($0)" } + [String(GuideChoice.ten)]
        let scale = [Piece(numbers.joined(separator: blanks(width >= 60 ? 4 : 2)), .bold), Piece(" = 10")]
        painScale = guide.asksForPain ? [scale] : []
        countdown = GuideCountdown(of: guide, at: now)
        let isDrawn = guide.isCounting || guide.waitsForPosition
        let drawing = isDrawn ? guide.stretch?.drawing(of: guide.side) ?? [] : []
        self.drawing = drawing.allSatisfy { $0.columns <= width } ? drawing : []
        prefersDrawing = guide.phase.kind == .ready || guide.phase.kind == .prepare
        // The first hold of a step always has its full text.
        let cue = guide.phase.isHold && guide.hasHeldStep ? stretch?.cue ?? "" : ""
        self.cue = cue.isEmpty ? [] : lines(cue, nil)
    }

    // MARK: Where the parts stand: as many as there is room for

    /// The page in at most `rows` lines, on several sheets if a text that waits for the person does not fit on one.
    ///
    /// Such a text is never cut: the warning signs are among them.
    func sheets(in rows: Int) -> [[Line]] {
        // The headline, and a blank line above the text and above the keys.
        let others = 3 + title.count + subtitle.count + painScale.count + max(keys.count, keysForMore.count)
        guard countdown == nil, !text.isEmpty, text.joined().count > rows - others else { return [arranged(in: rows)] }
        let texts = text.filled(into: max(1, rows - others))
        return texts.enumerated().map { index, text in
            let isLast = index == texts.count - 1
            return Sections(
                head: [headline], title: title + subtitle, middle: isLast ? painScale : [], text: text, next: [],
                keys: isLast ? keys : keysForMore, keepsPlace: true
            ).arranged(in: rows)
        }
    }

    private func arranged(in rows: Int) -> [Line] {
        let lacking = countdown == nil || rows < 24 ? 0 : max(0, 2 - title.count - subtitle.count)
        var sections = Sections(
            head: [headline, routineBar], title: title + subtitle + Array(repeating: [], count: lacking), middle: [],
            text: Array(text.joined()), next: next, keys: keys, keepsPlace: countdown != nil)
        let middles = middles(in: rows)
        if let page = page(sections, with: middles.roomy, in: rows) ?? crampedPage(in: rows)
            ?? page(sections, with: [middles.plain], in: rows)
        {
            return page
        }
        // Too little room: drop the least important parts first.
        sections.middle = middles.plain.lines
        if sections.height > rows { sections.title = title }
        if sections.height > rows { sections.next = [] }
        if sections.height > rows { sections.head = [headline] }
        let room = max(1, sections.text.count - max(0, sections.height - rows))
        sections.text = terminal.clip(sections.text.map(\.text), to: room, width: width).map { [Piece($0)] }
        return sections.arranged(in: rows)
    }

    /// The page with the first of these contents for which there is room; nil if there is room for none.
    private func page(_ sections: Sections, with middles: [Middle], in rows: Int) -> [Line]? {
        var sections = sections
        for middle in middles {
            sections.middle = middle.lines
            guard sections.height + middle.blanks <= rows else { continue }
            // Show what should be felt only if there is still room for all blank lines.
            if sections.height + sections.all.count + 1 + feel.count <= rows, !feel.isEmpty {
                sections.text += [[]] + feel
            }
            return sections.arranged(in: rows)
        }
        return nil
    }

    /// A page with little but big digits, the whole text or its short form, and the keys; nil without room for it.
    private func crampedPage(in rows: Int) -> [Line]? {
        guard let countdown else { return nil }
        let dots = BlockText.Dot.sizes.filter { $0.rows == 1 }
        let blocks = dots.compactMap { countdown.block(dot: $0, width: width, on: terminal) }
        guard let block = blocks.lazy.compactMap(named).first ?? blocks.first else { return nil }
        for text in [Array(text.joined()), cue] where !text.isEmpty {
            let sections = Sections(
                head: [headline], title: title, middle: block.digits + [block.bar], text: text, next: [], keys: keys,
                keepsPlace: true)
            if sections.height <= rows { return sections.arranged(in: rows) }
        }
        return nil
    }

    private func named(_ block: GuideCountdown.Block) -> GuideCountdown.Block? {
        countdown?.words(for: block, on: terminal).lazy.compactMap { block.naming($0, width: width) }.first
    }

    /// What may stand between the title and the text.
    private struct Middle {
        let lines: [Line]
        /// How many of the blank lines on the page must remain beside it.
        var blanks = 1
    }

    /// What may stand between the title and the text: with big digits or a drawing, the best first, and with neither.
    private func middles(in rows: Int) -> (roomy: [Middle], plain: Middle) {
        let drawing = drawing.map { [Piece($0)] }
        guard let countdown else { return (drawing.isEmpty ? [] : [Middle(lines: drawing)], Middle(lines: painScale)) }
        let line = Middle(lines: [line(of: countdown)])
        // Big digits take about a third of the page at most, so that they keep their size in a phase with more words.
        let dots = BlockText.Dot.sizes.filter { $0.rows * 12 <= rows || $0.rows == 1 }
        let blocks = dots.compactMap { countdown.block(dot: $0, width: width, on: terminal) }
        let alone = blocks.map { Middle(lines: $0.lines) }
        let withWord = blocks.map { block in named(block).map { [Middle(lines: $0.lines)] } ?? [] }
        guard !drawing.isEmpty else { return (withWord.joined() + alone, line) }
        let withAll = blocks.map { middles(of: $0, naming: countdown, drawing) }
        let withDrawing =
            blocks.compactMap { $0.besideDrawing(drawing, width: width) } + blocks.map { $0.lines + [[]] + drawing }
        let drawn = withDrawing.map { Middle(lines: $0) }
        if prefersDrawing { return (withAll.joined() + drawn + withWord.joined() + alone, line) }
        // Rather no drawing than digits that are smaller than in the phase before.
        return (zip(withAll, withWord).flatMap { $0 + $1 } + drawn + alone, line)
    }

    /// The digits with both the word and the drawing.
    private func middles(
        of block: GuideCountdown.Block, naming countdown: GuideCountdown, _ drawing: [Line]
    ) -> [Middle] {
        countdown.words(for: block, on: terminal).flatMap { word in
            let named = block.naming(word, width: width)
            let stacked = block.beside(word, over: drawing, width: width).map { lines in
                // What is higher than the digits must not move them, from phase to phase.
                Middle(lines: lines, blanks: lines.count > block.lines.count ? 4 : 1)
            }
            let others = [named?.besideDrawing(drawing, width: width), named.map { $0.lines + [[]] + drawing }]
            return [stacked].compactMap(\.self) + others.compactMap { $0.map { Middle(lines: $0) } }
        }
    }

    /// The countdown in ordinary digits, and how far the phase has come.
    private func line(of countdown: GuideCountdown) -> Line {
        let rest = width - countdown.words.columns - 2
        return [Piece(countdown.words + "  ", .bold)] + terminal.bar(countdown.fraction, width: rest, countdown.colour)
    }

    /// The lines for a terminal that is too small: the size it needs, the countdown and the title.
    func tooSmall(_ size: GuidePage.Size) -> [Line] {
        let least = GuidePage.Size.least
        let complaint =
            "Too small: make it \(least.columns) x \(least.rows) at least, it is \(size.columns) x \(size.rows)."
        let title = title.flatMap(\.self).map(\.text).joined(separator: " ")
        return [complaint, countdown?.words ?? "", title].flatMap {
            terminal.lines($0, nil, width: max(1, size.columns))
        }
    }
}

extension Guide {
    /// Whether the guide waits until the person is in position for a new stretch.
    fileprivate var waitsForPosition: Bool { state == .running && phase.kind == .prepare && phase.waits }

    fileprivate var asksForPain: Bool { state == .running && (phase.kind == .painBefore || phase.kind == .painAfter) }

    /// What comes after the present phase, in a few words; nil when there is nothing to show.
    fileprivate var next: String? {
        guard isCounting else { return nil }
        guard let phase = nextPhase else { return "done" }
        return switch phase.kind {
        case .care, .prepare: phase.step.map { steps[$0].stretch.title }
        case .hold(let hold): hold.words
        case .changeSides(let side): "change to the \(side.rawValue) side"
        case .rest: "rest"
        case .painAfter: "done"
        case .ready: "get ready"
        case .warnings, .painBefore, .painRose, .highPain, .level: nil
        }
    }
}

/// The parts of the page that are shown, from top to bottom.
private struct Sections {
    var head: [Line]
    var title: [Line]
    var middle: [Line]
    var text: [Line]
    var next: [Line]
    var keys: [Line]
    let keepsPlace: Bool

    var all: [[Line]] { [head, title, middle, text, next, keys] }

    var height: Int { all.reduce(0) { $0 + $1.count } }

    /// The lines of the page, with the keys at the bottom.
    func arranged(in rows: Int) -> [Line] {
        var spare = max(0, rows - height)
        // Put a blank line above these sections while there is room, in this order: the text, the middle, the keys, the
        // title, `next`. Where the middle must keep its place, the title comes before the keys.
        var blanks = Array(repeating: 0, count: all.count)
        let order = keepsPlace && !middle.isEmpty ? [3, 2, 1, 5, 4] : [3, 2, 5, 1, 4]
        for section in order where spare > 0 && !all[section].isEmpty {
            blanks[section] = 1
            spare -= 1
        }
        // A page with a countdown begins at the top, so that the countdown keeps its place in all phases. A page with a
        // question moves towards the middle.
        let above = keepsPlace ? 0 : spare / 3
        blanks[1] += above
        blanks[5] += spare - above
        return zip(blanks, all).flatMap { blanks, section in Array(repeating: [], count: blanks) + section }
    }
}

extension [[Line]] {
    /// The paragraphs on sheets of so many lines; one is parted only if no sheet has room for it.
    fileprivate func filled(into room: Int) -> [[Line]] {
        reduce(into: [[Line]]()) { sheets, paragraph in
            if let sheet = sheets.last, sheet.count + paragraph.count <= room {
                sheets[sheets.count - 1] += paragraph
            } else {
                for start in stride(from: 0, to: paragraph.count, by: room) {
                    sheets.append([Line](paragraph[start..<Swift.min(start + room, paragraph.count)]))
                }
            }
        }
    }
}

// MARK: - Lines, bars and digits

extension Terminal {
    private var ellipsis: String { hasSymbols ? "…" : "..." }

    /// A text in lines of at most `width` columns; it breaks long words, because text beyond the edge is not seen.
    fileprivate func wrap(_ text: String, width: Int) -> [String] {
        legible(text).wrapped(to: width, breaksWords: true)
    }

    /// A paragraph or, if it begins with `- `, an item of a list, whose other lines are indented.
    fileprivate func paragraph(_ text: String, width: Int) -> [Line] {
        let indent = text.hasPrefix("- ") ? 2 : 0
        return wrap(String(text.dropFirst(indent)), width: width - indent).enumerated().map { index, line in
            [Piece((index == 0 ? String(text.prefix(indent)) : blanks(indent)) + line)]
        }
    }

    /// Keys and what they do, in as many lines as they need.
    fileprivate func keys(_ keys: [(name: String, label: String)], width: Int) -> [Line] {
        Terminal.flow(keys.map { [Piece($0.name, .bold), Piece(" \($0.label)", .faint)] }, width: width).map { keys in
            keys.dropFirst().reduce(keys[0]) { $0 + [Piece(Terminal.gap + $1[0].text, .bold), $1[1]] }
        }
    }

    fileprivate func lines(_ text: String, _ colour: Colour?, width: Int) -> [Line] {
        wrap(text, width: width).map { [Piece($0, colour)] }
    }

    /// At most `count` lines, with an ellipsis if some are missing.
    fileprivate func clip(_ lines: [String], to count: Int, width: Int) -> [String] {
        guard lines.count > count else { return lines }
        return lines.prefix(count - 1) + [clip(lines[count - 1] + ellipsis + ellipsis, to: width)]
    }

    /// As much of a text as fits, with an ellipsis if some is missing.
    private func clip(_ text: String, to width: Int) -> String {
        guard text.columns > width else { return text }
        return (text.beginning(columns: width - ellipsis.columns) ?? "") + ellipsis
    }

    /// A line with one text at its left end and one at its right end.
    fileprivate func headline(_ left: String, _ right: String, width: Int) -> Line {
        let left = clip(legible(left), to: width - right.columns - 2)
        let gap = blanks(width - left.columns - right.columns)
        return [Piece(left, .bold), Piece(gap + right, .faint)]
    }

    fileprivate func thinBar(_ fraction: Double, width: Int) -> Line {
        let full = filled(fraction, of: width)
        return [
            Piece(String(repeating: hasSymbols ? "━" : "=", count: full)),
            Piece(String(repeating: hasSymbols ? "─" : "-", count: width - full), .faint),
        ]
    }

    /// A bar, exact to an eighth of a character with symbols, otherwise in ASCII between brackets.
    func bar(_ fraction: Double, width: Int, _ colour: Colour?) -> Line {
        guard hasSymbols else {
            let full = filled(fraction, of: width - 2)
            let (done, rest) = (String(repeating: "#", count: full), String(repeating: ".", count: width - 2 - full))
            return [Piece("["), Piece(done, colour), Piece("\(rest)]")]
        }
        let (full, eighths) = filled(fraction, of: width * 8).quotientAndRemainder(dividingBy: 8)
        let part = eighths > 0 ? String("▏▎▍▌▋▊▉".prefix(eighths).suffix(1)) : ""
        let done = String(repeating: "█", count: full) + part
        return [Piece(done, colour), Piece(String(repeating: "░", count: width - done.columns), .faint)]
    }

    private func filled(_ fraction: Double, of width: Int) -> Int {
        Int((min(max(fraction, 0), 1) * Double(width)).rounded(.down))
    }
}
