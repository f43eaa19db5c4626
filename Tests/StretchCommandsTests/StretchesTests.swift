import Foundation
import TestHome
import TestSupport
import Testing

@testable import StretchBase
@testable import StretchCore

/// `stretches`, with and without a terminal.
struct StretchesTests {
    /// Following this hint word for word would drop the morning without a word.
    @Test func theHintSaysThatTheFirstRoutineReplacesTheBuiltInOne() throws {
        let words = "To be asked for evening, too: [[routine]] for morning and evening; see man 5 stretchd"
        func saysSo(_ home: CommandLineHome) throws -> Bool {
            try home.run("stretches").out.replacing(#/\s+/#, with: " ").contains(words)
        }
        #expect(try saysSo(CommandLineHome()))
        #expect(try saysSo(CommandLineHome(configuration: "day_start = \"03:00\"")))
        #expect(try !saysSo(CommandLineHome(configuration: routine("morning", "07:00"))))
    }

    @Test func theListHasAllStretchesTheRoutinesAndWhenNotToStretch() throws {
        let result = try CommandLineHome().run("stretches")
        #expect(result.code == 0)
        #expect(result.err == "")
        for stretch in StretchLibrary.all {
            let row = try #require(result.lines.first { $0.hasPrefix("\(stretch.id) ") }, "\(stretch.id)")
            #expect(row.contains(stretch.title) && row.contains(stretch.position.rawValue) && row.hasSuffix(" min"))
        }
        let text = oneParagraph(result.out)
        for routine in Routine.builtIn {
            let titles = routine.steps.map(\.stretch.title).joined(separator: ", ")
            let held = "\(TimeSpan.format(routine.held)) in holds"
            #expect(text.replacing(#/ +/#, with: " ").contains(" min \(titles); \(held)"), "\(routine.id)")
        }
        for words in [
            "numbness", "bladder", "trouble with sex", "weakness or numbness in the legs", "accident", "chest pain",
            "urgent care", "down the leg",
        ] {
            #expect(text.contains(words))
        }
    }

    @Test func theListEndsWithTheSignsAndLeavesTheSourcesToTheStretch() throws {
        let lines = try inTerminal(of: 80, ["stretches"], adding: ["NO_COLOR": "1"], keepingEmpty: true)
        #expect(!lines.contains { $0.contains("https://") }, "\(lines.joined(separator: "\n"))")
        #expect(lines.suffix(24).contains(Safety.signsTitle))
        let full = try CommandLineHome().run("stretches", "cat-camel").out
        for source in Safety.sources { #expect(oneParagraph(full).contains(source)) }
    }

    @Test func theDocumentsNameTheSameWarningSigns() throws {
        let signs = bullets(try CommandLineHome().run("stretches").out)
        #expect(signs == Safety.warningSigns.map { "- \($0)" })
        #expect(bullets(try ManualPage("stretchd.1").section("SAFETY")) == signs)
        let readme = try String(contentsOf: repository.appending(path: "README.md"), encoding: .utf8)
        let section = readme.components(separatedBy: "## No medical advice")[1].components(separatedBy: "\n## ")[0]
        #expect(bullets(section) == signs)
    }

    private func bullets(_ text: String) -> [Substring] {
        text.split(separator: "\n").filter { $0.hasPrefix("- ") }
    }

    @Test(arguments: StretchLibrary.all)
    func aStretchIsShownWithAllThatIsKnownOfIt(stretch: Stretch) throws {
        let result = try CommandLineHome().run("stretches", stretch.id)
        #expect(result.code == 0)
        let text = oneParagraph(result.out)
        let known =
            [
                stretch.id, stretch.title, stretch.purpose, stretch.movement, stretch.cue, stretch.feel,
                stretch.position.rawValue,
            ]
            + stretch.muscles + stretch.needs + stretch.preparation + stretch.faults + stretch.cautions
            + stretch.sources
        for part in known { #expect(text.contains(part)) }
        let time = TimeSpan.format(stretch.dose.hold)
        #expect(text.contains(stretch.dose.isCounted ? "\(time) a time" : "hold \(time)"))
        #expect(text.contains("the guide asks first") == !stretch.levels.isEmpty)
        #expect(text.contains("does not bend forward") == !stretch.flexion)
        for line in stretch.drawing { #expect(result.lines.contains("    \(line)")) }
        #expect(result.lines.allSatisfy { $0.count <= 80 || $0.contains("https://") })
    }

    /// Words that stand on one line or on two.
    private func oneParagraph(_ text: String) -> String {
        text.split { $0.isWhitespace }.joined(separator: " ")
    }

    @Test(arguments: [40, 60, 80, 120, 200])
    func linesFitTheTerminalAndAreNeverTooLongToRead(columns: Int) throws {
        for arguments in [["stretches"], ["stretches", "half-kneeling-hip-flexor"]] {
            let shown = try inTerminal(of: columns, arguments)
            let text = shown.map { $0.replacing(/\u{1B}\[\d+m/, with: "") }.filter { !$0.contains("https://") }
            let line = try #require(text.max { $0.count < $1.count })
            #expect(line.count <= min(columns, 100), "\(line)")
        }
    }

    @Test func theColumnsBehindAWideTitleStandBelowEachOther() throws {
        let home = try CommandLineHome(configuration: Self.wideTitles)
        let lines = try home.run("stretches").lines
        let own = lines.filter { $0.hasSuffix("   yours") }
        #expect(
            own == [
                "aa                         長い題名のストレッチ               floor       1 min   yours",
                "bb                         Übung fu\u{308}r 🧘 und 👨‍👩‍👧                floor       1 min   yours",
                "cc                         Plain                              floor       1 min   yours",
            ], "\(own.joined(separator: "\n"))")
    }

    @Test(arguments: [40, 60, 80, 120])
    func noLineOfWideCharactersIsWiderThanTheTerminal(columns: Int) throws {
        let home = try CommandLineHome(configuration: Self.wideTitles)
        try home.sync(
            #"{"v":1,"id":"0","ts":"2024-01-01T08:00:00Z","type":"done","routine":"r","day":"2024-01-01"}"#)
        for arguments in [["stretches"], ["stretches", "aa"], ["history", "r"]] {
            let shown = try inTerminal(of: columns, arguments, adding: ["NO_COLOR": "1"], at: home)
            let text = shown.filter { !$0.contains("https://") }
            let line = try #require(text.max { $0.columns < $1.columns })
            #expect(line.columns <= columns, "\(line)")
        }
    }

    private static let wideTitles = """
        [[stretch]]
        id = "aa"
        title = "長い題名のストレッチ"
        movement = "\(String(repeating: "膝を床につけて、ゆっくり前へ。", count: 12))"
        [[stretch]]
        id = "bb"
        title = "Übung fu\u{308}r 🧘 und 👨‍👩‍👧"
        movement = "m"
        [[stretch]]
        id = "cc"
        title = "Plain"
        movement = "m"
        [[routine]]
        id = "r"
        title = "\(String(repeating: "毎朝の長い題名 ", count: 6))"
        schedule = "00:00"
        steps = ["aa", "bb"]
        """

    @Test func colourAndSymbolsAreForTerminalsOnly() throws {
        let arguments = ["stretches", "half-kneeling-hip-flexor"]
        let piped = try CommandLineHome().run(arguments).out
        #expect(!piped.contains("\u{1B}") && !piped.contains("·"))
        let coloured = try inTerminal(of: 80, arguments)
        #expect(coloured.contains { $0.contains("\u{1B}[1m") } && coloured.contains { $0.contains(" · floor · ") })
        let plain = try inTerminal(of: 80, arguments, adding: ["NO_COLOR": "1"])
        #expect(!plain.contains { $0.contains("\u{1B}") })
    }

    /// The lines that a terminal of so many columns gets.
    private func inTerminal(
        of columns: Int, _ arguments: [String], adding variables: [String: String] = [:],
        at home: CommandLineHome? = nil, keepingEmpty: Bool = false
    ) throws -> [String] {
        let environment = variables.merging(["LC_ALL": "C.UTF-8"]) { $1 }
        let result = try (home ?? CommandLineHome()).run(arguments, adding: environment, columns: columns)
        #expect(result.code == 0)
        return result.out.split(omittingEmptySubsequences: !keepingEmpty, whereSeparator: \.isNewline).map(String.init)
    }

    @Test(arguments: [
        ("half-kneling-hip-flexor", "did you mean half-kneeling-hip-flexor?"),
        ("kneeling", "did you mean half-kneeling-hip-flexor?"),
        ("gentle", "gentle is a routine: stretchd guide gentle"),
        ("qqqqqqqq", "half-kneeling-hip-flexor"),
    ])
    func anUnknownStretchIsRefusedWithTheOneThatWasMeant(id: String, remedy: String) throws {
        let result = try CommandLineHome().run("stretches", id)
        #expect(result.code == 65)
        #expect(result.out == "")
        #expect(result.err.count(where: \.isNewline) == 1)
        #expect(result.err.hasPrefix("stretchd: no stretch \"\(id)\"; "))
        #expect(result.err.contains(remedy))
    }

    @Test(arguments: StretchLibrary.all)
    func whatIsWrittenInJSONIsTheStretch(stretch: Stretch) throws {
        let object = try #require(try CommandLineHome().json("stretches", stretch.id, "--json") as? [String: Any])
        #expect(object["own"] as? Bool == false)
        var keys = object
        for key in ["own", "length"] { keys[key] = nil }
        let problems = ProblemList(file: "json")
        let table = try #require(try KeyedTable(document: toml(keys).joined(separator: "\n"), problems: problems))
        #expect(StretchReader.stretch(table) == stretch)
        #expect(problems.list.isEmpty, "\(problems.list)")
    }

    /// The members of an object as keys of a table; in TOML a text is written as in JSON, and so is a list of texts.
    private func toml(_ object: [String: Any]) throws -> [String] {
        try object.filter { !($1 is NSNull) }.map { key, value in
            let data = try JSONSerialization.data(
                withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes])
            let json = String(decoding: data, as: UTF8.self)
            return "\(key) = \(key == "level" ? json.replacing("\":", with: "\" = ") : json)"
        }
    }

    @Test func theJSONOfTheListHasTheStretchesInFullAndTheRoutines() throws {
        let home = try CommandLineHome()
        let list = try #require(try home.json("stretches", "--json") as? [String: Any])
        let stretches = try #require(list["stretches"] as? [[String: Any]])
        #expect(stretches.map { $0["id"] as? String } == StretchLibrary.all.map(\.id))
        let id = try #require(StretchLibrary.all.first?.id)
        let first = try #require(try home.json("stretches", id, "--json") as? [String: Any])
        #expect(try toml(stretches[0]).sorted() == toml(first).sorted())
        let routines = try #require(list["routines"] as? [[String: Any]])
        #expect(routines.map { $0["id"] as? String } == Routine.builtIn.map(\.id))
        let steps = try #require(routines[0]["steps"] as? [[String: Any]])
        #expect(steps.map { $0["stretch"] as? String } == Routine.morning.steps.map(\.stretch.id))
        let keys: Set = [
            "stretch", "sides", "hold", "repeats", "rest", "order", "sets", "tempo", "prepare", "change",
        ]
        #expect(Set(steps[0].keys) == keys)
    }

    @Test func onesOwnComeFirstAndTakeThePlaceOfBuiltInOnes() throws {
        let home = try CommandLineHome(
            configuration: """
                include = ["physio.toml"]

                [[stretch]]
                id = "glute-bridge"
                title = "Bridge, my way"
                movement = "Up and down."

                [[routine]]
                id = "desk"
                schedule = "15:00"
                steps = ["wall-angel"]

                """)
        try home.write(
            """
            [[stretch]]
            id = "wall-angel"
            title = "Wall angel"
            movement = "Slide the arms up and down a wall."
            position = "standing"
            sides = "none"
            hold = "5s"
            repeats = 8
            rest = "0s"

            """, to: "\(home.path)/config/stretchd/physio.toml")
        let list = try home.run("stretches")
        try #require(list.code == 0, "\(list.err)")
        #expect(list.lines.count { $0.hasSuffix("   yours") } == 2)
        #expect(list.lines[0...1].allSatisfy { $0.hasSuffix("   yours") })
        #expect(list.lines.count { $0.hasPrefix("glute-bridge ") } == 1)
        #expect(list.lines.contains { $0.hasPrefix("desk ") && $0.contains(" Wall angel; ") })
        let angel = try home.run("stretches", "wall-angel")
        #expect(angel.lines[1] == "wall-angel, standing, about 1 min, yours")
        #expect(angel.lines.contains("How much     hold 5s, 8 times"))
        #expect(angel.out.contains("down the leg"))
        let json = try #require(try home.json("stretches", "wall-angel", "--json") as? [String: Any])
        #expect(json["own"] as? Bool == true)
    }

}
