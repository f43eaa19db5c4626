import StretchBase
import StretchCore
import Testing

/// A key of `config.toml`, as the program itself tells it when something is wrong.
struct ConfigurationKey {
    /// The line above it, such as `[prompt]`; nil at the top of the file.
    let header: String?
    let name: String
    /// What may be its value, in words.
    let allowed: String

    static var all: [ConfigurationKey] {
        get throws { try keys(below: nil) }
    }

    private static func keys(below header: String?) throws -> [ConfigurationKey] {
        var keys: [ConfigurationKey] = []
        for name in try names(below: header) {
            let allowed = try refusal(of: name, below: header)
            // A key that is nothing but the name of tables is none.
            if !allowed.hasPrefix("a table: ") && !allowed.hasPrefix("tables, ") {
                keys.append(ConfigurationKey(header: header, name: name, allowed: allowed))
            }
            if let inner = allowed.firstMatch(of: /\[+[\w.]+\]+/) {
                keys += try Self.keys(below: String(inner.0))
            }
        }
        return keys
    }

    /// An unknown key that resembles none has all known ones told.
    private static func names(below header: String?) throws -> [String] {
        let told = try refusal(of: "qqqqqqqqqqqqqqqqqqqqqqqq", below: header)
        return told.split(separator: ", ").map(String.init)
    }

    /// What is allowed instead, when a key is a decimal number, which none may be.
    private static func refusal(of name: String, below header: String?) throws -> String {
        do {
            let outers = ["[[routine.steps]]": "[[routine]]\n", "[[stretch.level]]": "[[stretch]]\n"]
            let outer = header.flatMap { outers[$0] } ?? ""
            _ = try ConfigurationReader.read("\(outer)\(header ?? "")\n\(name) = 1.5", file: "")
        } catch {
            let problem = try #require(error.problems.first { $0.place.hasSuffix(name) }, "\(error)")
            let parts = problem.text.split(separator: "; allowed: ", maxSplits: 1)
            return String(try #require(parts.last))
        }
        return ""
    }
}
