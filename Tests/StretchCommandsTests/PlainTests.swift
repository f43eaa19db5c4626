import StretchBase
import TestHome
import Testing

/// What `status` and `history` say to people who hear it, to pipes, and to those who want colours or none.
struct PlainTests {
    @Test func historyIsReadDayByDay() throws {
        let text = """
            morning, 16 Nov to 23 Nov
            Mon 16 Nov: done
            Tue 17 Nov: done, pain 6 before, 4 after
            Wed 18 Nov: done
            Thu 19 Nov: skipped
            Fri 20 Nov: missed
            Sat 21 Nov: done
            Sun 22 Nov: free
            Mon 23 Nov: pending
            4 done, 1 missed, 1 skipped, 1 free, 1 pending
            1 day since 21 Nov (longest 3)
            strength 19 %
            80 % done in 30 days

            """
        #expect(try run("history", "--plain") == text)
    }

    @Test func historyBeginsFourWeeksAgoOrWhereOneWantsIt() throws {
        var chronicle = Chronicle()
        chronicle.add("morning", from: "2026-09-01", String(repeating: "D", count: 83))
        let home = try CommandLineHome(configuration: routine("morning", "07:30"))
        try home.sync(chronicle)
        let lines = try home.run(["history", "--plain"], at: now).lines
        #expect(
            lines[0] == "morning, 27 Oct to 23 Nov" && lines[1] == "Tue 27 Oct: done"
                && lines[28].hasPrefix("Mon 23 Nov"))
        #expect(try home.run(["history", "--plain", "--from", "2 Sep"], at: now).lines[1] == "Wed 2 Sep: done")
    }

    @Test func statusIsReadLineByLine() throws {
        let lines = try run("status", "--plain").split(separator: "\n").map(String.init)
        #expect(lines.prefix(4) == ["morning", "1 day since 21 Nov (longest 3)", "strength 19 %", "next Tue 07:30"])
        #expect(lines[4] == "due since 07:30 until 11:30: no daemon is running")
        #expect(lines[5...18].first == "Tue 10 Nov: free" && lines[18] == "Mon 23 Nov: pending")
    }

    @Test(arguments: [["status", "--plain"], ["history", "--plain"]])
    func neitherColoursNorSignsAreInIt(arguments: [String]) throws {
        let shown = try recorded().run(
            arguments, adding: ["LANG": "C.UTF-8", "TERM": "xterm", "CLICOLOR_FORCE": "1"], at: now, columns: 80)
        #expect(shown.code == 0 && shown.out.utf8.allSatisfy { $0 == 10 || (32..<127).contains($0) }, "\(shown.out)")
    }

    @Test func aPipeIsToldWhatTheSignsMean() throws {
        let lines = try run("status").split(separator: "\n")
        #expect(lines[0].contains(" ......D DD-oD.~ "))
        #expect(lines.last == "the days: D done, o missed, - skipped, . free, ~ pending")
        let terminal = try recorded().run(["status"], at: now, columns: 80)
        #expect(!terminal.out.contains("the days:"))
    }

    @Test(arguments: [
        ([:], true, true), ([:], false, false), (["CLICOLOR": "0"], true, false), (["CLICOLOR": "1"], false, false),
        (["CLICOLOR_FORCE": "1"], false, true), (["CLICOLOR_FORCE": "0"], false, false),
        (["CLICOLOR_FORCE": "1", "CLICOLOR": "0"], true, true), (["CLICOLOR_FORCE": "1", "TERM": "dumb"], true, true),
        (["NO_COLOR": "1", "CLICOLOR_FORCE": "1"], true, false), (["NO_COLOR": "", "CLICOLOR": ""], true, true),
        (["TERM": "dumb"], true, false),
    ])
    func theVariablesDecideAboutColours(variables: [String: String], isTerminal: Bool, areThere: Bool) throws {
        for command in ["status", "history"] {
            let shown = try recorded().run(
                [command], adding: ["TERM": "xterm"].merging(variables) { $1 }, at: now, columns: isTerminal ? 80 : nil)
            #expect(shown.out.contains("\u{1B}[") == areThere, "\(command)")
        }
    }

    private let now = "2026-11-23T10:00:00+01:00"

    private func run(_ arguments: String...) throws -> String { try recorded().run(arguments, at: now).out }

    /// A week with a day of each kind; today is not answered yet.
    private func recorded() throws -> CommandLineHome {
        let home = try CommandLineHome(configuration: routine("morning", "07:30"))
        var chronicle = Chronicle()
        chronicle.add("morning", from: "2026-11-16", "D.DSMD")
        let day = try #require(Day("2026-11-17"))
        chronicle.add("done", of: "morning", on: day, #","pain_before":6,"pain":4"#)
        try home.sync(chronicle)
        return home
    }
}
