internal import StretchBase

// Words on a grid of characters.

extension GuidePage {
    /// How text is put on the terminal: how wide its characters are, and which it can show.
    struct Typesetter: Hashable, Sendable {
        /// Characters outside ASCII can be shown.
        let hasSymbols: Bool

        /// A text as it can be shown.
        func set(_ text: String) -> String { hasSymbols ? text : GuidePage.ascii(text) }

        var ellipsis: String { hasSymbols ? "…" : "..." }

        /// A text in lines of at most so many columns: what goes beyond them is not seen.
        func wrap(_ text: String, width: Int) -> [String] { set(text).wrapped(to: width, breaksWords: true) }

        /// The first so many lines, with a sign where the rest is missing.
        func clip(_ lines: [String], to count: Int, width: Int) -> [String] {
            guard lines.count > count else { return lines }
            guard count > 0 else { return [] }
            return lines.prefix(count - 1) + [clip(lines[count - 1] + ellipsis + ellipsis, to: width)]
        }

        /// As much of a text as fits, with a sign where the rest is missing.
        func clip(_ text: String, to width: Int) -> String {
            guard text.columns > width else { return text }
            return (text.beginning(columns: width - ellipsis.columns) ?? "") + ellipsis
        }
    }

    /// A text in ASCII, as near as possible.
    package static func ascii(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 128 }) { return text }
        return text.unicodeScalars.reduce(into: "") { result, scalar in
            if scalar == "·" {
                // It stands between blanks, to part what a comma parts as well.
                if result.last == " " { result.removeLast() }
                result += ","
            } else if scalar.isASCII {
                result.unicodeScalars.append(scalar)
            } else if scalar.columns > 0 {
                // What takes no column stands above or below the letter before it.
                result += asciiNames[scalar] ?? scalar.baseLetter ?? "?"
            }
        }
    }

    private static let asciiNames: [Unicode.Scalar: String] = [
        "–": "-", "—": "-", "…": "...", "‘": "'", "’": "'", "“": "\"", "”": "\"", "„": "\"", "×": "x", "ß": "ss",
        "æ": "ae", "Æ": "AE", "œ": "oe", "ø": "o", "Ø": "O", "½": "1/2", "°": " degrees", "\u{A0}": " ",
    ]
}

extension Unicode.Scalar {
    /// The letter without what is above or below it, by its name: `LATIN SMALL LETTER U WITH DIAERESIS`.
    fileprivate var baseLetter: String? {
        guard let name = properties.name else { return nil }
        let words = name.split(separator: " ")
        guard words.count > 4, words[0] == "LATIN", words[2] == "LETTER", words[4] == "WITH", words[3].count == 1 else {
            return nil
        }
        return words[1] == "SMALL" ? words[3].lowercased() : String(words[3])
    }
}
