package import StretchBase

/// What the daemon reports about itself, for `status` and the service manager.
package struct Outlook: Hashable, Sendable {
    /// The date of the report.
    ///
    /// A new date makes a new report, because the words for the same times are different then.
    package var day: Day?
    /// The open unanswered occurrences, in order of closing.
    package var due: [Due] = []
    /// The next occurrence of any routine that will be asked for.
    package var next: Occurrence?
    /// Why nothing is asked at present, even if something is due; nil if the person can be asked.
    package var reason: Reason?
    /// Open occurrences that are not asked for, because their time had passed before their configuration took effect.
    package var passedOver: [OccurrenceID] = []
    /// Why some records are not on the disk yet; nil if there is no trouble worth telling.
    package var journalTrouble: String?
    /// The `started` records of the running guide; after a crash, the next daemon takes them back.
    package var guide: [Record.ID] = []
}
