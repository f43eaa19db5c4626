/// A text that does not follow its syntax: where, what is allowed there, and for common slips what was meant.
package struct SyntaxError: Error, Hashable, Sendable {
    package let text: String
    /// Characters before the place.
    package let offset: Int
    package let problem: String
    package let hint: String?

    package init(text: String, offset: Int, problem: String, hint: String? = nil) {
        self.text = text
        self.offset = offset
        self.problem = problem
        self.hint = hint
    }

    /// The place as parsers know it: bytes of UTF-8 before it.
    init(text: String, byte: Int, problem: String, hint: String? = nil) {
        let offset = String(decoding: text.utf8.prefix(byte), as: UTF8.self).count
        self.init(text: text, offset: offset, problem: problem, hint: hint)
    }
}

extension SyntaxError: CustomStringConvertible {
    /// One line: `"24:00", column 1: hours go from 0 to 23, not 24; the midnight that ends a day is 00:00 of the next`
    package var description: String {
        "\"\(text)\", column \(offset + 1): \(problem)" + (hint.map { "; \($0)" } ?? "")
    }
}
