// Words in the columns of a terminal.

extension String {
    /// How many columns it takes in a terminal.
    package var columns: Int { reduce(0) { $0 + ($1.isWide ? 2 : 1) } }

    /// It in lines of at most so many columns, broken at blanks; none when there are only blanks.
    ///
    /// - Parameter breaksWords: a word that is longer than a line is broken where the line ends. Else it has a line of
    ///   its own, which the terminal breaks: what is copied from there, such as an address, is whole.
    package func wrapped(to width: Int, breaksWords: Bool = false) -> [String] {
        var lines: [String] = []
        var line = ""
        var gap = ""
        for word in split(separator: " ", omittingEmptySubsequences: false) {
            var word = String(word)
            // Blanks in a row stay, but for those where a line ends.
            defer { gap += " " }
            guard !word.isEmpty else { continue }
            if !line.isEmpty, line.columns + gap.count + word.columns > width {
                lines.append(line)
                line = ""
            }
            if !line.isEmpty { line += gap }
            gap = ""
            while breaksWords, line.columns + word.columns > width, let head = word.beginning(columns: width) {
                lines.append(head)
                word.removeFirst(head.count)
            }
            line += word
        }
        return lines + (line.isEmpty ? [] : [line])
    }

    /// As much of it as fits; nil when that is nothing.
    func beginning(columns width: Int) -> String? {
        var used = 0
        let head = prefix { character in
            used += character.isWide ? 2 : 1
            return used <= width
        }
        return head.isEmpty ? nil : String(head)
    }
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
}
