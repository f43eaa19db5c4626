import Foundation
import StretchBase
import StretchCore
import TestHome
import TestSupport
import Testing

/// The report in a real Chromium: on a screen, light and dark, wide and narrow; on paper; to a reader of screens.
struct ReportInBrowserTests {
    /// What `Tests/browser/look` saw.
    private struct Sight: Decodable {
        var seen: [String: View]
        var closed: Int
        var tree: [Node]
        var requests: [String]
        var complaints: [String]

        struct View: Decodable {
            var text: Contrast
            var shape: Contrast
            var ground: String
            /// By how much the page is wider than the window.
            var wide: Int
        }

        /// The weakest one, and what it is of.
        struct Contrast: Decodable {
            var ratio: Double
            var element: String

            init(from decoder: any Decoder) throws {
                var list = try decoder.unkeyedContainer()
                ratio = try list.decode(Double.self)
                element = try list.decode(String.self)
            }
        }

        struct Node: Decodable {
            var role: String
            var name: String
            var description: String
        }
    }

    @Test func thePageIsWholeWithoutANetworkOnScreenOnPaperAndWhenReadAloud() async throws {
        let home = try CommandLineHome.atNoon()
        var book = Yearbook.ofHalfAYear(in: home)
        book.add(
            "done", 205, Yearbook.note("<img src=\"http://example.org/x.png\"><script>document.title = 'x'</script>"))
        try book.save(in: home)
        try #require(try home.run("report", "-o", "\(home.path)/report.html").code == 0)
        let environment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": home.path]
        let look = try Subprocess(
            [repository.appending(path: "Tests/browser/look").path, "\(home.path)/report.html", home.path],
            environment: environment)
        let status = try await ended(look)
        try #require(status == 0)
        let sight = try JSONDecoder().decode(Sight.self, from: Data(try await look.rest().joined().utf8))

        // It asks for nothing and nothing was kept from it.
        #expect(sight.requests.filter { !$0.hasPrefix("data:image/png;") } == ["file://\(home.path)/report.html"])
        #expect(sight.complaints == [])

        // WCAG 2: AA for text, and for what shapes say.
        #expect(sight.seen.count == 7)
        for (name, view) in sight.seen {
            #expect(view.text.ratio >= 4.5, "\(name): \(view.text.element)")
            #expect(view.shape.ratio >= 3, "\(name): \(view.shape.element)")
            #expect(view.wide <= 0, "\(name)")
        }
        // AAA for people who ask for more contrast.
        for name in ["light-more", "dark-more"] { #expect(sight.seen[name]?.text.ratio ?? 0 >= 7, "\(name)") }
        #expect(sight.seen["light-wide"]?.ground == "rgb(255, 255, 255)")
        #expect(sight.seen["dark-wide"]?.ground != sight.seen["light-wide"]?.ground)

        // Three pictures with their words, the tables behind them, closed until they are wanted.
        #expect(sight.closed == 2)
        let pictures = sight.tree.filter { $0.role == "image" && !$0.name.hasPrefix("Drawing: ") }
        #expect(pictures.count == 3 && pictures.allSatisfy { !$0.name.isEmpty && $0.description.contains("table") })
        let tables = sight.tree.filter { $0.role == "table" }
        #expect(tables.map(\.name).filter { $0.hasPrefix("Morning stretch: ") }.count == 2)
        #expect(!sight.tree.contains { $0.name.hasSuffix(": done") }, "each day is read once, in the table")
        #expect(sight.tree.contains { $0.role == "columnheader" && $0.name == "Wed" })
        #expect(sight.tree.contains { $0.role == "heading" && $0.name == "When not to stretch" })

        try await paperHasAllOfIt(home, environment)
    }

    private func paperHasAllOfIt(_ home: CommandLineHome, _ environment: [String: String]) async throws {
        let paper = "\(home.path)/report.pdf"
        let facts = try await Subprocess.run(["pdfinfo", paper], environment: environment)
        #expect(facts.contains { $0.hasPrefix("Page size:") && $0.hasSuffix("(A4)") })
        let pages = facts.first { $0.hasPrefix("Pages:") }?.split(separator: " ").last.flatMap { Int($0) }
        #expect((4...7).contains(pages ?? 0), "\(pages ?? 0) pages")
        let text = try await Subprocess.run(["pdftotext", "-layout", paper, "-"], environment: environment)
        // The tables, too, which are closed on the screen.
        for words in ["Longest streak", "Done of due", "Each day, before → after", "When not to stretch", "Take care"] {
            #expect(text.contains { $0.contains(words) }, "\(words)")
        }
        #expect(text.count { $0.contains(" done ") && $0.contains(" of ") } >= 28, "a line for each week")
    }

    /// Chromium needs its time on a machine that does much else.
    private func ended(_ process: Subprocess) async throws -> Int32 {
        do { return try await process.finish(within: .seconds(90)) } catch {
            await process.end()
            throw error
        }
    }
}
