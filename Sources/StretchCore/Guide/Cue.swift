package import StretchBase

/// A sound of a guide, so that the person need not look at the screen.
///
/// The raw value is its name in the sound theme (freedesktop.org's Sound Naming Specification). They were chosen for
/// their sounds, not for their names, and for being about equally loud, even if a sound device that wakes up swallows
/// the beginning.
package enum Cue: String, CaseIterable, Sendable {
    /// One short high tone.
    case holdBegins = "bell"
    /// A double knock: half of a long hold is over.
    case half = "dialog-warning"
    /// A soft drop for each of the last three seconds of a hold.
    case countdown = "message-new-instant"
    /// One long low tone.
    case holdEnds = "phone-outgoing-calling"
    /// Three low tones.
    case sidesChange = "phone-outgoing-busy"
    /// A chime.
    case finished = "complete"

    package var soundName: String { rawValue }

    /// Whether it is heard within a phase, and not when one begins.
    var isMark: Bool { self == .half || self == .countdown }

    /// How often the bell of a terminal rings in place of the sound.
    ///
    /// All rings sound alike, so only what the person must know has a number of them. Rings inside a hold could be
    /// taken for its end.
    package var rings: Int {
        switch self {
        case .holdBegins: 1
        case .holdEnds: 2
        case .sidesChange: 3
        case .finished: 4
        case .half, .countdown: 0
        }
    }

    /// How long the sound or the rings can be heard, rounded up; words wait until then.
    package var length: Duration {
        switch self {
        case .holdBegins: .milliseconds(200)
        case .half: .milliseconds(500)
        case .countdown, .holdEnds: .milliseconds(1200)
        case .finished: .milliseconds(1800)
        case .sidesChange: .milliseconds(2900)
        }
    }
}

/// A moment within a phase that can be heard.
package struct Mark: Hashable, Sendable {
    /// How much of the phase remains then.
    let remaining: Duration
    let cue: Cue
}

extension Phase {
    /// The marks within the phase, in order; a hold has some unless it is short, and a counted repeat has none.
    var marks: [Mark] {
        guard case .hold(let hold) = kind, !hold.isCounted, let length, length >= Phase.shortestCounted else {
            return []
        }
        let seconds = (1...3).reversed().map { Mark(remaining: .seconds($0), cue: .countdown) }
        guard length >= Phase.shortestHalved else { return seconds }
        // In whole seconds, as the countdown on the screen shows them.
        return [Mark(remaining: .seconds(length.components.seconds / 2), cue: .half)] + seconds
    }

    /// The shortest hold whose last three seconds are counted.
    ///
    /// In a shorter one the count would begin together with the hold.
    private static let shortestCounted: Duration = .seconds(5)

    /// The shortest hold whose half is marked.
    ///
    /// In a shorter one the count follows within seven seconds.
    private static let shortestHalved: Duration = .seconds(20)
}

extension Guide {
    /// When there is something to hear next: a mark, or the end of the phase; nil if the guide waits for the person.
    package func nextCue(after now: Instant) -> Instant? {
        guard let end = phaseEnds else { return nil }
        return phase.marks.map { end - $0.remaining }.first { $0 > now } ?? end
    }

    /// The mark to be seen now: the half for two seconds, and each of the last three; nil for none.
    package func mark(at now: Instant) -> Cue? {
        guard let remaining = remaining(at: now) else { return nil }
        let mark = phase.marks.last { remaining <= $0.remaining }
        let isSeen = mark.map { $0.cue == .countdown || remaining > $0.remaining - .seconds(2) } ?? false
        return isSeen ? mark?.cue : nil
    }
}
