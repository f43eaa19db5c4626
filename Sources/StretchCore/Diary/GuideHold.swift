package import StretchBase

/// An occurrence that a guide leads through, on the screen, in a terminal or on another machine: till then it is not
/// asked for, and does not close (rule 15).
package struct GuideHold: Hashable, Sendable {
    package let occurrence: OccurrenceID
    package let until: Instant
}

extension Diary {
    /// What guides hold now, of unanswered occurrences.
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

    /// An occurrence that would have closed by now if no guide led through it.
    func kept(of routine: Routine, by holds: [GuideHold], at now: Instant) -> Occurrence? {
        for hold in holds where hold.occurrence.routine == routine.id {
            guard let occurrence = timetable.occurrence(hold.occurrence, of: routine), occurrence.closes <= now else {
                continue
            }
            return occurrence.open(until: hold.until)
        }
        return nil
    }
}

extension Ledger {
    /// Till when guides hold an occurrence; nil: none does.
    ///
    /// Of several the one that holds it longest counts. A verdict ended those before it, even if it was taken back.
    func guideEnd(of occurrence: OccurrenceID, at now: Instant) -> Instant? {
        recordsSinceVerdict(of: occurrence).compactMap { $0.holds(at: now) }.max()
    }
}

extension Record {
    /// How far the clock of another machine may be ahead; a later record holds nothing.
    private static let clockTolerance: Duration = .hours(1)

    fileprivate func holds(at now: Instant) -> Instant? {
        guard let holdEnds, now < holdEnds, ts.instant <= now + Record.clockTolerance else { return nil }
        return holdEnds
    }
}

extension Occurrence {
    fileprivate func open(until end: Instant) -> Occurrence {
        Occurrence(id: id, opens: opens, closes: max(closes, end), day: day, shifted: shifted)
    }
}
