import Testing

@testable import StretchBase
@testable import StretchCore
@testable import StretchTerminal

/// The guide as lines, and its keys.
struct GuideLineTests {
    @Test func lineSaysWhereOneIsHowLongAndWhatToDo() {
        var guide = Guide([.sampleBridge], asksPain: true, at: .sampleStart)
        #expect(
            guide.said(0) == "How much does your back hurt now? From 0, not at all, to 10, the worst you can imagine.")
        #expect(guide.keysLine == "Keys: 0 to 9, x 10, Enter skip, q stop.")
        _ = guide.handle(.pain(3), at: .sampleStart)
        #expect(guide.said(0) == "Morning stretch: 10 s. Get ready.")
        guide.run(until: 30)
        #expect(
            guide.said(30)
                == "1 of 1 · hold: 1 min 30 s. Lift the hips until knees, hips and shoulders are in line.")
        #expect(guide.keysLine == "Keys: space pause, n next, b back, i info, q stop.")
        _ = guide.handle(.pause, at: .sampleStart + .seconds(40))
        #expect(guide.said(50).hasPrefix("Paused · 1 of 1 · hold. "))
        _ = guide.handle(.resume, at: .sampleStart + .seconds(50))
        #expect(guide.said(50).hasPrefix("1 of 1 · hold: 1 min 20 s. "))
    }

    @Test func everyKeyOnThePageDoesSomethingAndNoOtherDoes() {
        for guide in Guide.moments {
            let keys = guide.choices.map(\.key)
            #expect(Set(keys).count == keys.count)
            for key in " \n0123456789abcdefghijklmnopqrstuvwxyz" {
                let command = guide.command(for: key)
                #expect((command != nil) == (keys.contains(key) || key == "q" && guide.state == .halted))
                guard let command else { continue }
                var after = guide
                _ = after.handle(command, at: .sampleStart + .seconds(40))
                #expect(after != guide, "\(key) in \(guide.state) \(guide.phase.kind)")
            }
        }
    }

    @Test func capitalLettersAreTheSameKeys() {
        let guide = Guide([.sampleBridge], at: .sampleStart)
        #expect(guide.command(for: "N") == .next)
        #expect(guide.command(for: "Q") == .stop)
    }
}

extension Guide {
    fileprivate func said(_ seconds: Double) -> String {
        line(of: "Morning stretch", separator: " · ", at: .sampleStart + .seconds(seconds))
    }
}
