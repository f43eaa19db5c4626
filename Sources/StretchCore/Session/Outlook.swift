package import StretchBase

/// What the daemon tells about itself: for `status` and the service manager.
package struct Outlook: Hashable, Sendable {
    /// Open and unanswered, the one closing soonest first.
    package var due: [Due] = []
    /// The next occurrence to come that will be asked for, of all routines.
    package var next: Occurrence?
    /// Why nothing is asked at present, whatever is due; nil when somebody can be asked.
    package var reason: String?
    /// Open, but not asked for: their time had passed when the configuration that contains them took force.
    package var passedOver: [OccurrenceID] = []
    /// Answers that are not on the disk yet, and why.
    package var journalTrouble: String?
    /// The `started` records of the guide that runs: whoever finds them after a crash takes them back.
    package var guide: [Record.ID] = []

    package init() {}

    package struct Due: Hashable, Sendable {
        package let occurrence: OccurrenceID
        package let state: DueState
        /// Why it is not on the screen, in words; nil when there is nothing to explain.
        package let reason: String?
        /// From when till when it is open, where that was asked for.
        package var span: Range<Instant>?

        package init(_ occurrence: OccurrenceID, _ state: DueState, _ reason: String? = nil) {
            self.occurrence = occurrence
            self.state = state
            self.reason = reason
        }
    }
}

/// The states of a due occurrence, as `status` names them.
package enum DueState: String, Hashable, Sendable { case prompted, snoozed, waiting, resting }

extension Outlook.Due {
    /// How an occurrence is told to stand; nil when it is settled.
    ///
    /// A caller that knows more than the records explains what is due and neither paused nor snoozed.
    package init?(
        _ occurrence: OccurrenceID, _ standing: Standing, in timetable: Timetable, at now: Instant,
        explaining: (Standing.Raised) -> (DueState, String?)
    ) {
        switch standing {
        case .settled: return nil
        case .paused(let pause):
            self.init(occurrence, .waiting, pause.words(in: timetable, at: now))
        case .snoozed(let until):
            self.init(occurrence, .snoozed, "until \(HumanTime.moment(until, in: timetable.zone, at: now))")
        case .guided: self.init(occurrence, .prompted, "a guide is running")
        case .due(let raised):
            let (state, reason) = explaining(raised)
            self.init(occurrence, state, reason)
        }
    }
}
