import StretchBase
import StretchCore
import Testing

/// What a guide says aloud: the whole text once, then a few words, and never more than there is time for.
struct GuideSpeechTests {
    private let start = Instant(seconds: 1_795_415_400)

    /// What is said in each phase, with the phase's length and the time from its beginning to the last word.
    private func said(_ guide: Guide) -> [(words: String, phase: Phase, ends: Duration)] {
        var guide = guide
        var said: [(String, Phase, Duration)] = []
        var (now, cue) = (start, Cue?.none)
        while guide.outcome == nil {
            let speech = guide.speech(of: "Morning stretch", after: cue, at: now)
            // As a slow voice says it.
            let words = speech?.words.split { " -".contains($0) }.count ?? 0
            said.append((speech?.words ?? "", guide.phase, (speech?.delay ?? .zero) + .milliseconds(500 * words)))
            if let end = guide.phaseEnds {
                now = end
                cue = guide.advance(to: now)
            } else {
                cue = guide.handle(.next, at: now)
            }
        }
        return said
    }

    @Test(arguments: Routine.builtIn)
    func wordsEndBeforeTheirPhaseDoes(_ routine: Routine) {
        for (words, phase, ends) in said(Guide(routine.steps, at: start)) {
            if let length = phase.length { #expect(ends <= length, "\(words)") }
        }
    }

    @Test(arguments: StretchLibrary.all)
    func everyHoldIsSaidInItsShortForm(_ stretch: Stretch) {
        let spoken = said(Guide([Step(stretch)], at: start))
        let holds = spoken.filter { $0.phase.isHold }
        // Of a counted exercise only the first repeat says it; a number is enough for the others.
        let said = holds.filter { Int($0.words) == nil }
        #expect(!said.isEmpty && said.allSatisfy { $0.words.hasSuffix(stretch.cue) })
        #expect(stretch.dose.isCounted || said.count == holds.count)
        #expect(holds.allSatisfy { !$0.words.contains(stretch.movement) })
    }

    /// There the guide waits, so there is time.
    @Test(arguments: StretchLibrary.all)
    func aNewStretchIsSaidInFullOnce(_ stretch: Stretch) {
        let spoken = said(Guide([Step(stretch)], known: [], at: start))
        for text in stretch.preparation + [stretch.movement] {
            #expect(spoken.count { $0.words.contains(text) } == 1, "\(text)")
        }
    }

    private func hip(hold: Int, rest: Int = 10, cue: String = "Tuck, breathe.") -> Guide {
        var stretch = Stretch(id: "hip")
        stretch.title = "Hip stretch"
        stretch.preparation = ["Kneel."]
        stretch.movement = "Move forward, until you feel a pull. Stop there and breathe."
        stretch.cue = cue
        stretch.dose.sides = .both
        stretch.dose.hold = .seconds(hold)
        stretch.dose.repeats = 2
        stretch.dose.rest = .seconds(rest)
        return Guide([Step(stretch)], at: start)
    }

    @Test func theWholeTextComesFirstAndThenAFewWords() {
        #expect(
            said(hip(hold: 15)).map(\.words) == [
                "Morning stretch. Get ready.",
                "1 of 1. Hip stretch. The left side first. Kneel. "
                    + "Move forward, until you feel a pull. Stop there and breathe.",
                "left side, round 1 of 2. Tuck, breathe.", "change sides. Now the right side.",
                "right side, round 1 of 2. Tuck, breathe.",
                "rest. Let go and breathe. Then the left side again.",
                "left side, round 2 of 2. Tuck, breathe.", "change sides. Now the right side.",
                "right side, round 2 of 2. Tuck, breathe.",
            ])
    }

    @Test func aShortPhaseHasFewerWordsOrNone() {
        let short = said(hip(hold: 3, rest: 2)).map(\.words)
        #expect(short[2] == "left side. Tuck, breathe.")
        #expect(short[5] == "rest.")
        #expect(said(hip(hold: 1)).map(\.words)[2] == "")
    }

    /// A stretch of the person's own may have no short form; then its movement is said where it fits.
    @Test func withoutAShortFormTheMovementIsSaid() {
        #expect(
            said(hip(hold: 15, cue: "")).map(\.words)[2]
                == "left side, round 1 of 2. Move forward, until you feel a pull. Stop there and breathe.")
        #expect(said(hip(hold: 4, cue: "")).map(\.words)[2] == "left side.")
    }

    @Test func afterAPauseItSaysWhatTheRestOfThePhaseHasTimeFor() {
        var guide = hip(hold: 15)
        _ = guide.advance(to: start + .seconds(42))
        _ = guide.handle(.pause, at: start + .seconds(42))
        #expect(guide.speech(of: "Morning stretch", after: nil, at: start + .seconds(50))?.words == "Paused.")
        _ = guide.handle(.resume, at: start + .seconds(60))
        #expect(
            guide.speech(of: "Morning stretch", after: nil, at: start + .seconds(60))?.words
                == "left side. Tuck, breathe.")
    }

    @Test func listsAreReadAsSentences() {
        let guide = Guide(Routine.desk.steps, showsWarnings: true, asksPain: true, at: start)
        let spoken = said(guide).map(\.words)
        #expect(
            spoken[0].hasPrefix(
                "Before you begin. \(Safety.signsTitle) \(Safety.warningSigns[0]); \(Safety.warningSigns[1]); "))
        #expect(spoken[1] == "How much does your back hurt now? From 0, not at all, to 10, the worst you can imagine.")
    }

    @Test func wordsWaitForTheSoundBeforeThem() {
        var guide = hip(hold: 15)
        let cue = guide.advance(to: start + .seconds(30))
        #expect(cue == .holdBegins)
        let speech = guide.speech(of: "Morning stretch", after: cue, at: start + .seconds(30))
        #expect(speech?.delay == Cue.holdBegins.length)
    }
}
