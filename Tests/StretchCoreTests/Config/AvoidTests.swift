import StretchBase
import StretchCore
import Testing

/// `avoid` in `[person]`: what is not for somebody is swapped or left out, and said.
struct AvoidTests {
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
        let text = """
            person.avoid = ["pregnancy", "kneeling"]
            [[routine]]
            id = "a"
            title = "A"
            schedule = "07:00"
            steps = ["half-kneeling-hip-flexor", "glute-bridge", "cat-camel"]
            """
        let routine = try #require(try read(text).routine("a"))
        #expect(routine.steps.map(\.stretch.id) == ["standing-hip-flexor", "sit-to-stand"])
        #expect(routine.swaps.last?.words == "without cat-camel (kneeling)")
        #expect(routine.swaps.last?.sentence == "Without Cat-camel (kneeling).")
    }

    @Test func aSubstituteComesOnce() throws {
        let text = """
            person.avoid = "wrists"
            [[routine]]
            id = "a"
            title = "A"
            schedule = "07:00"
            steps = ["pelvic-tilt", "cat-camel", "bird-dog", { stretch = "glute-bridge", repeats = 9 }]
            """
        let routine = try #require(try read(text).routine("a"))
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
        ("artificial hip", "hip-replacement"), ("spinal stenosis", "stenosis"), ("osteoporosys", "osteoporosis"),
    ])
    func aSlipIsAnsweredWithWhatWasMeant(_ word: String, _ meant: String) {
        #expect(
            problems("[person]\navoid = [\"\(word)\"]") == [
                "config.toml: person.avoid[1]: \"\(word)\": unknown; did you mean \"\(meant)\"?"
            ])
    }

    @Test func aWordThatResemblesNoneIsAnsweredWithAll() {
        let all = "kneeling, wrists, pregnancy, osteoporosis, stenosis, hip-replacement"
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
