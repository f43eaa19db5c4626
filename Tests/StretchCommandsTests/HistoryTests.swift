import Foundation
import StretchBase
import StretchCore
import TestHome
import TestSupport
import Testing

/// `history`, without a terminal.
///
/// The records are of 2024, whose first day was a Monday; so nothing depends on today.
struct HistoryTests {
    @Test func theDaysAreACalendarInLetters() throws {
        let home = try recorded("MDDDDDD DSDDDDD DDNNDDM DDDDDDD DDDDDDD DDD")
        let result = try home.run("history", "--from", "2024-01-01", "--to", "2024-02-09")
        #expect(result.code == 0)
        #expect(result.err == "")
        #expect(
            result.out == """
                Morning stretch   1 Jan 2024 to 9 Feb 2024

                2024 Jan     Feb
                Mon  o D D D D D
                Tue  D - D D D D
                Wed  D D . D D D
                Thu  D D . D D .
                Fri  D D D D D .
                Sat  D D D D D
                Sun  D D o D D

                D 33 done   o 2 missed   - 1 skipped   . 4 free
                17 days since 22 Jan 2024 (longest 17)   strength 83 %   96 % done in 30 days

                """)
    }

    @Test func ofAllThatWasRecordedTheLastWeeksThatFitAreShown() throws {
        let home = try recorded("DDDDDDD DDD")
        // Ten days, and no weeks before them.
        let short = try home.run("history", "--to", "2024-01-10")
        #expect(short.lines[0] == "Morning stretch   1 Jan 2024 to 10 Jan 2024")
        #expect(short.lines[3...4] == ["Mon  D D", "Tue  D D"])
        // A year later it is out of sight.
        let long = try home.run("history", "--to", "2025-01-12")
        #expect(long.lines[0] == "Morning stretch   29 Apr 2024 to 12 Jan 2025")
        #expect(long.lines.count { $0.hasPrefix("Mon  ") } == 1)
        #expect(long.lines[3].count == 78)
    }

    @Test func theNumbersAreThoseOfTheLastDay() throws {
        let home = try recorded("DDD MDD")
        let result = try home.run("history", "--to", "2024-01-03")
        #expect(result.lines.contains("3 days since 1 Jan 2024 (longest 3)   strength 15 %   100 % done in 30 days"))
        let json = try #require(try home.json("history", "--json", "--to", "2024-01-03") as? [String: Any])
        #expect(json["streak"] as? Int == 3)
    }

    @Test func noDaysAreDrawnBeforeTheFirstRecordedOne() throws {
        let result = try recorded("DDD").run("history", "--from", "1970-01-01", "--to", "2024-01-03")
        #expect(result.lines[0] == "Morning stretch   1 Jan 2024 to 3 Jan 2024")
        // Nothing follows the names of the other days.
        #expect(result.lines[3...6] == ["Mon  D", "Tue  D", "Wed  D", "Thu"])
    }

    @Test func aLongerRangeGoesOnBelow() throws {
        let home = try recorded("DDDDDDD")
        let result = try home.run("history", "--from", "2024-01-01", "--to", "2025-01-12")
        let heads = result.lines.filter { $0.hasPrefix("202") }
        #expect(heads.map { $0.prefix(9) } == ["2024 Jan ", "2024 Sep "])
        #expect(result.lines.filter { $0.hasPrefix("Sun  ") }.map(\.count) == [78, 38])
    }

    @Test func painIsDrawnBelowTheSameWeeks() throws {
        var chronicle = Chronicle()
        for (index, pain) in [(8, 6), (7, 5), (5, 4), (2, 0)].enumerated() {
            let day = try #require(Day("2024-01-01")) + 7 * index
            chronicle.add("done", of: "morning", on: day, #","pain_before":\#(pain.0),"pain":\#(pain.1)"#)
        }
        let home = try CommandLineHome()
        try home.sync(chronicle)
        let result = try home.run("history", "--from", "2024-01-01", "--to", "2024-01-28")
        #expect(
            result.lines.suffix(8) == [
                "Pain, the mean of each week   = before   : after", " 10", "     = =", "  5   : .=", "      : : :",
                "  0   : : :=.", "2024 Jan", "",
            ])
        // Of one day there is nothing to compare.
        let one = try home.run("history", "--from", "2024-01-01", "--to", "2024-01-07")
        #expect(!one.out.contains("Pain"))
        let after = try home.run("history", "--from", "2024-02-01", "--to", "2024-02-11")
        #expect(!after.out.contains("Pain"))
    }

    @Test func jsonHasEveryDayAndEveryKeyOfTheDesign() throws {
        var chronicle = Chronicle()
        chronicle.add("morning", from: "2024-01-01", "MD")
        let day = try #require(Day("2024-01-04"))
        chronicle.add("done", of: "morning", on: day, #","pain_before":5,"pain":3,"note":"stiff","goal":2"#)
        let home = try CommandLineHome()
        try home.sync(chronicle)
        let history = try #require(
            try home.json("history", "--json", "--to", "2024-01-05") as? [String: Any])
        #expect(
            Set(history.keys) == ["routine", "title", "streak", "since", "longest", "strength", "rate", "days"])
        #expect(history["routine"] as? String == "morning")
        #expect(history["since"] as? String == "2024-01-02")
        let days = try #require(history["days"] as? [[String: Any]])
        #expect(days.map { $0["date"] as? String } == (1...5).map { "2024-01-0\($0)" })
        #expect(days.map { $0["state"] as? String } == ["missed", "done", "free", "done", "free"])
        #expect(days.map { $0["prompted"] as? Int } == [1, 0, 0, 0, 0])
        #expect(days.map { $0["asked"] as? Int } == [1, 1, 0, 1, 0])
        #expect(days.map { $0["done"] as? Int } == [0, 1, 0, 1, 0])
        #expect(days.map { $0["streak"] as? Int } == [0, 1, 1, 2, 2])
        #expect(days[3]["pain"] as? Int == 3)
        #expect(days[3]["pain_before"] as? Int == 5)
        #expect(days[3]["notes"] as? [String] == ["stiff"])
        #expect(days[3]["goal"] as? Int == 2)
        #expect(days[4]["pain"] is NSNull)
        #expect(
            Set(days[0].keys) == [
                "date", "state", "asked", "prompted", "done", "skipped", "late", "goal", "pain_before", "pain",
                "notes", "streak", "strength",
            ])
    }

    @Test func todayIsTheLastDay() throws {
        let home = try CommandLineHome.atNoon(routine("morning", "08:00", window: "12h"))
        try #require(try home.run("done", "--day", "yesterday").code == 0)
        let history = try #require(try home.json("history", "--json") as? [String: Any])
        let days = try #require(history["days"] as? [[String: Any]])
        #expect(days.map { $0["state"] as? String } == ["done", "pending"])
        let today = try home.run("history", "--from", "today")
        #expect(today.lines.count { $0.hasSuffix("  ~") } == 1)
        #expect(today.out.contains("~ 1 pending\n"))
        let yesterday = try home.run("history", "--to", "Yesterday")
        #expect(yesterday.lines.count { $0.hasSuffix("  D") } == 1)
    }

    // MARK: Which routine

    @Test func aRoutineThatIsNotConfiguredAnyMoreKeepsItsHistory() throws {
        var chronicle = Chronicle()
        chronicle.add("yoga", from: "2024-01-01", "DDM")
        chronicle.add("morning", from: "2024-01-01", "D")
        let home = try CommandLineHome()
        try home.sync(chronicle)
        // It ends with its last day, and not with years of nothing.
        let yoga = try home.run("history", "yoga")
        #expect(yoga.code == 0)
        #expect(yoga.lines[0] == "yoga   1 Jan 2024 to 3 Jan 2024")
        #expect(yoga.out.contains("D 2 done   o 1 missed"))
        // What is not configured has no title; it is the same in an export.
        let json = try #require(try home.json("history", "yoga", "--json") as? [String: Any])
        #expect(json["title"] is NSNull)
        let later = try home.run("history", "yoga", "--from", "2024-01-04")
        #expect(later.lines[0].hasPrefix("yoga   4 Jan 2024 to "))
        // The only one that is configured needs no name.
        #expect(try home.run("history").lines[0].hasPrefix("Morning stretch   "))
        let unknown = try home.run("history", "joga")
        #expect(unknown.code == 65)
        #expect(unknown.err == "stretchd: no routine \"joga\"; did you mean yoga?\n")
        #expect(
            try home.run("history", "dance").err
                == "stretchd: no routine \"dance\"; there are morning, yoga\n")
    }

    @Test func withoutANameEachConfiguredRoutineIsShown() throws {
        let home = try CommandLineHome(configuration: routine("morning", "07:30") + routine("desk", "18:00"))
        var chronicle = Chronicle()
        chronicle.add("morning", from: "2024-01-01", "DD")
        chronicle.add("yoga", from: "2024-01-01", "D")
        try home.sync(chronicle)
        let result = try home.run("history", "--to", "2024-01-02")
        #expect(result.code == 0)
        #expect(result.lines[0] == "morning   1 Jan 2024 to 2 Jan 2024")
        #expect(
            result.out.hasSuffix(
                """
                strength 10 %   100 % done in 30 days

                nothing is recorded of desk yet; \(try coming("desk", in: home))

                recorded, but not configured: yoga; see stretchd history yoga

                """), "\(result.out)")
        // In JSON each is an object of its own, as one alone is.
        let json = try home.run("history", "--json", "--to", "2024-01-02")
        #expect(json.lines.map { $0.prefix(20) } == [#"{"routine":"morning""#, #"{"routine":"desk","t"#, ""])
    }

    /// What is told of a routine without records: when it is asked for next, or until when it is due now.
    private func coming(_ routine: String, in home: CommandLineHome) throws -> String {
        let told = try home.run("history", routine).out
        return try String(#require(told.firstMatch(of: /yet; ((?:you are asked next|it is due until) .*)\n/)).1)
    }

    @Test func aNameInTheJournalMovesNoCursor() throws {
        var chronicle = Chronicle()
        chronicle.add("\\u001b[2Jx", from: "2024-01-01", "D")
        let home = try CommandLineHome()
        try home.sync(chronicle)
        let unknown = try home.run("history", "dance")
        #expect(unknown.code == 65)
        #expect(unknown.err.contains("morning, \u{FFFD}[2Jx"))
        let shown = try home.run("history", "\u{1B}[2Jx", "--to", "2024-01-01")
        #expect(shown.lines[0] == "\u{FFFD}[2Jx   1 Jan 2024")
        try home.write(routine("morning", "07:30") + routine("desk", "18:00"), to: home.configurationFile)
        #expect(
            try home.run("history").out.hasSuffix(
                "not configured: \u{FFFD}[2Jx; see stretchd history \u{FFFD}[2Jx\n"))
    }

    // MARK: Nothing to show, and what cannot be

    @Test func withoutRecordsItSaysSo() throws {
        let home = try CommandLineHome()
        let result = try home.run("history")
        #expect(result.code == 0)
        #expect(result.lines.count == 2)
        #expect(result.out.hasPrefix("nothing is recorded of morning yet; "))
        let due = try CommandLineHome.atNoon(routine("morning", "08:00", window: "12h"))
        #expect(try due.run("history").out == "nothing is recorded of morning yet; it is due until 20:00\n")
        let json = try #require(try home.json("history", "--json") as? [String: Any])
        #expect((json["days"] as? [Any])?.isEmpty == true)
        let recorded = try recorded("D")
        #expect(
            try recorded.run("history", "--to", "2023-12-24").out
                == "nothing is recorded of morning until then; it begins on 1 Jan 2024\n")
    }

    @Test(arguments: [
        (["--from", "2024-02-02", "--to", "2024-02-01"], "--from is 2024-02-02, which is after --to, 2024-02-01"),
        (["--from", "2190-01-01"], "--from is 2190-01-01; allowed: 1970-01-01 to 2"),
        (["--to", "2190-01-01"], "--to is 2190-01-01; allowed: 1970-01-01 to 2"),
        (["--from", "1969-12-31"], "--from is 1969-12-31; allowed: 1970-01-01 to 2"),
        (["--to", "last week"], "--to: \"last week\" is no day; allowed: today, yesterday, monday, \""),
        (["--from", "2024-02-30"], "--from: \"2024-02-30\": there is no such date\n"),
    ])
    func aRangeThatCannotBeIsOneClearLine(arguments: [String], complaint: String) throws {
        let result = try CommandLineHome().run(["history"] + arguments)
        #expect(result.code == 65)
        #expect(result.out == "")
        #expect(result.err.hasPrefix("stretchd: \(complaint)"))
        #expect(result.err.count(where: \.isNewline) == 1)
    }

    /// Of the routine `morning`, from 2024-01-01 on, a letter each day.
    private func recorded(_ days: String) throws -> CommandLineHome {
        var chronicle = Chronicle()
        chronicle.add("morning", from: "2024-01-01", days.filter { $0 != " " })
        let home = try CommandLineHome()
        try home.sync(chronicle)
        return home
    }
}
