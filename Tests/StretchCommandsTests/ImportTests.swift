import Foundation
import StretchCore
import TestHome
import Testing

/// `import`: what Loop Habit Tracker recorded.
struct ImportTests {
    private static let ofAll = """
        Date,Morning stretch,Read a book,
        2099-11-22,YES_MANUAL,NO,
        2099-11-21,NO,YES_AUTO,
        2099-11-20,SKIP,UNKNOWN,
        2099-11-19,YES_MANUAL,YES_MANUAL,

        """

    private func home(_ text: String = ofAll) throws -> (CommandLineHome, file: String) {
        let home = try CommandLineHome()
        let file = "\(home.path)/Checkmarks.csv"
        try home.write(text, to: file)
        return (home, file)
    }

    private let monday = "2099-11-23T06:00:00Z"

    @Test func aHabitGoesToTheRoutineOfItsTitle() throws {
        let (home, file) = try home()
        let result = try home.run(["import", file], at: monday)
        #expect(result.code == 0 && result.err == "")
        #expect(
            result.lines.dropLast() == [
                "Morning stretch -> morning: 2 done, 1 skipped, 1 missed, 19 November 2099 to 22 November 2099; 4 imported",
                "Read a book: left out, because no routine has this name",
                "written to \(home.journal)/loop-morning.jsonl; to take it back, delete that file",
            ])
        // The journal has a file of its own for it, and history counts it.
        #expect(try FileManager.default.contentsOfDirectory(atPath: home.journal) == ["loop-morning.jsonl"])
        let history = try home.run(["history", "--json", "--from", "2099-11-18"], at: monday).out
        let states = history.matches(of: /"state":"([a-z]+)"/).map { String($0.1) }
        #expect(states.prefix(4) == ["done", "skipped", "missed", "done"])
        #expect(try home.run(["journal", "verify"], at: monday).code == 0)
    }

    @Test func twiceIsOnce() throws {
        let (home, file) = try home()
        let dry = try home.run(["import", file, "--dry-run"], at: monday)
        #expect(dry.lines.first?.hasSuffix("4 would be imported") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: home.journal).isEmpty)
        _ = try home.run(["import", file], at: monday)
        #expect(try home.run(["import", file], at: monday).lines.first?.hasSuffix("all imported before") == true)
        // A later export has a day more.
        try home.write(Self.ofAll + "2099-11-23,YES_MANUAL,NO,\n", to: file)
        #expect(try home.run(["import", file], at: monday).lines.first?.hasSuffix("1 imported") == true)
    }

    @Test func aHabitGoesWhereItIsSent() throws {
        let (home, file) = try home()
        let result = try home.run(["import", file, "--habit", "Read a book", "--routine", "morning"], at: monday)
        #expect(
            result.lines[0]
                == "Read a book -> morning: 1 done, 0 skipped, 1 missed, 19 November 2099 to 22 November 2099; 2 imported"
        )
    }

    @Test func theLogTellsWhatItIs() throws {
        let (home, file) = try home()
        _ = try home.run(["import", file], at: monday)
        let log = try home.run(["log", "--to", "2099-11-22"], at: monday)
        #expect(
            log.out == """
                Thu 19 Nov  done, imported from Loop Habit Tracker
                            D done, day 1
                Fri 20 Nov  skipped, imported from Loop Habit Tracker
                            - skipped
                Sat 21 Nov  not done, imported from Loop Habit Tracker
                            o missed
                Sun 22 Nov  done, imported from Loop Habit Tracker
                            D done, day 1

                """)
    }

    @Test(arguments: [
        (["done", "--day", "2099-11-21"], "done late: morning", "done"),
        (["skip", "--day", "2099-11-21"], "skipped late: morning", "skipped"),
        (["done", "--day", "2099-11-20"], "changed from skip to done: morning", "done"),
    ])
    func anAnswerForAnImportedDayCounts(line: [String], told: String, state: String) throws {
        let (home, file) = try home()
        _ = try home.run(["import", file], at: monday)
        let result = try home.run(line, at: monday)
        #expect(result.out.contains(told), "\(result.out)\(result.err)")
        let history = try home.run(["history", "--json", "--from", line[2], "--to", line[2]], at: monday).out
        #expect(history.contains(#""state":"\#(state)""#), "\(history)")
    }

    @Test func todayIsNotMissedBeforeItIsOver() throws {
        let (home, file) = try home("Date,Value\n2099-11-23,NO\n2099-11-22,NO\n")
        let result = try home.run(["import", file, "--routine", "morning"], at: monday)
        #expect(result.out.contains(": 0 done, 0 skipped, 1 missed, "))
    }

    @Test func theFileOfOneHabitHasNotesAndOlderOnesHaveNumbers() throws {
        let (home, file) = try home(
            "Date,Value,Notes\n2099-11-22,YES_MANUAL,\"stiff, \"\"very\"\"\"\n2099-11-21,SKIP,\n")
        #expect(try home.run(["import", file, "--routine", "morning"], at: monday).code == 0)
        let notes = try home.records().compactMap { $0["note"] }
        #expect(notes == ["stiff, \"very\""])
        try home.write(
            "\u{FEFF}2099-11-18,2\r\n2099-11-17,0\r\n2099-11-16,3\r\n2099-11-15,-1\r\n2099-11-14,30000\r\n", to: file)
        let old = try home.run(["import", file, "--routine", "morning"], at: monday)
        #expect(old.out.contains(": 2 done, 1 skipped, 1 missed, "))
    }

    @Test(arguments: [
        ("Scores\n", [], "this is no Checkmarks.csv of Loop Habit Tracker, which begins with Date"),
        ("Date,A,\nMonday,NO,\n", [], "row 2 begins with \"Monday\"; allowed: a date such as 2026-11-22"),
        ("Date,Walk, and run,Read,\n2099-11-22,NO,NO,\n", [], "row 2 has fewer columns than the first row"),
        ("Date,A,B,\n2099-11-22,NO,NO,\n", ["--routine", "morning"], "Add --habit and one of: A, B"),
        ("Date,A,B,\n2099-11-22,NO,NO,\n", ["--habit", "C"], "no habit \"C\" in the file; it has A, B"),
        ("Date,A,B,\n2099-11-22,NO,NO,\n", [], "nothing imported; say which habit goes to which routine"),
        ("Date,Value\n2099-11-22,NO\n", [], "nothing imported"),
        ("", [], "this is no Checkmarks.csv"),
    ])
    func whatCannotBeImportedIsRefused(text: String, options: [String], refusal: String) throws {
        let (home, file) = try home(text)
        let result = try home.run(["import", file] + options, at: monday)
        #expect(result.code == 65)
        #expect(result.err.contains(refusal), "\(result.err)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: home.journal).isEmpty)
    }

    @Test func aFileThatIsNotThereIsNamed() throws {
        let (home, file) = try home()
        let result = try home.run("import", "\(file).txt")
        #expect(result.code == 65 && result.err.contains("Checkmarks.csv.txt"))
    }
}
