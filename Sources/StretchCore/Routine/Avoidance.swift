internal import StretchBase

/// Something that a person cannot or should not do; stretches that ask for it are swapped or left out.
///
/// The raw values are the words in the configuration.
package enum Avoidance: String, CaseIterable, Sendable {
    case floor, kneeling, wrists, pregnancy, osteoporosis, stenosis
    case hipReplacement = "hip-replacement"
}

/// A stretch that a routine should have, and that the person avoids.
package struct Swap: Hashable, Sendable {
    package let stretch: Stretch
    /// What speaks against it.
    package let reasons: [Avoidance]
    /// What is done for it; nil if it is left out.
    package let instead: Stretch?
    /// The routine has the other stretch anyway.
    package let isInItAlready: Bool

    /// Such as `standing-hip-flexor instead of half-kneeling-hip-flexor (kneeling)`.
    package var words: String { words(\.id) }

    /// The same with titles, as a sentence.
    package var sentence: String { words(\.title).capitalised + "." }

    private func words(_ name: (Stretch) -> String) -> String {
        let why = reasons.map(\.rawValue).joined(separator: ", ")
        let what = "\(name(stretch)) (\(why))"
        guard let instead else { return "without \(what)" }
        return isInItAlready
            ? "without \(what); \(name(instead)) is in it already" : "\(name(instead)) instead of \(what)"
    }
}
