import Testing

@testable import StretchBase
@testable import StretchCore
@testable import StretchTerminal

/// What is read of a guide from the floor: big digits, a word, and their colour.
struct GuideCountdownTests {
    /// The moments of a stretch with sides, held for 20 seconds: the second of the guide, the word, and the colour.
    private static let moments: [(Double, String, Terminal.Colour?)] = [
        (4, "READY", nil), (12, "READY", nil), (31, "LEFT", .green), (41, "HALF", .green), (43, "LEFT", .green),
        (48, "LEFT", .yellow), (52, "CHANGE", .cyan), (61, "RIGHT", .green), (82, "REST", .cyan),
        (93, "LEFT", .green),
    ]

    private var step: Step {
        var stretch = Stretch.sampleHipFlexor
        stretch.drawing = ["  o", " /|", "___"]
        stretch.dose.hold = .seconds(20)
        return Step(stretch)
    }

    @Test(arguments: [(80, 24), (40, 15), (40, 24), (120, 40), (80, 18)])
    func theWordAndTheColourSayWhatIsToBeDone(columns: Int, rows: Int) {
        for (second, word, colour) in Self.moments {
            var guide = Guide([step], at: .sampleStart)
            guide.run(until: second)
            // A long text needs the room of the digits; while the person gets ready they can do without.
            if word == "READY", rows < 24 { continue }
            expect(word, in: colour, on: page(of: guide, columns, rows, at: second))
        }
    }

    @Test(arguments: [(80, 24), (40, 15)])
    func aPauseIsSeen(columns: Int, rows: Int) {
        var guide = Guide([step], at: .sampleStart)
        guide.run(until: 35)
        _ = guide.handle(.pause, at: .sampleStart + .seconds(35))
        expect("PAUSE", in: .yellow, on: page(of: guide, columns, rows, at: 36))
    }

    @Test func whatHasNoSidesIsHeld() {
        var guide = Guide([.sampleBridge], at: .sampleStart)
        guide.run(until: 40)
        expect("HOLD", in: .green, on: page(of: guide, 80, 24, at: 40))
        // A minute and more: the digits are wider, and the word still stands beside them.
        expect("HOLD", in: .green, on: page(of: guide, 40, 24, at: 40))
    }

    @Test func withoutColoursTheWordsRemain() {
        var guide = Guide([step], at: .sampleStart)
        guide.run(until: 82)
        let page = page(of: guide, 80, 24, at: 82)
        let terminal = Terminal(columns: 80, environment: ["LANG": "C.UTF-8", "NO_COLOR": "1"])
        #expect(page.lines.allSatisfy { !terminal.paint($0).contains("\u{1B}") })
        expect("REST", in: .cyan, on: page)
    }

    /// Every built-in stretch on the usual terminal: the word, the digits and the drawing of the side that is meant.
    @Test(arguments: StretchLibrary.all)
    func onTheUsualTerminalAllOfItIsSeenWhileItIsHeld(_ stretch: Stretch) {
        var guide = Guide([Step(stretch)], at: .sampleStart)
        var now = Instant.sampleStart
        while let end = guide.phaseEnds {
            now = end
            _ = guide.advance(to: now)
            guard guide.outcome == nil, guide.phase.isHold else { continue }
            let page = GuidePage(
                of: guide, routine: "Morning stretch", size: GuidePage.Size(columns: 80, rows: 24), on: .made, at: now)
            let text = page.lines.map(\.text).joined(separator: "\n")
            for line in stretch.drawing(of: guide.side) { #expect(text.contains(line), "\(guide.words(of: "").title)") }
            let word = guide.side?.rawValue.uppercased() ?? (stretch.dose.isCounted ? "MOVE" : "HOLD")
            expect(word, in: .green, on: page)
        }
    }

    /// From phase to phase the eye finds the digits at the same place, and as big as before.
    @Test(arguments: StretchLibrary.all)
    func theDigitsNeitherMoveNorShrink(_ stretch: Stretch) {
        var guide = Guide([Step(stretch)], at: .sampleStart)
        var places: Set<Int?> = []
        while let end = guide.phaseEnds, guide.outcome == nil {
            let size = GuidePage.Size(columns: 80, rows: 24)
            let page = GuidePage(
                of: guide, routine: "Morning stretch", size: size, on: .made, at: end - .milliseconds(1500))
            // Only while the person gets into position there may be more text than that.
            let isLong = guide.phase.step == nil || guide.phase.kind == .prepare
            if !isLong { places.insert(page.lines.firstIndex { $0.text.contains("███") }) }
            #expect(page.lines.count { $0.text.contains("███") } >= 10, "\(guide.phase.kind)")
            _ = guide.advance(to: end)
        }
        #expect(places == [6], "\(places)")
    }

    @Test func afterTheFirstHoldTheShortFormIsEnoughOnASmallTerminal() {
        var guide = Guide([.sampleHipFlexor], at: .sampleStart)
        guide.run(until: 34.3)
        #expect(guide.page(40, 12, at: 34.3).contains("Keep it tucked and lean forward"))
        guide.run(until: 59.3)
        #expect(
            guide.page(40, 12, hasSymbols: false, at: 59.3) == """
                 Morning stretch             1:51 to go
                 1 of 1, right side, round 1 of 3
                   ##      ##     ##  # ### # # ###
                 ####    ####     # # # #   # #  #
                   ##      ##     ##  # # # ###  #
                   ##      ##     # # # # # # #  #
                 ######  ######   # # # ### # #  #
                 [######................]

                 Tuck, lean, breathe.
                 space pause   n next   b back   i info
                 q stop
                """)
    }

    // MARK: Reading a page

    private func page(of guide: Guide, _ columns: Int, _ rows: Int, at second: Double) -> GuidePage {
        GuidePage(
            of: guide, routine: "Morning stretch", size: GuidePage.Size(columns: columns, rows: rows), on: .made,
            at: .sampleStart + .milliseconds(Int(second * 1000)))
    }

    /// Expects the word in letters of any size, each of its lines a piece in the colour.
    private func expect(
        _ word: String, in colour: Terminal.Colour?, on page: GuidePage,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let isThere = BlockText.Dot.sizes.contains { dot in
            BlockText.lines(word, dot: dot, ink: "█").allSatisfy { line in
                page.lines.contains { $0.contains(Terminal.Piece(line, colour)) }
            }
        }
        let text = page.lines.map(\.text).joined(separator: "\n")
        #expect(isThere, "\(word) \(String(describing: colour))\n\(text)", sourceLocation: sourceLocation)
    }
}

extension Terminal {
    fileprivate static var made: Terminal { Terminal(columns: 80, environment: ["LANG": "C.UTF-8"]) }
}
