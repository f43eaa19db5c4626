package import StretchBase

/// What the daemon tells about itself: for `status` and the service manager.
package struct Outlook: Hashable, Sendable {
    /// On which it is told: the words for a time of today are others tomorrow.
    package var day: Day?
    /// Open and unanswered, the one closing soonest first.
    package var due: [Due] = []
    /// The next occurrence to come that will be asked for, of all routines.
    package var next: Occurrence?
    /// Why nothing is asked at present, whatever is due; nil when somebody can be asked.
    package var reason: Reason?
    /// Open, but not asked for: their time had passed when the configuration that contains them took force.
    package var passedOver: [OccurrenceID] = []
    /// Answers that are not on the disk yet, and why.
    package var journalTrouble: String?
    /// The `started` records of the guide that runs: whoever finds them after a crash takes them back.
    package var guide: [Record.ID] = []

    package init() {}
}
