/// Something that a person cannot or should not do; stretches that ask for it are swapped or left out.
///
/// The raw values are the words in the configuration.
package enum Avoidance: String, CaseIterable, Sendable {
    case kneeling, wrists, pregnancy, osteoporosis, stenosis
    case hipReplacement = "hip-replacement"
}

/// A stretch that a routine should have, and that the person avoids.
package struct Swap: Hashable, Sendable {
    package let stretch: Stretch
    /// What speaks against it.
    package let reasons: [Avoidance]
    /// What is done for it; nil if it is left out.
    package let instead: Stretch?

    /// Such as `standing-hip-flexor instead of half-kneeling-hip-flexor (kneeling)`.
    package var words: String { (instead.map { "\($0.id) instead of" } ?? "without") + " \(stretch.id) (\(why))" }

    /// The same with titles, as a sentence.
    package var sentence: String {
        (instead.map { "\($0.title) instead of" } ?? "Without") + " \(stretch.title) (\(why))."
    }

    private var why: String { reasons.map(\.rawValue).joined(separator: ", ") }
}
