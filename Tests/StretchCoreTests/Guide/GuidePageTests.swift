import Testing

@testable import StretchCore

struct GuidePageTests {
    @Test func look() {
        var guide = Guide([.hipFlexor, .bridge], gentleSteps: [.bridge], showsWarnings: true, asksPain: true, at: .start)
        func show(_ c: Int, _ r: Int, _ s: Bool, _ t: Double) {
            let page = GuidePage(of: guide, routine: "Morning stretch", size: .init(columns: c, rows: r), hasSymbols: s, at: .start + .seconds(t))
            print("=== \(c)x\(r)"); print(page.text); print("---")
        }
        show(80, 24, true, 0)
        show(40, 12, false, 0)
        _ = guide.handle(.next, at: .start)
        show(80, 24, true, 0)
        show(40, 12, true, 0)
        _ = guide.handle(.pain(8), at: .start)
        show(40, 12, true, 0)
        _ = guide.handle(.next, at: .start)
        show(80, 24, true, 0)
        _ = guide.advance(to: .start + .seconds(12))
        show(80, 24, true, 12)
        _ = guide.advance(to: .start + .seconds(34.3))
        for (c, r) in [(80,24),(120,40),(40,12),(40,15),(40,24),(60,40),(30,8),(80,12), (80, 18)] { show(c, r, true, 34.3) }
        show(80, 24, false, 34.3)
        show(40, 12, false, 34.3)
        _ = guide.handle(.pause, at: .start + .seconds(35))
        show(80, 24, true, 38)
        _ = guide.handle(.stop, at: .start + .seconds(35))
        show(80, 24, true, 38)
    }
}

extension Step {
    fileprivate static let hipFlexor = Step(.hipFlexor)
    fileprivate static let bridge = Step(.bridge)
}

extension Stretch {
    fileprivate static var hipFlexor: Stretch {
        var stretch = Stretch(id: "hip-flexor")
        stretch.title = "Half-kneeling hip-flexor stretch"
        stretch.needs = ["a cushion for the knee"]
        stretch.preparation = ["Lower yourself to one knee, on a cushion.", "Tip the pelvis back under the spine."]
        stretch.movement =
            "Keep it tucked and lean forward from there, trunk upright, until you feel the stretch through the front of "
            + "the hip. Stop there and breathe."
        stretch.feel = "A pull through the front of the hip."
        stretch.dose.sides = .both
        stretch.dose.repeats = 3
        stretch.drawing = [
            "           .-.", "          (   )", "           '-'", "            |", "            |", "           /|\\",
            "            |___", "           /    |", "      ____/     |__", "_________________________",
        ]
        return stretch
    }

    fileprivate static var bridge: Stretch {
        var stretch = Stretch(id: "bridge")
        stretch.title = "Glute bridge"
        stretch.preparation = ["Lie on your back, feet flat, knees bent."]
        stretch.movement = "Lift the hips until knees, hips and shoulders are in line."
        stretch.dose.hold = .seconds(90)
        return stretch
    }
}

extension Instant {
    fileprivate static let start = Instant(seconds: 1_000_000)
}
