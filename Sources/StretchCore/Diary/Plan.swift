internal import StretchBase

/// The open occurrence and the next one of every routine, at the present moment.
///
/// They are kept until an occurrence opens or closes, so that most events need no search of the schedules.
struct Plan: Sendable {
    /// An element for each routine, in the order of the configuration, as of the last call of `turn`.
    private(set) var routines: [PlannedRoutine] = []
    /// The span of time in which none of them changes.
    ///
    /// It begins at a call of `turn`. So if the clock is set back, the present time is no longer in it.
    private var holds = Instant.distantFuture..<Instant.distantFuture

    struct PlannedRoutine: Hashable, Sendable {
        let routine: Routine
        let open: Occurrence?
        let next: Occurrence?
        /// The span of time in which `open` and `next` stay as they are.
        fileprivate let holds: Range<Instant>
    }

    /// - Parameter timetable: the same in every call.
    mutating func turn(to now: Instant, in timetable: Timetable) {
        if holds.contains(now) { return }
        if routines.isEmpty {
            routines = timetable.configuration.routines.map { PlannedRoutine(of: $0, in: timetable, at: now) }
        } else {
            for index in routines.indices where !routines[index].holds.contains(now) {
                routines[index] = routines[index].followed(in: timetable, at: now)
            }
        }
        holds = routines.reduce(now..<Instant.distantFuture) { $0.clamped(to: $1.holds) }
    }

    /// The occurrence with this id, if it is open or the next one of its routine.
    func occurrence(_ id: OccurrenceID) -> (occurrence: Occurrence, routine: Routine)? {
        guard let planned = routines.first(where: { $0.routine.id == id.routine }) else { return nil }
        return [planned.open, planned.next].compactMap(\.self).first { $0.id == id }.map { ($0, planned.routine) }
    }

    /// The open occurrences that new records answer, snooze, pause or lead through.
    ///
    /// Other records that come with them may take that back. Then the prompt comes up again, as if they had come one
    /// after the other (rule 4).
    func hidden(by records: [Record]) -> [OccurrenceID] {
        let hiding = records.filter(\.hidesPrompts)
        if hiding.isEmpty { return [] }
        return routines.compactMap(\.open).filter { open in
            hiding.contains { record in
                guard case .pause(let from, let until) = record.kind else { return record.occurrence == open.id }
                let beginning = max(from, open.opens)
                return (record.routine ?? open.id.routine) == open.id.routine
                    && beginning <= record.ts.instant && beginning < until ?? .distantFuture
            }
        }.map(\.id)
    }

    /// When the next occurrence of any routine opens.
    var nextOpening: Instant? { routines.lazy.compactMap { $0.next?.opens }.min() }

    /// The next occurrence of any routine that will be asked for.
    func nextAsked(in diary: Diary, after now: Instant) -> Occurrence? {
        var first: Occurrence?
        for planned in routines {
            // Only an occurrence that may be the first one is looked up in the ledger.
            guard let next = planned.next, first.map({ next.opens < $0.opens }) ?? true,
                let asked = diary.asked(planned.routine, from: next)
            else { continue }
            if first.map({ asked.opens < $0.opens }) ?? true { first = asked }
        }
        return first
    }
}

extension Plan.PlannedRoutine {
    /// Searches the schedule of the routine forwards and backwards.
    fileprivate init(of routine: Routine, in timetable: Timetable, at now: Instant) {
        let (open, next) = (timetable.open(routine, at: now), timetable.next(routine, after: now))
        self.init(of: routine, open: open, next: next, at: now)
    }

    private init(of routine: Routine, open: Occurrence?, next: Occurrence?, at now: Instant) {
        self.routine = routine
        self.open = open
        self.next = next
        // An occurrence closes when the next one opens, or earlier. Both lie after `now`.
        holds = now..<(open?.closes ?? next?.opens ?? .distantFuture)
    }

    /// The routine at another moment.
    ///
    /// Usually the next occurrence has opened or the open one has closed. Then no search backwards is needed.
    fileprivate func followed(in timetable: Timetable, at now: Instant) -> Self {
        guard let next, holds.upperBound <= now, now < next.closes
        else { return Self(of: routine, in: timetable, at: now) }
        if now < next.opens { return Self(of: routine, open: nil, next: next, at: now) }
        return Self(of: routine, open: next, next: timetable.next(routine, after: next.opens), at: now)
    }
}
