package import StretchBase

/// What would be prompted in a span of time, and why the rest would not: a simulation in which nobody answers.
package struct Forecast: Sendable {
    package let span: Range<Instant>
    package let zone: Zone
    /// What is open in the span, by nominal day and then in order of time.
    package let entries: [Entry]
    /// The days on which something was planned, were they not excepted.
    package let excepted: Set<Day>

    package struct Entry: Sendable {
        package let occurrence: Occurrence
        /// When its prompt comes up, the first time and again; also when it did, where the ledger knows of it.
        package let shown: [Instant]
        package let outcome: Outcome
    }

    package enum Outcome: Hashable, Sendable {
        case asked
        case answered(Verdict)
        /// Why, in words.
        case paused(String)
        /// Why, in words.
        case unseen(String)
    }

    /// - Parameters:
    ///   - span: raises at its end do not belong to it.
    ///   - now: until when the ledger tells what happened; nil: the beginning of the span.
    ///   - awake: when somebody is there and the machine runs; empty: always.
    ///   - ledger: what is known before the span.
    ///   - passedOver: what a running daemon does not ask for.
    package init(
        _ timetable: Timetable, in span: Range<Instant>, from now: Instant? = nil, awake: [AwakeHours] = [],
        ledger: Ledger = Ledger(), passingOver passedOver: [OccurrenceID] = []
    ) {
        // What is open at the beginning of a span to come opens before it, and is asked then.
        let openings = timetable.configuration.routines.compactMap { timetable.open($0, at: span.lowerBound)?.opens }
        let start = min(span.lowerBound, max(now ?? span.lowerBound, openings.min() ?? span.lowerBound))
        var rehearsal = Rehearsal(timetable, in: start..<span.upperBound, awake: awake, ledger: ledger)
        rehearsal.run(passingOver: passedOver)
        self.span = span
        zone = timetable.zone
        entries = timetable.configuration.routines.enumerated()
            .flatMap { index, routine in
                timetable.occurrences(of: routine, in: span).map { (index, rehearsal.entry(for: $0, of: routine)) }
            }
            .sorted { a, b in
                let (one, other) = (a.1.occurrence, b.1.occurrence)
                return (one.id.nominal.day, one.opens, a.0) < (other.id.nominal.day, other.opens, b.0)
            }
            .map(\.1)
        excepted = timetable.exceptedDays(in: span)
    }
}

/// The run behind a forecast, with what the session said on the way.
private struct Rehearsal {
    let timetable: Timetable
    /// The forecast's; it begins earlier where what is open then is still to be asked.
    let span: Range<Instant>
    /// When somebody is there; also some days before and after the span.
    let presences: [Range<Instant>]
    private(set) var ledger: Ledger
    /// The last that the session said of an occurrence that was not on the screen.
    private var reasons: [OccurrenceID: String] = [:]

    init(_ timetable: Timetable, in span: Range<Instant>, awake: [AwakeHours], ledger: Ledger) {
        self.timetable = timetable
        self.span = span
        self.ledger = ledger
        let zone = timetable.zone
        // Who is always there was it before anything opened that is open now.
        let always = span.lowerBound - .hours(25)..<span.upperBound + .hours(25)
        let days = zone.civil(span.lowerBound).day - 1...zone.civil(span.upperBound).day + 8
        presences = awake.isEmpty ? [always] : awake.spans(on: days, in: zone)
    }

    mutating func run(passingOver passedOver: [OccurrenceID]) {
        let (start, end) = (span.lowerBound, span.upperBound)
        let presences = presences.filter { $0.upperBound > start && $0.lowerBound < end }
        guard let first = presences.first else { return }
        var life = Simulation(
            timetable.configuration, from: max(start, first.lowerBound), zone: timetable.zone, ledger: ledger,
            passingOver: passedOver, presentSince: first.lowerBound)
        var bedtime = start
        for presence in presences {
            if presence != first {
                life.jump(to: bedtime, .presence(.away(.asleep)))
                life.jump(to: presence.lowerBound, .resumed)
                life.happen(.presence(.present))
            }
            bedtime = presence.upperBound
            listen(to: life)
            while let wake = life.wake, wake < min(bedtime, end) {
                life.run(until: wake)
                listen(to: life)
            }
        }
        ledger = life.session.ledger
    }

    private mutating func listen(to life: Simulation) {
        // Mostly all that is due is on the screen.
        guard life.outlook.due.contains(where: { $0.state != .prompted }) else { return }
        for due in life.outlook.due where due.state != .prompted { reasons[due.occurrence] = due.reason }
    }

    func entry(for occurrence: Occurrence, of routine: Routine) -> Forecast.Entry {
        let shown = ledger.records(of: occurrence.id).compactMap { record -> Instant? in
            guard case .prompted = record.kind, record.ts.instant < span.upperBound else { return nil }
            return record.ts.instant
        }
        // How it stood when it could be asked for last.
        let end = min(occurrence.closes, span.upperBound) - .microseconds(1)
        let standing = Standing(of: occurrence, of: routine, by: ledger, in: timetable, at: end)
        let outcome: Forecast.Outcome =
            switch standing {
            case .settled: .answered(verdict(settling: occurrence, of: routine))
            case .paused: .paused(words(for: occurrence, standing, at: end))
            case .due, .snoozed, .guided: shown.isEmpty ? .unseen(words(for: occurrence, standing, at: end)) : .asked
            }
        return Forecast.Entry(occurrence: occurrence, shown: shown, outcome: outcome)
    }

    private func verdict(settling occurrence: Occurrence, of routine: Routine) -> Verdict {
        ledger.verdict(settling: occurrence, of: routine, in: timetable)?.verdict ?? .done
    }

    private func words(for occurrence: Occurrence, _ standing: Standing, at end: Instant) -> String {
        let due = Outlook.Due(occurrence.id, standing, in: timetable, at: end) { _ in
            (.waiting, asleep(at: end, of: occurrence) ?? reasons[occurrence.id])
        }
        let reason = due?.reason ?? "not asked"
        if case .paused = standing { return reason }
        let told = if case .snoozed = standing { "snoozed \(reason)" } else { reason }
        return occurrence.closes <= span.upperBound ? "\(told), closed \(clock(occurrence.closes, occurrence))" : told
    }

    /// Nil when somebody is there.
    private func asleep(at time: Instant, of occurrence: Occurrence) -> String? {
        if presences.contains(where: { $0.contains(time) }) { return nil }
        let waking = presences.first { $0.lowerBound > time }
        return waking.map { "asleep until \(clock($0.lowerBound, occurrence))" } ?? "asleep"
    }

    private func clock(_ instant: Instant, _ occurrence: Occurrence) -> String {
        HumanTime.moment(instant, in: timetable.zone, at: occurrence.opens)
    }
}

extension Timetable {
    /// Whether a span has more occurrences of all routines than a number.
    package func plans(moreThan limit: Int, in span: Range<Instant>) -> Bool {
        var count = 0
        return configuration.routines.contains { routine in
            count += occurrences(of: routine, in: span, upTo: limit + 1 - count).count
            return count > limit
        }
    }

    /// The occurrences of a routine that are open at the beginning of a span or open in it, up to a number of them.
    fileprivate func occurrences(
        of routine: Routine, in span: Range<Instant>, upTo limit: Int = .max
    ) -> [Occurrence] {
        var found = [open(routine, at: span.lowerBound)].compactMap(\.self)
        var next = next(routine, after: span.lowerBound)
        while let occurrence = next, occurrence.opens < span.upperBound, found.count < limit {
            found.append(occurrence)
            next = self.next(routine, after: occurrence.opens)
        }
        return found
    }

    fileprivate func exceptedDays(in span: Range<Instant>) -> Set<Day> {
        // A clock that is set back over midnight may end the span on the date before.
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
