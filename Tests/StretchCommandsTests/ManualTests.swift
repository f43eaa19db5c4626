import Foundation
import TestHome
import TestSupport
import Testing

@testable import StretchBase
@testable import StretchCore

/// The manual says all that the program knows, and nothing else.
struct ManualTests {
    // MARK: stretchd(1)

    @Test func everyCommandIsInTheManualWithItsOptionsAndNoOthers() throws {
        let program = try HelpDocument(of: CommandLineHome()).command
        let manual = try ManualPage("stretchd.1")
        let items = try manual.items(of: "COMMANDS")
        let general = Set(program.options)
        #expect(general.isSubset(of: items.reduce(into: []) { $0.formUnion($1.options) }))
        for (words, command) in program.runnable {
            let name = words.joined(separator: " ")
            let item = try #require(items.first { $0.name == name }, "\(name)")
            #expect(item.options == Set(command.options).subtracting(general), "\(name)")
        }
    }

    // MARK: stretchd-json(5)

    @Test func everyKeyOfTheJSONOutputIsInTheManual() throws {
        let home = try CommandLineHome.atNoon(routine("morning", "08:00", window: "12h"))
        try #require(try home.run("pause", "1d").code == 0)
        let items = try ManualPage("stretchd-json.5").items(of: "JSON OUTPUT")
        let commands = try HelpDocument(of: home).command.runnable
        let withJSON = commands.filter { $0.command.options.contains("--json") }.map { ($0.words, [String]()) }
        for (command, arguments) in withJSON + [(["next"], ["--schedule", "daily"])] {
            let output = try home.run(command + arguments + ["--json"]).out
            let name = command.joined(separator: " ")
            let item = try #require(items.first { $0.name == "\(name) --json" }, "\(command + arguments)")
            for key in keys(in: try JSONSerialization.jsonObject(with: Data(output.utf8))) {
                #expect(item.body.contains("\"\(key)\""), "\(command + arguments)")
            }
        }
    }

    @Test func everyKeyAndColumnOfTheExportIsInTheManual() throws {
        let home = try CommandLineHome.atNoon(routine("morning", "08:00", window: "12h"))
        try #require(try home.run("done").code == 0)
        let items = try ManualPage("stretchd-json.5").items(of: "EXPORT")
        let csv = try #require(items.first { $0.name == "export --format csv" }).body
        // The page breaks the header into lines.
        let header = try String(home.run("export").out.prefix { !$0.isNewline })
        #expect(csv.filter { !$0.isWhitespace }.contains(header))
        let json = try #require(items.first { $0.name == "export --format json" }).body
        let output = try home.run("export", "--format", "json").out
        for key in keys(in: try JSONSerialization.jsonObject(with: Data(output.utf8))) {
            #expect(json.contains("\"\(key)\""))
        }
    }

    private func keys(in value: Any) -> Set<String> {
        switch value {
        case let object as [String: Any]: object.reduce(into: []) { $0.formUnion(keys(in: $1.value).union([$1.key])) }
        case let list as [Any]: list.reduce(into: []) { $0.formUnion(keys(in: $1)) }
        default: []
        }
    }

    // MARK: stretchd(5)

    @Test func everyKeyOfTheConfigurationIsInTheManualAndInTheExampleWithItsRange() throws {
        let example = try String(contentsOf: repository.appending(path: "config.toml.example"), encoding: .utf8)
            // What is commented out is an example too.
            .replacing(/(?m)^#(?=\S)/, with: "")
        let lines = example.split(separator: "\n", omittingEmptySubsequences: false)
        let keys = try ConfigurationKey.all
        #expect(keys.count >= 43)
        for key in keys {
            let item = try #require(try items(below: key.header).first { $0.name == key.name }, "\(key.name)")
            // In the example, what comes between the key before and the end of its own line.
            let start = try #require(key.header.map { lines.firstIndex(of: $0[...]) } ?? 0, "\(key.header ?? "")")
            let line = try #require(lines[start...].firstIndex { $0.hasPrefix("\(key.name) = ") }, "\(key.name)")
            let comments = lines[..<line].reversed().prefix { $0.hasPrefix("#") }
            let passage = (comments.reversed() + [lines[line]]).joined(separator: "\n")
            // The length of a text may be told once, above the items.
            let told = try item.body + (introduction(of: key.header) ?? "")
            for range in ranges(in: key.allowed) {
                #expect(ranges(in: told).contains(range), "\(key.name)")
                // Lengths of texts are left to the manual.
                if key.allowed.contains(" from ") { #expect(ranges(in: passage).contains(range), "\(key.name)") }
            }
        }
        for header in Set(keys.map(\.header)) {
            let documented = try items(below: header).filter { $0.head.contains("* = ") }.map(\.name)
            #expect(Set(documented) == Set(keys.filter { $0.header == header }.map(\.name)))
        }
    }

    /// What the manual says of the keys below a line such as `[prompt]`; nil: at the top of the file.
    private func items(below header: String?) throws -> [ManualPage.Item] {
        try ManualPage("stretchd.5").items(of: try heading(of: header))
    }

    /// What it says before the first of them.
    private func introduction(of header: String?) throws -> Substring? {
        guard let header else { return nil }
        let text = try ManualPage("stretchd.5").section(try heading(of: header))
        #expect(text.contains("*\(header)*"))
        return text.split(separator: #/\n\*\w+\* = /#).first
    }

    private func heading(of header: String?) throws -> String {
        let headings = [
            "": "GENERAL", "[prompt]": "PROMPTS", "[presence]": "PRESENCE", "[guide]": "GUIDE",
            "[person]": "PERSON",
            "[[routine]]": "ROUTINES", "[[routine.steps]]": "STEPS", "[[stretch]]": "STRETCHES",
            "[[stretch.level]]": "LEVELS",
        ]
        return try #require(headings[header ?? ""], "\(header ?? "")")
    }

    /// What is written `1min to 24h`; numbers and spans, however they are written.
    private func ranges(in text: String) -> [[String]] {
        text.matches(of: /"?([\w:]+)"?\s+to\s+"?([\w:]+)"?/).map { match in
            [match.1, match.2].map { end in
                (try? TimeSpan.parse(String(end))).map(TimeSpan.format) ?? String(end)
            }
        }
    }

    @Test func theDefaultsInTheManualAreThoseOfTheProgram() throws {
        let required = [
            "[[stretch]]": "id = \"b\"\ntitle = \"B\"\nmovement = \"M.\"\n",
            "[[routine]]": "id = \"a\"\ntitle = \"A\"\nschedule = \"07:30\"\n",
            "[[routine.steps]]": "stretch = \"b\"\n",
            "[[stretch.level]]": "hold = \"20s\"\n",
        ]
        var written = ""
        var leftOut = ""
        var header: String?
        for key in try ConfigurationKey.all {
            if key.header != header {
                let start = "\(key.header ?? "")\n\(required[key.header ?? ""] ?? "")"
                written += start
                leftOut += start
            }
            header = key.header
            let body = try #require(try items(below: key.header).first { $0.name == key.name }?.body)
            if key.header != "[[stretch.level]]",
                required[key.header ?? ""]?.contains("\(key.name) = ") == true
            {
                #expect(body.contains("Required."), "\(key.name)")
            } else if key.header == "[[routine.steps]]" {
                #expect(body.contains("\tDefault: that of the stretch"), "\(key.name)")
            } else if key.header == "[[stretch.level]]" {
                #expect(body.contains("\tDefault: that of the level before"), "\(key.name)")
            } else if !["steps", "tempo"].contains(key.name) {
                let value = try #require(body.firstMatch(of: /\tDefault: (.+)/), "\(key.name)").1
                written += "\(key.name) = \(value)\n"
            }
        }
        #expect(
            try ConfigurationReader.read(written, file: "manual")
                == ConfigurationReader.read(leftOut, file: "left out"))
    }

    @Test func theExamplesOfTheConfigurationAreInOrder() throws {
        let blocks = try ManualPage("stretchd.5").blocks.filter { $0.contains(#/(?m)^\w+ = /#) }
        #expect(blocks.count == 8)
        for block in blocks {
            let head =
                block.contains("schedule") && !block.contains("[[") ? "[[routine]]\nid = \"a\"\ntitle = \"A\"\n" : ""
            #expect(throws: Never.self) {
                try ConfigurationReader.read(head + block, file: "manual", including: { _ in "" })
            }
        }
        let table = try ManualPage("stretchd.5").section("CALENDAR EVENTS").matches(of: /(?m)^\|. \*(.+)\*$/)
        #expect(table.count >= 10)
        for row in table {
            let event = String(row.1).replacing("\\", with: "")
            #expect(throws: Never.self) { try CalendarEvent(parsing: event) }
        }
    }

    // MARK: stretchd-journal(5)

    @Test func everyMemberOfARecordIsInTheManual() throws {
        let manual = try ManualPage("stretchd-journal.5")
        let text = try manual.section("MEMBERS") + manual.section("TYPES")
        for member in RecordMember.allCases { #expect(text.contains("*\(member.name)*")) }
    }

    @Test func theRecordsInTheManualAreWhatIsWritten() throws {
        let manual = try ManualPage("stretchd-journal.5")
        // They are broken into lines; the rest of a record begins with a blank.
        let lines = manual.blocks.filter { $0.hasPrefix("{") }
            .flatMap { $0.replacing("\n ", with: "").split(separator: "\n") }.map { Array($0.utf8) }
        #expect(lines.count >= 7)
        var scanner = RecordScanner()
        for line in lines {
            guard case .record(let record) = scanner.scan(line.span) else {
                Issue.record("\(scanner.scan(line.span)): \(String(decoding: line, as: UTF8.self))")
                continue
            }
            if record.id != "by hand 1" { #expect(record.line == line) }
        }
    }

    @Test func theTypesInTheManualAreKnown() throws {
        let names = try ManualPage("stretchd-journal.5").items(of: "TYPES").flatMap { item in
            item.head.matches(of: /\*([a-z]+)\*/).map { String($0.1) }
        }
        #expect(names.count >= 8)
        let time = "2026-11-23T07:30:00Z"
        for name in names {
            let line = Array(
                #"{"v":1,"id":"1","ts":"\#(time)","type":"\#(name)","until":"\#(time)","ref":[],"stretch":"a","level":1}"#
                    .utf8)
            var scanner = RecordScanner()
            guard case .record(let record) = scanner.scan(line.span) else {
                Issue.record("\(scanner.scan(line.span))")
                continue
            }
            #expect(record.kind != .unknown(name))
        }
    }

    // MARK: All pages

    @Test func thePagesAreSetWithoutAWarningAndFitATerminal() async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "stretchd-man-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let pages = try ManualPage.all
        #expect(pages.map(\.name) == ["stretchd-journal.5", "stretchd-json.5", "stretchd.1", "stretchd.5"])
        for page in pages {
            let target = directory.appending(path: page.name).path
            let output = try await Subprocess.run(
                ["sh", "-c", #"{ scdoc <"$1" >"$2" && groff \#(Self.setting) "$2"; } 2>&1 || true"#, "sh"]
                    + [repository.appending(path: "docs/\(page.name).scd").path, target],
                environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"])
            #expect(output.contains { $0.hasPrefix("NAME") }, "\(output)")
            #expect(!output.contains { $0.contains("warning:") || $0.contains("error:") }, "\(output)")
            #expect(output.filter { $0.count > 80 } == [])
        }
    }

    /// As man(1) has a page set for a terminal of 80 columns, with all warnings and nothing bold.
    private static let setting = "-k -t -man -ww -rLL=78n -Tutf8 -P-cbou"

    @Test func thePagesOfOursThatTheyNameExist() throws {
        let pages = try ManualPage.all
        for page in pages {
            for reference in page.text.matches(of: /\*(stretchd[a-z-]*)\*\(([0-9])\)/) {
                #expect(pages.map(\.name).contains("\(reference.1).\(reference.2)"), "\(page.name)")
            }
        }
    }
}
