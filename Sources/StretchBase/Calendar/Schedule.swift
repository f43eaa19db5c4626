/// When a routine is planned: the union of calendar events, without the excepted days.
package struct Schedule: Hashable, Sendable {
    package let events: [CalendarEvent]
    /// The excepted days; of these events only the dates and weekdays count.
    package let except: [CalendarEvent]

    package init(_ events: [CalendarEvent], except: [CalendarEvent] = []) {
        self.events = events
        self.except = except
    }

    /// One planned time: the nominal civil time and the instant it means in a zone.
    package struct Elapse: Hashable, Sendable {
        package let nominal: CivilTime
        package let instant: Instant
        /// Whether the nominal time does not exist on that day, because a clock change skips it.
        package let shifted: Bool

        package init(nominal: CivilTime, instant: Instant, shifted: Bool) {
            (self.nominal, self.instant, self.shifted) = (nominal, instant, shifted)
        }

        /// What a clock change does to this time; nil for most times.
        ///
        /// Such as `02:30 does not exist on 2026-03-29: clocks go from 02:00 to 03:00`.
        package func explanation(in zone: Zone) -> String? {
            let index = zone.index(at: instant.seconds)
            let clock = HumanTime.clock(nominal)
            if shifted {
                guard index > 0 else { return nil }
                let start = zone.periods[index].start * 1_000_000
                let before = CivilTime(timeline: start + zone.periods[index - 1].microseconds)
                let after = CivilTime(timeline: start + zone.periods[index].microseconds)
                let change = "clocks go from \(HumanTime.clock(before)) to \(HumanTime.clock(after))"
                return "\(clock) does not exist on \(nominal.day): \(change)"
            }
            guard index + 1 < zone.periods.count else { return nil }
            let next = zone.periods[index + 1]
            // The times that come twice begin with the time to which the clock is put back.
            guard nominal >= CivilTime(timeline: next.start * 1_000_000 + next.microseconds) else { return nil }
            return "\(clock) comes twice on \(nominal.day): the first one counts"
        }

        /// Whether this time comes before the other.
        ///
        /// If both are the same instant, the one whose nominal time exists comes first.
        fileprivate func precedes(_ other: Self) -> Bool {
            instant != other.instant ? instant < other.instant : !shifted && other.shifted
        }
    }

    /// The first planned time strictly after an instant; nil when there is none until the end of 2199.
    package func next(after instant: Instant, in zone: Zone) -> Elapse? {
        var best: Elapse?
        var candidate: CivilTime?
        // A time in a gap is read with the offset before the gap. So its instant may lie after the start of the next
        // period, and the search has to begin one period earlier.
        for index in max(0, zone.index(at: instant.seconds) - 1)..<zone.periods.count {
            let reach = zone.reach(of: index)
            let start = max(reach.lowerBound, instant.microseconds + 1 + zone.periods[index].microseconds)
            guard start < reach.upperBound else { continue }
            if let best, start - zone.periods[index].microseconds > best.instant.microseconds { break }
            // A candidate from an earlier round is still right if it is not before `start`.
            if candidate.map({ $0.timeline < start }) ?? true {
                guard let nominal = firstNominal(from: CivilTime(timeline: start), in: zone) else { break }
                candidate = nominal
            }
            guard let nominal = candidate, nominal.timeline < reach.upperBound, let resolution = zone.resolve(nominal)
            else { continue }
            let elapse = Elapse(nominal: nominal, instant: resolution.instant, shifted: resolution.shifted)
            // In the zone of a damaged file, the resolution may lie before the start. A search must always get further.
            guard elapse.instant > instant else { continue }
            if best.map({ elapse.precedes($0) }) ?? true { best = elapse }
        }
        return best
    }

    /// The last planned time in `earliest ... instant`; nil when there is none.
    package func last(upTo instant: Instant, notBefore earliest: Instant, in zone: Zone) -> Elapse? {
        func hit(after start: Instant) -> Elapse? {
            next(after: start, in: zone).flatMap { $0.instant <= instant ? $0 : nil }
        }
        guard var best = hit(after: Instant(microseconds: earliest.microseconds - 1)) else { return nil }
        // Usually there are few times. For many, such as one every minute, bisection is faster.
        for _ in 0..<4 {
            guard let later = hit(after: best.instant) else { return best }
            best = later
        }
        // Bisection: `best` is always a planned time, and after `end` there is none up to `instant`.
        var end = instant.microseconds
        while best.instant.microseconds < end {
            let middle = Instant(microseconds: best.instant.microseconds + (end - best.instant.microseconds) / 2)
            if let later = hit(after: middle) { best = later } else { end = middle.microseconds }
        }
        return best
    }

    /// All planned times that count for a day, in the order of their instants.
    ///
    /// The day begins `dayStart` after its midnight.
    package func elapses(on day: Day, startingAt dayStart: Duration, in zone: Zone) -> [Elapse] {
        var found: [Elapse] = []
        let end = CivilTime(day: day + 1, microsecondOfDay: 0) + dayStart
        var start = CivilTime(day: day, microsecondOfDay: 0) + dayStart
        while let nominal = firstNominal(from: start, in: zone), nominal < end {
            if let elapse = elapse(at: nominal, in: zone) { found.append(elapse) }
            start = nominal + .microseconds(1)
        }
        return found.sorted { $0.precedes($1) }
    }

    /// Whether a nominal time is one of the planned ones.
    package func plans(_ nominal: CivilTime, in zone: Zone) -> Bool {
        firstNominal(from: nominal, in: zone) == nominal && elapse(at: nominal, in: zone) != nil
    }

    /// The planned time for a nominal time.
    ///
    /// Nil if a clock change moves the nominal time onto another planned time, which then counts for both.
    private func elapse(at nominal: CivilTime, in zone: Zone) -> Elapse? {
        guard let resolution = zone.resolve(nominal) else { return nil }
        if resolution.shifted {
            let shown = zone.civil(resolution.instant)
            if firstNominal(from: shown, in: zone) == shown { return nil }
        }
        return Elapse(nominal: nominal, instant: resolution.instant, shifted: resolution.shifted)
    }

    /// The first nominal time at `start` or later on a day that is not excepted and exists in the zone.
    private func firstNominal(from start: CivilTime, in zone: Zone) -> CivilTime? {
        var start = start
        while true {
            guard let nominal = events.lazy.compactMap({ $0.first(from: start) }).min() else { return nil }
            let isExcepted = except.contains { $0.matches(day: nominal.day) }
            if !isExcepted, zone.resolve(nominal) != nil { return nominal }
            start = CivilTime(day: nominal.day + 1, microsecondOfDay: 0)
        }
    }
}
