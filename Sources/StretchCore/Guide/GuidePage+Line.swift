package import StretchBase

// The guide without a page: for screen readers and pipes.

extension Guide {
    /// The present moment in one line, such as `2 of 4 · left side, round 1 of 3: 15 s. Keep it tucked`.
    ///
    /// - Parameters:
    ///   - title: the routine's.
    ///   - separator: between two parts of the line, such as ` · `.
    package func line(of title: String, separator: String, at now: Instant) -> String {
        let words = words(of: title)
        let length = phaseEnds != nil ? remaining(at: now).map { ": \(spokenSeconds($0))" } ?? "" : ""
        let end = (words.title + length).last.map { ".?!".contains($0) } == true ? " " : ". "
        return (words.title + length + end + words.text).split(separator: " · ").joined(separator: separator)
    }

    /// The keys in one line, such as `Keys: space pause, n next`.
    package var keysLine: String {
        let numbers = choices.contains { $0.command == .pain(0) } ? ["0 to 9"] : []
        let keys = choices.filter { !$0.label.isEmpty }.map { "\($0.keyName) \($0.label)" }
        return "Keys: \((numbers + keys).joined(separator: ", "))."
    }
}

/// `15 s`, `1 min`, `1 min 30 s`.
private func spokenSeconds(_ duration: Duration) -> String {
    let (minutes, seconds) = duration.secondsRoundedUp.quotientAndRemainder(dividingBy: 60)
    let parts = [(minutes, "min"), (seconds, "s")].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return parts.isEmpty ? "0 s" : parts.joined(separator: " ")
}
