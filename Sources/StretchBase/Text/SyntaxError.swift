/// A mistake in a text: its place, what is allowed there, and for common mistakes what was probably meant.
package struct SyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    package let text: String
    /// The number of characters before the mistake.
    package let offset: Int
    package let problem: String
    package let hint: String?

    package init(text: String, offset: Int, problem: String, hint: String? = nil) {
        self.text = text
        self.offset = offset
        self.problem = problem
        self.hint = hint
    }

    /// The same error with another hint; nil keeps the old hint.
    func with(hint: String?) -> SyntaxError {
        SyntaxError(text: text, offset: offset, problem: problem, hint: hint ?? self.hint)
    }

    /// One line, such as `"*/2:00", column 2: here goes a date ...; did you mean 00/2:00?`.
    package var description: String {
        oneLine("\"\(text)\", column \(offset + 1): \(problem)" + (hint.map { "; \($0)" } ?? ""))
    }
}

/// Reads a text byte by byte, and says where it is wrong.
///
/// Each syntax is an extension of this type.
struct TextParser {
    let text: String
    /// The bytes that are read, at first those of the text.
    ///
    /// `calendarEvent` cuts off a zone, and puts in what a shorthand such as `daily` stands for.
    var bytes: [UInt8]
    var position = 0

    init(_ text: String) {
        self.text = text
        bytes = Array(text.utf8)
    }

    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// Moves past a word if it comes next; false if it does not.
    mutating func take(_ word: String) -> Bool {
        guard bytes[position...].starts(with: word.utf8) else { return false }
        position += word.utf8.count
        return true
    }

    mutating func digits() -> ArraySlice<UInt8> {
        let found = bytes[position...].prefix(while: \.isDigit)
        position = found.endIndex
        return found
    }

    /// - Parameter place: the index of the wrong byte; nil means the position of the parser.
    func failure(_ problem: String, at place: Int? = nil, hint: String? = nil) -> SyntaxError {
        let offset = String(decoding: text.utf8.prefix(place ?? position), as: UTF8.self).count
        return SyntaxError(text: text, offset: offset, problem: problem, hint: hint)
    }
}
