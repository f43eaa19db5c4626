package import StretchBase

/// Names one planned time of a routine: `morning@2026-11-23T07:30`.
package struct OccurrenceID: Hashable, Sendable {
    package let routine: String
    /// The scheduled local time; a clock change may move the instant, but never this time.
    package let nominal: CivilTime

    package init(routine: String, nominal: CivilTime) {
        self.routine = routine
        self.nominal = nominal
    }

    /// The day this occurrence counts for.
    package func day(startingAt dayStart: Duration) -> Day { (nominal - dayStart).day }
}

extension OccurrenceID: CustomStringConvertible, ByteReadable {
    package var description: String { "\(routine)@\(nominal)" }

    /// Reads `morning@2026-11-23T07:30`; nil for anything else.
    package init?(_ text: Span<UInt8>) {
        guard let at = text.indices.last(where: { text[$0] == UInt8(ascii: "@") }), at > 0,
            let nominal = CivilTime(text.extracting((at + 1)...)),
            let routine = try? UTF8Span(validating: text.extracting(..<at))
        else { return nil }
        self.init(routine: String(copying: routine), nominal: nominal)
    }
}
