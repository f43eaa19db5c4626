import Foundation
import StretchBase
import StretchCore
import TestHome
import Testing

/// `done`, `skip` and `snooze`, with no daemon.
struct AnswerTests {
    private let dueSinceEight = routine("morning", "08:00", window: "12h")
    private let dueAtSix = routine("evening", "18:00", window: "2h")
    private let closedAtSeven = routine("dawn", "06:00", window: "1h")

    @Test func doneSettlesWhatIsDue() throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        let result = try home.run("done", "--pain", "3", "--note", "stiff")
        #expect(result.code == 0)
        #expect(result.err == "")
        #expect(result.out.hasPrefix("done: morning 08:00, "))
        #expect(result.out.hasSuffix(", day 1\n"))
        let record = try #require(try home.records().first)
        #expect(record["type"] == "done")
        #expect(record["occ"] == "morning@\(try #require(record["day"]))T08:00")
        #expect(record["via"] == "cli")
        #expect(record["pain"] == "3")
        #expect(record["note"] == "stiff")
        #expect(record["goal"] == nil)
    }

    @Test func aRepeatedDoneWritesNothing() throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        _ = try home.run("done")
        let again = try home.run("done")
        #expect(again.code == 0)
        #expect(again.out.hasPrefix("already done: morning 08:00, "))
        #expect(try home.records().count == 1)
    }

    /// Days on which the button was pressed tell nothing.
    @Test func afterTwoWeeksDoneTellsOnceHowItWent() throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        var book = Yearbook(of: home)
        for ago in (1...16).reversed() { book.add("done", ago, #""pain_before":4,"via":"notification""#) }
        try book.save(in: home)
        let first = try home.run("done")
        #expect(first.out.contains(", day 17\nAfter 2 weeks: 17 of 17 days done, strength "))
        #expect(first.out.contains("time to show this to a physiotherapist or doctor"))
        #expect(try home.run("done", "--pain", "3").out.contains("After 2 weeks") == false)
    }

    @Test func muchPainIsAnsweredWithAdviceAndTheWarningSigns() throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        #expect(try home.run("done", "--pain", "6").out.split(separator: "\n").count == 1)
        let result = try home.run("done", "--pain", "7")
        let advice = "That is a lot of pain: take the gentle routine or a rest day next time. "
        #expect(result.out.contains("\n\(advice)"))
        #expect(result.out.hasSuffix("\(Safety.warning)\n"))
    }

    @Test func painCanBeAddedToWhatIsDone() throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        _ = try home.run("done")
        let again = try home.run("done", "--pain", "0")
        #expect(again.out.hasPrefix("already done, pain 0 added: morning 08:00, "))
        #expect(try home.records().map { $0["pain"] } == [nil, "0"])
    }

    @Test func anotherVerdictChangesTheFirst() throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        #expect(try home.run("skip").out.hasPrefix("skipped: morning 08:00, "))
        #expect(try home.run("done").out.hasPrefix("changed from skip to done: morning 08:00, "))
        #expect(try home.records().map { $0["type"] } == ["skip", "done"])
    }

    @Test func doneBeforeItsTimeIsEarly() throws {
        let home = try CommandLineHome.atNoon(dueAtSix + closedAtSeven)
        #expect(try home.run("done", "evening").out.hasPrefix("done early: evening 18:00, "))
        // On the day of installing nobody is late.
        #expect(try home.run("done", "dawn").out.hasPrefix("done: dawn 06:00, "))
    }

    @Test func doneOutsideTheScheduleIsABonusAndSkipRefused() throws {
        let home = try CommandLineHome.atNoon(routine("never", "2020-01-01"))
        let skip = try home.run("skip")
        #expect(skip.code == 65)
        #expect(skip.err == "stretchd: nothing is left to skip today of never; none is to come\n")
        #expect(try home.run("done").out.hasPrefix("done, an extra one: never, "))
        let record = try #require(try home.records().first)
        #expect(record["routine"] == "never")
        #expect(record["occ"] == nil)
    }

    @Test func aGoalNotYetReachedSaysHowFarItIs() throws {
        let home = try CommandLineHome.atNoon(dueSinceEight + "daily_goal = 2\n")
        #expect(try home.run("done").out.hasSuffix(", day 1\n"))
        #expect(try #require(try home.records().first)["goal"] == "2")
        let twice = try CommandLineHome.atNoon(
            routine("desk", "08:00", "18:00", window: "12h") + "daily_goal = 2\n")
        #expect(try twice.run("done").out.hasSuffix(", 1 of 2\n"))
    }

    @Test func theSecondSkippedDayOfAWeekNamesPause() throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        let skipped = try home.run("skip")
        #expect(!skipped.out.contains("pause"))
        let day = try #require(try home.records().first?["day"])
        let yesterday = try #require(Self.day(day, plus: -1))
        try home.sync(
            #"{"v":1,"id":"a","ts":"\#(yesterday)T12:00:00Z","type":"skip","occ":"morning@\#(yesterday)T08:00","day":"\#(yesterday)"}"#
        )
        _ = try home.run("done")
        #expect(try home.run("skip").out.contains("second skipped day in a week"))
    }

    @Test func doneForYesterdayIsRecordedForYesterday() throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        #expect(try home.run("done", "--day", "yesterday").out.hasPrefix("done late: morning 08:00, "))
        #expect(try home.run("done").out.hasSuffix(", day 2\n"))
        let days = try home.records().compactMap { $0["day"] }
        #expect(Self.day(days[0], plus: 1) == days[1])
    }

    @Test func afterMidnightItSaysWhenTheDayBegins() throws {
        let home = try CommandLineHome.atHour(1, dueSinceEight)
        let still = "a day begins at 04:00, so it is still "
        #expect(try home.run("done", "--day", "yesterday").out.contains(still))
        let today = try home.run("done", "--day", "today")
        #expect(today.out.contains(still))
        let day = try #require(try home.records().last?["day"])
        #expect(!(try home.run("done", "--pain", "1").out.contains(still)))
        // Whoever is awake calls that today.
        let date = try #require(Self.day(day, plus: 1))
        for arguments in [["done", "--day", date], ["history", "--to", date], ["export", "--from", date]] {
            let refused = try home.run(arguments)
            #expect(refused.code == 65)
            #expect(refused.err.contains(" to \(day); \(still)"), "\(refused.err)")
        }
    }

    @Test func inTheDayNothingIsSaidOfItsBeginning() throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        #expect(!(try home.run("done", "--day", "today").out.contains("begins")))
        #expect(!(try home.run("done", "--day", "2020-01-01").err.contains("begins")))
    }

    @Test(arguments: [
        (["done", "--day", "2020-01-01"], "--day is 2020-01-01; allowed: "),
        (["done", "--day", "soon"], "--day: \"soon\" is no day; allowed: today, yesterday, monday, \""),
        (["done", "--pain", "11"], "--pain is 11; allowed: 0 (not at all) to 10"),
        (["done", "mornin"], "no routine \"mornin\"; did you mean morning?"),
        (["done", "MORNING"], "no routine \"MORNING\"; did you mean morning?"),
        (["snooze", "10"], "\"10\", column 1: 10 has no unit; did you mean 10min?\n"),
        (["snooze", "1h30"], "\"1h30\", column 3: 30 has no unit; did you mean 1h 30min?\n"),
        (["snooze", "13h"], "a snooze of 13h; allowed: 1min to 12h"),
        (["snooze", "mornin"], "no routine \"mornin\"; did you mean morning?"),
        (["snooze", "5 parsecs"], "\"5 parsecs\", column "), (["snooze", "5", "parsecs"], "\"5 parsecs\", column "),
        (["snooze", "5min", "morning"], "the routine comes first: stretchd snooze morning 5min\n"),
        (["snooze", "1h", "30min", "mornin"], "the routine comes first: stretchd snooze mornin 1h 30min\n"),
        (["snooze", "11h"], "morning 08:00 closes at 20:00; a snooze must end 5 min before that"),
    ])
    func badInputIsRefusedWithAReason(arguments: [String], complaint: String) throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        let result = try home.run(arguments)
        #expect(result.code == 65)
        #expect(result.out == "")
        #expect(result.err.hasPrefix("stretchd: " + complaint))
        #expect(try home.records().isEmpty)
    }

    @Test func snoozeTakesASpanARoutineOrBoth() throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        #expect(try home.run("snooze").out.hasSuffix(": morning 08:00\n"))
        #expect(try home.run("snooze", "20min").out.hasPrefix("snoozed until 1"))
        #expect(try home.run("snooze", "morning", "1h", "30min").out.hasPrefix("snoozed until 1"))
        let used = try home.run("snooze", "3h")
        #expect(used.code == 65)
        #expect(used.err == "stretchd: morning 08:00 was snoozed 3 times, which is the limit\n")
        #expect(try home.records().map { $0["type"] } == ["snooze", "snooze", "snooze"])
    }

    @Test func aSnoozeEndsAtATimeToo() throws {
        let home = try CommandLineHome(configuration: routine("morning", "08:00", window: "12h"))
        let noon = "2099-11-25T12:00:00+01:00"
        #expect(try home.run(["snooze", "until", "15:30"], at: noon).out == "snoozed until 15:30: morning 08:00\n")
        #expect(try home.records().first?["until"] == "2099-11-25T15:30:00.000+01:00")
        let same = try home.run(["snooze", "morning", "until", "15:30"], at: noon)
        #expect(same.out == "already snoozed until 15:30: morning 08:00\n")
        let shorter = try home.run(["snooze", "until 13:00"], at: noon)
        #expect(shorter.out == "snoozed until 13:00 instead of 15:30: morning 08:00\n")
        #expect(try home.records().count == 2)
    }

    @Test func aShorterSnoozeCountsNotAgainstTheLimit() throws {
        let home = try CommandLineHome(configuration: routine("morning", "08:00", window: "12h"))
        let noon = "2099-11-25T12:00:00+01:00"
        for words in [["1h"], ["for", "10min"], ["for 5min"]] {
            #expect(try home.run(["snooze"] + words, at: noon).code == 0)
        }
        #expect(try home.run(["status"], at: noon).out.contains("snoozed until 12:05"))
        let later = "2099-11-25T13:00:00+01:00"
        #expect(try home.run(["snooze"], at: later).code == 0)
        #expect(try home.run(["undo"], at: later).out.hasPrefix("taken back: snoozed until 13:10, "))
    }

    @Test(arguments: [
        ("until 19:56", "morning 08:00 closes at 20:00; a snooze must end 5 min before that"),
        ("until 11:00", "11:00 is over; allowed: 1min to 12h, so until Thu 00:00 at most"),
        ("until friday", "a snooze ends at a time: stretchd snooze until 15:30"),
        ("until", "\"\" is no time; allowed: 15:30, "), ("until soon", "\"soon\" is no time; allowed: 15:30, "),
        ("infinity", "\"infinity\", column 1: infinity is not possible here: a span must end"),
        ("10 morning", "the routine comes first: stretchd snooze morning 10min"),
        ("from 13:00 until 14:00", "a snooze begins now; leave from out: stretchd snooze until 15:30"),
        ("until 12:00", "12:00 is over; allowed: 1min to 12h, so until Thu 00:00 at most"),
        ("3:15pm", "a time needs until before it: stretchd snooze until 15:15"),
        ("15:30", "a time needs until before it: stretchd snooze until 15:30"),
        ("morning 15:30", "a time needs until before it: stretchd snooze morning until 15:30"),
        ("morning 10min until 15:30", "before until comes a routine or nothing: stretchd snooze until 15:30"),
        ("1h30", "\"1h30\", column 3: 30 has no unit; did you mean 1h 30min?"),
    ])
    func aSnoozeThatCannotBeIsRefusedWithAReason(words: String, complaint: String) throws {
        let home = try CommandLineHome(configuration: routine("morning", "08:00", window: "12h"))
        let result = try home.run(
            ["snooze"] + words.split(separator: " ").map(String.init), at: "2099-11-25T12:00:00+01:00")
        #expect(result.code == 65)
        #expect(result.err.hasPrefix("stretchd: " + complaint), "\(result.err)")
        #expect(try home.records().isEmpty)
    }

    @Test(arguments: [
        ("yesterday", "2099-11-24"), ("monday", "2099-11-23"), ("wed", "2099-11-18"), ("23 Nov", "2099-11-23"),
        ("2099-11-11", "2099-11-11"), ("Wed 11 Nov", "2099-11-11"),
    ])
    func anAnswerIsForADayUpToTwoWeeksBack(name: String, day: String) throws {
        for verdict in ["done", "skip"] {
            let home = try CommandLineHome(configuration: routine("morning", "08:00"))
            let result = try home.run([verdict, "--day", name], at: "2099-11-25T12:30:00+01:00")
            #expect(result.code == 0, "\(result.err)")
            #expect(try home.records().map { $0["occ"] } == ["morning@\(day)T08:00"])
        }
    }

    @Test(arguments: [
        ("done --day 10 Nov", "--day is \"10 Nov\", 2099-11-10; allowed: 2099-11-11 to 2099-11-25"),
        ("skip --day tomorrow", "--day is \"tomorrow\", 2099-11-26; allowed: 2099-11-11 to 2099-11-25"),
        ("done --day 31 Nov", "--day: \"31 Nov\": there is no such date"),
        ("done --day Tue 23 Nov", "--day: \"Tue 23 Nov\": 2099-11-23 is a Monday"),
        ("done --day tuseday", "--day: \"tuseday\" is no day; did you mean tuesday?"),
        (
            "done yesterday",
            "\"yesterday\" is a day, and here goes a routine; did you mean stretchd done --day yesterday?"
        ),
        (
            "done 23 Nov",
            "\"23 Nov\" is a day, and here goes a routine; did you mean stretchd done --day '23 Nov'?"
        ),
        (
            "done morning yesterday",
            "\"yesterday\" is a day, and here goes a routine; did you mean stretchd done morning --day yesterday?"
        ),
        (
            "skip yesterday morning",
            "\"yesterday\" is a day, and here goes a routine; did you mean stretchd skip morning --day yesterday?"
        ),
        ("done 3 Jan", "--day is \"3 Jan\", 2099-01-03; allowed: 2099-11-11 to 2099-11-25"),
        ("done tomorrow", "--day is \"tomorrow\", 2099-11-26; allowed: 2099-11-11 to 2099-11-25"),
        ("done 30 Feb", "here goes a routine: \"30 Feb\": there is no such date"),
        ("done morning evening", "one routine at a time; leave out evening, or write it after --note or --day"),
        ("skip Monday", "\"Monday\" is a day, and here goes a routine; did you mean stretchd skip --day monday?"),
    ])
    func aDayThatCannotBeIsRefusedWithAReason(line: String, complaint: String) throws {
        let home = try CommandLineHome(configuration: routine("morning", "08:00"))
        let isOption = line.contains("--day ")
        let words = line.split(separator: " ", maxSplits: isOption ? 2 : .max).map(String.init)
        let result = try home.run(words, at: "2099-11-25T12:30:00+01:00")
        #expect(result.code == 65)
        #expect(result.err == "stretchd: \(complaint)\n")
    }

    @Test func aDayWithoutAPlanHasNothingToSkip() throws {
        let home = try CommandLineHome(configuration: routine("morning", "Mon..Fri 08:00"))
        let wednesday = "2099-11-25T12:30:00+01:00"
        let skip = try home.run(["skip", "--day", "sunday"], at: wednesday)
        #expect(skip.err == "stretchd: nothing is left to skip on Sunday 22 November of morning\n")
        #expect(
            try home.run(["done", "--day", "sunday"], at: wednesday).out
                == "done, an extra one: morning, Sunday 22 November, day 1\n")
    }

    /// Whatever of a day was asked and not answered can be skipped, also if only some of it is planned now.
    @Test func aDayIsSkippedTimeByTime() throws {
        let home = try CommandLineHome(configuration: routine("morning", "18:00"))
        let prompts = ["07:30", "18:00"].map { time in
            #"{"v":1,"id":"\#(time)","ts":"2099-11-24T\#(time):01+01:00","type":"prompted","#
                + #""occ":"morning@2099-11-24T\#(time)","day":"2099-11-24","closes":"2099-11-24T23:00:00+01:00"}"#
        }
        try home.sync(prompts[0], prompts[1])
        let wednesday = "2099-11-25T12:30:00+01:00"
        let skips = try (0..<3).map { _ in try home.run(["skip", "--day", "yesterday"], at: wednesday).out }
        #expect(skips[0].hasPrefix("skipped late: morning 18:00, Tuesday 24 November"))
        #expect(skips[1].hasPrefix("skipped late: morning 07:30, Tuesday 24 November"))
        #expect(skips[2].hasPrefix("already skipped: morning 18:00, Tuesday 24 November"))
        #expect(try home.run(["log", "--from", "yesterday"], at: wednesday).out.contains("- skipped"))
    }

    @Test func onTheDayOfInstallingNobodyIsLate() throws {
        let home = try CommandLineHome(configuration: routine("morning", "07:30"))
        let wednesday = "2099-11-25T12:30:00+01:00"
        #expect(try home.run(["done"], at: wednesday).out == "done: morning 07:30, Wednesday 25 November, day 1\n")
        // The day after, and where it was asked for, it is.
        let thursday = "2099-11-26T12:30:00+01:00"
        #expect(try home.run(["done"], at: thursday).out == "done late: morning 07:30, Thursday 26 November, day 2\n")
        let asked = try CommandLineHome(configuration: routine("morning", "07:30"))
        var chronicle = Chronicle()
        chronicle.add("morning", from: "2099-11-25", "M")
        try asked.sync(chronicle)
        #expect(try asked.run(["done"], at: wednesday).out.hasPrefix("done late: morning 07:30, "))
    }

    @Test func theSecondTimeIsAnExtraOneBesideTheFirst() throws {
        let home = try CommandLineHome(configuration: routine("morning", "07:30"))
        let wednesday = "2099-11-25T12:30:00+01:00"
        _ = try home.run(["done"], at: wednesday)
        #expect(
            try home.run(["done"], at: wednesday).out
                == "done, an extra one, beside 07:30: morning, Wednesday 25 November, day 1\n")
    }

    @Test func withoutARoutineTheDueOneIsMeant() throws {
        let home = try CommandLineHome.atNoon(dueSinceEight + dueAtSix)
        #expect(try home.run("done").out.hasPrefix("done: morning 08:00, "))
        let ambiguous = try home.run("done")
        #expect(ambiguous.code == 65)
        #expect(ambiguous.err == "stretchd: which routine? Name one of morning, evening\n")
    }

    @Test func nothingIsSaidToBeDoneThatIsNotOnTheDisk() throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        try FileManager.default.removeItem(atPath: home.journal)
        try home.write("in the way", to: home.journal)
        let result = try home.run("done")
        #expect(result.code == 74)
        #expect(result.out == "")
        #expect(result.err.contains("\nstretchd: not recorded: "))
    }

    private static func day(_ text: String, plus count: Int) -> String? { Day(text).map { "\($0 + count)" } }
}
