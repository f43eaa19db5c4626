import StretchBase
import StretchCore

/// What standard output can show.
struct Terminal {
    /// Whether characters outside ASCII are shown as they are meant.
    let hasSymbols: Bool
    let hasColours: Bool
    /// It is a terminal that shows nothing else.
    let needsASCII: Bool
    /// In columns; nil when it is no terminal, or does not tell.
    let width: Int?

    /// - Parameter columns: nil: it is no terminal; 0: it does not tell how wide it is.
    init(columns: Int?, environment: [String: String]) {
        let isTerminal = columns != nil
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? "C"
        let encoding = locale.lowercased().filter { $0 != "-" }
        hasSymbols = isTerminal && encoding.contains("utf8")
        needsASCII = isTerminal && !hasSymbols
        hasColours = isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
        width = columns == 0 ? nil : columns
    }

    enum Colour: Int {
        case bold = 1
        case faint = 2
        case red = 31
        case green = 32
        case yellow = 33
        case cyan = 36
    }

    func paint(_ text: String, _ colour: Colour?) -> String {
        guard hasColours, let colour else { return text }
        return "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m"
    }

    /// A part of a line, and how it is painted where that differs.
    typealias Part = (text: String, painted: String?)

    /// Parts beside each other, in as many lines as they need; no part is broken.
    func flow(_ parts: [Part], width: Int) -> [String] {
        var lines: [[Part]] = []
        var used = 0
        for part in parts {
            used += Terminal.gap.columns + part.text.columns
            if lines.isEmpty || used > width {
                lines.append([])
                used = part.text.columns
            }
            lines[lines.count - 1].append(part)
        }
        return lines.map { $0.map { $0.painted ?? $0.text }.joined(separator: Terminal.gap) }
    }

    /// A text in lines that fit, broken at blanks; without a terminal it is one line, for whoever searches it.
    func wrapped(_ text: String, _ colour: Colour? = nil, indent: String = "") -> [String] {
        let lines = width.map { text.wrapped(to: max(1, $0 - indent.columns)) } ?? [text]
        return lines.map { indent + paint($0, colour) }
    }

    /// Between two columns.
    static let gap = "   "

    /// Between two parts of a line that are told apart.
    var separator: String { hasSymbols ? " · " : ", " }
}
