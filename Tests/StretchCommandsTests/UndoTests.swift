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
        #expect(
            fourth.err == "stretchd: nothing is left to take back: no answer, snooze or pause of this machine counts\n")
        #expect(try home.run("status").out.contains("no days yet"))
    }

    @Test func aBonusAndAnEarlyAnswerAreTakenBack() throws {
        let home = try CommandLineHome.atNoon(Self.daily.replacing("11:30", with: "18:00"))
        _ = try home.run("done")
        #expect(try home.run("undo").out.hasSuffix(", asked for 18:00\n"))
        try home.write(Self.daily.replacing("11:30", with: "2020-01-06 07:30"), to: home.configurationFile)
        #expect(try home.run("done").out.hasPrefix("done, an extra one: morning, "))
        #expect(try home.run("undo").out.hasPrefix("taken back: done, an extra one: morning, "))
        #expect(try home.run("status").out.contains("no days yet"))
    }

    @Test func theAnswersOfOtherMachinesStay() throws {
        let home = try CommandLineHome.atNoon(Self.daily)
        try home.sync(#"{"v":1,"id":"x","ts":"2026-11-23T08:00:00Z","type":"done","routine":"morning"}"#)
        let undo = try home.run("undo")
        #expect(undo.code == 65)
        #expect(try home.records().isEmpty)
    }

    @Test func whatAnotherMachineDecidedLaterStaysAndIsNamed() throws {
        let home = try CommandLineHome.atNoon(Self.daily)
        _ = try home.run("done")
        let occ = try #require(try home.records().first?["occ"])
        try home.sync(#"{"v":1,"id":"x","ts":"2099-01-01T08:00:00Z","type":"skip","occ":"\#(occ)"}"#)
        let undo = try home.run("undo")
        #expect(undo.out.hasPrefix("taken back: done, morning 11:30, "), "\(undo.err)")
        #expect(undo.out.contains(", skipped on another machine (other, Thu 1 Jan 2099 "), "\(undo.out)")
        #expect(undo.out.hasSuffix(") counts now\n"))
        #expect(try home.run("undo").code == 65, "the skip is not of this machine")
    }

    @Test func aSnoozeIsTakenBackInWords() throws {
        let home = try CommandLineHome(zone: "Europe/Berlin", configuration: Self.daily)
        let at = { (arguments: [String], clock: String) in
            try home.run(arguments, at: "2030-11-25T\(clock):00+01:00")
        }
        _ = try at(["snooze", "20min"], "12:00")
        _ = try at(["snooze", "1h"], "12:01")
        #expect(
            try at(["undo"], "12:02").out
                == "taken back: snoozed until 13:01, morning 11:30, Monday 25 November, snoozed until 12:20 again\n")
        #expect(
            try at(["undo"], "12:03").out
                == "taken back: snoozed until 12:20, morning 11:30, Monday 25 November, due again until 15:30\n")
        #expect(try at(["undo"], "12:04").code == 65)
        #expect(try home.records().map { $0["type"] } == ["snooze", "snooze", "undo", "undo"])
    }

    @Test func aPauseIsTakenBackInWords() throws {
        let home = try CommandLineHome(zone: "Europe/Berlin", configuration: Self.daily)
        let at = { (arguments: [String], clock: String) in
            try home.run(arguments, at: "2030-11-25T\(clock):00+01:00")
        }
        _ = try at(["pause", "3d"], "12:00")
        _ = try at(["pause"], "12:01")
        let first = try at(["undo"], "12:02")
        #expect(
            first.out == "taken back: paused until stretchd resume, paused until Thu 12:00 by another pause\n")
        let second = try at(["undo"], "12:03")
        #expect(second.out == "taken back: paused until Thu 12:00, due: morning 11:30\n")
        #expect(try at(["status"], "12:04").out.contains("due since 11:30"))
        _ = try at(["pause"], "16:00")
        #expect(
            try at(["undo"], "16:01").out == "taken back: paused until stretchd resume, next: morning Tue 11:30\n")
    }

    @Test func aPauseThatWasResumedIsLeftOut() throws {
        let home = try CommandLineHome(zone: "Europe/Berlin", configuration: Self.daily)
        for (command, clock) in [("done", "11:40"), ("pause", "12:00"), ("resume", "12:01")] {
            #expect(try home.run([command], at: "2030-11-25T\(clock):00+01:00").code == 0)
        }
        let undo = try home.run(["undo"], at: "2030-11-25T12:02:00+01:00")
        #expect(undo.out.hasPrefix("taken back: done, morning 11:30, "))
    }

    @Test func aSnoozeOfAnotherMachineIsNamed() throws {
        let home = try CommandLineHome(zone: "Europe/Berlin", configuration: Self.daily)
        try home.sync(
            #"{"v":1,"id":"x","ts":"2030-11-25T11:50:00+01:00","type":"snooze","occ":"morning@2030-11-25T11:30","#
                + #""until":"2030-11-25T13:00:00+01:00"}"#)
        _ = try home.run(["done"], at: "2030-11-25T12:00:00+01:00")
        let undo = try home.run(["undo"], at: "2030-11-25T12:01:00+01:00")
        #expect(
            undo.out == "taken back: done, morning 11:30, Monday 25 November, "
                + "snoozed until 13:00 on another machine (other, 11:50) counts now\n")
    }
}
