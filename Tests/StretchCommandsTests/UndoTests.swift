import TestHome
import Testing

/// What `undo` takes back, and what it says.
@Suite struct UndoTests {
    private static let daily = """
        [[routine]]
        id = "morning"
        title = "Morning stretch"
        schedule = "11:30"
        """

    @Test func anAnswerTakenBackIsDueAgain() throws {
        let home = try CommandLineHome.atNoon(Self.daily)
        _ = try home.run("done")
        let undo = try home.run("undo")
        #expect(undo.code == 0)
        #expect(undo.out.hasPrefix("taken back: done, morning 11:30, "))
        #expect(undo.out.hasSuffix(", due again until 15:30\n"))
        let status = try home.run("status")
        #expect(status.out.contains("due since 11:30"))
        #expect(status.out.contains("no days yet"))
        // Nothing is deleted.
        #expect(try home.records().map { $0["type"] } == ["done", "undo"])
    }

    @Test func onceMoreGoesOneFurtherBack() throws {
        let home = try CommandLineHome.atNoon(Self.daily)
        _ = try home.run("done", "--day", "yesterday")
        _ = try home.run("skip")
        _ = try home.run("done", "--pain", "3")
        _ = try home.run("done", "--note", "two records say the same")
        let first = try home.run("undo")
        #expect(first.out.hasPrefix("taken back: done, morning 11:30, "))
        #expect(first.out.hasSuffix(", skipped again\n"))
        let second = try home.run("undo")
        #expect(second.out.hasPrefix("taken back: skipped, morning 11:30, "))
        #expect(second.out.hasSuffix(", due again until 15:30\n"))
        let third = try home.run("undo")
        #expect(third.out.hasPrefix("taken back: done, morning 11:30, "))
        #expect(!third.out.contains("due again"))
        let fourth = try home.run("undo")
        #expect(fourth.code == 65)
        #expect(fourth.err == "stretchd: nothing is left to take back: no answer of this machine counts\n")
        #expect(try home.run("status").out.contains("no days yet"))
    }

    @Test func aBonusAndAnEarlyAnswerAreTakenBack() throws {
        let home = try CommandLineHome.atNoon(Self.daily.replacing("11:30", with: "18:00"))
        _ = try home.run("done")
        #expect(try home.run("undo").out.hasSuffix(", asked for 18:00\n"))
        try home.write(Self.daily.replacing("11:30", with: "2020-01-06 07:30"), to: home.configurationFile)
        #expect(try home.run("done").out.hasPrefix("done, an extra one: morning, "))
        #expect(try home.run("undo").out.hasPrefix("taken back: done, a bonus: morning, "))
        #expect(try home.run("status").out.contains("no days yet"))
    }

    @Test func theAnswersOfOtherMachinesStay() throws {
        let home = try CommandLineHome.atNoon(Self.daily)
        try home.sync(#"{"v":1,"id":"x","ts":"2026-11-23T08:00:00Z","type":"done","routine":"morning"}"#)
        let undo = try home.run("undo")
        #expect(undo.code == 65)
        #expect(try home.records().isEmpty)
    }

    @Test func whatAnotherMachineDecidedLaterOfTheSameTimeIsTakenBackWithIt() throws {
        // This machine answered that planned time last; the newest answer of it is what undo is for.
        let home = try CommandLineHome.atNoon(Self.daily)
        _ = try home.run("done")
        let occ = try #require(try home.records().first?["occ"])
        try home.sync(#"{"v":1,"id":"x","ts":"2099-01-01T08:00:00Z","type":"skip","occ":"\#(occ)"}"#)
        let undo = try home.run("undo")
        #expect(undo.out.hasPrefix("taken back: skipped, morning 11:30, "), "\(undo.err)")
        #expect(undo.out.hasSuffix(", done again\n"))
    }
}
