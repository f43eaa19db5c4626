/// When a routine is planned: the union of calendar events, without the excepted days.
package struct Schedule: Hashable, Sendable {
    package let events: [CalendarEvent]
    /// Only their dates and weekdays count.
    package let except: [CalendarEvent]

    package init(_ events: [CalendarEvent], except: [CalendarEvent] = []) {
        self.events = events
        self.except = except
    }

    /// One planned time: the nominal civil time and the instant it means in a zone.
    package struct Elapse: Hashable, Sendable {
        package let nominal: CivilTime
        package let instant: Instant
        /// The nominal time does not exist on that day: a clock change moved it.
        package let shifted: Bool
    }

    /// The first planned time strictly after an instant; nil when there is none until the end of 2199.
    package func next(after instant: Instant, in zone: Zone) -> Elapse? { nil }

    /// The last planned time in `earliest ... instant`; nil when there is none.
    package func last(upTo instant: Instant, notBefore earliest: Instant, in zone: Zone) -> Elapse? { nil }

    /// The planned times whose nominal time, less the start of the day, falls on a day; in order of time.
    package func elapses(on day: Day, startingAt dayStart: Duration, in zone: Zone) -> [Elapse] { [] }
}
