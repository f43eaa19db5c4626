// Words in the columns of a terminal.

extension String {
    /// The text in lines of at most so many columns, broken at blanks; none when there are only blanks.
    ///
    /// Chinese and Japanese, which have no blanks, are broken between their characters.
    ///
    /// - Parameter breaksWords: a word that is longer than a line is broken where the line ends. Else it has a line of
    ///   its own, which the terminal breaks: what is copied from there, such as an address, is whole.
    package func wrapped(to width: Int, breaksWords: Bool = false) -> [String] {
        var lines: [String] = []
        var line = ""
        var gap = ""
        for word in split(separator: " ", omittingEmptySubsequences: false) {
            // Blanks in a row stay, but for those where a line ends.
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

    /// As much of it as fits; nil when that is nothing.
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
    /// Its parts, between which a line may end.
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

    /// Such as `「`: no line ends behind it.
    private var opens: Bool { [.openPunctuation, .initialPunctuation].contains(category) }

    /// Such as `。`, `」` or `ー`: no line begins with it.
    private var continues: Bool {
        [.closePunctuation, .finalPunctuation, .otherPunctuation, .modifierLetter].contains(category)
    }

    private var category: Unicode.GeneralCategory? { unicodeScalars.first?.properties.generalCategory }
}
