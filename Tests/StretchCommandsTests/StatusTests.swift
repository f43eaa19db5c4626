import Foundation
import TestHome
import Testing

/// `status` and `check`, with no daemon.
struct StatusTests {
    private let noDaemon = "no daemon is running, so nothing is asked: systemctl --user start stretchd"

    @Test func aNewHomeHasNoDaysYet() throws {
        let result = try CommandLineHome().run("status", "--at", "2026-11-22 08:00")
        #expect(result.code == 0)
        #expect(result.err == "")
        #expect(
            result.lines.dropFirst(2) == [
                "morning   no days yet   strength 0 %   ....... ......~   next 09:00", "", "\(noDaemon)", "",
                "the days: . free, ~ pending", "",
            ])
    }

    @Test func whatIsSwappedIsSaidBelowItsRoutine() throws {
        let home = try CommandLineHome(configuration: "person.avoid = \"kneeling\"")
        let result = try home.run("status", "--at", "2026-11-22 08:00")
        let words = "standing-hip-flexor instead of half-kneeling-hip-flexor (kneeling)"
        #expect(result.lines[3].drop { $0 == " " } == words)
        let status = try #require(try home.json("status", "--json") as? [String: Any])
        let swaps = (status["routines"] as? [[String: Any]])?.first?["swaps"] as? [[String: Any]]
        let last = try #require(swaps?.last)
        #expect(last["stretch"] as? String == "half-kneeling-hip-flexor")
        #expect(last["instead"] as? String == "standing-hip-flexor")
        #expect(last["because"] as? [String] == ["kneeling"])
    }

    @Test func aHistoryIsDrawnInWordsWithoutATerminal() throws {
        let home = try CommandLineHome(configuration: twoRoutines)
        try home.sync(
            verdict("done", "morning@2026-11-17T07:30"), prompted("morning@2026-11-18T07:30"),
            verdict("done", "morning@2026-11-19T07:30"), verdict("skip", "morning@2026-11-20T07:30"),
            verdict("done", "morning@2026-11-22T07:30"))
        let result = try home.run("status", "--at", "2026-11-23 08:00")
        #expect(
            result.lines.dropFirst(2).dropLast(5) == [
                "morning   2 days since 19 Nov (longest 2)   strength 16 %   ....... DoD-.D~   next Tue 07:30",
                "          due since 07:30 until 11:30",
                "desk      no days yet                       strength  0 %   ....... ......~   next 18:00",
            ])
    }

    @Test func whatIsDueWithoutADaemonWaitsForOne() throws {
        let home = try CommandLineHome.atNoon(routine("morning", "08:00", window: "12h"))
        #expect(try home.run("status").lines[1] == "          due since 08:00 until 20:00: no daemon is running")
        _ = try home.run("snooze", "1h")
        #expect(
            try home.run("status").lines[1].hasPrefix("          due since 08:00 until 20:00: snoozed until 13:"))
        _ = try home.run("done")
        let settled = try home.run("status")
        #expect(settled.lines[0].hasPrefix("morning   1 day since "))
        #expect(settled.lines[1] == "")
    }

    @Test func jsonHasEveryKeyOfTheDesign() throws {
        let home = try CommandLineHome(configuration: twoRoutines)
        try home.sync(verdict("done", "morning@2026-11-22T07:30"), "not json")
        let status = try home.json("status", "--json", "--at", "2026-11-23 08:00") as? [String: Any]
        let routines = try #require(status?["routines"] as? [[String: Any]])
        #expect(
            Set(routines[0].keys) == [
                "id", "title", "streak", "since", "longest", "strength", "rate", "today", "due", "next", "paused",
                "swaps", "days",
            ])
        #expect(routines[0]["since"] as? String == "2026-11-22")
        #expect(routines[0]["rate"] as? Double == 1)
        #expect(routines[0]["today"] as? String == "pending")
        #expect(routines[0]["next"] as? String == "2026-11-24T07:30:00+01:00")
        let due = try #require(routines[0]["due"] as? [String: Any])
        #expect(due["occ"] as? String == "morning@2026-11-23T07:30")
        #expect(due["opened"] as? String == "2026-11-23T07:30:00+01:00")
        #expect(due["closes"] as? String == "2026-11-23T11:30:00+01:00")
        #expect(due["state"] as? String == "waiting")
        #expect(due["reason"] is NSNull)
        let days = try #require(routines[0]["days"] as? [[String: String]])
        #expect(days.count == 14)
        #expect(days[12] == ["date": "2026-11-22", "state": "done"])
        #expect(routines[1]["due"] is NSNull)
        #expect(routines[1]["since"] is NSNull)
        #expect(routines[1]["rate"] is NSNull)
        let daemon = try #require(status?["daemon"] as? [String: Any])
        #expect(daemon["running"] as? Bool == false)
        let journal = try #require(status?["journal"] as? [String: Any])
        #expect(journal["records"] as? Int == 1)
        #expect(journal["quarantined"] as? Int == 1)
        #expect(journal["path"] as? String == home.journal)
    }

    @Test func quarantinedLinesAreCountedAndTheFirstIsNamed() throws {
        let home = try CommandLineHome()
        try home.sync("not json", verdict("done", "morning@2026-11-22T07:30"), "{}")
        let result = try home.run("status")
        let line = try #require(result.lines.first { $0.contains("2 lines of the journal do not count") })
        #expect(line.contains("the first is \(home.journal)/other.jsonl:1: not counted, "))
        #expect(line.hasSuffix("; for all see: stretchd journal verify"))
    }

    @Test func aPauseThatEndsInTheWindowLeavesItDue() throws {
        let home = try CommandLineHome(configuration: routine("morning", "08:00", window: "12h"))
        let noon = "2099-11-23T12:00:00+01:00"
        _ = try home.run(["pause", "until", "15:00"], at: noon)
        let status = try home.run(["status"], at: noon)
        #expect(status.lines[0].hasSuffix("   paused until 15:00, next Tue 08:00"))
        #expect(status.lines[1] == "          due since 08:00 until 20:00: paused")
    }

    @Test func aStreakThatEndsTodayIsNotShown() throws {
        let home = try CommandLineHome(configuration: routine("morning", "07:30"))
        try home.sync(
            verdict("done", "morning@2099-11-19T07:30"), verdict("done", "morning@2099-11-20T07:30"),
            verdict("skip", "morning@2099-11-21T07:30"), verdict("skip", "morning@2099-11-22T07:30"))
        let monday = "2099-11-23T08:00:00+01:00"
        #expect(try home.run(["status"], at: monday).out.hasPrefix("morning   2 days since 19 Nov (longest 2)"))
        _ = try home.run(["skip"], at: monday)
        #expect(try home.run(["status"], at: monday).out.hasPrefix("morning   0 days (longest 2)"))
        _ = try home.run(["done"], at: monday)
        #expect(try home.run(["status"], at: monday).out.hasPrefix("morning   3 days since 19 Nov (longest 3)"))
    }

    @Test func oneRoutineCanBeAskedFor() throws {
        let home = try CommandLineHome(configuration: twoRoutines)
        let result = try home.run("status", "desk", "--at", "2026-11-23 08:00")
        #expect(result.lines[2] == "desk   no days yet   strength 0 %   ....... ......~   next 18:00")
        let unknown = try home.run("status", "dest")
        #expect(unknown.code == 65)
        #expect(unknown.err == "stretchd: no routine \"dest\"; did you mean desk?\n")
    }

    private let twoRoutines = routine("morning", "07:30") + routine("desk", "18:00")

    private func verdict(_ type: String, _ occurrence: String) -> String {
        record(type, occurrence, "")
    }

    private func prompted(_ occurrence: String) -> String {
        record("prompted", occurrence, #","closes":"\#(occurrence.suffix(16).prefix(10))T11:30:00+01:00""#)
    }

    private func record(_ type: String, _ occurrence: String, _ rest: String) -> String {
        let time = occurrence.suffix(16)
        return
            #"{"v":1,"id":"\#(type)-\#(occurrence)","ts":"\#(time):40+01:00","type":"\#(type)","occ":"\#(occurrence)""#
            + #","day":"\#(time.prefix(10))"\#(rest)}"#
    }
}
