import StretchBase
import StretchCore
import Testing

struct StretchLibraryTests {
    /// Those a person with a sore lower back should find, and the ones of them that are done on each side.
    private static let wanted = [
        "half-kneeling-hip-flexor", "standing-hip-flexor", "glute-bridge", "cat-camel", "pelvic-tilt",
        "figure-four",
        "child-pose", "prone-press-up", "bird-dog", "single-knee-to-chest", "hamstring-towel",
        "standing-back-extension", "prone-prop", "knee-rolls", "side-lying-hip-raise", "sit-to-stand",
        "seated-posture-break", "walking",
    ]
    private static let oneSided: Set = [
        "half-kneeling-hip-flexor", "standing-hip-flexor", "figure-four", "bird-dog",
        "single-knee-to-chest",
        "hamstring-towel", "side-lying-hip-raise",
    ]

    @Test(arguments: wanted)
    func whatASoreLowerBackNeedsIsThere(_ id: String) throws {
        let stretch = try #require(StretchLibrary.stretch(id))
        #expect(stretch.id == id)
        #expect(stretch.dose.sides == (Self.oneSided.contains(id) ? .both : .none))
    }

    @Test func noTwoStretchesShareAnID() {
        #expect(Set(StretchLibrary.all.map(\.id)).count == StretchLibrary.all.count)
    }

    /// All but what one needs, which may be nothing.
    @Test(arguments: StretchLibrary.all)
    func everyStretchIsComplete(_ stretch: Stretch) {
        #expect(![stretch.title, stretch.purpose, stretch.movement, stretch.cue, stretch.feel].contains(""))
        #expect(![stretch.muscles, stretch.preparation, stretch.faults, stretch.cautions].contains([]))
        #expect(!stretch.sources.isEmpty && stretch.sources.allSatisfy { $0.contains("https://") })
        #expect(
            (5...9).contains(stretch.drawing.count)
                && stretch.drawing.last?.allSatisfy { $0 == "-" } == true)
        #expect(stretch.drawing.allSatisfy { $0.count <= 38 && !$0.hasSuffix(" ") })
    }

    @Test(arguments: StretchLibrary.all)
    func everyDoseIsModest(_ stretch: Stretch) {
        let most: Duration = stretch.id == "walking" ? .minutes(5) : .seconds(30)
        #expect((.seconds(3)...most).contains(stretch.dose.hold))
        #expect((1...10).contains(stretch.dose.repeats))
        #expect(!stretch.dose.hasRest || (.zero ... .seconds(30)).contains(stretch.dose.rest))
        #expect((.zero ... .seconds(20)).contains(stretch.dose.change))
    }

    /// Getting down to one knee takes half a minute, so nobody should do it five times.
    @Test func halfKneelingChangesTheKneeOnce() throws {
        let stretch = try #require(StretchLibrary.stretch("half-kneeling-hip-flexor"))
        let guide = Guide([Step(stretch)], at: Instant(seconds: 0))
        let changes = guide.phases.filter { if case .changeSides = $0.kind { true } else { false } }
        #expect(changes.map(\.length) == [.seconds(20)])
        #expect(guide.phases.filter { $0.kind == .prepare }.map(\.length) == [.seconds(35)])
    }

    @Test func birdDogChangesInAMoment() throws {
        let dose = try #require(StretchLibrary.stretch("bird-dog")).dose
        #expect(dose.prepare == .seconds(20) && dose.change == .seconds(3) && dose.order == .alternating)
    }

    @Test(arguments: ["cat-camel", "knee-rolls", "sit-to-stand"])
    func whatIsAMovementIsCounted(_ id: String) throws {
        #expect(try #require(StretchLibrary.stretch(id)).dose.isCounted)
    }

    /// A ceiling has a source: 2 × 30 s, 10 × 5 s, ten times.
    @Test(arguments: StretchLibrary.all.filter { !$0.levels.isEmpty })
    func levelsRiseInSmallStepsToACeiling(_ stretch: Stretch) {
        for (lower, higher) in zip([stretch.dose] + stretch.levels, stretch.levels) {
            #expect(higher.hold - lower.hold <= .seconds(5) && higher.hold >= lower.hold)
            #expect(higher.repeats - lower.repeats <= 2 && higher.sets == 1)
            #expect(higher.repeats * Int(higher.hold.components.seconds) <= (higher.isCounted ? 100 : 60))
        }
        let last = stretch.levels[stretch.levels.count - 1]
        #expect(last.repeats <= 10 && last.hold <= .seconds(30))
    }

    /// Who is on the floor reads them once, from a distance.
    @Test(arguments: StretchLibrary.all)
    func whatTheGuideSaysFitsANotification(_ stretch: Stretch) {
        #expect(stretch.preparation.joined(separator: " ").count <= 320)
        #expect(stretch.movement.count <= 220)
        #expect(stretch.title.count <= 40)
    }

    /// It is said again in each hold, and shown beside big digits.
    @Test(arguments: StretchLibrary.all)
    func theShortFormIsShort(_ stretch: Stretch) {
        #expect(stretch.cue.count <= 38 && stretch.cue.split(separator: " ").count <= 7)
        #expect(stretch.cue.hasSuffix("."))
    }

    /// A person who lies on the back and shows the left side has the head at the right; one who faces left shows it, too.
    @Test(arguments: StretchLibrary.all.filter { $0.dose.sides == .both && $0.id != "side-lying-hip-raise" })
    func theDrawingShowsTheLeftSide(_ stretch: Stretch) throws {
        let head = try #require(stretch.drawing.compactMap { Array($0).firstIndex(of: "o") }.first)
        let width = stretch.drawing.map(\.count).max() ?? 0
        let lies = stretch.preparation[0].hasPrefix("Lie on your back")
        let facesLeft = stretch.drawing.contains { $0.contains("<---") }
        #expect(lies ? head > width / 2 : facesLeft)
    }

    /// The guide says "Now the right side": of what, the preparation has to say.
    @Test(arguments: StretchLibrary.all.filter { $0.dose.sides == .both })
    func whatHasSidesSaysWhichLegASideMeans(_ stretch: Stretch) {
        #expect(stretch.preparation.contains { $0.contains("Left side: the left ") })
    }

    /// Late in pregnancy nobody should lie flat on the back for long.
    @Test(arguments: StretchLibrary.all.filter { $0.preparation[0].hasPrefix("Lie on your back") })
    func whatIsDoneOnTheBackCautionsInPregnancy(_ stretch: Stretch) {
        #expect(stretch.cautions.contains { $0.hasPrefix("Pregnant?") })
    }

    @Test(arguments: ["cat-camel", "bird-dog"])
    func whatLeansOnTheHandsHasAnotherWayForSoreWrists(_ id: String) throws {
        #expect(
            try #require(StretchLibrary.stretch(id)).cautions.contains { $0.hasPrefix("Sore wrists?") })
    }

    /// When to stop belongs to each of them.
    @Test(arguments: StretchLibrary.all)
    func everyStretchSaysThatPainInTheLegMeansStop(_ stretch: Stretch) {
        #expect(stretch.cautions.contains { $0.lowercased().contains("stop") && $0.contains("leg") })
    }

    @Test func whatRoundsTheLowerBackIsMarkedAndCautions() {
        let bending = StretchLibrary.all.filter(\.flexion)
        #expect(Set(bending.map(\.id)) == ["cat-camel", "child-pose", "single-knee-to-chest"])
        #expect(bending.allSatisfy { $0.cautions.contains { $0.contains("after getting up") } })
        #expect(
            bending.allSatisfy {
                $0.cautions.contains { $0.contains("osteoporosis or a spinal fracture") }
            })
    }

    @Test(arguments: StretchLibrary.all)
    func noStretchPromisesACure(_ stretch: Stretch) {
        let texts =
            [stretch.title, stretch.purpose, stretch.movement, stretch.cue, stretch.feel] + stretch.preparation
            + stretch.faults
            + stretch.cautions
        for text in texts { #expect(!promisesACure(text), "\(text)") }
    }
}

/// "It is no cure" promises none.
func promisesACure(_ text: String) -> Bool {
    let promises = /\b(cures?|cured|heals?|healed|fix|fixes|pain-free|guaranteed?|gets? rid of)\b/
        .ignoresCase()
    return text.replacing("no cure", with: "").contains(promises)
}
