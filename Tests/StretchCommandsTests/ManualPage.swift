import Foundation
import TestSupport
import Testing

/// A page of the manual as it is written, in the form of scdoc(5).
struct ManualPage {
    let name: String
    let text: String

    /// - Parameter name: such as `stretchd.1`.
    init(_ name: String) throws {
        self.name = name
        text = try String(contentsOf: repository.appending(path: "docs/\(name).scd"), encoding: .utf8)
    }

    static var all: [ManualPage] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: repository.appending(path: "docs").path)
                .filter { $0.hasSuffix(".scd") }.sorted().map { try ManualPage(String($0.dropLast(4))) }
        }
    }

    /// Something explained: one or more lines at the margin, and what is indented below them.
    struct Item {
        let head: String
        let body: String

        /// What is bold at its beginning.
        var name: String { String(head.dropFirst().prefix { $0 != "*" }) }
        /// The options it names.
        var options: Set<String> {
            Set("\(head)\n\(body)".matches(of: /\*(--?[a-z-]+)\*/).map { String($0.1) })
        }
    }

    /// The items of a section, or of the whole page.
    func items(of section: String? = nil) throws -> [Item] {
        var items: [Item] = []
        var head: [Substring] = []
        var body: [Substring] = []
        func end() {
            if !head.isEmpty, !body.isEmpty {
                items.append(Item(head: head.joined(separator: " "), body: body.joined(separator: "\n")))
            }
            (head, body) = ([], [])
        }
        for line in try (section.map(self.section) ?? text).split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("\t") || line.isEmpty && !body.isEmpty {
                body.append(line)
            } else {
                if !body.isEmpty || line.isEmpty { end() }
                if !head.isEmpty || line.hasPrefix("*") { head.append(line) }
            }
        }
        end()
        return items
    }

    /// The text below a heading, up to the next one of its kind.
    func section(_ heading: String) throws -> String {
        let start = try #require(text.firstRange(of: "\n# \(heading)\n"), "\(name) has no section \(heading)")
        let rest = text[start.upperBound...]
        return String(rest[..<(rest.firstRange(of: "\n# ")?.lowerBound ?? rest.endIndex)])
    }

    /// What is set literally, a block each.
    var blocks: [String] {
        text.matches(of: /(?m)^```\n([\s\S]*?)^```$/).map { String($0.1) }
    }
}
