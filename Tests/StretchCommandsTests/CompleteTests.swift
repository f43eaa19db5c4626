import TestHome
import Testing

/// What the last word of a command line can become.
struct CompleteTests {
    @Test(arguments: [
        (["hist"], ["history"]), (["jo"], ["journal"]), (["journal", ""], ["verify"]),
        (["help", "st"], ["status", "stretches"]),
        (["nosuch", ""], []), (["run", "x"], []), (["--"], ["--help", "--version"]), (["report", "--o"], ["--output"]),
        (["status", ""], ["morning", "desk"]), (["done", "mo"], ["morning"]),
        (["done", "morning", ""], ["--day", "--pain", "--note"]),
        (["guide", ""], ["morning", "desk", "gentle", "chair", "backward", "forward", "evening"]),
        (["stretches", "gl"], ["glute-bridge"]),
        (["history", "--"], ["--from", "--to", "--plain", "--json", "--help"]),
        (["history", "--json", "--"], ["--from", "--to", "--plain", "--help"]),
        (["simulate", "--awake", "06:40..23:00", "--aw"], ["--awake"]),
        (["export", "--format", ""], ["csv", "json"]), (["export", "--format=j"], ["--format=json"]),
        (["done", "--pain", "1"], ["1", "10"]), (["done", "--note", ""], []),
        (["done", "--day", "T"], ["today", "tuesday", "thursday"]), (["done", "--day=yes"], ["--day=yesterday"]),
        (["simulate", "--from", "tom"], ["tomorrow"]), (["done", "--day", "monday", "mo"], ["morning"]),
        (["done", "--day", "20", "Nov", "mo"], ["morning"]),
        (["next", "--zone", "Europe/Berl"], ["Europe/Berlin"]), (["next", "--zone", "europe/berl"], ["Europe/Berlin"]),
        (["import", "x.csv", "--routine", "d"], ["desk"]),
        (["pause", "f"], ["from"]), (["pause", "from", "20", "Dec", "u"], ["until"]),
        (["pause", "until", "to"], ["today", "tomorrow"]),
        (["pause", "from", "friday", "for", ""], ["1d", "3d", "1w"]), (["pause", "until", "friday", ""], []),
        (["snooze", "2"], ["20min"]), (["snooze", "morning", "u"], ["until"]),
        // The shell itself finds files.
        (["check", "ph"], ["\t.toml"]), (["report", "-o", ""], ["\t.html"]), (["report", "--output=r"], ["\t.html"]),
        (["import", ""], ["\t.csv"]),
    ])
    func theWordsThatCanFollowAreFound(words: [String], found: [String]) throws {
        let home = try CommandLineHome(configuration: routine("morning", "07:30") + routine("desk", "15:00"))
        #expect(try completions(of: words, in: home) == found)
    }

    @Test func aDateIsOneOfTheLastTwoWeeksAndATimeOneOfTheComingHours() throws {
        let home = try CommandLineHome()
        let result = try home.run(["complete", "done", "--day", "2026-11-2"], at: "2026-11-24T23:30:00+01:00")
        #expect(result.lines.prefix(2) == ["2026-11-24\tTue", "2026-11-23\tMon"] && result.lines.count == 6)
        let next = try home.run(["complete", "next", "--from", "2026-11-2"], at: "2026-11-24T23:30:00+01:00")
        #expect(next.lines.prefix(2) == ["2026-11-24\tTue", "2026-11-25\tWed"] && next.lines.count == 7)
        let hours = try home.run(["complete", "snooze", "until", ""], at: "2026-11-24T22:10:00+01:00").lines
        #expect(hours == ["23:00", "00:00", "01:00", "02:00", "03:00", "04:00", ""])
    }

    @Test func acandidateHasItsMeaningBesideIt() throws {
        let lines = try CommandLineHome().run("complete", "stretches", "cat").lines
        #expect(lines == ["cat-camel\tCat-camel", ""])
    }

    @Test func neitherABrokenFileNorABrokenJournalIsInTheWay() throws {
        let home = try CommandLineHome(configuration: "day_start = 4")
        try home.sync("not json")
        #expect(try completions(of: ["done", ""], in: home) == ["morning"])
    }

    private func completions(of words: [String], in home: CommandLineHome) throws -> [String] {
        let result = try home.run(["complete"] + words)
        #expect(result.code == 0)
        return result.lines.dropLast().map { line in
            line.hasPrefix("\t") ? String(line) : String(line.prefix { $0 != "\t" })
        }
    }
}
