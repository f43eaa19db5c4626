package import StretchBase

/// A guide on the full screen of a terminal at one moment: words, digits and bars on a grid of characters.
///
/// Pure layout: the terminal only paints it. It has exactly as many lines as the terminal, none wider than that.
package struct GuidePage: Hashable, Sendable {
    package let lines: [Line]

    package struct Size: Hashable, Sendable {
        package var columns: Int
        package var rows: Int

        package init(columns: Int, rows: Int) {
            self.columns = columns
            self.rows = rows
        }

        /// Below this the page only says that it is too small.
        package static let least = Size(columns: 40, rows: 12)
    }

    package typealias Line = [Piece]

    /// A part of a line in one colour.
    package struct Piece: Hashable, Sendable {
        package let text: String
        package let tone: Tone

        init(_ text: String, _ tone: Tone = .plain) {
            self.text = text
            self.tone = tone
        }
    }

    /// What a colour would say; nothing is said by colour alone.
    package enum Tone: Hashable, Sendable {
        case plain, strong, faint
        /// A hold counts down.
        case hold
        /// Time stands still.
        case still
    }

    /// - Parameters:
    ///   - title: the routine's.
    ///   - hasSymbols: characters outside ASCII can be shown.
    package init(of guide: Guide, routine title: String, size: Size, hasSymbols: Bool, at now: Instant) {
        let set = Typesetter(hasSymbols: hasSymbols)
        let isLargeEnough = size.columns >= Size.least.columns && size.rows >= Size.least.rows
        // Beyond this a line is hard to read.
        let width = min(size.columns - (size.columns < 60 ? 2 : 4), 100)
        let parts = Parts(
            of: guide, routine: title, set: set, width: isLargeEnough ? width : Size.least.columns, at: now)
        let content = isLargeEnough ? parts.arranged(in: size.rows) : parts.tooSmall(size)
        let indent = isLargeEnough ? (size.columns - width) / 2 : 0
        lines = (0..<max(0, size.rows)).map { row in
            guard row < content.count, !content[row].isEmpty else { return [] }
            return (indent > 0 ? [Piece(blanks(indent))] : []) + content[row]
        }
    }

    /// The page without its colours.
    package var text: String {
        lines.map { line in
            let text = line.map(\.text).joined()
            return text.reversed().drop { $0 == " " }.reversed().map(String.init).joined()
        }.joined(separator: "\n")
    }
}
