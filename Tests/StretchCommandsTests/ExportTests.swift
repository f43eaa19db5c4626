import Foundation
import StretchBase
import StretchCore
import TestHome
import TestSupport
import Testing

/// `export`, read back by parsers that are not ours.
struct ExportTests {
    private static let texts = [
        "=HYPERLINK(\"http://x\")", "-1+1", "+1", "@SUM(A1)", "＝1+1", "a,b \"quoted\"", "two\nlines\tand a tab",
        "\u{202E}evil\u{0}\u{1B}[31m", "שלום עולם", "'quote", "naïve 🧘 <b>&</b>", "plain",
        "a \"\u{301}quote\u{301}\", with marks, <\u{301}b>&\u{301} and \\\u{301}",
    ]

    /// Half a year of two routines, one of which is no longer configured; each text is a note.
    private func home() throws -> (CommandLineHome, Yearbook) {
        let home = try CommandLineHome.atNoon()
        var book = Yearbook.ofHalfAYear(in: home)
        for (index, text) in Self.texts.enumerated() {
            book.add("done", 230 - index, routine: "=old,\"one\"", Yearbook.note(text))
        }
        book.add("skip", 210, routine: "=old,\"one\"")
        try book.save(in: home)
        return (home, book)
    }

    /// What Python's csv module reads, strictly.
    private func rows(_ file: String) async throws -> [[String: String]] {
        let script = """
            import csv, json, sys
            with open(sys.argv[1], newline="", encoding="utf-8") as file:
                print(json.dumps(list(csv.DictReader(file, strict=True))))
            """
        let lines = try await python(script, file)
        return try JSONDecoder().decode([[String: String]].self, from: Data(lines.joined().utf8))
    }

    private func python(_ script: String, _ arguments: String...) async throws -> [String] {
        try await Subprocess.run(
            ["/usr/bin/python3", "-c", script] + arguments, environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"])
    }

    private func save(_ text: String, in home: CommandLineHome) throws -> String {
        let file = "\(home.path)/export"
        try home.write(text, to: file)
        return file
    }

    @Test func csvHasALineForEachDayAndRoutine() async throws {
        let (home, book) = try home()
        let result = try home.run("export")
        try #require(result.code == 0, "\(result.err)")
        // RFC 4180: each line ends with CRLF and there is no other end of a line, so lines can be counted.
        let lines = result.out.components(separatedBy: "\r\n")
        #expect(lines.last == "" && !lines.contains { $0.contains(where: \.isNewline) })
        let rows = try await rows(save(result.out, in: home))
        #expect(rows.count == lines.count - 2)
        let morning = rows.filter { $0["routine"] == "morning" }
        #expect(morning.map { $0["date"] } == (0..<200).reversed().map { "\(book.today - $0)" })
        #expect(morning.count { $0["state"] == "free" } == 22)
        let day = try #require(morning.first { $0["date"] == "\(book.today - 1)" })
        #expect(day["state"] == "done" && day["pain_before"] == "4" && day["pain"] == "3" && day["asked"] == "1")
        let missed = try #require(morning.first { $0["date"] == "\(book.today - 3)" })
        #expect(missed["state"] == "missed" && missed["prompted"] == "1" && missed["pain"] == "")
        #expect(missed["streak"] == "0")
    }

    @Test func noCellIsAFormulaAndNoneMovesTheCursor() async throws {
        let (home, _) = try home()
        let csv = try home.run("export", "=old,\"one\"").out
        #expect(!csv.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" || $0 == "\t" })
        let rows = try await rows(save(csv, in: home))
        #expect(Set(rows.compactMap { $0["routine"] }) == ["'=old,\"one\""])
        let notes = rows.prefix(Self.texts.count).compactMap { $0["notes"] }
        #expect(
            notes == [
                "'=HYPERLINK(\"http://x\")", "'-1+1", "'+1", "'@SUM(A1)", "'＝1+1", "a,b \"quoted\"",
                "two lines and a tab", "�evil��[31m", "שלום עולם", "'quote", "naïve 🧘 <b>&</b>", "plain",
                "a \"\u{301}quote\u{301}\", with marks, <\u{301}b>&\u{301} and \\\u{301}",
            ])
        for cell in rows.flatMap(\.values) { #expect(!cell.hasPrefix("=") && !cell.hasPrefix("@")) }
    }

    @Test func jsonIsWhatTheSchemaSaysAndNothingElse() async throws {
        let (home, _) = try home()
        let result = try home.run("export", "--format", "json")
        try #require(result.code == 0, "\(result.err)")
        // In the test nothing may be added without the schema.
        let script = """
            import json, sys
            import jsonschema
            schema = json.load(open(sys.argv[1]))
            jsonschema.Draft202012Validator.check_schema(schema)
            for part in [schema, *schema["$defs"].values()]:
                if "properties" in part:
                    assert sorted(part["required"]) == sorted(part["properties"]), part["required"]
                    part["additionalProperties"] = False
            jsonschema.Draft202012Validator(schema).validate(json.load(open(sys.argv[2])))
            print("valid")
            """
        let schema = repository.appending(path: "docs/export.schema.json").path
        #expect(try await python(script, schema, save(result.out, in: home)) == ["valid"])
        let empty = try CommandLineHome().run("export", "--format", "json").out
        #expect(try await python(script, schema, save(empty, in: home)) == ["valid"])
    }

    @Test func jsonHasTheTextsAsTheyWereNotedAndTheSameDaysAsCSV() async throws {
        let (home, _) = try home()
        let object = try #require(try home.json("export", "--format", "json") as? [String: Any])
        let routines = try #require(object["routines"] as? [[String: Any]])
        #expect(routines.map { $0["id"] as? String } == ["morning", "=old,\"one\""])
        #expect(routines.map { $0["title"] as? String } == ["Morning stretch", nil])
        let days = try routines.map { try #require($0["days"] as? [[String: Any]]) }
        #expect(days[1].prefix(Self.texts.count).map { $0["notes"] as? [String] } == Self.texts.map { [$0] })
        let rows = try await rows(save(try home.run("export").out, in: home))
        #expect(rows.map { $0["date"] } == days.joined().map { $0["date"] as? String })
        #expect(rows.map { $0["state"] } == days.joined().map { $0["state"] as? String })
        #expect(rows.map { $0["strength"].flatMap(Double.init) } == days.joined().map { $0["strength"] as? Double })
        #expect(routines[0]["streak"] as? Int == days[0].last?["streak"] as? Int)
    }

    @Test func aSpanAndARoutineCanBeChosen() throws {
        let (home, book) = try home()
        let result = try home.run("export", "morning", "--from", "\(book.today - 4)", "--to", "yesterday")
        let dates = result.out.components(separatedBy: "\r\n").dropFirst().dropLast().map { $0.prefix(10) }
        #expect(dates == (1...4).reversed().map { "\(book.today - $0)" })
    }

    @Test(arguments: [
        (["export", "--from", "tomorrow"], "--from is \"tomorrow\", 2"),
        (["export", "--to", "2999-01-01"], "--to is 2999-01-01; allowed: 1970-01-01 to "),
        (["report", "--from", "2026-02-02", "--to", "2026-02-01"], "--from is 2026-02-02, which is after --to"),
        (["export", "evening"], "no routine \"evening\"; there is morning"),
        (["report", "mornin"], "no routine \"mornin\"; did you mean morning?"),
    ])
    func badInputIsRefusedWithAReason(arguments: [String], complaint: String) throws {
        let result = try CommandLineHome().run(arguments)
        #expect(result.code == 65)
        #expect(result.out == "")
        #expect(result.err.hasPrefix("stretchd: " + complaint), "\(result.err)")
    }

    @Test func withoutRecordsThereIsTheHeaderOnly() throws {
        // What is only planned for today is no record.
        let home = try CommandLineHome.atNoon(routine("morning", "23:30", window: "20min"))
        let result = try home.run("export")
        #expect(result.code == 0)
        #expect(
            result.out
                == "date,routine,state,goal,asked,prompted,done,skipped,late,pain_before,pain,streak,strength,notes\r\n"
        )
    }
}
