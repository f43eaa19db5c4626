// Wraps text to the columns of a terminal.

extension String {
    /// The text in lines of at most `width` columns, broken at blanks; no lines if there are only blanks.
    ///
    /// Chinese and Japanese text, which has no blanks, is broken between characters.
    ///
    /// - Parameter breaksWords: whether to break a word that is longer than a line. Otherwise the word is a line of its
    ///   own, which only the terminal breaks, so that an address can still be copied as a whole.
    package func wrapped(to width: Int, breaksWords: Bool = false) -> [String] {
        var lines: [String] = []
        var line = ""
        var gap = ""
        for word in split(separator: " ", omittingEmptySubsequences: false) {
            // Several blanks in a row are kept, except at the end of a line.
            defer { gap += " " }
            for part in word.unbreakableParts {
                var part = String(part)
                if !line.isEmpty, line.columns + gap.columns + part.columns > width {
                    lines.append(line)
                    line = ""
                }
                if !line.isEmpty { line += gap }
                gap = ""
                while breaksWords, line.columns + part.columns > width, let head = part.beginning(columns: width) {
                    lines.append(head)
                    part.removeFirst(head.count)
                }
                line += part
            }
        }
        return lines + (line.isEmpty ? [] : [line])
    }

    /// The longest beginning that fits into `width` columns; nil if not even one character fits.
    package func beginning(columns width: Int) -> String? {
        var used = 0
        let head = prefix { character in
            used += character.columns
            return used <= width
        }
        return head.isEmpty ? nil : String(head)
    }
}

extension Substring {
    /// The parts between which a line may end.
    fileprivate var unbreakableParts: [Substring] {
        var parts: [Substring] = []
        var start = startIndex
        for (index, next) in zip(indices, indices.dropFirst()) where self[index].mayEndLine(before: self[next]) {
            parts.append(self[start..<next])
            start = next
        }
        return isEmpty ? [] : parts + [self[start...]]
    }
}

extension Character {
    fileprivate func mayEndLine(before next: Character) -> Bool {
        (isIdeographic || next.isIdeographic) && !opens && !next.continues
    }

    private var isIdeographic: Bool { unicodeScalars.first.map { $0.columns == 2 } ?? false }

    /// A line must not end after it, as after `「`.
    private var opens: Bool { [.openPunctuation, .initialPunctuation].contains(category) }

    /// A line must not begin with it, as with `。`, `」` or `ー`.
    private var continues: Bool {
        [.closePunctuation, .finalPunctuation, .otherPunctuation, .modifierLetter].contains(category)
    }

    private var category: Unicode.GeneralCategory? { unicodeScalars.first?.properties.generalCategory }
}
