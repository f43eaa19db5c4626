import StretchCore

extension GuidePage {
    /// The page as its terminal paints it, line by line.
    func painted(for terminal: Terminal) -> [String] {
        lines.map { line in line.map { terminal.paint($0.text, $0.tone.colour) }.joined() }
    }
}

extension GuidePage.Tone {
    fileprivate var colour: Terminal.Colour? {
        switch self {
        case .plain: nil
        case .strong: .bold
        case .faint: .faint
        case .hold: .green
        case .still: .yellow
        }
    }
}
