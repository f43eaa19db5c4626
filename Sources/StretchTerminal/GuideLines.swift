package import StretchBase
package import StretchCore

/// A guide as lines, one or two for each change, for screen readers and pipes; it remembers what was said last.
package struct GuideLines {
    private var said: (state: Guide.State, phase: Phase)?
    private var hasSaidKeys = false

    package init() {}

    /// Makes `news` say the next state even if it is the same.
    package mutating func repeatNext() { said = nil }

    /// The lines to say now; empty if nothing has changed.
    package mutating func news(
        of guide: Guide, routine title: String, hasKeyboard: Bool, terminal: Terminal, at now: Instant
    ) -> [String] {
        if let said, said == (guide.state, guide.phase) { return [] }
        said = (guide.state, guide.phase)
        var lines = [guide.line(of: title, separator: terminal.separator, at: now)]
        let isOnTheWay = guide.phaseEnds != nil
        // Say the usual keys only once, but the keys of a question or a pause each time.
        if hasKeyboard, !(isOnTheWay && hasSaidKeys) {
            lines.append(guide.keysLine)
            if isOnTheWay { hasSaidKeys = true }
        }
        return lines.flatMap { $0.split(separator: "\n") }.map { terminal.legible(String($0)) }
    }
}

extension Guide {
    /// The present moment in a line, or more if there is a list.
    ///
    /// Such as `2 of 4 · left side, round 1 of 3: 15 s. Keep it tucked`.
    ///
    /// - Parameters:
    ///   - title: the routine's title.
    ///   - separator: the text between two parts of the line, such as ` · `.
    func line(of title: String, separator: String, at now: Instant) -> String {
        if let count { return "\(count)." }
        let words = words(of: title)
        let length = phaseEnds != nil ? remaining(at: now).map { ": \(spokenSeconds($0))" } ?? "" : ""
        let end = (words.title + length).last.map { ".?!".contains($0) } == true ? " " : ". "
        return (words.title + length + end + words.text).split(separator: " · ").joined(separator: separator)
    }

    /// The keys in one line, such as `Keys: space pause, n next`.
    var keysLine: String {
        let numbers = choices.contains { $0.command == .pain(0) } ? ["0 to 9"] : []
        let keys = choices.filter { !$0.label.isEmpty }.map { "\($0.keyName) \($0.label)" }
        return "Keys: \((numbers + keys).joined(separator: ", "))."
    }
}

/// A duration in words: `15 s`, `1 min` or `1 min 30 s`.
private func spokenSeconds(_ duration: Duration) -> String {
    let (minutes, seconds) = duration.secondsRoundedUp.quotientAndRemainder(dividingBy: 60)
    let parts = [(minutes, "min"), (seconds, "s")].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return parts.isEmpty ? "0 s" : parts.joined(separator: " ")
}
