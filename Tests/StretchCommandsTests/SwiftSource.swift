import Foundation

/// The texts between quotes in Swift code, without comments; what is interpolated is a `…`, and its own texts follow.
struct SwiftSource {
    private(set) var literals: [String] = []
    private let code: [Character]
    private var at = 0

    init(_ text: String) {
        code = Array(text)
        skipCode(until: nil)
    }

    /// Of all Swift files below a directory, by file.
    static func literals(below directory: URL) throws -> [(file: String, texts: [String])] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: directory.path).sorted()
        return try names.filter { $0.hasSuffix(".swift") }.map { name in
            let text = try String(contentsOf: directory.appending(path: name), encoding: .utf8)
            return (name, SwiftSource(text).literals)
        }
    }

    private func has(_ text: String) -> Bool { code[at...].starts(with: text) }

    /// Up to the end, or behind the bracket that closes an interpolation.
    private mutating func skipCode(until closer: Character?) {
        var depth = 0
        while at < code.count {
            if has("//") {
                while at < code.count, code[at] != "\n" { at += 1 }
            } else if has("/*") {
                while at < code.count, !has("*/") { at += 1 }
            } else if code[at] == "\"" || code[at] == "#" && hasRawText {
                readText()
            } else {
                if code[at] == closer, depth == 0 { return at += 1 }
                if code[at] == "(" { depth += 1 }
                if code[at] == ")" { depth -= 1 }
                at += 1
            }
        }
    }

    private var hasRawText: Bool { code[at...].first { $0 != "#" } == "\"" }

    private mutating func readText() {
        let hashes = String(code[at...].prefix { $0 == "#" })
        at += hashes.count
        // Otherwise it is a text of one line that is, or begins with, a quote.
        let quotes = has("\"\"\"\n") ? "\"\"\"" : "\""
        at += quotes.count
        var text = ""
        let place = literals.count
        while at < code.count, !has(quotes + hashes) {
            if has("\\\(hashes)(") {
                at += 2 + hashes.count
                skipCode(until: ")")
                text.append("…")
            } else if has("\\\(hashes)") {
                // Of a line that goes on below, the blanks there are no part.
                at += 1 + hashes.count
                let isJoint = at < code.count && code[at] == "\n"
                if !isJoint { text.append(code[at]) }
                at += 1
                while isJoint, at < code.count, code[at] == " " { at += 1 }
            } else {
                text.append(code[at])
                at += 1
            }
        }
        at += quotes.count + hashes.count
        literals.insert(text, at: place)
    }
}
