internal import StretchBase

/// What a terminal can show, and how to format text for it.
package struct Terminal: Sendable {
    package let isTerminal: Bool
    /// Whether the terminal shows characters outside ASCII correctly.
    package let hasSymbols: Bool
    private let hasColours: Bool
    /// Whether this is a terminal that shows only ASCII.
    private let needsASCII: Bool
    /// The width in columns; nil when this is no terminal, or when its width is unknown.
    package let width: Int?

    /// - Parameter columns: the width of the terminal; nil means no terminal, 0 that its width is unknown.
    package init(columns: Int?, environment: [String: String]) {
        isTerminal = columns != nil
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? "C"
        let encoding = locale.lowercased().filter { $0 != "-" }
        hasSymbols = isTerminal && encoding.contains("utf8")
        needsASCII = isTerminal && !hasSymbols
        hasColours = Terminal.wantsColours(isTerminal: isTerminal, environment)
        width = columns == 0 ? nil : columns
    }

    // MARK: Colours

    /// What people say with the variables of no-color.org and bixense.com/clicolors.
    private static func wantsColours(isTerminal: Bool, _ environment: [String: String]) -> Bool {
        func isSet(_ name: String) -> Bool { !(environment[name] ?? "").isEmpty }
        if isSet("NO_COLOR") { return false }
        if isSet("CLICOLOR_FORCE"), environment["CLICOLOR_FORCE"] != "0" { return true }
        return isTerminal && environment["TERM"] != "dumb" && environment["CLICOLOR"] != "0"
    }

    package enum Colour: Int, Sendable {
        case bold = 1
        case faint = 2
        case red = 31
        case green = 32
        case yellow = 33
        case cyan = 36
    }

    /// A part of a line in one colour.
    package struct Piece: Hashable, Sendable {
        package let text: String
        package let colour: Colour?

        package init(_ text: String, _ colour: Colour? = nil) {
            self.text = text
            self.colour = colour
        }
    }

    package typealias Line = [Piece]

    package func paint(_ text: String, _ colour: Colour?) -> String {
        guard hasColours, let colour else { return text }
        return "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m"
    }

    package func paint(_ line: Line) -> String { line.map { paint($0.text, $0.colour) }.joined() }

    // MARK: Lines

    /// The text between two columns.
    package static let gap = "   "

    /// The text between two parts of a line.
    package var separator: String { hasSymbols ? " · " : ", " }

    /// Puts parts beside each other with gaps, in as many lines as needed; it does not break a part.
    package static func flow(_ parts: [Line], width: Int) -> [[Line]] {
        var lines: [[Line]] = []
        var used = 0
        for part in parts {
            used += gap.columns + part.columns
            if lines.isEmpty || used > width {
                lines.append([])
                used = part.columns
            }
            lines[lines.count - 1].append(part)
        }
        return lines
    }

    /// A text in lines that fit, broken at blanks; one line if the width is unknown, so that it can be searched.
    package func wrapped(_ text: String, _ colour: Colour? = nil, indent: String = "") -> [String] {
        let lines = width.map { text.wrapped(to: max(1, $0 - indent.columns)) } ?? [text]
        return lines.map { indent + paint($0, colour) }
    }

    /// A text of several lines, in which those that are too wide are wrapped below their indentation.
    package func fitted(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
            guard let width, String(line).columns > width else { return [String(line)] }
            let indent = String(line.prefix { $0 == " " })
            return wrapped(String(line.dropFirst(indent.count)), indent: indent)
        }
        return lines.joined(separator: "\n")
    }

    // MARK: ASCII

    /// A text in characters that the terminal can show.
    package func legible(_ text: String) -> String { needsASCII ? Terminal.ascii(text) : text }

    /// The closest form of a text in ASCII.
    static func ascii(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 128 }) { return text }
        return text.unicodeScalars.reduce(into: "") { result, scalar in
            if scalar == "·" {
                // The dot stands between blanks as a separator. In ASCII, a comma replaces it.
                if result.last == " " { result.removeLast() }
                result += ","
            } else if scalar.isASCII {
                result.unicodeScalars.append(scalar)
            } else if scalar.columns > 0 {
                // A scalar without width is a mark on the letter before it, and is left out.
                result += asciiNames[scalar] ?? scalar.baseLetter ?? "?"
            }
        }
    }

    private static let asciiNames: [Unicode.Scalar: String] = [
        "–": "-", "—": "-", "…": "...", "‘": "'", "’": "'", "“": "\"", "”": "\"", "„": "\"", "×": "x", "ß": "ss",
        "æ": "ae", "Æ": "AE", "œ": "oe", "ø": "o", "Ø": "O", "½": "1/2", "°": " degrees", "\u{A0}": " ",
    ]
}

extension Terminal.Line {
    package var columns: Int { reduce(0) { $0 + $1.text.columns } }
    package var text: String { map(\.text).joined() }
}

extension Unicode.Scalar {
    /// The letter without its marks, taken from its name, such as `LATIN SMALL LETTER U WITH DIAERESIS`.
    fileprivate var baseLetter: String? {
        guard let name = properties.name else { return nil }
        let words = name.split(separator: " ")
        guard words.count > 4, words[0] == "LATIN", words[2] == "LETTER", words[4] == "WITH", words[3].count == 1 else {
            return nil
        }
        return words[1] == "SMALL" ? words[3].lowercased() : String(words[3])
    }
}
