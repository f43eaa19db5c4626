package import StretchBase

/// What the daemon reports about itself, for `status` and the service manager.
package struct Outlook: Hashable, Sendable {
    /// The day of the report: the words for a time of today are different tomorrow.
    package var day: Day?
    /// The open unanswered occurrences, the one that closes first in front.
    package var due: [Due] = []
    /// The next occurrence of any routine that will be asked for.
    package var next: Occurrence?
    /// Why nothing is asked at present, even if something is due; nil: the person can be asked.
    package var reason: Reason?
    /// Open occurrences that are not asked for: they were past their time when their configuration took effect.
    package var passedOver: [OccurrenceID] = []
    /// Why some answers are not on the disk yet; nil: all are.
    package var journalTrouble: String?
    /// The `started` records of the running guide; after a crash, the next daemon takes them back.
    package var guide: [Record.ID] = []
}
