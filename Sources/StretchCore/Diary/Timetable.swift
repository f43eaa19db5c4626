package import StretchBase

/// One planned time of a routine, with the span in which to ask.
package struct Occurrence: Hashable, Sendable, Identifiable {
    package let id: OccurrenceID
    package let opens: Instant
    /// When the window ends or the routine's next occurrence opens, whichever is earlier; later if a guide keeps it
    /// open.
    package internal(set) var closes: Instant
    /// The day the occurrence counts for.
    package let day: Day
    /// A clock change moved the occurrence, because its nominal time does not exist on that day.
    package let shifted: Bool

    package func isOpen(at now: Instant) -> Bool { opens <= now && now < closes }

    /// Explains what a clock change does to the time; nil if there is nothing to explain.
    package func explanation(in zone: Zone) -> String? {
        Schedule.Elapse(nominal: id.nominal, instant: opens, shifted: shifted).explanation(in: zone)
    }
}

/// When everything is planned: a configuration in a time zone.
package struct Timetable: Hashable, Sendable {
    package let configuration: Configuration
    package let zone: Zone

    package init(_ configuration: Configuration, zone: Zone) {
        self.configuration = configuration
        self.zone = zone
    }

    /// The day that an instant belongs to; days begin at `day_start`.
    package func day(at now: Instant) -> Day { (zone.civil(now) - configuration.dayStart).day }

    /// Which day still counts between midnight and `day_start`, and why, in words; nil at other times.
    package func lateHours(at now: Instant) -> String? {
        let (date, day) = (zone.civil(now).day, day(at: now))
        guard date != day else { return nil }
        let start = CivilTime(day: date, microsecondOfDay: 0) + configuration.dayStart
        return "a day begins at \(HumanTime.clock(start)), so it is still \(HumanTime.longDate(day, relativeTo: date))"
    }

    /// The routine's occurrence that is open, answered or not.
    package func open(_ routine: Routine, at now: Instant) -> Occurrence? {
        let last = routine.schedule.last(upTo: now, notBefore: now - routine.window, in: zone)
        return last.map { occurrence($0, of: routine) }.flatMap { $0.isOpen(at: now) ? $0 : nil }
    }

    package func next(_ routine: Routine, after now: Instant) -> Occurrence? {
        routine.schedule.next(after: now, in: zone).map { occurrence($0, of: routine) }
    }

    /// The routine's occurrences of a day, in order of time.
    package func occurrences(of routine: Routine, on day: Day) -> [Occurrence] {
        routine.schedule.elapses(on: day, startingAt: configuration.dayStart, in: zone)
            .map { occurrence($0, of: routine) }
    }

    /// Whether the occurrence closed less than a minute ago.
    func hasJustClosed(_ id: OccurrenceID, at now: Instant) -> Bool {
        let closes = configuration.routine(id.routine).flatMap { occurrence(id, of: $0)?.closes }
        return closes.map { $0 <= now && now < $0 + .minutes(1) } ?? false
    }

    /// The routine's occurrence with this id; nil if it is not planned.
    func occurrence(_ id: OccurrenceID, of routine: Routine) -> Occurrence? {
        occurrences(of: routine, on: id.day(startingAt: configuration.dayStart)).first { $0.id == id }
    }

    /// Whether an occurrence is one of the routine's on a day.
    func plans(_ id: OccurrenceID, of routine: Routine, on day: Day) -> Bool {
        id.routine == routine.id && id.day(startingAt: configuration.dayStart) == day
            && routine.schedule.plans(id.nominal, in: zone)
    }

    func occurrence(_ elapse: Schedule.Elapse, of routine: Routine) -> Occurrence {
        let id = OccurrenceID(routine: routine.id, nominal: elapse.nominal)
        let following = routine.schedule.next(after: elapse.instant, in: zone)
        let windowEnd = elapse.instant + routine.window
        return Occurrence(
            id: id, opens: elapse.instant, closes: following.map { min($0.instant, windowEnd) } ?? windowEnd,
            day: id.day(startingAt: configuration.dayStart), shifted: elapse.shifted)
    }

    // MARK: Days and spans

    /// The days that a pause covers, fully or in part; nil if there are none, because it ended before it began.
    func days(of pause: Pause, upTo today: Day) -> ClosedRange<Day>? {
        guard pause.from < pause.end else { return nil }
        let first = pause.firstDay ?? day(at: pause.from)
        let last = pause.lastDay ?? pause.until.map(lastDay(before:)) ?? today
        return first <= last ? first...last : nil
    }

    /// The day of the last moment before an instant.
    func lastDay(before end: Instant) -> Day { day(at: end - .microseconds(1)) }

    /// When a day begins, at `day_start`; nil when its date does not exist in the zone.
    package func beginning(of day: Day) -> Instant? {
        zone.resolve(CivilTime(day: day, hour: 0, minute: 0) + configuration.dayStart)?.instant
    }

    /// Whether all routines together have more than `limit` occurrences in a span.
    package func plans(moreThan limit: Int, in span: Range<Instant>) -> Bool {
        var count = 0
        return configuration.routines.contains { routine in
            count += occurrences(of: routine, in: span, upTo: limit + 1 - count).count
            return count > limit
        }
    }

    /// The occurrences of a routine that are open at the beginning of a span or open during it, at most `limit`.
    func occurrences(of routine: Routine, in span: Range<Instant>, upTo limit: Int = .max) -> [Occurrence] {
        var found = [open(routine, at: span.lowerBound)].compactMap(\.self)
        var next = next(routine, after: span.lowerBound)
        while let occurrence = next, occurrence.opens < span.upperBound, found.count < limit {
            found.append(occurrence)
            next = self.next(routine, after: occurrence.opens)
        }
        return found
    }

    func exceptedDays(in span: Range<Instant>) -> Set<Day> {
        // If clocks are set back over midnight, the end of the span may have an earlier date than its beginning.
        let ends = [span.lowerBound, span.upperBound - .microseconds(1)].map { zone.civil($0).day }
        let days = min(ends[0], ends[1])...max(ends[0], ends[1])
        let schedules = configuration.routines.map(\.schedule).filter { !$0.except.isEmpty }
        return Set(
            (0...(days.upperBound - days.lowerBound)).map { days.lowerBound + $0 }
                .filter { day in
                    schedules.contains { schedule in
                        schedule.except.contains { $0.matches(day: day) }
                            && schedule.events.contains { $0.matches(day: day) }
                    }
                })
    }
}
