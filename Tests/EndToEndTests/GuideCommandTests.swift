import Foundation
import TestHome
import TestSupport
import Testing

/// What `guide` records, and says at its end.
struct GuideCommandTests {
    @Test func firstGuideShowsTheWarningsAsksForThePainAndEndsWithDone() async throws {
        try await GuideTerminal.run(hasGuided: false) { guide in
            let terminal = guide.terminal
            try await terminal.shows("Before you begin")
            let started = try await guide.record("started")
            #expect(started["occ"]?.hasSuffix("T08:00") == true)
            #expect(started["via"] == "guide")
            terminal.type("\r")
            try await terminal.shows("How much does your back hurt now?")
            terminal.type("3")
            try await terminal.shows("Down: hold a steady chair")
            terminal.type(" ")
            try await terminal.shows("Half-kneeling hip-flexor stretch: take care")
            try await terminal.shows("- The lower back arches, and the hip does not open.")
            terminal.type(" ")
            try await terminal.shows("space when you are in position")
            terminal.type("i")
            try await terminal.shows("Half-kneeling hip-flexor stretch: take care")
            terminal.type(" ")
            try await terminal.shows("Lower yourself to one knee")
            terminal.type(" ")
            guide.goThrough()
            // It is done before the last question is answered.
            try await terminal.shows("How much does your back hurt after it?")
            let done = try await guide.record("done")
            #expect(done["occ"] == started["occ"])
            #expect(done["pain_before"] == "3")
            #expect(done["via"] == "guide")
            terminal.type("4")
            #expect(try await terminal.finish() == 0)
            #expect(terminal.picture.isAsBefore)
            #expect(terminal.picture.lines.first?.hasPrefix("done: morning 08:00, ") == true)
            #expect(terminal.picture.lines.first?.hasSuffix(" · day 1") == true)
            #expect(try guide.types() == ["started", "done", "known", "done"])
            #expect(try await guide.record("known")["stretch"] == "half-kneeling-hip-flexor")
            let last = try #require(try guide.home.records().last)
            #expect(last["pain"] == "4")
            #expect(last["pain_before"] == "3")
        }
    }

    @Test func riseOfThePainEndsWithAdvice() async throws {
        try await GuideTerminal.run { guide in
            try await guide.terminal.shows("hurt now?")
            guide.terminal.type("1")
            try await guide.terminal.shows("Get ready.")
            guide.goThrough()
            try await guide.terminal.shows("hurt after it?")
            guide.terminal.type("x")
            #expect(try await guide.terminal.finish() == 0)
            #expect(guide.terminal.picture.text.contains("It hurts more than before"))
            #expect(try guide.home.records().last?["pain"] == "10")
        }
    }

    @Test func unansweredQuestionsLeaveNoPain() async throws {
        try await GuideTerminal.run { guide in
            try await guide.terminal.shows("hurt now?")
            guide.terminal.type("\r")
            try await guide.terminal.shows("Get ready.")
            guide.goThrough()
            try await guide.terminal.shows("hurt after it?")
            guide.terminal.type("\r")
            #expect(try await guide.terminal.finish() == 0)
            #expect(try guide.types() == ["started", "done"])
            #expect(try guide.home.records().last?["pain_before"] == nil)
        }
    }

    @Test func stoppedHalfwayItIsPutOff() async throws {
        try await GuideTerminal.run { guide in
            try await guide.begin()
            guide.terminal.type("nnn")
            try await guide.terminal.shows("change sides")
            guide.terminal.type("q")
            try await guide.terminal.shows("Count it as done, or ask again later?")
            guide.terminal.type("l")
            #expect(try await guide.terminal.finish() == 0)
            #expect(guide.terminal.picture.lines.first?.hasPrefix("snoozed until ") == true)
            #expect(try guide.types() == ["started", "undo", "snooze"])
            let records = try guide.home.records()
            #expect(records[1]["ref"]?.contains(try #require(records[0]["id"])) == true)
            #expect(records[2]["via"] == "guide")
        }
    }

    @Test func stoppedHalfwayItMayCountAsDoneOrGoOn() async throws {
        try await GuideTerminal.run { guide in
            try await guide.begin()
            guide.terminal.type("nn\u{3}")
            try await guide.terminal.shows("Count it as done, or ask again later?")
            guide.terminal.type(" ")
            try await guide.terminal.shows("left side, round 1 of 3")
            guide.terminal.type("\u{3}")
            try await guide.terminal.shows("Count it as done, or ask again later?")
            guide.terminal.type("d")
            #expect(try await guide.terminal.finish() == 0)
            #expect(try guide.types() == ["started", "done"])
        }
    }

    @Test func muchPainMayEndInARestDay() async throws {
        try await GuideTerminal.run { guide in
            try await guide.terminal.shows("hurt now?")
            guide.terminal.type("8")
            try await guide.terminal.shows("e gentle routine   r rest day   n go on anyway")
            guide.terminal.type("r")
            #expect(try await guide.terminal.finish() == 0)
            #expect(guide.terminal.picture.lines.first?.hasPrefix("skipped: morning 08:00, ") == true)
            #expect(try guide.types() == ["started", "undo", "skip"])
            #expect(try guide.home.records().last?["pain_before"] == "8")
        }
    }

    @Test func whatIsAnsweredElsewhereMeanwhileIsNotAnsweredAgain() async throws {
        try await GuideTerminal.run { guide in
            try await guide.begin()
            #expect(try guide.home.run("done").code == 0)
            // Nothing more would come of the last question: it is not asked.
            guide.goThrough()
            #expect(try await guide.terminal.finish() == 0)
            #expect(guide.terminal.picture.lines.first?.hasPrefix("done meanwhile: morning 08:00, ") == true)
            #expect(try guide.types() == ["started", "done"])
            #expect(try guide.home.records().last?["via"] == "cli")
        }
    }

    @Test func whatIsDoneAlreadyIsGuidedOnceMore() async throws {
        try await GuideTerminal.run { guide in
            try await guide.begin()
            guide.terminal.type("nnqd")
            #expect(try await guide.terminal.finish() == 0)
            let again = try PseudoTerminal(
                [builtProgram("stretchd"), "guide"], environment: guide.home.guideEnvironment)
            do {
                try await again.shows("Morning stretch (already done)")
                again.type(String(repeating: "n", count: 30))
                #expect(try await again.finish() == 0)
                #expect(again.picture.text.contains("already done: morning 08:00"))
            } catch {
                await again.end()
                throw error
            }
            await again.end()
            #expect(try guide.types() == ["started", "done"])
        }
    }

    /// It was answered before, so the guide is the first one: from then on the person knows the stretch.
    @Test func whatIsGuidedOnceMoreIsKnownToo() async throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        #expect(try home.run("done").code == 0)
        try await GuideTerminal.run(in: home, hasGuided: false) { guide in
            try await guide.terminal.shows("Before you begin")
            guide.terminal.type("\r")
            try await guide.terminal.shows("Down: hold a steady chair")
            guide.terminal.type("   ")
            guide.goThrough()
            #expect(try await guide.terminal.finish() == 0)
            #expect(try guide.types() == ["done", "known"])
        }
    }

    /// Nobody confirmed that they read anything.
    @Test func aGuideIntoAFileMakesNothingKnown() async throws {
        let quick = """
            [[stretch]]
            id = "quick"
            title = "Quick"
            movement = "Move."
            hold = "1s"
            prepare = "5s"
            cautions = ["Slowly."]
            [[routine]]
            id = "morning"
            title = "Morning stretch"
            schedule = "08:00"
            window = "12h"
            steps = ["quick"]

            """
        let home = try CommandLineHome.atNoon(quick)
        let guided = try await home.runProgram(["guide"])
        #expect(guided.code == 0 && guided.out.contains("Before you begin"))
        #expect(try home.records().map { $0["type"] } == ["started", "done"])
        try await GuideTerminal.run(in: home, hasGuided: false) { guide in
            try await guide.terminal.shows("Before you begin")
            guide.terminal.type("q")
            _ = try await guide.terminal.finish()
        }
    }

    @Test func gentleStandsInForWhatIsDue() async throws {
        try await GuideTerminal.run("gentle") { guide in
            try await guide.begin()
            try await guide.terminal.shows("Gentle stretch")
            guide.terminal.type("nnqd")
            #expect(try await guide.terminal.finish() == 0)
            #expect(try guide.home.records().last?["occ"]?.hasPrefix("morning@") == true)
        }
    }

    @Test func routineThatIsNotConfiguredIsABonus() async throws {
        try await GuideTerminal.run("desk") { guide in
            try await guide.begin()
            guide.goThrough()
            try await guide.terminal.shows("hurt after it?")
            guide.terminal.type("0")
            #expect(try await guide.terminal.finish() == 0)
            #expect(guide.terminal.picture.lines.first?.hasPrefix("done, an extra one: desk, ") == true)
            // The second one, with the pain, comes in the place of the first: it is done once.
            let records = try guide.home.records()
            #expect(records.map { $0["type"] } == ["started", "undo", "done", "undo", "done"])
            #expect(records.allSatisfy { $0["routine"] == "desk" && $0["occ"] == nil })
            #expect(records[3]["ref"]?.contains(try #require(records[2]["id"])) == true)
        }
    }

    @Test func noGuideWithoutStepsWithoutANameOrWithoutAJournal() async throws {
        let home = try CommandLineHome.atNoon(routine("water", "08:00") + routine("tea", "09:00"))
        let ambiguous = try await home.runProgram(["guide"])
        #expect(ambiguous.code == 65)
        let empty = try await home.runProgram(["guide", "water"])
        #expect(empty.code == 65)
        #expect(empty.err.hasPrefix("stretchd: water has no steps to lead you through; "))
        #expect(
            try await home.runProgram(["guide", "dest"]).err == "stretchd: no routine \"dest\"; did you mean desk?\n")
        try FileManager.default.removeItem(atPath: home.journal)
        try home.write("a file", to: home.journal)
        let unwritten = try await home.runProgram(["guide", "desk"])
        #expect(unwritten.code == 74)
        #expect(unwritten.err.contains("\nstretchd: not recorded: "))
        #expect(unwritten.out == "")
    }

    private func routine(_ id: String, _ time: String) -> String {
        "[[routine]]\nid = \"\(id)\"\ntitle = \"\(id)\"\nschedule = \"\(time)\"\nwindow = \"12h\"\n"
    }
}

extension GuideTerminal {
    /// Past the question, to the first phase.
    func begin() async throws {
        try await terminal.shows("hurt now?")
        terminal.type("\r")
        try await terminal.shows("Get ready.")
    }
}
