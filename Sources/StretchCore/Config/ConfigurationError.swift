internal import StretchBase

/// Everything that is wrong with a configuration file and those it includes, one problem a line.
package struct ConfigurationError: Error, Hashable, CustomStringConvertible {
    package let problems: [Problem]
    /// The files it includes, as in `Configuration.includes`: a person may fix the problem there.
    package let includes: [String]

    package struct Problem: Hashable, Sendable, CustomStringConvertible {
        /// The name of the file, as the person knows it.
        package let file: String
        /// Where in it: a line, a key path or a routine's key; empty for the file as a whole.
        package let place: String
        /// What is wrong, and after a semicolon what is allowed or what to do.
        package let text: String

        /// One line, such as `config.toml: routine "morning": window: is "25h"; allowed: …`.
        package var description: String { ([file, place, text].filter { !$0.isEmpty }).joined(separator: ": ") }
    }

    package var description: String { problems.map(\.description).joined(separator: "\n") }
}

extension ConfigurationError {
    /// One problem with the file as a whole.
    package init(file: String, _ text: String) {
        self.init(problems: [Problem(file: file, place: "", text: text)], includes: [])
    }
}

/// Why a text in the file is refused, such as the path of an included file; messages show it after the text and a colon.
package struct TextRefusal: Error {
    package let reason: String
    package init(_ reason: String) { self.reason = reason }
    init(_ error: SyntaxError) {
        reason = "column \(error.offset + 1): \(error.problem)" + (error.hint.map { "; \($0)" } ?? "")
    }
}

/// The problems found so far in one file, shared by everything that reads it.
final class ProblemList {
    private(set) var list: [ConfigurationError.Problem] = []
    /// The name of the file; messages begin with it.
    let file: String

    init(file: String) { self.file = file }

    func note(_ place: String, _ text: String) { list.append(.init(file: file, place: place, text: oneLine(text))) }
}
