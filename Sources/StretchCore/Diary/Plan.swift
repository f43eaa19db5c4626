internal import StretchBase

/// The timetable opened at the present moment: of every routine the occurrence that is open, and the next one.
///
/// It is looked up once and kept until something opens or closes, so that an event costs no search of the calendar.
struct Plan: Sendable {
    /// One for each routine, in the order of the configuration; of the moment it was last turned to.
    private(set) var entries: [Entry] = []
    /// While no entry changes.
    private var holds = Span.never

    struct Entry: Hashable, Sendable {
        let routine: Routine
        let open: Occurrence?
        let next: Occurrence?
        fileprivate let holds: Span
    }

    /// - Parameter timetable: the same each time.
    mutating func turn(to now: Instant, in timetable: Timetable) {
        if holds.contains(now) { return }
        if entries.isEmpty {
            entries = timetable.configuration.routines.map { Entry(of: $0, in: timetable, at: now) }
        } else {
            for index in entries.indices where !entries[index].holds.contains(now) {
                entries[index] = entries[index].followed(in: timetable, at: now)
            }
        }
        holds = entries.reduce(Span(from: now, to: .distantFuture)) { $0.intersection($1.holds) }
    }

    /// An occurrence that is open or the next one of its routine.
    func occurrence(_ id: OccurrenceID) -> (occurrence: Occurrence, routine: Routine)? {
        guard let entry = entries.first(where: { $0.routine.id == id.routine }) else { return nil }
        return [entry.open, entry.next].compactMap(\.self).first { $0.id == id }.map { ($0, entry.routine) }
    }

    /// When the next occurrence of any routine opens.
    var nextOpening: Instant? {
        var first: Instant?
        for entry in entries {
            guard let opens = entry.next?.opens else { continue }
            if first.map({ opens < $0 }) ?? true { first = opens }
        }
        return first
    }

    /// The next occurrence of any routine that will be asked for.
    func nextAsked(in diary: Diary, after now: Instant) -> Occurrence? {
        var first: Occurrence?
        for entry in entries {
            // Only what could come first is worth a look into the ledger.
            guard let next = entry.next, first.map({ next.opens < $0.opens }) ?? true,
                let asked = diary.asked(entry.routine, from: next, at: now)
            else { continue }
            if first.map({ asked.opens < $0.opens }) ?? true { first = asked }
        }
        return first
    }

    /// The time for which something was looked up: a clock that is set back leaves it, as time itself does at its end.
    fileprivate struct Span: Hashable, Sendable {
        let from: Instant
        let to: Instant

        static let never = Span(from: .distantFuture, to: .distantFuture)

        func contains(_ instant: Instant) -> Bool { from <= instant && instant < to }
        func intersection(_ other: Span) -> Span { Span(from: max(from, other.from), to: min(to, other.to)) }
    }
}

extension Plan.Entry {
    /// Searches the calendar, also backwards.
    fileprivate init(of routine: Routine, in timetable: Timetable, at now: Instant) {
        let (open, next) = (timetable.open(routine, at: now), timetable.next(routine, after: now))
        self.init(of: routine, open: open, next: next, at: now)
    }

    private init(of routine: Routine, open: Occurrence?, next: Occurrence?, at now: Instant) {
        self.routine = routine
        self.open = open
        self.next = next
        // An occurrence closes at the latest when the next one opens.
        holds = Plan.Span(from: now, to: open?.closes ?? next?.opens ?? .distantFuture)
    }

    /// The entry at another moment; mostly that at which the next one opened or the open one closed.
    fileprivate func followed(in timetable: Timetable, at now: Instant) -> Self {
        guard let next, holds.to <= now, now < next.closes else { return Self(of: routine, in: timetable, at: now) }
        if now < next.opens { return Self(of: routine, open: nil, next: next, at: now) }
        return Self(of: routine, open: next, next: timetable.next(routine, after: next.opens), at: now)
    }
}

extension Instant {
    /// Later than anything that is planned.
    static let distantFuture = Instant(microseconds: .max)
}
