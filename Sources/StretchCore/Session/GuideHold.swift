/// An occurrence that a guide leads through, on the screen, in a terminal or on another machine: till then it is not
/// asked for, and does not close (design 6.15).
package struct GuideHold: Hashable, Sendable {
    package let occurrence: OccurrenceID
    package let until: Instant
}

extension Ledger {
    /// What guides hold now, of unanswered occurrences; nothing holds for more than a day.
    package func guideHolds(at now: Instant) -> [GuideHold] {
        var holds: [GuideHold] = []
        for record in recentGuides(since: now - .days(1)) {
            guard case .started(let until) = record.kind, until > now, let occurrence = record.occurrence,
                verdict(of: occurrence) == nil
            else { continue }
            holds.append(GuideHold(occurrence: occurrence, until: until))
        }
        return holds
    }
}

extension Timetable {
    /// The occurrence that is open or that a guide keeps open, answered or not.
    package func open(_ routine: Routine, by ledger: Ledger, at now: Instant) -> Occurrence? {
        kept(of: routine, by: ledger.guideHolds(at: now), at: now) ?? open(routine, at: now)
    }

    /// An occurrence that would have closed by now if no guide led through it.
    func kept(of routine: Routine, by holds: [GuideHold], at now: Instant) -> Occurrence? {
        for hold in holds where hold.occurrence.routine == routine.id {
            let planned = occurrences(of: routine, on: hold.occurrence.day(startingAt: configuration.dayStart))
            guard let occurrence = planned.first(where: { $0.id == hold.occurrence }), occurrence.closes <= now else {
                continue
            }
            return occurrence.open(until: hold.until)
        }
        return nil
    }
}

extension Occurrence {
    fileprivate func open(until end: Instant) -> Occurrence {
        Occurrence(id: id, opens: opens, closes: max(closes, end), day: day, shifted: shifted)
    }
}
