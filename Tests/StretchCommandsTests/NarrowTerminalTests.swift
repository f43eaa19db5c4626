import StretchBase
import StretchCore
import TestHome
import TestSupport
import Testing

/// `status` and `history` on terminals of all widths.
struct NarrowTerminalTests {
    @Test(arguments: [40, 60, 80, 120, 200])
    func noLineIsWiderThanTheTerminal(columns: Int) throws {
        let home = try recorded()
        for arguments in [
            ["status"], ["status", "morning"], ["history", "morning"],
            ["history", "morning", "--from", "2023-06-01", "--to", "2024-06-01"],
        ] {
            let lines = try shown(arguments, at: home, columns: columns).lines
            let line = try #require(lines.filter { !$0.contains(home.journal) }.max { $0.count < $1.count })
            #expect(line.count <= columns, "\(arguments): \(line)")
        }
    }

    @Test(arguments: [
        (120, ["5 days since 10 Jan 2024 (longest 7)", "strength 45 %", "······· ······◌", "next 23:30"]),
        (119, ["5 days since 10 Jan 2024", "strength 45 %", "······· ······◌", "next 23:30"]),
        (95, ["5 days     ", "strength 45 %", "······· ······◌", "next 23:30"]),
        (94, ["5 days     ", "······· ······◌", "next 23:30"]),
        (78, ["5 days     ", "strength 45 %", "······· ······◌"]),
        (77, ["5 days     ", "······· ······◌"]),
    ])
    func whatCanBeDoneWithoutGoesFirst(columns: Int, parts: [String]) throws {
        let lines = try shown(["status"], at: recorded(), columns: columns).lines
        let id = "morning                       "
        #expect(lines[0] == ([id] + parts).joined(separator: "   "))
        // What comes next goes below, with what is due.
        if columns <= 78 { #expect(lines[1] == "   next 23:30") }
    }

    @Test func whereNothingFitsBesideItTheNameStandsAbove() throws {
        let lines = try shown(["status"], at: recorded(), columns: 40).lines
        #expect(lines.prefix(3) == ["morning", "   5 days        ······· ······◌", "   next 23:30"])
        let due = try #require(lines.firstIndex { $0.hasPrefix("   due since ") })
        #expect(lines[due...due + 1] == ["   due since 08:00 until 20:00: no", "   daemon is running"])
    }

    @Test func coloursAreForTerminalsThatWantThem() throws {
        let home = try recorded()
        for arguments in [["status"], ["history", "morning", "--to", "2024-01-14"]] {
            #expect(try shown(arguments, at: home).bytes.contains(0x1B))
            for environment in [["NO_COLOR": "1"], ["TERM": "dumb"]] {
                let picture = try shown(arguments, at: home, adding: environment)
                #expect(!picture.bytes.contains(0x1B), "\(arguments)")
            }
        }
        let history = try shown(["history", "morning", "--to", "2024-01-14"], at: home)
        #expect(history.lines[3] == "Mon  ● ○")
        #expect(history.text.contains("● 12 done   ○ 2 missed"))
        #expect(history.text.contains("Pain, the mean of each week   ⠒ before   █ after"))
        #expect(history.lines.suffix(2) == ["  0   █ █", "2024 Jan"])
    }

    @Test func withoutUTF8TheSameIsSaidInASCII() throws {
        let home = try recorded()
        for arguments in [["status"], ["history", "morning", "--to", "2024-01-14"]] {
            let picture = try shown(arguments, at: home, adding: ["LANG": "C", "NO_COLOR": "1"])
            #expect(picture.bytes.allSatisfy { $0 < 0x80 }, "\(picture.text)")
            // A pipe has no width, which the calendar needs.
            let piped = try home.run(arguments)
            if arguments[0] == "history" { #expect(picture.lines == piped.lines.dropLast().map(String.init)) }
        }
    }

    private func shown(
        _ arguments: [String], at home: CommandLineHome, columns: Int = 80, adding: [String: String] = [:]
    ) throws -> TerminalPicture {
        let environment = ["TERM": "xterm-256color", "LANG": "C.UTF-8"].merging(adding) { $1 }
        let result = try home.run(arguments, adding: environment, columns: columns)
        #expect(result.code == 0)
        var picture = TerminalPicture()
        picture.take(result.out.utf8)
        return picture
    }

    /// Two weeks of a routine with pain, two more routines, one with a long name, and a line that does not count.
    private func recorded() throws -> CommandLineHome {
        let home = try CommandLineHome.atNoon(
            routine("morning", "23:30", window: "1h")
                + routine("evening-mobility-and-breathing", "08:00", window: "12h")
                + routine("desk", "23:00", window: "1h"))
        var chronicle = Chronicle()
        chronicle.add("morning", from: "2024-01-01", "DDDDDDDMMDDDDD")
        let day = try #require(Day("2024-01-10"))
        chronicle.add("done", of: "morning", on: day, #","pain_before":6,"pain":4"#)
        chronicle.add("done", of: "morning", on: day - 7, #","pain_before":7,"pain":6"#)
        try home.sync(chronicle)
        try home.write("not json\n", to: "\(home.journal)/broken.jsonl")
        return home
    }
}
