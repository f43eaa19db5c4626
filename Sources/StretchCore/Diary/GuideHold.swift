package import StretchBase

/// An occurrence that a guide leads through now, on the screen, in a terminal or on another machine (rule 15).
///
/// Until the guide ends, nobody is asked about the occurrence, and it does not close.
package struct GuideHold: Hashable, Sendable {
    package let occurrence: OccurrenceID
    package let until: Instant
}

extension Diary {
    /// The unanswered occurrences that guides lead through now.
    package func guideHolds(at now: Instant) -> [GuideHold] {
        var holds: [GuideHold] = []
        for record in ledger.recentGuides(since: now - Record.longestHold) {
            guard let occurrence = record.occurrence, ledger.verdict(of: occurrence) == nil,
                let until = ledger.guideEnd(of: occurrence, at: now),
                !holds.contains(where: { $0.occurrence == occurrence })
            else { continue }
            holds.append(GuideHold(occurrence: occurrence, until: until))
        }
        return holds
    }

    /// The occurrence of a routine whose window is over, but which a guide keeps open.
    func kept(of routine: Routine, by holds: [GuideHold], at now: Instant) -> Occurrence? {
        for hold in holds where hold.occurrence.routine == routine.id {
            guard var occurrence = timetable.occurrence(hold.occurrence, of: routine), occurrence.closes <= now else {
                continue
            }
            occurrence.closes = max(occurrence.closes, hold.until)
            return occurrence
        }
        return nil
    }
}

extension Ledger {
    /// How far another machine's clock may be ahead; a guide whose record is further ahead is ignored.
    private static let clockTolerance: Duration = .hours(1)

    /// Until when guides lead through an occurrence; nil if no guide does.
    ///
    /// Of several guides the latest end counts. Guides that began before a verdict do not count, even if the verdict
    /// was taken back.
    func guideEnd(of occurrence: OccurrenceID, at now: Instant) -> Instant? {
        recordsSinceVerdict(of: occurrence).filter { $0.ts.instant <= now + Self.clockTolerance }
            .compactMap(\.holdEnds).filter { now < $0 }.max()
    }
}
