package import StretchBase

/// A time in which nothing is asked (rule 14).
package struct Pause: Hashable, Sendable {
    package let from: Instant
    /// Nil if the pause lasts until somebody resumes.
    package let until: Instant?
    /// The first and the last day of the pause, as its record has them; nil if the record does not have them.
    let firstDay, lastDay: Day?

    package init(from: Instant, until: Instant?, firstDay: Day? = nil, lastDay: Day? = nil) {
        self.from = from
        self.until = until
        self.firstDay = firstDay
        self.lastDay = lastDay
    }

    /// The end; later than any other instant for a pause that somebody must end.
    package var end: Instant { until ?? .distantFuture }
}
