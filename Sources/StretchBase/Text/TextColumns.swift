// How wide a text is in a terminal.

extension StringProtocol {
    /// How many columns the text takes in a terminal.
    package var columns: Int {
        if utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return utf8.count }
        return reduce(0) { $0 + $1.columns }
    }
}

extension Character {
    /// How many columns the character takes in a terminal.
    ///
    /// Terminals differ for a character made of several emoji; newer terminals draw it as one emoji.
    package var columns: Int {
        let isEmoji = unicodeScalars.first?.properties.isEmoji == true
        let isDrawn = unicodeScalars.contains { $0 == "\u{FE0F}" || $0.properties.isEmojiPresentation }
        return isEmoji && isDrawn ? 2 : unicodeScalars.reduce(0) { $0 + $1.columns }
    }
}

extension Unicode.Scalar {
    /// How many columns the scalar takes alone, as wcwidth(3) says in a UTF-8 locale.
    ///
    /// We do not call wcwidth, because it needs such a locale, which is not installed everywhere.
    package var columns: Int {
        switch properties.generalCategory {
        case .control, .nonspacingMark, .enclosingMark, .lineSeparator, .paragraphSeparator: 0
        case .format: isDrawnFormat ? 1 : 0
        default: joinsSyllable ? 0 : isWide ? 2 : 1
        }
    }

    /// Whether it is a visible format character: the soft hyphen, or a sign around numbers in Arabic and other scripts.
    private var isDrawnFormat: Bool {
        switch value {
        case 0xAD, 0x600...0x605, 0x6DD, 0x70F, 0x890...0x891, 0x8E2, 0x110BD, 0x110CD: true
        default: false
        }
    }

    /// Whether it is a Korean vowel or final consonant, which is drawn into the syllable of the first consonant.
    private var joinsSyllable: Bool { (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value) }

    /// Whether its East Asian Width in Unicode 17 is W (wide) or F (fullwidth).
    private var isWide: Bool {
        if value < 0x1100 { return false }
        if properties.isEmojiPresentation { return true }
        return switch value {
        case 0x1100...0x115F, 0x2329...0x232A, 0x2630...0x2637, 0x268A...0x268F, 0x2E80...0x303E, 0x3041...0x3247,
            0x3250...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE6B, 0xFF01...0xFF60,
            0xFFE0...0xFFE6, 0x16FE0...0x18DF2, 0x1AFF0...0x1B2FB, 0x1D300...0x1D376, 0x1F200...0x1F265,
            0x20000...0x3FFFD:
            true
        default: false
        }
    }
}

/// A text padded with blanks on its right.
package func column(_ text: String, _ width: Int) -> String { text + blanks(width - text.columns) }

/// A text padded with blanks on its left.
package func rightColumn(_ text: String, _ width: Int) -> String { blanks(width - text.columns) + text }

/// As many blanks as `count`; none for a negative number.
package func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
