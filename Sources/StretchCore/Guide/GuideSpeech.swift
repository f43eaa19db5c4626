package import StretchBase

/// What a guide says aloud at one moment.
package struct Speech: Hashable, Sendable {
    package let words: String
    /// How long the words wait for the sound before them.
    package let delay: Duration
}

extension Guide {
    /// What to say now; nil if nothing fits before the phase ends.
    ///
    /// - Parameters:
    ///   - routine: the title of the routine.
    ///   - cue: the sound that was heard right now; nil for none.
    package func speech(of routine: String, after cue: Cue?, at now: Instant) -> Speech? {
        let delay = cue?.length ?? .zero
        let texts = texts(of: routine)
        // Without an end there is time for all of it.
        guard state == .running, let remaining = remaining(at: now) else {
            return texts.first.map { Speech(words: $0, delay: delay) }
        }
        let room = Duration.seconds(remaining.secondsRoundedUp) - delay
        return texts.first { Guide.timeToSay($0) <= room }.map { Speech(words: $0, delay: delay) }
    }

    /// How long a voice takes for the words at most.
    package static func timeToSay(_ text: String) -> Duration {
        .seconds(text.split { $0.isWhitespace || $0 == "-" }.count) / wordsPerSecond
    }

    /// Voices say more words than this in a second.
    ///
    /// The usual ones say two and a half to three; the rest is for the time until they begin.
    private static let wordsPerSecond = 2

    /// What could be said now, the longest text first.
    ///
    /// The last seconds of a hold are not spoken: a voice begins too late, and never equally late, so it cannot keep
    /// time. Sounds count them (`Cue.countdown`).
    private func texts(of routine: String) -> [String] {
        let words = words(of: routine)
        let (name, text) = (words.name, words.text.runningText)
        let whole = sentences(words.position, name, text)
        if let count { return ["\(count)"] }
        guard state == .running, let stretch else { return [state == .paused ? "Paused." : whole] }
        // A stretch of the person's own may have no short form.
        let brief = stretch.cue.isEmpty ? stretch.movement : stretch.cue
        switch phase.kind {
        case .warnings, .painBefore, .painRose, .highPain, .care, .painAfter, .level: return [whole]
        case .ready: return [whole, "Get ready."]
        case .prepare:
            // Only here the whole text is said; the holds have its short form.
            return [
                sentences(whole, stretch.movement), whole, sentences(words.position, name, brief), sentences(name),
            ]
        case .hold(let hold):
            let side = hold.side.map { "\($0.rawValue) side" }
            return [sentences(hold.words, brief), sentences(side, brief), brief, sentences(side ?? hold.words)]
        case .changeSides(let side): return [sentences(name, text), text, sentences(side.rawValue)]
        case .rest: return [sentences(name, text), sentences(name, "Breathe."), sentences(name)]
        }
    }
}

/// The parts that there are, each with a stop at its end.
private func sentences(_ parts: String?...) -> String {
    parts.compactMap(\.self).map { $0.last.map { ".:;?!".contains($0) } == true ? $0 : "\($0)." }
        .joined(separator: " ")
}

extension String {
    /// The paragraphs and lists in one line, to be read aloud.
    ///
    /// The items of a list become a sentence, with semicolons between those that have no end of their own.
    fileprivate var runningText: String {
        split(separator: "\n").reduce(into: "") { text, line in
            let isItem = line.hasPrefix("- ")
            let needsStop = text.last.map { !".:;?!".contains($0) } ?? false
            text += (needsStop ? isItem ? ";" : "." : "") + (text.isEmpty ? "" : " ") + line.dropFirst(isItem ? 2 : 0)
        }
    }
}
