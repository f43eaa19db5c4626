import StretchBase
import StretchCore

/// Prose for a terminal: headings and paragraphs, wrapped at words.
struct Page {
    let terminal: Terminal
    /// Longer lines are hard to read, however wide the terminal is.
    static let widest = 100
    private static let withoutTerminal = 80
    /// In place of a blank where no line may end.
    private static let joint: Character = "\u{A0}"
    private var lines: [String] = []

    init(on terminal: Terminal) { self.terminal = terminal }

    var width: Int { min(terminal.width ?? Page.withoutTerminal, Page.widest) }

    /// Below an empty line, unless the page begins with it.
    mutating func heading(_ text: String) {
        gap()
        paragraph(text, .bold)
    }

    mutating func gap() {
        if !lines.isEmpty { lines.append("") }
    }

    /// - Parameter lead: what the first line begins with; the others are moved in by as much.
    mutating func paragraph(_ text: String, lead: String = "", _ colour: Terminal.Colour? = nil) {
        let room = width - lead.columns
        let indent = blanks(lead.columns)
        for (index, line) in text.wrapped(to: room).enumerated() {
            let line = String(line.map { $0 == Page.joint ? " " : $0 })
            lines.append((index == 0 ? lead : indent) + terminal.paint(line, colour))
        }
    }

    /// A line as it is, however long.
    mutating func line(_ text: String, indent: Int = 0) { lines.append(blanks(indent) + text) }

    /// Words that stay on one line, such as a command to type.
    static func unbroken(_ text: String) -> String { text.replacing(" ", with: String(joint)) }

    var text: String { lines.joined(separator: "\n") }
}
