import Foundation
import TestHome
import TestSupport
import Testing

/// More or less of a stretch is asked at the end of a guide in the terminal.
struct LevelTests {
    /// Six good mornings before today.
    private func home() throws -> CommandLineHome {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        var book = Yearbook(of: home)
        for ago in (1...6).reversed() { book.add("done", ago, #""pain_before":2,"pain":1,"via":"guide""#) }
        book.know("half-kneeling-hip-flexor")
        try book.save(in: home)
        return home
    }

    private func guide(
        in home: CommandLineHome, after: String = "1", _ body: (GuideTerminal) async throws -> Void
    ) async throws {
        try await GuideTerminal.run(in: home, hasGuided: false) { guide in
            try await guide.terminal.shows("hurt now?")
            guide.terminal.type("1")
            try await guide.terminal.shows("Get ready.")
            guide.goThrough()
            try await guide.terminal.shows("hurt after it?")
            guide.terminal.type(after)
            try await body(guide)
        }
    }

    @Test func aGoodWeekIsFollowedByAQuestion() async throws {
        let home = try home()
        try await guide(in: home) { guide in
            try await guide.terminal.shows("It has gone well for a week")
            try await guide.terminal.shows("Half-kneeling hip-flexor stretch: 5 s longer from tomorrow?")
            #expect(try guide.types().contains("level") == false)
            guide.terminal.type("y")
            #expect(try await guide.terminal.finish() == 0)
            #expect(
                guide.terminal.picture.text.contains("from tomorrow: Half-kneeling hip-flexor stretch, 3 times 20s"))
        }
        let level = try #require(try home.records().first { $0["type"] == "level" })
        #expect(level["stretch"] == "half-kneeling-hip-flexor" && level["level"] == "1" && level["via"] == "guide")
        let status = try home.run("status")
        #expect(status.code == 0 && status.out.contains("7 days"))
        // It is not taken back with the answer.
        #expect(try home.run("undo").code == 0)
        #expect(try home.records().last?["ref"]?.contains(level["id"] ?? "") == false)
        // The next guide holds for 20 s.
        try await GuideTerminal.run("--plain", in: home, hasGuided: false) { guide in
            try await guide.terminal.shows("hurt now?")
            guide.terminal.type("1nn")
            try await guide.terminal.shows("left side, round 1 of 3: 20 s")
        }
    }

    @Test func notYetIsRecordedAsThePresentLevel() async throws {
        let home = try home()
        try await guide(in: home) { guide in
            try await guide.terminal.shows("It has gone well for a week")
            guide.terminal.type("n")
            #expect(try await guide.terminal.finish() == 0)
        }
        #expect(try home.records().first { $0["type"] == "level" }?["level"] == "0")
    }

    @Test func whoLeavesTheQuestionAnswersNothing() async throws {
        let home = try home()
        try await guide(in: home) { guide in
            try await guide.terminal.shows("It has gone well for a week")
            guide.terminal.type("\u{3}")
            #expect(try await guide.terminal.finish() == 0)
            #expect(guide.terminal.picture.text.contains("done: morning 08:00"))
        }
        #expect(try home.records().contains { $0["type"] == "level" } == false)
    }

    @Test func aRiseIsNoReasonForMore() async throws {
        let home = try home()
        try await guide(in: home, after: "3") { guide in
            let status = try await guide.terminal.finish()
            #expect(status == 0 && guide.terminal.picture.text.contains("It hurts more than before"))
        }
        #expect(try home.records().contains { $0["type"] == "level" } == false)
    }
}
