import Foundation
import StretchBase
import StretchCore
import TestHome
import TestSupport
import Testing

/// `report`: what is in the page, and where it is written.
struct ReportTests {
    private static let hostile = "<script>alert(1)</script>\" onload=\"x' & </style>\u{202E}\u{0}"

    /// With half a year of records, and hostile texts everywhere.
    private func home() throws -> (CommandLineHome, Yearbook) {
        let home = try CommandLineHome.atNoon(
            """
            [[stretch]]
            id = "wall-angel"
            title = "Wall <b>angel</b> & <script>alert(1)</script>"
            movement = "Up </style><script>alert(2)</script> & down."
            sources = ["Evil. javascript:alert(1)", "Odd. https://example.org/\\"onclick=\\"x"]
            cautions = ["<img src=x onerror=alert(1)>"]
            drawing = '''
             o  <-- &
            /|
            '''

            [[stretch]]
            id = "glute-bridge"
            title = "Bridge, my way"
            movement = "Up."

            [[routine]]
            id = "morning"
            title = "Morning <i>stretch</i>"
            schedule = "07:30"
            steps = ["wall-angel", "glute-bridge", "cat-camel"]

            """)
        var book = Yearbook.ofHalfAYear(in: home)
        book.add("done", 220, Yearbook.note(Self.hostile))
        book.add("done", 30, routine: "old\(Self.hostile)")
        try book.save(in: home)
        return (home, book)
    }

    @Test func nothingInItIsMarkupOfOthersOrComesFromElsewhere() throws {
        let (home, _) = try home()
        let html = try home.run("report").out
        #expect(!html.contains("<script") && !html.contains("<img src=x") && !html.contains("<b>angel"))
        #expect(html.components(separatedBy: "</style>").count == 2)
        #expect(!html.unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{0}" })
        // What is loaded is in the page; what is linked is in the page or a source.
        for match in html.matches(of: /(?:src|href|action|xlink:href|poster|data)="([^"]*)"/) {
            let address = match.1
            #expect(
                address.hasPrefix("#") || address.hasPrefix("data:image/png;base64,") || address.hasPrefix("https://"),
                "\(address)")
        }
        #expect(!html.contains(/(?:src|url\()\s*=?\s*"?http/) && !html.contains("@import"))
        #expect(html.contains("default-src 'none'"))
        #expect(!html.contains("href=\"javascript") && !html.contains("onclick=\"x\""))
    }

    @Test func anotherParserFindsNoFaultInIt() async throws {
        let (home, _) = try home()
        let script = """
            import sys
            import html5lib
            parser = html5lib.HTMLParser()
            tree = parser.parse(open(sys.argv[1], "rb"))
            print(parser.errors)
            ids = [e.get("id") for e in tree.iter() if e.get("id")]
            print(sorted({i for i in ids if ids.count(i) > 1}))
            links = [e.get("href")[1:] for e in tree.iter() if e.get("href", "").startswith("#")]
            named = [n for e in tree.iter() for k in ("aria-labelledby", "aria-describedby") for n in e.get(k, "").split()]
            print([name for name in links + named if name not in ids])
            """
        for arguments in [["report"], ["report", "--from", "2020-01-01"], ["report", "morning", "--to", "yesterday"]] {
            let file = "\(home.path)/report.html"
            let result = try home.run(arguments + ["--force", "-o", file])
            try #require(result.code == 0 && result.out == "", "\(result.err)")
            let found = try await Subprocess.run(
                ["/usr/bin/python3", "-c", script, file], environment: ["PATH": "/usr/bin:/bin"])
            // No error, no name twice, no name that leads nowhere.
            #expect(found == ["[]", "[]", "[]"])
        }
    }

    @Test func theRoutineIsInItWithDrawingsCautionsAndWhenNotToStretch() throws {
        let (home, _) = try home()
        let html = try home.run("report").out
        let camel = try #require(StretchLibrary.stretch("cat-camel"))
        for text in [camel.movement] + camel.preparation + camel.cautions + Safety.warningSigns {
            #expect(html.contains(text))
        }
        #expect(html.contains("&lt;-- &amp;"), "the drawing of an own stretch")
        #expect(html.contains("no longer in the configuration"))
        // Built in, and not of the person's own under a built-in name.
        let drawings = html.matches(of: /<(img|pre)[^>]*(?:alt|aria-label)="Drawing: ([^"]*)"/).map { String($0.2) }
        #expect(drawings == ["Wall &lt;b&gt;angel&lt;/b&gt; &amp; &lt;script&gt;alert(1)&lt;/script&gt;", "Cat-camel"])
    }

    @Test func aTerminalGetsNoPageUnlessItIsAskedFor() throws {
        let (home, _) = try home()
        let refused = try home.run(["report"], columns: 80)
        #expect(refused.code == 65 && refused.out == "")
        let complaint = refused.err.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(complaint.hasSuffix("write it to a file: stretchd report -o report.html"))
        #expect(try home.run(["report", "-o", "-"], columns: 80).out.hasPrefix("<!DOCTYPE html>"))
    }

    @Test func theNumbersAreThoseOfStatus() throws {
        let (home, _) = try home()
        let html = try home.run("report", "morning").out
        let status = try #require(try home.json("status", "--json") as? [String: Any])
        let routine = try #require((status["routines"] as? [[String: Any]])?.first)
        let streak = try #require(routine["streak"] as? Int)
        let strength = try #require(routine["strength"] as? Double)
        let longest = try #require(routine["longest"] as? Int)
        let values = html.matches(of: /<dd class="value">([^<]*)</).map { String($0.1) }
        #expect(values[0] == "\(streak) day\(streak == 1 ? "" : "s")")
        #expect(values[1].hasPrefix("\(longest) day"))
        #expect(values[2] == "\(Int((strength * 100).rounded()))\u{A0}%")
    }

    @Test func aBuiltInRoutineThatIsPlannedNowhereIsToldOfWithItsSteps() throws {
        let home = try CommandLineHome.atNoon(
            #"""
            [[routine]]
            id = "evening"
            title = "Evening"
            schedule = "20:00"

            """#)
        var book = Yearbook(of: home)
        book.add("done", 3, routine: "morning")
        // Of this nothing was asked or done.
        book.add("snooze", 2, routine: "gone", #""until":"\#(book.today)T08:00:00Z""#)
        try book.save(in: home)
        let html = try home.run("report").out
        let titles = html.matches(of: /<h2 id="r\d-title"[^>]*>([^<]*)</).map { String($0.1) }
        #expect(titles == ["Evening", "Morning stretch"])
        #expect(html.contains("done without being planned") && html.contains("Glute bridge"))
        // Its own times are nothing that is to come today.
        let export = try home.run("export", "morning", "--from", "today").out
        #expect(export.contains(",morning,free,"))
    }

    /// The first label may take the place of the next month's, and that be January.
    @Test(arguments: ["2023-11-24", "2023-12-18", "2024-01-01"])
    func theFirstMonthOfAYearThatIsNamedNamesTheYear(first: String) throws {
        var chronicle = Chronicle()
        chronicle.add("morning", from: first, String(repeating: "D", count: 300))
        let home = try CommandLineHome()
        try home.sync(chronicle)
        let html = try home.run("report", "--from", first, "--to", "2024-09-01").out
        for picture in ["r1-days", "r1-habit"] {
            let svg = try #require(
                html.firstMatch(of: try Regex("<svg[^>]*id=\"\(picture)\".*?</svg>").dotMatchesNewlines()))
            let months = String(html[svg.range]).matches(of: /<text[^>]*>([A-Z][a-z][a-z](?: \d{4})?)</).map {
                String($0.1)
            }
            .filter { !["Mon", "Wed", "Fri", "Sun"].contains($0) }
            #expect(months.count { $0.hasSuffix(" 2024") } == 1, "\(picture): \(months)")
        }
    }

    @Test func withoutRecordsItSaysSoAndShowsTheRoutine() throws {
        // What is only planned for today is no record.
        let steps = "\nsteps = [\"glute-bridge\"]\n"
        let home = try CommandLineHome.atNoon(routine("morning", "23:30", window: "20min") + steps)
        let result = try home.run("report")
        #expect(result.code == 0 && result.err == "")
        #expect(result.out.contains("Nothing was recorded in this time."))
        #expect(result.out.contains("Glute bridge") && !result.out.contains("NaN") && !result.out.contains("<figure"))
    }

    // MARK: Where it is written

    @Test func aFileOfThePersonIsReplacedOnlyWhenAskedFor() throws {
        let home = try CommandLineHome()
        let file = "\(home.path)/mine.html"
        try home.write("mine", to: file)
        let refused = try home.run("report", "--output", file)
        #expect(refused.code == 65)
        #expect(refused.err == "stretchd: \(file) exists; name another file, or replace it with --force\n")
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
        #expect(try home.run("report", "--output", file, "--force").code == 0)
        #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix("<!DOCTYPE html>"))
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func whatIsNoFileIsNeverReplaced() throws {
        let home = try CommandLineHome()
        let target = "\(home.path)/target"
        try home.write("mine", to: target)
        try FileManager.default.createSymbolicLink(atPath: "\(home.path)/link", withDestinationPath: target)
        for path in ["\(home.path)/link", home.path, "/dev/null"] {
            for force in [[], ["--force"]] {
                let result = try home.run(["report", "-o", path] + force)
                #expect(result.code == 65)
                #expect(result.err == "stretchd: \(path) is no file that could be replaced; name another one\n")
            }
        }
        #expect(try String(contentsOfFile: target, encoding: .utf8) == "mine")
    }

    @Test func aFileWithoutANameIsAMistakeOfUsage() throws {
        let result = try CommandLineHome().run("report", "--output", "")
        #expect(result.code == 64 && result.err.contains("--output names no file; see: stretchd help report"))
    }

    @Test func withoutAFileThereIsNothingToReplace() throws {
        let result = try CommandLineHome().run("report", "--force")
        #expect(result.code == 64)
    }
}
