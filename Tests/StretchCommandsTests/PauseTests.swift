import Foundation
import StretchBase
import StretchCore
import TestHome
import Testing

/// `pause` and `resume`, with no daemon.
struct PauseTests {
    private let dueSinceEight = routine("morning", "08:00", window: "12h")
    private let closedAtSeven = routine("morning", "06:00", window: "1h")

    @Test func pauseUntilADateIsRecordedToTheBeginningOfThatDay() throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        let date = try home.today + 40
        let result = try home.run("pause", "until", "\(date)")
        #expect(result.code == 0)
        #expect(result.err == "")
        let today = try home.today
        let end = "\(HumanTime.weekday(date)) \(HumanTime.date(date, relativeTo: today))"
        let (year, isThisYear) = (date.components.year, date.components.year == today.components.year)
        let named = isThisYear ? end : "\(end) \(year)"
        #expect(result.out == "paused until \(named), asks again \(end) 08:00\nto end it earlier: stretchd resume\n")
        let record = try #require(try home.records().first)
        #expect(record["type"] == "pause")
        #expect(record["until"]?.hasPrefix("\(date)T04:00:00.000") == true)
        #expect(record["from"] == record["ts"])
        #expect(try record["day"] == "\(home.today)")
        #expect(record["last_day"] == "\(date - 1)")
        #expect(record["via"] == "cli")
        #expect(record["occ"] == nil && record["routine"] == nil)
    }

    @Test func pauseTakesASpanInSeveralWordsOrNothing() throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        #expect(try home.run("pause", "1h", "30min").out.contains(/^paused until 1[34]:\d\d, asks again 1[34]:\d\d\n/))
        #expect(try home.run("pause", "3d").out.contains(/^paused until \w+ 12:\d\d, asks again \w+ 12:\d\d\n/))
        #expect(try home.run("pause").out == "paused until stretchd resume\n")
        #expect(try home.records().map { $0["until"] == nil } == [false, false, true])
    }

    @Test func aShorterPauseIsRefusedAndTheSameIsNotRepeated() throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        _ = try home.run("pause", "until", "tomorrow")
        let shorter = try home.run("pause", "1h")
        #expect(shorter.code == 65)
        #expect(shorter.out == "")
        #expect(shorter.err.hasPrefix("stretchd: already paused until "))
        #expect(shorter.err.hasSuffix(", which is longer; to shorten it: stretchd undo, then pause again\n"))
        let same = try home.run("pause", "until", "tomorrow")
        #expect(same.code == 0)
        #expect(same.out.hasPrefix("already paused until "))
        #expect(try home.records().count == 1)
        _ = try home.run("pause")
        #expect(try home.run("pause").out == "already paused until stretchd resume\n")
        #expect(try home.records().count == 2)
    }

    @Test func resumeSaysWhatComesOfIt() throws {
        let due = try CommandLineHome.atNoon(dueSinceEight)
        _ = try due.run("pause")
        #expect(try due.run("resume").out == "resumed; due: morning 08:00\n")
        let later = try CommandLineHome.atNoon(routine("morning", "18:00"))
        _ = try later.run("pause")
        #expect(try later.run("resume").out == "resumed; next: morning 18:00\n")
        let never = try CommandLineHome.atNoon(routine("morning", "2020-01-01"))
        _ = try never.run("pause")
        #expect(try never.run("resume").out == "resumed; nothing is to come\n")
    }

    @Test func theEveningBeforeADateIsPausedUntilSomebodyResumes() throws {
        let home = try CommandLineHome(configuration: routine("night", "23:30", window: "8h"))
        try home.sync(
            #"{"v":1,"id":"a","ts":"2099-11-23T12:00:00+01:00","type":"pause","until":"2099-11-25T04:00:00+01:00"}"#)
        let nextMorning = "2099-11-25T04:10:00+01:00"
        let status = try home.run(["status"], at: nextMorning)
        #expect(status.lines[1].hasSuffix("due since Tue 24 Nov 23:30 until 07:30: paused until Wed 25 Nov"))
        #expect(try home.run(["resume"], at: nextMorning).out == "resumed; due: night Tue 24 Nov 23:30\n")
        #expect(try home.run(["resume"], at: nextMorning).out == "nothing was paused\n")
    }

    @Test func withNothingPausedResumeRecordsNothing() throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        for _ in 1...2 {
            let result = try home.run("resume")
            #expect(result.code == 0)
            #expect(result.out == "nothing was paused\n")
        }
        #expect(try home.records().isEmpty)
        _ = try home.run("pause")
        _ = try home.run("resume")
        #expect(try home.run("resume").out == "nothing was paused\n")
        #expect(try home.records().map { $0["type"] } == ["pause", "resume"])
    }

    @Test func pausesOfAnotherMachineCountAndEndHere() throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        let (from, until) = (home.time(in: 3600), home.time(in: 86_400))
        try home.sync(
            #"{"v":1,"id":"a","ts":"\#(from)","type":"pause","from":"\#(from)","until":"\#(until)"}"#,
            #"{"v":1,"id":"b","ts":"\#(home.time(in: -60))","type":"pause","until":"\#(home.time(in: 600))"}"#)
        #expect(try home.run("pause", "2h").err.contains(", which is longer; "))
        #expect(try home.run("status").lines[0].contains("   paused until "))
        #expect(try home.run("resume").out == "resumed; due: morning 08:00\n")
        let resume = try #require(try home.records().first)
        #expect(try #require(resume["ts"]) > from)
        #expect(try home.run("resume").out == "nothing was paused\n")
        // Recorded after that resume, whose time is an hour ahead.
        #expect(try home.run("pause", "2h").code == 0)
        #expect(try home.run("status").lines[0].contains("   paused until 1"))
    }

    @Test func statusSaysUntilWhenAndWhatWillBeAsked() throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        let today = try home.today
        _ = try home.run("pause", "until", "\(today + 2)")
        let status = try home.run("status")
        let weekday = HumanTime.weekday(today + 2)
        let date = HumanTime.date(today + 2, relativeTo: today)
        #expect(status.lines[0].hasSuffix("   paused until \(weekday) \(date), next \(weekday) 08:00"))
        #expect(status.lines[1] == "", "it is not due any more")

        let paused = try statusOfMorning(home)
        #expect((paused["paused"] as? [String: Any])?["until"] as? String == home.at("04:00", on: today + 2))
        #expect(paused["next"] as? String == home.at("08:00", on: today + 2))
        #expect((paused["due"] as? [String: Any])?["reason"] as? String == "paused until \(weekday) \(date)")

        _ = try home.run("pause")
        #expect(try home.run("status").lines[0].hasSuffix("   paused until stretchd resume"))
        let endless = try statusOfMorning(home)
        #expect((endless["paused"] as? [String: Any])?["until"] is NSNull)
        #expect(endless["next"] is NSNull)

        _ = try home.run("resume")
        #expect(try statusOfMorning(home)["paused"] is NSNull)
    }

    @Test func aDayTouchedByAPauseEndsNoStreak() throws {
        let home = try CommandLineHome.atNoon(closedAtSeven)
        let today = try home.today
        let days = [today - 2, today - 1].map { day in
            #"{"v":1,"id":"\#(day)","ts":"\#(day)T06:10:00Z","type":"done","occ":"morning@\#(day)T06:00","day":"\#(day)"}"#
        }
        let asked =
            #"{"v":1,"id":"p","ts":"\#(today)T06:00:00Z","type":"prompted","occ":"morning@\#(today)T06:00","#
            + #""day":"\#(today)","closes":"\#(today)T07:00:00Z"}"#
        try home.sync(days[0], days[1], asked)
        // Seen from the next day it was missed.
        let tomorrow = home.at("12:00", on: today + 1)
        #expect(try statusOfMorning(home, "--at", tomorrow)["streak"] as? Int == 0)
        _ = try home.run("pause")
        _ = try home.run("resume")
        let status = try statusOfMorning(home, "--at", tomorrow)
        #expect(status["streak"] as? Int == 2)
        let states = (status["days"] as? [[String: String]])?.suffix(4).map { $0["state"] }
        #expect(states == ["done", "done", "free", "free"])
    }

    @Test func nothingIsSaidToBePausedThatIsNotOnTheDisk() throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        let (from, until) = (home.time(in: -60), home.time(in: 600))
        try home.sync(#"{"v":1,"id":"a","ts":"\#(from)","type":"pause","until":"\#(until)"}"#)
        _ = try home.run("pause", "20min")
        let file = try #require(
            try FileManager.default.contentsOfDirectory(atPath: home.journal).first { $0 != "other.jsonl" })
        try FileManager.default.removeItem(atPath: "\(home.journal)/\(file)")
        try FileManager.default.createDirectory(atPath: "\(home.journal)/\(file)", withIntermediateDirectories: true)
        for arguments in [["pause"], ["resume"]] {
            let result = try home.run(arguments)
            #expect(result.code == 74)
            #expect(result.out == "")
            #expect(result.err.contains("\nstretchd: not recorded: "))
        }
    }

    @Test(arguments: [
        (["pause", "until", "2020-01-01"], "2020-01-01 is over; allowed: "),
        (["pause", "2090-01-01"], "a day needs until before it: stretchd pause until 2090-01-01; only that day: "),
        (["pause", "from", "tomorrow", "until", "today"], "a pause from "),
        (["pause", "morning"], "\"morning\" is a routine; a pause holds for all of them, leave it out"),
        (["pause", ""], "\"\", column 1: a time span such as 1h 30min is missing; or until and a day: "),
    ])
    func badInputIsRefusedWithAReason(arguments: [String], complaint: String) throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        let result = try home.run(arguments)
        #expect(result.code == 65)
        #expect(result.out == "")
        #expect(result.err.hasPrefix("stretchd: " + complaint))
        #expect(result.err.split(separator: "\n").count == 1)
        #expect(try home.records().isEmpty)
    }

    // MARK: In advance and afterwards

    /// Wednesday 25 November, with a routine at 07:30 that was missed on Tuesday and done on Monday.
    private func wednesday() throws -> CommandLineHome {
        let home = try CommandLineHome(configuration: routine("morning", "07:30"))
        var chronicle = Chronicle()
        chronicle.add("morning", from: "2099-11-20", "DDDDM")
        try home.sync(chronicle)
        return home
    }

    private func run(_ home: CommandLineHome, _ line: String, at time: String = "2099-11-25T06:00:00+01:00") throws
        -> CommandLineHome.Result
    {
        try home.run(line.split(separator: " ").map(String.init), at: time)
    }

    @Test func holidaysInAdvanceAreShownUntilTheyBegin() throws {
        let home = try wednesday()
        let planned = try run(home, "pause from 2099-12-20 until 2100-01-04")
        #expect(planned.code == 0)
        #expect(
            planned.out == """
                pause from Sun 20 Dec until Mon 4 Jan 2100, asks again Mon 4 Jan 07:30
                to take it back: stretchd undo

                """)
        let record = try #require(try home.records().first)
        #expect(record["from"] == "2099-12-20T04:00:00.000+01:00")
        #expect(record["until"] == "2100-01-04T04:00:00.000+01:00")
        #expect(record["day"] == "2099-12-20" && record["last_day"] == "2100-01-03")
        let status = try run(home, "status")
        #expect(status.lines[0].hasSuffix("   next 07:30"))
        #expect(status.lines[1] == "pause from Sun 20 Dec until Mon 4 Jan 2100")
        // The last day before, in the holidays, and the last day of them.
        #expect(
            try run(home, "next --count 2 --from 2099-12-19").out == """
                Sat 19 Dec 07:30  morning
                Sun 20 Dec 07:30  morning  (paused)

                """)
        #expect(
            try run(home, "next --count 2 --from 2100-01-03").out == """
                Sun  3 Jan 07:30  morning  (paused)
                Mon  4 Jan 07:30  morning

                """)
        let holidays = "2099-12-20T05:00:00+01:00"
        #expect(
            try run(home, "status", at: holidays).lines[0].hasSuffix(
                "   paused until Mon 4 Jan 2100, next Mon 4 Jan 07:30"))
    }

    @Test func statusNextKnowsOfPausesToCome() throws {
        let home = try wednesday()
        _ = try run(home, "pause from tomorrow until saturday")
        let evening = "2099-11-25T20:00:00+01:00"
        #expect(try run(home, "status", at: evening).lines[0].hasSuffix("   next Sat 07:30"))
        _ = try run(home, "pause from saturday")
        #expect(try run(home, "status", at: evening).lines[0].hasSuffix("   nothing to come"))
        #expect(try run(home, "status", at: evening).lines[2] == "pause from Sat 28 Nov, without an end")
    }

    @Test func daysOfIllnessBecomeFreeAfterwards() throws {
        let home = try wednesday()
        let noon = "2099-11-25T12:00:00+01:00"
        #expect(try run(home, "status", at: noon).lines[0].hasPrefix("morning   0 days (longest 4)"))
        let told = try run(home, "pause from yesterday until today", at: noon)
        #expect(
            told.out == """
                paused from Tue 24 Nov until Wed 25 Nov; 1 missed day is free now
                to take it back: stretchd undo

                """)
        #expect(try run(home, "status", at: noon).lines[0].hasPrefix("morning   4 days since 20 Nov (longest 4)"))
        // What is done stays done.
        let again = try run(home, "pause from 20 Nov until 24 Nov", at: noon)
        #expect(again.out.hasPrefix("paused from Fri 20 Nov until Tue 24 Nov\n"))
        #expect(try run(home, "status", at: noon).lines[0].hasPrefix("morning   4 days since 20 Nov (longest 4)"))
        // The days are free already.
        let repeated = try run(home, "pause from yesterday until today", at: noon)
        #expect(repeated.out == "already paused from Tue 24 Nov until Wed 25 Nov\n")
        #expect(try home.records().count == 2)
    }

    @Test func todayAloneIsAPauseOfADay() throws {
        let home = try wednesday()
        let told = try run(home, "pause today", at: "2099-11-25T08:00:00+01:00")
        #expect(
            told.out == "paused until Thu 26 Nov, asks again Thu 07:30\nto end it earlier: stretchd resume\n")
        #expect(try home.records().map { $0["day"] } == ["2099-11-25"])
        #expect(try home.records().map { $0["last_day"] } == ["2099-11-25"])
    }

    @Test func itIsAskedAgainForWhatIsStillOpenWhenThePauseEnds() throws {
        let home = try wednesday()
        #expect(try run(home, "pause until 10:00").out.hasPrefix("paused until 10:00, asks again 10:00\n"))
        let later = try wednesday()
        #expect(try run(later, "pause until 14:01").out.hasPrefix("paused until 14:01, asks again Thu 07:30\n"))
    }

    @Test func aPauseWithinAnotherOneIsRefused() throws {
        let home = try wednesday()
        _ = try run(home, "pause from 20 Dec until 4 Jan")
        let shorter = try run(home, "pause from 24 Dec until 27 Dec")
        #expect(shorter.code == 65)
        #expect(
            shorter.err == "stretchd: already planned: pause from Sun 20 Dec until Mon 4 Jan 2100, which is longer; "
                + "to shorten it: stretchd undo, then pause again\n")
        #expect(
            try run(home, "pause from 21 Dec until 4 Jan").out
                == "already planned: pause from Sun 20 Dec until Mon 4 Jan 2100\n")
        // One that reaches further is added.
        #expect(
            try run(home, "pause from 24 Dec until 10 Jan").out.hasPrefix(
                "pause from Thu 24 Dec until Sun 10 Jan 2100, "))
        #expect(try run(home, "next --count 1 --from 2100-01-09").out.contains("(paused)"))
        #expect(try home.records().count == 2)
    }

    @Test func resumeSaysWhatOfTheFutureStays() throws {
        let home = try wednesday()
        _ = try run(home, "pause from 20 Dec until 4 Jan")
        let stays = "stays: pause from Sun 20 Dec until Mon 4 Jan 2100\nto take that back, too: stretchd resume --all\n"
        #expect(try run(home, "resume").out == "nothing is paused now\n" + stays)
        _ = try run(home, "pause 1h")
        #expect(try run(home, "resume").out == "resumed; next: morning 07:30\n" + stays)
        #expect(try run(home, "status").out.contains("pause from Sun 20 Dec"))
        #expect(
            try run(home, "resume --all").out
                == "nothing is paused now\ntaken back: pause from Sun 20 Dec until Mon 4 Jan 2100\n")
        #expect(!(try run(home, "status").out.contains("pause from")))
        #expect(try run(home, "resume --all").out == "nothing was paused\n")
    }

    @Test func undoTakesBackTheLastPauseAlone() throws {
        let home = try wednesday()
        _ = try run(home, "done", at: "2099-11-25T08:00:00+01:00")
        for line in ["pause from 20 Dec until 4 Jan", "pause from 1 Dec until 3 Dec", "pause 2h", "pause 3d"] {
            #expect(try run(home, line, at: "2099-11-25T12:00:00+01:00").code == 0)
        }
        let undo = try run(home, "undo", at: "2099-11-25T12:01:00+01:00")
        #expect(undo.out == "taken back: paused until Sat 12:00, paused until 14:00 by another pause\n")
        #expect(try run(home, "log", at: "2099-11-25T12:02:00+01:00").out.contains("done 08:00 by command"))
    }

    @Test func aPauseToComeHoldsThoughAnEarlierOneWasResumed() throws {
        let home = try wednesday()
        _ = try run(home, "pause from 20 Dec until 4 Jan")
        _ = try run(home, "pause 3d", at: "2099-11-25T12:00:00+01:00")
        #expect(
            try run(home, "resume", at: "2099-11-26T12:00:00+01:00").out.contains(
                "\nstays: pause from Sun 20 Dec until Mon 4 Jan 2100\n"))
        let holidays = "2099-12-21T12:00:00+01:00"
        #expect(try run(home, "status", at: holidays).out.contains("paused until Mon 4 Jan 2100"))
        #expect(try run(home, "next --count 1", at: holidays).out.contains("(paused)"))
        let days = try run(home, "export --from 2099-12-20 --to 2099-12-23", at: "2099-12-24T12:00:00+01:00").out
        #expect(!days.contains("missed"), "\(days)")
    }

    @Test func aPauseUnderAnEndlessOneSaysThatItHoldsAlready() throws {
        let home = try wednesday()
        _ = try run(home, "pause")
        _ = try run(home, "done")
        let refused = try run(home, "pause 1h")
        #expect(refused.err == "stretchd: already paused until stretchd resume, which is longer\n")
    }

    @Test func beforeTheDayBeginsItSaysWhichDayIsMeant() throws {
        let home = try wednesday()
        let night = try run(home, "pause today", at: "2099-11-25T02:00:00+01:00")
        #expect(
            night.out.hasPrefix(
                "paused until 04:00, asks again Wed 07:30; "
                    + "a day begins at 04:00, so it is still Tuesday 24 November\n"), "\(night.out)")
    }

    private func statusOfMorning(_ home: CommandLineHome, _ more: String...) throws -> [String: Any] {
        let result = try home.run(["status", "--json"] + more)
        let status = try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any]
        return try #require((status?["routines"] as? [[String: Any]])?.first)
    }
}

extension CommandLineHome {
    /// What its clock shows so many seconds from now, in RFC 3339.
    fileprivate func time(in seconds: TimeInterval) -> String {
        let style = Date.ISO8601FormatStyle(timeZone: TimeZone(identifier: zone) ?? .gmt).year().month().day()
            .time(includingFractionalSeconds: true).timeZone(separator: .colon)
        return Date(timeIntervalSinceNow: seconds).formatted(style)
    }

    fileprivate var today: Day { get throws { try #require(Day(time(in: 0).prefix(10))) } }

    /// As `status --json` writes it.
    fileprivate func at(_ clock: String, on day: Day) -> String {
        let offset = time(in: 0).suffix(6)
        // The program writes UTC in digits, too.
        return "\(day)T\(clock):00\(offset.hasSuffix("Z") ? "+00:00" : offset)"
    }
}
