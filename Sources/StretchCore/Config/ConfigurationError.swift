internal import StretchBase
internal import TOMLKit

/// All problems of a configuration file and of the files it includes; the description has a line for each.
package struct ConfigurationError: Error, Hashable, CustomStringConvertible {
    package let problems: [Problem]
    /// The included files, as in `Configuration.includes`.
    ///
    /// They are watched, because the person may fix the problem in one of them.
    package let includes: [String]

    package struct Problem: Hashable, Sendable, CustomStringConvertible {
        /// The name of the file, as the person knows it.
        package let file: String
        /// The place in the file: a line, a key path or a routine's key; empty if the problem concerns the whole file.
        package let place: String
        /// What is wrong, and after a semicolon what is allowed or what to do.
        package let text: String

        /// One line, such as `config.toml: routine "morning": window: is "25h"; allowed: …`.
        package var description: String { ([file, place, text].filter { !$0.isEmpty }).joined(separator: ": ") }

        /// What is wrong, for a person who does not look at the file now: `routine morning, window, is 25h`.
        var spoken: String {
            let fault = text.split(separator: "; ").first.map(String.init) ?? text
            let words = [place, fault].filter { !$0.isEmpty }.joined(separator: ", ").replacing(": ", with: ", ")
                .replacing("\"", with: "")
            return words.count <= 100 ? words : words.prefix(99) + "…"
        }

        /// What is allowed, or what to do; nil if the text does not say.
        var remedy: String? {
            let parts = text.split(separator: "; ", maxSplits: 1)
            return parts.count == 2 ? parts[1].capitalised : nil
        }
    }

    package var description: String { problems.map(\.description).joined(separator: "\n") }
}

extension ConfigurationError {
    /// An error with a single problem, which concerns the whole file.
    package init(file: String, _ text: String) {
        self.init(problems: [Problem(file: file, place: "", text: text)], includes: [])
    }
}

/// Why a text in the file is refused, for example the path of an included file.
///
/// Messages show the text, a colon and this reason.
package struct TextRefusal: Error {
    package let reason: String
    package init(_ reason: String) { self.reason = reason }
    init(_ error: SyntaxError) {
        reason = "column \(error.offset + 1): \(error.problem)" + (error.hint.map { "; \($0)" } ?? "")
    }
}

/// The problems found so far in one file, shared by everything that reads it.
final class ProblemList {
    private var noted: [ConfigurationError.Problem] = []
    /// What holds, and is better written in another way.
    private(set) var remarks: [ConfigurationError.Problem] = []
    /// The slips by their lines, until the key of each is read: then its value may be wrong, too.
    private var slips: [Int: TOMLSlip] = [:]
    /// The name of the file; messages begin with it.
    let file: String
    /// Another file includes it.
    let isIncluded: Bool

    init(file: String, isIncluded: Bool = false) {
        self.file = file
        self.isIncluded = isIncluded
    }

    /// A slip whose key nobody reads is among them.
    var list: [ConfigurationError.Problem] {
        slips.sorted { $0.key < $1.key }.map { problem("line \($0.key)", $0.value.text) } + noted
    }

    /// Something of the file could not be read.
    var isIncomplete: Bool { !noted.isEmpty }

    func remark(_ place: String, _ text: String) { remarks.append(problem(place, text)) }

    func note(_ place: String, _ text: String) { noted.append(problem(place, text)) }

    func note(_ slip: (TOMLSlip, line: Int)) { note("line \(slip.line)", slip.0.text) }

    /// Keeps a slip until its value is read.
    func keep(_ slip: TOMLSlip, at line: Int) { slips[line] = slip }

    /// The slip in the line of a value, if there was one; the caller has to note it.
    func takeSlip(of value: KeyedTable.Value) -> (TOMLSlip, line: Int)? {
        guard let table = value.table, table[TOMLSlip.mark] != nil, let line = table["line"]?.int else { return nil }
        return slips.removeValue(forKey: line).map { ($0, line) }
    }

    private func problem(_ place: String, _ text: String) -> ConfigurationError.Problem {
        .init(file: file, place: place, text: oneLine(text))
    }
}
