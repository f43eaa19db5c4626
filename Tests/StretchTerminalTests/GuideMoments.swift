@testable import StretchBase
@testable import StretchCore

extension Guide {
    /// One in each phase and state.
    static var moments: [Guide] {
        let gentle = Routine(id: "gentle", title: "Gentle", schedule: Schedule([]), steps: [.sampleBridge])
        var guide = Guide(
            [.sampleHipFlexor, .sampleBridge], gentle: gentle, showsWarnings: true, known: ["bridge"], asksPain: true,
            at: .sampleStart)
        var moments: [Guide] = []
        for command in [Command.next, .pain(8)] + Array(repeating: .next, count: 20) where guide.outcome == nil {
            moments.append(guide)
            for other in [Command.pause, .info, .stop] {
                var aside = guide
                _ = aside.handle(other, at: .sampleStart)
                if aside != guide { moments.append(aside) }
            }
            _ = guide.handle(command, at: .sampleStart)
        }
        return moments.filter { $0.outcome == nil }
    }

    mutating func run(until seconds: Double) { _ = advance(to: .sampleStart + .seconds(seconds)) }
}

extension Step {
    static let sampleHipFlexor = Step(.sampleHipFlexor)
    static let sampleBridge = Step(.sampleBridge)
}

extension Stretch {
    static var sampleHipFlexor: Stretch {
        var stretch = Stretch(id: "hip-flexor")
        stretch.title = "Half-kneeling hip-flexor stretch"
        stretch.needs = ["a cushion for the knee"]
        stretch.preparation = ["Lower yourself to one knee, on a cushion.", "Tip the pelvis back under the spine."]
        stretch.movement =
            "Keep it tucked and lean forward from there, trunk upright, until you feel the stretch through the front of "
            + "the hip. Stop there and breathe."
        stretch.cue = "Tuck, lean, breathe."
        stretch.feel = "A pull through the front of the hip."
        stretch.faults = ["The lower back arches."]
        stretch.cautions = ["Tuck first, then move.", "Stop if it hurts more than when you began."]
        stretch.dose.sides = .both
        stretch.dose.repeats = 3
        stretch.drawing = [
            "           .-.", "          (   )", "           '-'", "            |", "            |", "           /|\\",
            "            |___", "           /    |", "      ____/     |__", "_________________________",
        ]
        return stretch
    }

    static var sampleBridge: Stretch {
        var stretch = Stretch(id: "bridge")
        stretch.title = "Glute bridge"
        stretch.preparation = ["Lie on your back, feet flat, knees bent."]
        stretch.movement = "Lift the hips until knees, hips and shoulders are in line."
        stretch.dose.hold = .seconds(90)
        return stretch
    }
}

extension Instant {
    static let sampleStart = Instant(seconds: 1_000_000)
}
