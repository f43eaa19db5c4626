import Testing

@testable import StretchBase
@testable import StretchCore
@testable import StretchTerminal

struct GuidePageTests {
    @Test func holdAt80x24() {
        var guide = Guide([.sampleHipFlexor, .sampleBridge], at: .sampleStart)
        guide.run(until: 34.3)
        let page = guide.page(80, 24, at: 34.3)
        #expect(
            page == """
                  Morning stretch                                                   4:06 to go
                  ━━━━━━━━━───────────────────────────────────────────────────────────────────

                  1 of 2 · left side, round 1 of 3
                  Half-kneeling hip-flexor stretch

                     ███         ███      █   ███ ███ ███
                     ███         ███      █   █   █    █
                  ██████      ██████      █   ██  ██   █                  .-.
                  ██████      ██████      █   █   █    █                 (   )
                     ███         ███      ███ ███ █    █                  '-'
                     ███         ███                                       |
                     ███         ███                                       |
                     ███         ███                                      /|\\
                  █████████   █████████                                    |___
                  █████████   █████████                                   /    |
                                                                     ____/     |__
                  ██████▉░░░░░░░░░░░░░░░░░                     _________________________

                  Keep it tucked and lean forward from there, trunk upright, until you feel
                  the stretch through the front of the hip. Stop there and breathe.
                  Next: change to the right side

                  space pause   n next   b back   i info   q stop
                """)
    }

    @Test func holdAt40x15() {
        var guide = Guide([.sampleHipFlexor, .sampleBridge], at: .sampleStart)
        guide.run(until: 34.3)
        #expect(
            guide.page(40, 15, at: 34.3) == """
                 Morning stretch             4:06 to go
                 1 of 2 · left side, round 1 of 3
                   ██      ██     █   ███ ███ ███
                 ████    ████     █   █   █    █
                   ██      ██     █   ██  ██   █
                   ██      ██     █   █   █    █
                 ██████  ██████   ███ ███ █    █
                 ██████▉░░░░░░░░░░░░░░░░░

                 Keep it tucked and lean forward from
                 there, trunk upright, until you feel
                 the stretch through the front of the
                 hip. Stop there and breathe.
                 space pause   n next   b back   i info
                 q stop
                """)
    }

    @Test func holdWithASCIIAtTheLeastSize() {
        var guide = Guide([.sampleHipFlexor, .sampleBridge], at: .sampleStart)
        guide.run(until: 34.3)
        #expect(
            guide.page(40, 12, hasSymbols: false, at: 34.3) == """
                 Morning stretch             4:06 to go
                 ====----------------------------------
                 1 of 2, left side, round 1 of 3
                 Half-kneeling hip-flexor stretch
                 11 s  [########......................]
                 Keep it tucked and lean forward from
                 there, trunk upright, until you feel
                 the stretch through the front of the
                 hip. Stop there and breathe.
                 Next: change to the right side
                 space pause   n next   b back   i info
                 q stop
                """)
    }

    @Test func questionAt40x12() {
        let guide = Guide([.sampleBridge], asksPain: true, at: .sampleStart)
        #expect(
            guide.page(40, 12, at: 0) == """
                 Morning stretch             2:00 to go
                 ──────────────────────────────────────

                 How much does your back hurt now?

                 0  1  2  3  4  5  6  7  8  9  x = 10

                 From 0, not at all, to 10, the worst
                 you can imagine.


                 Enter skip   q stop
                """)
    }

    @Test func theWarningSignsAreAListAt80x24() {
        let guide = Guide([.sampleBridge], showsWarnings: true, at: .sampleStart)
        let page = guide.page(80, 24, at: 0)
        for sign in Safety.warningSigns { #expect(page.contains("\n  - \(sign)\n")) }
        #expect(page.contains("\n  Do not stretch, and get urgent care, with any of these:\n  - "))
        #expect(page.contains("\n  \(Safety.stopRule)\n"))
        #expect(page.contains("\n  Enter I have read it   q stop"))
    }

    /// Where they do not fit on one page, more pages show them: nothing is cut, and only the last one is confirmed.
    @Test(arguments: [(40, 15), (40, 12), (60, 12)])
    func theWarningSignsAreWholeOnASmallTerminal(columns: Int, rows: Int) {
        let guide = Guide([.sampleBridge], showsWarnings: true, at: .sampleStart)
        let count = guide.sheet(0, columns, rows).sheets
        #expect(count > 1)
        let sheets = (0..<count).map { guide.sheet($0, columns, rows).text }
        let words = sheets.joined(separator: " ").split { $0 == " " || $0 == "\n" }.joined(separator: " ")
        for sign in Safety.warningSigns { #expect(words.contains("- \(sign)")) }
        #expect(words.contains(Safety.stopRule) && !words.contains("…"))
        for (index, sheet) in sheets.enumerated() {
            #expect(sheet.contains("space more   q stop") == (index < count - 1))
            #expect(sheet.contains("Enter I have read it   q stop") == (index == count - 1))
        }
    }

    @Test func theFirstSheetAt40x15() {
        let guide = Guide([.sampleBridge], showsWarnings: true, at: .sampleStart)
        #expect(
            guide.page(40, 15, at: 0) == """
                 Morning stretch             2:00 to go
                 Before you begin

                 Do not stretch, and get urgent care,
                 with any of these:
                 - numbness or tingling between the
                   legs, around genitals or buttocks
                 - trouble passing water, or loss of
                   control over bladder or bowel
                 - new trouble with sex, such as loss
                   of feeling
                 - weakness or numbness in the legs, or
                   pain down both

                 space more   q stop
                """)
    }

    @Test func stoppedAt40x12() {
        var guide = Guide([.sampleBridge], at: .sampleStart)
        guide.run(until: 31)
        _ = guide.handle(.stop, at: .sampleStart + .seconds(31))
        #expect(
            guide.page(40, 12, at: 31) == """
                 Morning stretch             1:29 to go
                 ━━━━━━━━━─────────────────────────────


                 Stopped at 1 of 1
                 Glute bridge

                 Count it as done, or ask again later?



                 d done   l later   space go on
                """)
    }

    @Test func tooSmallSaysSoAndStillCounts() {
        var guide = Guide([.sampleHipFlexor], at: .sampleStart)
        guide.run(until: 34.3)
        #expect(
            guide.page(30, 6, at: 34.3) == """
                Too small: make it 40 x 12 at
                least, it is 30 x 6.
                11 s
                1 of 1 · left side, round 1 of
                3

                """)
    }

    @Test func drawingGoesBeforeTheDigits() {
        var guide = Guide([.sampleHipFlexor], at: .sampleStart)
        guide.run(until: 34.3)
        let has = { (columns: Int, rows: Int) in
            let page = guide.page(columns, rows, at: 34.3)
            return (drawing: page.contains("(   )"), digits: page.contains("████"))
        }
        #expect(has(80, 24) == (true, true))
        // Not wide enough for both side by side, high enough for one above the other.
        #expect(has(42, 40) == (true, true))
        #expect(has(80, 18) == (false, true))
        #expect(has(40, 24) == (false, true))
        #expect(has(80, 12) == (false, true))
        // Its text comes first, as long as it was not read before.
        #expect(guide.page(40, 12, at: 34.3).contains("11 s  ██"))
    }

    /// From phase to phase the eye finds the digits at the same place.
    @Test func digitsStayWhereTheyAre() {
        var guide = Guide([.sampleHipFlexor], at: .sampleStart)
        var places: Set<Int?> = []
        for second in [0.0, 12, 31, 46, 56, 72] {
            guide.run(until: second)
            let lines = guide.page(80, 24, at: second).split(separator: "\n", omittingEmptySubsequences: false)
            places.insert(lines.firstIndex { $0.contains("██") })
        }
        #expect(places == [6])
    }

    @Test func longTextIsBrokenAtWordsAndCutWithASign() {
        var stretch = Stretch(id: "long")
        stretch.title = "A title that does not fit into the line of a narrow terminal by any means"
        stretch.movement = Array(repeating: "somewhat long words", count: 40).joined(separator: " ")
        let routine = "The routine with the longest title of all routines there are"
        var guide = Guide([Step(stretch)], at: .sampleStart)
        guide.run(until: 31)
        let page = GuidePage(
            of: guide, routine: routine, size: GuidePage.Size(columns: 40, rows: 12), on: .made(hasSymbols: true),
            at: .sampleStart + .seconds(31)
        ).text
        #expect(page.hasPrefix(" The routine with the long…  0:14 to go\n"))
        #expect(page.contains("\n somewhat long words somewhat long\n"))
        #expect(page.contains("…\n space pause   n next   b back   i info\n q stop"))
    }

    /// Every phase and state, at many sizes.
    @Test(arguments: [true, false])
    func pageFitsTheTerminalWhateverItShows(hasSymbols: Bool) {
        for guide in Guide.moments {
            for (columns, rows) in [
                (80, 24), (120, 40), (200, 60), (40, 12), (41, 13), (60, 20), (80, 12), (40, 60), (39, 24), (20, 5),
                (1, 1),
                (0, 0),
            ] {
                let page = GuidePage(
                    of: guide, routine: "Überraschung · 日本語", size: GuidePage.Size(columns: columns, rows: rows),
                    on: .made(hasSymbols: hasSymbols), at: .sampleStart + .seconds(40))
                #expect(page.lines.count == rows)
                let widest = page.lines.map { $0.reduce(0) { $0 + $1.text.columns } }.max() ?? 0
                #expect(widest <= columns || columns < 10, "\(guide.state) \(guide.phase.kind) \(columns)x\(rows)")
                if !hasSymbols { #expect(page.text.utf8.allSatisfy { $0 < 128 }) }
                if columns >= 40, rows >= 12, let choice = guide.choices.last {
                    #expect(page.text.contains("\(choice.keyName) \(choice.label)"))
                }
            }
        }
    }

    @Test func pageChangesWithTheSecondsOfTheCountdownAndNotWhileItIsPaused() {
        var guide = Guide([.sampleHipFlexor], at: .sampleStart)
        #expect(guide.nextSecond(after: .sampleStart) == .sampleStart + .seconds(1))
        #expect(guide.nextSecond(after: .sampleStart + .seconds(1)) == .sampleStart + .seconds(2))
        // Late by a third of a second, it is on the second again.
        #expect(guide.nextSecond(after: .sampleStart + .milliseconds(2333)) == .sampleStart + .seconds(3))
        #expect(guide.nextSecond(after: .sampleStart + .milliseconds(9999)) == .sampleStart + .seconds(10))
        _ = guide.handle(.pause, at: .sampleStart + .seconds(4))
        #expect(guide.nextSecond(after: .sampleStart + .seconds(5)) == nil)
        _ = guide.handle(.resume, at: .sampleStart + .milliseconds(5500))
        #expect(
            guide.nextSecond(after: .sampleStart + .milliseconds(5500)) == .sampleStart
                + .milliseconds(6500))
        #expect(
            Guide([.sampleBridge], asksPain: true, at: .sampleStart).nextSecond(after: .sampleStart) == nil)
    }

    @Test(arguments: [
        ("Dehnübung für den Rücken", "Dehnubung fur den Rucken"), ("2 of 4 · left side", "2 of 4, left side"),
        ("2 × 15 s – “easy”…", "2 x 15 s - \"easy\"..."), ("Straße", "Strasse"), ("日本", "??"), ("plain", "plain"),
        ("u\u{308}ben", "uben"), ("say \"\u{301}x", "say \"x"), ("2 ·\u{301} 3", "2, 3"), ("\u{1112}\u{1161}", "?"),
    ])
    func textIsShownInASCIIAsNearAsCanBe(text: String, ascii: String) {
        #expect(Terminal.ascii(text) == ascii)
    }
}

extension Guide {
    func page(_ columns: Int, _ rows: Int, hasSymbols: Bool = true, at seconds: Double) -> String {
        GuidePage(
            of: self, routine: "Morning stretch", size: GuidePage.Size(columns: columns, rows: rows),
            on: .made(hasSymbols: hasSymbols), at: .sampleStart + .seconds(seconds)
        ).text
    }
}

extension Guide {
    fileprivate func sheet(_ sheet: Int, _ columns: Int, _ rows: Int) -> GuidePage {
        GuidePage(
            of: self, routine: "Morning stretch", size: GuidePage.Size(columns: columns, rows: rows), sheet: sheet,
            on: .made(hasSymbols: true), at: .sampleStart)
    }
}

extension GuidePage {
    /// The page without its colours.
    fileprivate var text: String {
        lines.map { line in
            line.text.reversed().drop { $0 == " " }.reversed().map(String.init).joined()
        }.joined(separator: "\n")
    }
}

extension Terminal {
    fileprivate static func made(hasSymbols: Bool) -> Terminal {
        Terminal(columns: 80, environment: ["LANG": hasSymbols ? "C.UTF-8" : "C"])
    }
}
