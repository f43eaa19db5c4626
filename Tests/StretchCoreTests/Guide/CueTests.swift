import StretchBase
import StretchCore
import Testing

/// The sounds within a hold: its half, and its last three seconds.
struct CueTests {
    private let start = Instant(seconds: 1_795_415_400)

    private func step(hold: Duration, sides: Dose.Sides = .none) -> Step {
        var stretch = Stretch(id: "hip")
        stretch.title = "Hip"
        stretch.dose.sides = sides
        stretch.dose.hold = hold
        return Step(stretch)
    }

    /// What is heard at which second of the guide; the hold begins in the 30th.
    private func heard(_ guide: Guide) -> [String] {
        var guide = guide
        var heard: [String] = []
        var now = start
        while let next = guide.nextCue(after: now) {
            now = next
            if let cue = guide.advance(to: now) { heard.append("\((now - start).components.seconds) \(cue)") }
        }
        return heard
    }

    @Test func aHoldIsCountedDownAndALongOneIsHalved() {
        #expect(
            heard(Guide([step(hold: .seconds(20))], at: start)) == [
                "30 holdBegins", "40 half", "47 countdown", "48 countdown", "49 countdown", "50 finished",
            ])
        #expect(
            heard(Guide([step(hold: .seconds(19))], at: start)) == [
                "30 holdBegins", "46 countdown", "47 countdown", "48 countdown", "49 finished",
            ])
        #expect(
            heard(Guide([step(hold: .seconds(5))], at: start)) == [
                "30 holdBegins", "32 countdown", "33 countdown", "34 countdown", "35 finished",
            ])
        #expect(heard(Guide([step(hold: .seconds(4))], at: start)) == ["30 holdBegins", "34 finished"])
        // In whole seconds, as on the screen.
        #expect(heard(Guide([step(hold: .seconds(25))], at: start))[1] == "43 half")
    }

    @Test func nothingIsCountedWhileNothingIsHeld() {
        let guide = Guide([step(hold: .seconds(3), sides: .both)], at: start)
        #expect(heard(guide) == ["30 holdBegins", "33 sidesChange", "43 holdBegins", "46 finished"])
    }

    @Test func aMarkIsHeardOnceHoweverOftenSomebodyLooks() {
        var guide = Guide([step(hold: .seconds(20))], at: start)
        var marks: [Cue] = []
        for tenth in 0...499 {
            if let cue = guide.advance(to: start + .milliseconds(100 * tenth)) { marks.append(cue) }
        }
        #expect(marks == [.holdBegins, .half, .countdown, .countdown, .countdown])
    }

    @Test func whoLooksTooLateHearsNothingOfThePast() {
        var guide = Guide([step(hold: .seconds(30))], at: start)
        _ = guide.advance(to: start + .seconds(31))
        #expect(guide.advance(to: start + .seconds(48)) == nil, "half was three seconds ago")
        #expect(guide.advance(to: start + .milliseconds(58_900)) == .countdown)
        #expect(guide.advance(to: start + .milliseconds(59_000)) == .countdown)
    }

    @Test func pauseShiftsTheMarksAndBackRepeatsThem() {
        var guide = Guide([step(hold: .seconds(20))], at: start)
        _ = guide.advance(to: start + .seconds(35))
        _ = guide.handle(.pause, at: start + .seconds(35))
        #expect(guide.nextCue(after: start + .seconds(36)) == nil)
        #expect(guide.advance(to: start + .seconds(90)) == nil)
        _ = guide.handle(.resume, at: start + .seconds(95))
        #expect(guide.nextCue(after: start + .seconds(95)) == start + .seconds(100))
        #expect(guide.advance(to: start + .seconds(100)) == .half)
        _ = guide.handle(.back, at: start + .seconds(102))
        #expect(guide.nextCue(after: start + .seconds(102)) == start + .seconds(112))
        #expect(guide.advance(to: start + .seconds(112)) == .half)
    }

    /// A terminal has one sound only.
    @Test func whatMustBeKnownDiffersByTheNumberOfRings() {
        let rings = Cue.allCases.map(\.rings).filter { $0 > 0 }
        #expect(rings.count == 4 && Set(rings) == [1, 2, 3, 4])
        #expect(Cue.holdBegins.rings == 1 && Cue.holdEnds.rings == 2 && Cue.sidesChange.rings == 3)
        #expect(Set(Cue.allCases.map(\.soundName)).count == Cue.allCases.count)
    }
}
