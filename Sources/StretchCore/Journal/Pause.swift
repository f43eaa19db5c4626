package import StretchBase

/// A time in which nothing is asked (design 6.14).
package struct Pause: Hashable, Sendable {
    package let from: Instant
    /// Nil: until somebody resumes.
    package let until: Instant?
    /// The first and the last day it touches, as they were frozen; nil in records that had none.
    let firstDay, lastDay: Day?

    package init(from: Instant, until: Instant?, firstDay: Day? = nil, lastDay: Day? = nil) {
        self.from = from
        self.until = until
        self.firstDay = firstDay
        self.lastDay = lastDay
    }

    /// `until`, or later than every instant there is.
    package var end: Instant { until ?? Instant(microseconds: .max) }

    /// `paused until Sun 27 Dec` when it lasts to the beginning of that day, else `paused until Sun 09:00`; without an
    /// end it names the command that ends it.
    package func words(in timetable: Timetable, at now: Instant) -> String {
        guard let until else { return "paused until stretchd resume" }
        let (end, today) = (timetable.zone.civil(until).day, timetable.zone.civil(now).day)
        guard timetable.beginning(of: end) == until, end > today || until <= now else {
            return "paused until \(HumanTime.moment(until, in: timetable.zone, at: now))"
        }
        return "paused until \(HumanTime.weekday(end)) \(HumanTime.date(end, relativeTo: today))"
    }
}

extension Record {
    /// A pause or the end of all pauses, for every routine, ready for the journal.
    ///
    /// The days it touches are frozen: on a journey, or with another `day_start`, the past stays as it was.
    package init(break kind: Kind, in timetable: Timetable, by ledger: Ledger, id: RecordID, at now: Instant) {
        self.init(id: id, ts: Timestamp(ledger.breakTime(at: now), in: timetable.zone), kind: kind, subject: .all)
        if case .pause(let from, let until) = kind {
            day = timetable.day(at: from)
            lastDay = until.map(timetable.lastDay(before:))
        } else {
            day = timetable.day(at: now)
        }
    }
}

extension Timetable {
    /// The days that a pause touches; nil when it ended before it began.
    func days(of pause: Pause, upTo today: Day) -> ClosedRange<Day>? {
        guard pause.from < pause.end else { return nil }
        let first = pause.firstDay ?? day(at: pause.from)
        let last = pause.lastDay ?? pause.until.map(lastDay(before:)) ?? today
        return first <= last ? first...last : nil
    }

    /// The last day of which something lies before an instant.
    fileprivate func lastDay(before end: Instant) -> Day { day(at: end - .microseconds(1)) }

    /// When a day begins, at `day_start`; nil when its date does not exist in the zone.
    package func beginning(of day: Day) -> Instant? {
        let midnight = CivilTime(day: day, hour: 0, minute: 0)
        return zone.resolve(midnight + configuration.dayStart)?.instant
    }

    /// The pause that holds for every routine: of those in force the one that ends first; nil when one is not paused.
    package func pauseOfAll(by ledger: Ledger, at now: Instant) -> Pause? {
        var first: Pause?
        for routine in configuration.routines {
            guard let pause = ledger.pause(of: routine.id, at: now) else { return nil }
            if first.map({ pause.end < $0.end }) ?? true { first = pause }
        }
        return first
    }

    /// The pause that holds for an occurrence: one in force, or one that ended as the day after it began, for that
    /// promised to ask again on that day, and this one is of the evening before.
    func pause(of occurrence: Occurrence, by ledger: Ledger, at now: Instant) -> Pause? {
        let routine = occurrence.id.routine
        if let pause = ledger.pause(of: routine, at: now) { return pause }
        guard let dayAfter = beginning(of: occurrence.day + 1), dayAfter <= now else { return nil }
        let eve = dayAfter - .microseconds(1)
        return ledger.unfinishedPauses(of: routine, at: eve).first { $0.from <= eve && $0.until == dayAfter }
    }

    /// The next occurrence of a routine that will be asked for; nil also when it is paused without an end.
    ///
    /// Nobody answered it early, and it is still open when a pause ends.
    package func nextAsked(_ routine: Routine, by ledger: Ledger, after now: Instant) -> Occurrence? {
        next(routine, after: now).flatMap { asked(routine, by: ledger, from: $0, at: now) }
    }

    /// The same, of a routine whose next occurrence is known.
    func asked(_ routine: Routine, by ledger: Ledger, from next: Occurrence, at now: Instant) -> Occurrence? {
        guard let pause = ledger.pause(of: routine.id, at: now) else {
            return unanswered(routine, by: ledger, from: next)
        }
        guard let until = pause.until else { return nil }
        if let open = open(routine, at: until), open.opens > now, self.pause(of: open, by: ledger, at: until) == nil,
            ledger.verdict(settling: open, of: routine, in: self) == nil
        {
            return open
        }
        return nextUnanswered(routine, by: ledger, after: until)
    }
}
