// Words on a grid of characters.

extension GuidePage {
    /// How text is put on the terminal: how wide its characters are, and which it can show.
    struct Typesetter: Hashable, Sendable {
        /// Characters outside ASCII can be shown.
        let hasSymbols: Bool

        /// A text as it can be shown.
        func set(_ text: String) -> String { hasSymbols ? text : GuidePage.ascii(text) }

        var ellipsis: String { hasSymbols ? "…" : "..." }

        /// A text in lines of at most so many columns, broken at blanks where there are any.
        func wrap(_ text: String, width: Int) -> [String] {
            var lines: [String] = []
            var line = ""
            for word in set(text).split(separator: " ") {
                var word = String(word)
                if !line.isEmpty, columns(line) + 1 + columns(word) > width {
                    lines.append(line)
                    line = ""
                }
                line += line.isEmpty ? "" : " "
                // Longer than a line of its own: broken where the line ends.
                while columns(line) + columns(word) > width, let head = beginning(of: word, width: width) {
                    lines.append(line + head)
                    line = ""
                    word.removeFirst(head.count)
                }
                line += word
            }
            return lines + (line.isEmpty ? [] : [line])
        }

        /// The first so many lines, with a sign where the rest is missing.
        func clip(_ lines: [String], to count: Int, width: Int) -> [String] {
            guard lines.count > count else { return lines }
            guard count > 0 else { return [] }
            return lines.prefix(count - 1) + [clip(lines[count - 1] + ellipsis + ellipsis, to: width)]
        }

        /// As much of a text as fits, with a sign where the rest is missing.
        func clip(_ text: String, to width: Int) -> String {
            guard columns(text) > width else { return text }
            return (beginning(of: text, width: width - columns(ellipsis)) ?? "") + ellipsis
        }

        private func beginning(of text: String, width: Int) -> String? {
            var used = 0
            let head = text.prefix { character in
                used += columns(String(character))
                return used <= width
            }
            return head.isEmpty ? nil : String(head)
        }
    }

    /// How many columns a text takes in a terminal.
    static func columns(_ text: String) -> Int { text.reduce(0) { $0 + ($1.isWide ? 2 : 1) } }

    /// A text in ASCII, as near as possible.
    package static func ascii(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 128 }) { return text }
        return text.reduce(into: "") { result, character in
            if character == "·" {
                // It stands between blanks, to part what a comma parts as well.
                if result.last == " " { result.removeLast() }
                result += ","
            } else {
                result += character.isASCII ? String(character) : asciiNames[character] ?? character.baseLetter ?? "?"
            }
        }
    }

    private static let asciiNames: [Character: String] = [
        "–": "-", "—": "-", "…": "...", "‘": "'", "’": "'", "“": "\"", "”": "\"", "„": "\"", "×": "x", "ß": "ss",
        "æ": "ae", "Æ": "AE", "œ": "oe", "ø": "o", "Ø": "O", "½": "1/2", "°": " degrees", "\u{A0}": " ",
    ]
}

extension GuidePage.Typesetter {
    func columns(_ text: String) -> Int { GuidePage.columns(text) }
}

extension Character {
    /// Chinese, Japanese and Korean characters and pictures take two columns (Unicode's East Asian Width, in outline).
    fileprivate var isWide: Bool {
        guard let scalar = unicodeScalars.first, scalar.value >= 0x1100 else { return false }
        if scalar.properties.isEmojiPresentation || unicodeScalars.contains("\u{FE0F}") { return true }
        return switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            true
        default: false
        }
    }

    /// The letter without what is above or below it, by its name: `LATIN SMALL LETTER U WITH DIAERESIS`.
    fileprivate var baseLetter: String? {
        guard let name = unicodeScalars.first?.properties.name else { return nil }
        let words = name.split(separator: " ")
        guard words.count > 4, words[0] == "LATIN", words[2] == "LETTER", words[4] == "WITH", words[3].count == 1 else {
            return nil
        }
        return words[1] == "SMALL" ? words[3].lowercased() : String(words[3])
    }
}
