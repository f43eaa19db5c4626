import StretchBase
import StretchCore
import Testing

/// `avoid` in `[person]`: what is not for somebody is swapped or left out, and said.
struct AvoidTests {
    private func fitted(avoiding avoid: String, steps: String) throws -> Routine {
        let text = """
            person.avoid = \(avoid)
            [[routine]]
            id = "a"
            title = "A"
            schedule = "07:00"
            steps = [\(steps)]
            """
        return try #require(try read(text).routine("a"))
    }

    private func morning(_ avoid: String) throws -> Routine {
        try #require(try read("person.avoid = [\(avoid)]").routine("morning"))
    }

    @Test func whoCannotKneelStandsAndTilts() throws {
        let routine = try morning(#""kneeling""#)
        #expect(routine.steps.map(\.stretch.id) == ["pelvic-tilt", "standing-hip-flexor", "glute-bridge"])
        #expect(routine.steps[1].dose == StretchLibrary.stretch("standing-hip-flexor")?.dose)
        #expect(
            routine.swaps.map(\.words) == ["standing-hip-flexor instead of half-kneeling-hip-flexor (kneeling)"])
    }

    @Test func whatIsItselfAvoidedIsLeftOut() throws {
        let routine = try fitted(
            avoiding: #"["pregnancy", "kneeling"]"#,
            steps: #""half-kneeling-hip-flexor", "glute-bridge", "hamstring-towel""#)
        #expect(routine.steps.map(\.stretch.id) == ["standing-hip-flexor", "sit-to-stand"])
        #expect(routine.swaps.last?.words == "without hamstring-towel (pregnancy)")
        #expect(routine.swaps.last?.sentence == "Without Hamstring stretch with a towel (pregnancy).")
    }

    @Test func whoCannotGetDownToTheFloorStaysOnTheChairOnABadDayToo() throws {
        let configuration = try read("person.avoid = \"floor\"\n[[routine]]\nid = \"chair\"\nschedule = \"07:00\"")
        let chair = try #require(configuration.routine("chair"))
        #expect(chair.steps == Routine.chair.steps && chair.swaps == [])
        #expect(configuration.gentle?.steps.map(\.stretch.id) == ["seated-posture-break", "sit-to-stand"])
        for routine in Routine.builtIn {
            let steps = configuration.builtIn(routine.id)?.steps ?? []
            #expect(!steps.isEmpty && steps.allSatisfy { $0.stretch.position != .floor })
        }
    }

    @Test func aSubstituteThatIsNotForThemEitherHasOneItself() throws {
        let backward = try #require(try read("person.avoid = \"stenosis\"").builtIn("backward"))
        #expect(backward.steps.map(\.stretch.id) == ["sit-to-stand", "glute-bridge"])
        #expect(
            backward.swaps.map(\.words) == [
                "sit-to-stand instead of standing-back-extension (stenosis)",
                "without prone-prop (stenosis); sit-to-stand is in it already",
            ])
        let forward = try #require(try read("person.avoid = \"pregnancy\"").builtIn("forward"))
        #expect(forward.steps.map(\.stretch.id) == ["seated-posture-break", "child-pose"])
    }

    /// Each built-in stretch has a way out for each single reason, but for those that name nothing.
    @Test(arguments: StretchLibrary.all.filter { $0.instead != nil }, Avoidance.allCases)
    func theWayOutLeadsSomewhere(_ stretch: Stretch, _ avoidance: Avoidance) throws {
        let steps = try fitted(avoiding: "\"\(avoidance.rawValue)\"", steps: "\"\(stretch.id)\"").steps
        #expect(steps.count == 1 && steps.allSatisfy { !$0.stretch.isNot(for: avoidance) })
    }

    @Test func aRingOfSubstitutesEndsInNone() throws {
        let stretches = [("one", "two"), ("two", "three"), ("three", "two")].map { id, instead in
            """
            [[stretch]]
            id = "\(id)"
            title = "\(id)"
            movement = "Move."
            not_for = "wrists"
            instead = "\(instead)"

            """
        }
        let text = """
            person.avoid = "wrists"
            \(stretches.joined())
            [[routine]]
            id = "a"
            title = "A"
            schedule = "07:00"
            steps = ["one"]
            """
        let routine = try #require(try read(text).routine("a"))
        #expect(routine.steps == [] && routine.swaps.map(\.words) == ["without one (wrists)"])
    }

    @Test func whatIsTwiceInARoutineIsToldOnce() throws {
        let routine = try fitted(
            avoiding: #""kneeling""#,
            steps: #""cat-camel", "pelvic-tilt", { stretch = "cat-camel", repeats = 3 }"#)
        #expect(routine.steps.map(\.stretch.id) == ["pelvic-tilt"])
        #expect(routine.swaps.map(\.sentence) == ["Without Cat-camel (kneeling); Pelvic tilt is in it already."])
    }

    /// Somebody translated it, and forgot these keys.
    @Test func anOwnTextOfABuiltInStretchIsForNobodyElse() throws {
        let own = "[[stretch]]\nid = \"cat-camel\"\ntitle = \"Katze\"\nmovement = \"Beugen.\"\n"
        let taken = try #require(try read(own).stretch("cat-camel"))
        #expect(taken.notFor == [.kneeling, .wrists, .osteoporosis] && taken.instead == "pelvic-tilt")
        let said = try #require(try read(own + "not_for = []\ninstead = \"\"\n").stretch("cat-camel"))
        #expect(said.notFor == [] && said.instead == nil)
        let standing = "[[stretch]]\nid = \"walking\"\ntitle = \"Gehen\"\nmovement = \"Gehen.\"\n"
        #expect(try read(standing).stretch("walking")?.position == .standing)
    }

    @Test func aSubstituteComesOnce() throws {
        let routine = try fitted(
            avoiding: #""wrists""#,
            steps: #""pelvic-tilt", "cat-camel", "bird-dog", { stretch = "glute-bridge", repeats = 9 }"#)
        #expect(routine.steps.map(\.stretch.id) == ["pelvic-tilt", "glute-bridge"])
        #expect(routine.steps.last?.dose.repeats == 9, "a dose written by hand stays")
        #expect(routine.swaps.count == 2)
    }

    @Test func builtInRoutinesAreFittedToo() throws {
        let configuration = try read(#"person.avoid = ["pregnancy", "stenosis"]"#)
        #expect(configuration.gentle?.steps.map(\.stretch.id) == ["seated-posture-break", "sit-to-stand"])
        #expect(configuration.builtIn("desk")?.steps.map(\.stretch.id) == ["standing-hip-flexor", "sit-to-stand"])
    }

    @Test func ownStretchesSayWhomTheyAreNotFor() throws {
        let text = """
            person.avoid = "wrists"
            [[stretch]]
            id = "plank"
            title = "Plank"
            movement = "Hold."
            not_for = ["wrists", "pregnancy"]
            instead = "wall"
            [[stretch]]
            id = "wall"
            title = "Wall sit"
            movement = "Sit."
            [[routine]]
            id = "a"
            title = "A"
            schedule = "07:00"
            steps = ["plank"]
            """
        let configuration = try read(text)
        #expect(configuration.routine("a")?.steps.map(\.stretch.id) == ["wall"])
        #expect(configuration.stretch("plank")?.notFor == [.wrists, .pregnancy])
        #expect(
            problems(text.replacing("instead = \"wall\"", with: "instead = \"wal\"")) == [
                "config.toml: stretch \"plank\": instead: \"wal\": unknown stretch; did you mean \"wall\"?"
            ])
    }

    /// Each substitute is there, and helps at least one of those it stands in for.
    @Test(arguments: StretchLibrary.all)
    func aSubstituteIsForSomebody(_ stretch: Stretch) throws {
        guard let instead = stretch.instead else { return }
        let other = try #require(StretchLibrary.stretch(instead))
        #expect(!stretch.notFor.isEmpty && stretch.notFor.contains { !other.notFor.contains($0) })
        #expect(other.id != stretch.id)
    }

    /// Whoever avoids it finds it among the cautions or in what the stretch needs.
    @Test(arguments: StretchLibrary.all)
    func eachReasonIsInTheText(_ stretch: Stretch) {
        let words: [Avoidance: [String]] = [
            .kneeling: ["knee"], .wrists: ["wrist"], .pregnancy: ["regnan"], .osteoporosis: ["osteoporosis"],
            .stenosis: ["stenosis"], .hipReplacement: ["artificial hip", "operation on the hip"],
        ]
        let text = (stretch.cautions + stretch.preparation).joined(separator: " ")
        for reason in stretch.notFor { #expect(words[reason]?.contains { text.contains($0) } == true, "\(reason)") }
    }

    @Test(arguments: [
        ("kneelng", "kneeling"), ("Kneeling", "kneeling"), ("knees", "kneeling"), ("wrist", "wrists"),
        ("pregnant", "pregnancy"), ("hip replacement", "hip-replacement"), ("hip_replacement", "hip-replacement"),
        ("ground", "floor"), ("artificial hip", "hip-replacement"),
        ("spinal stenosis", "stenosis"), ("osteoporosys", "osteoporosis"),
    ])
    func aSlipIsAnsweredWithWhatWasMeant(_ word: String, _ meant: String) {
        #expect(
            problems("[person]\navoid = [\"\(word)\"]") == [
                "config.toml: person.avoid[1]: \"\(word)\": unknown; did you mean \"\(meant)\"?"
            ])
    }

    @Test func aWordThatResemblesNoneIsAnsweredWithAll() {
        let all = "floor, kneeling, wrists, pregnancy, osteoporosis, stenosis, hip-replacement"
        #expect(
            problems("person.avoid = \"gravity\"") == [
                "config.toml: person.avoid: \"gravity\": unknown; allowed: \(all)"
            ])
        #expect(problems("avoid = [\"kneeling\"]") == ["config.toml: avoid: unknown key; it belongs below [person]"])
        #expect(
            problems("[person]\navoids = \"wrists\"") == [
                "config.toml: person.avoids: unknown key; did you mean avoid?"
            ])
        #expect(
            problems("person.avoid = true").first?.hasPrefix("config.toml: person.avoid: is true; allowed: ") == true)
    }

    @Test func theGuideSaysItOnceAtTheBeginning() throws {
        let routine = try morning(#""kneeling""#)
        var guide = Guide(routine.steps, swaps: routine.swaps, at: Instant(seconds: 0))
        let swap = "\nStanding hip-flexor stretch instead of Half-kneeling hip-flexor stretch (kneeling)."
        #expect(guide.words(of: "Morning").text.contains(swap))
        _ = guide.handle(.next, at: Instant(seconds: 1))
        #expect(!guide.words(of: "Morning").text.contains("instead of"))
    }
}
