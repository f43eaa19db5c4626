internal import StretchBase

/// Prose for a terminal: headings and paragraphs, wrapped at words.
package struct Prose {
    package let terminal: Terminal
    /// The maximum width, because longer lines are hard to read, however wide the terminal is.
    private static let widest = 100
    private static let withoutTerminal = 80
    /// Stands for a blank at which a line must not break.
    private static let joint = "\u{A0}"
    private var lines: [String] = []

    package init(on terminal: Terminal) { self.terminal = terminal }

    package var width: Int { min(terminal.width ?? Prose.withoutTerminal, Prose.widest) }

    /// Adds a heading, with an empty line above it unless it is the first line.
    package mutating func heading(_ text: String) {
        gap()
        paragraph(text, .bold)
    }

    package mutating func gap() { if !lines.isEmpty { lines.append("") } }

    /// - Parameter lead: the beginning of the first line; the other lines are indented by its width.
    package mutating func paragraph(_ text: String, lead: String = "", _ colour: Terminal.Colour? = nil) {
        let indent = blanks(lead.columns)
        for (index, line) in text.wrapped(to: width - lead.columns).enumerated() {
            let line = line.replacing(Prose.joint, with: " ")
            lines.append((index == 0 ? lead : indent) + terminal.paint(line, colour))
        }
    }

    /// Adds a line without wrapping.
    package mutating func line(_ text: String, indent: Int = 0) { lines.append(blanks(indent) + text) }

    /// A text that stays on one line, such as a command to type.
    package static func unbroken(_ text: String) -> String { text.replacing(" ", with: joint) }

    package var text: String { lines.joined(separator: "\n") }
}
