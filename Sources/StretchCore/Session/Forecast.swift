package import StretchBase

/// The prompts in a span of time, and why other occurrences get none, from a simulation in which nobody answers.
package struct Forecast: Sendable {
    package let span: Range<Instant>
    package let zone: Zone
    /// The occurrences open in the span, sorted by nominal day, then by time.
    package let entries: [Entry]
    /// The days on which `except` cancels something planned.
    package let excepted: Set<Day>

    package struct Entry: Sendable {
        package let occurrence: Occurrence
        /// The times at which its prompt is shown, with those that the diary has already.
        package let shown: [Instant]
        package let outcome: Outcome
    }

    package enum Outcome: Hashable, Sendable {
        case asked
        case answered(Verdict)
        /// The routine is paused; the value says so in words.
        case paused(String)
        /// No prompt is shown; the value says why, in words.
        case unseen(String)
    }

    /// - Parameters:
    ///   - diary: has the records from before the span.
    ///   - span: the end itself is not in it.
    ///   - now: the time up to which the diary is complete; nil for the beginning of the span.
    ///   - awake: when somebody is there and the machine runs; empty for always.
    ///   - passedOver: occurrences that a running daemon does not ask for.
    package init(
        _ diary: Diary, in span: Range<Instant>, from now: Instant? = nil, awake: [AwakeHours] = [],
        passingOver passedOver: [OccurrenceID] = []
    ) {
        let timetable = diary.timetable
        // What is open when the span begins is on the screen then, because it was asked for when it opened. In a span
        // that began before now, the diary may know when that was.
        let known = now ?? span.lowerBound
        let isPast = span.lowerBound < known
        let openings = timetable.configuration.routines.compactMap { timetable.open($0, at: span.lowerBound) }
            .filter { !isPast || !diary.ledger.records(of: $0.id).contains(where: \.isPrompt) }.map(\.opens)
        let earliest = openings.min() ?? span.lowerBound
        let start = min(span.lowerBound, isPast ? earliest : max(known, earliest))
        let rehearsal = Rehearsal(diary, in: start..<span.upperBound, awake: awake, passingOver: passedOver)
        self.span = span
        zone = timetable.zone
        // The sort is stable. So two at the same time stay in the order in which their routines are configured.
        entries = timetable.configuration.routines
            .flatMap { routine in
                timetable.occurrences(of: routine, in: span).map { rehearsal.entry(for: $0, of: routine) }
            }
            .sorted { a, b in
                let (one, other) = (a.occurrence, b.occurrence)
                return (one.id.nominal.day, one.opens) < (other.id.nominal.day, other.opens)
            }
        excepted = timetable.exceptedDays(in: span)
    }
}

/// The simulation behind a forecast, and the reasons that the session reported.
private struct Rehearsal {
    private var diary: Diary
    /// The span that is simulated.
    ///
    /// It begins before the span of the forecast if that is needed to ask for occurrences that are open then.
    let span: Range<Instant>
    /// When somebody is there; includes some days before and after the span.
    let presences: [Range<Instant>]
    /// The last reason why each occurrence was not on the screen.
    private var reasons: [OccurrenceID: Reason] = [:]

    init(_ diary: Diary, in span: Range<Instant>, awake: [AwakeHours], passingOver passedOver: [OccurrenceID]) {
        self.diary = diary
        self.span = span
        let zone = diary.timetable.zone
        // A person who is always there was there before the open occurrences opened, at most a day ago.
        let always = span.lowerBound - .hours(25)..<span.upperBound + .hours(25)
        let days = zone.civil(span.lowerBound).day - 1...zone.civil(span.upperBound).day + 8
        presences = awake.isEmpty ? [always] : awake.spans(on: days, in: zone)
        let (start, end) = (span.lowerBound, span.upperBound)
        let within = presences.filter { $0.upperBound > start && $0.lowerBound < end }
        guard let first = within.first else { return }
        var life = Simulation(
            diary, from: max(start, first.lowerBound), passingOver: passedOver, presentSince: first.lowerBound)
        var bedtime = start
        for presence in within {
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
        self.diary = life.session.diary
    }

    private mutating func listen(to life: Simulation) {
        // Usually everything due is on the screen. Then there is no reason to note.
        guard life.outlook.due.contains(where: { $0.state != .prompted }) else { return }
        for due in life.outlook.due where due.state != .prompted { reasons[due.id] = due.reason }
    }

    func entry(for occurrence: Occurrence, of routine: Routine) -> Forecast.Entry {
        let prompts = diary.ledger.records(of: occurrence.id).filter(\.isPrompt)
        let shown = prompts.map(\.ts.instant).filter { $0 < span.upperBound }
        // This is the standing at the last moment at which it could be asked for.
        let end = min(occurrence.closes, span.upperBound) - .microseconds(1)
        let standing = diary.standing(of: occurrence, of: routine, at: end)
        let outcome: Forecast.Outcome =
            switch standing {
            case .settled(let record): .answered(record.verdict ?? .done)
            case .paused: .paused(words(for: occurrence, standing, at: end))
            case .due, .snoozed, .guided: shown.isEmpty ? .unseen(words(for: occurrence, standing, at: end)) : .asked
            }
        return Forecast.Entry(occurrence: occurrence, shown: shown, outcome: outcome)
    }

    private func words(for occurrence: Occurrence, _ standing: Standing, at end: Instant) -> String {
        let words =
            Reason(standing)?.words(in: diary.timetable, at: end)
            ?? (asleep(at: end) ?? reasons[occurrence.id])?.words(in: diary.timetable, at: occurrence.opens)
            ?? "not asked"
        if case .paused = standing { return words }
        let told = if case .snoozed = standing { "snoozed \(words)" } else { words }
        guard occurrence.closes <= span.upperBound else { return told }
        return "\(told), closed \(HumanTime.moment(occurrence.closes, in: diary.timetable.zone, at: occurrence.opens))"
    }

    /// The reason that nobody is there; nil if somebody is there.
    private func asleep(at time: Instant) -> Reason? {
        if presences.contains(where: { $0.contains(time) }) { return nil }
        return .asleep(until: presences.first { $0.lowerBound > time }?.lowerBound)
    }
}
