import StretchBase
import StretchCore

/// A guide as lines, one for each change; remembers what was said.
struct GuideLines {
    private var said: (state: Guide.State, phase: Phase)?
    private var hasSaidKeys = false

    /// Says the next state even if it is the same.
    mutating func repeatNext() { said = nil }

    /// The lines that are new.
    mutating func news(
        of guide: Guide, routine title: String, hasKeyboard: Bool, terminal: Terminal, at now: Instant
    ) -> [String] {
        if let said, said == (guide.state, guide.phase) { return [] }
        said = (guide.state, guide.phase)
        var lines = [guide.line(of: title, separator: terminal.separator, at: now)]
        let isOnTheWay = guide.phaseEnds != nil
        // The usual keys once, those of a question or a pause each time.
        if hasKeyboard, !(isOnTheWay && hasSaidKeys) {
            lines.append(guide.keysLine)
            if isOnTheWay { hasSaidKeys = true }
        }
        return terminal.needsASCII ? lines.map(GuidePage.ascii) : lines
    }
}
