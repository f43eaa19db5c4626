internal import StretchBase

/// Why open occurrences were not asked for so far: what `waited` and `held` of the journal say (rules 3 and 11).
struct Waiting: Sendable {
    /// The open and unanswered occurrences, and what keeps each of them back, or did so last.
    private var waits: [OccurrenceID: Wait] = [:]
    /// By routine, what closed last without being asked for.
    private var rows: [String: Row] = [:]

    private struct Wait: Hashable {
        /// Nil if nothing kept the prompt back.
        var reason: Hindrance?
        /// When that ended; nil while it lasts.
        var until: Instant?
    }

    /// A time that the session did not see, because the machine slept or the clock was set forwards.
    struct Gap: Hashable, Sendable {
        let start: Instant
        let reason: Hindrance
    }

    /// Notes what keeps each open occurrence back now.
    mutating func follow(_ agenda: Agenda, on screen: Screen, after gap: Gap?) {
        var followed: [OccurrenceID: Wait] = [:]
        for item in agenda.items {
            guard let reason = agenda.reason(of: item, on: screen) else { continue }
            var wait = waits[item.occurrence.id] ?? Wait()
            if let gap, item.occurrence.opens < agenda.now { wait = Wait(reason: gap.reason, until: agenda.now) }
            if let hindrance = reason.hindrance {
                wait = Wait(reason: hindrance)
            } else if wait.reason != nil, wait.until == nil {
                wait.until = agenda.now
            }
            followed[item.occurrence.id] = wait
        }
        waits = followed
    }

    /// Adds to the record of a prompt what it waited for, if it is the first one and comes late.
    func explain(_ record: inout Record, of occurrence: Occurrence, in ledger: Ledger) {
        let now = record.ts.instant
        guard now - occurrence.opens > .minutes(1), let wait = waits[occurrence.id], let reason = wait.reason,
            // The person asked for it in spite of the settings.
            reason != .settings,
            !ledger.records(of: occurrence.id).contains(where: \.isPrompt)
        else { return }
        record.waited = reason
        record.waitedUntil = min(wait.until ?? now, now)
    }

    // MARK: What nobody was asked for

    /// What a `held` record says.
    struct Held: Hashable, Sendable {
        let id: OccurrenceID
        let reason: Hindrance
        /// When the first of the planned times opened for which the record speaks; nil if it speaks for one only.
        var since: Instant?
    }

    /// Planned times of a routine and of one day that the same reason held back, one after the other.
    ///
    /// The first one is told at once, the last one when the row ends. So an absence of months does not fill the
    /// journal, and it is known of each time why nobody was asked.
    private struct Row: Hashable {
        let reason: Hindrance
        let first: Occurrence
        var last: Occurrence

        /// What is still to be told; nil if the first one is the only one.
        var end: Held? { first == last ? nil : Held(id: last.id, reason: reason, since: first.opens) }
    }

    /// What was followed and has closed unanswered, while nobody was asked on any machine, as far as known.
    ///
    /// Several may have closed at once, during a gap. Of each routine only the newest one is told.
    mutating func held(by diary: Diary, keeping agenda: Agenda, on screen: Screen, after gap: Gap?) -> [Held] {
        let open = Set(agenda.items.map(\.occurrence.id))
        let closed = waits.filter { !open.contains($0.key) }
        if closed.isEmpty, gap == nil, rows.isEmpty { return [] }
        var told: [Held] = []
        for routine in diary.configuration.routines {
            let row = rows[routine.id]
            guard let (newest, reason) = newest(of: routine, among: closed, by: diary, agenda, after: gap) else {
                if let row, currentReason(for: routine, in: diary, agenda, on: screen) != row.reason {
                    told += end(of: routine.id)
                }
                continue
            }
            if let row, row.reason == reason, row.last.day == newest.day,
                diary.timetable.next(routine, after: row.last.opens)?.id == newest.id
            {
                rows[routine.id]?.last = newest
                continue
            }
            told += end(of: routine.id)
            // The record of the pause itself explains the times after the first one.
            if reason == .paused, diary.hasHeldPaused(newest, of: routine) { continue }
            told.append(Held(id: newest.id, reason: reason))
            if reason != .paused { rows[routine.id] = Row(reason: reason, first: newest, last: newest) }
        }
        for id in rows.keys.sorted() where diary.configuration.routine(id) == nil { told += end(of: id) }
        return told
    }

    /// What is still to be told when the session ends.
    mutating func heldToTheEnd() -> [Held] { rows.keys.sorted().flatMap { end(of: $0) } }

    private mutating func end(of routine: String) -> [Held] {
        [rows.removeValue(forKey: routine)?.end].compactMap(\.self)
    }

    /// What would keep a prompt of the routine back now.
    private func currentReason(
        for routine: Routine, in diary: Diary, _ agenda: Agenda, on screen: Screen
    ) -> Hindrance? {
        let item = agenda.items.first { $0.routine.id == routine.id }
        let reason = item.map { agenda.reason(of: $0, on: screen) } ?? agenda.reason(on: screen, in: diary)
        return reason?.hindrance
    }

    /// The newest occurrence of a routine that closed just now without being asked for, and why; nil if there is none.
    private func newest(
        of routine: Routine, among closed: [OccurrenceID: Wait], by diary: Diary, _ agenda: Agenda, after gap: Gap?
    ) -> (occurrence: Occurrence, reason: Hindrance)? {
        var ids = Set(closed.keys.filter { $0.routine == routine.id })
        if let gap, let missed = diary.timetable.lastClosed(routine, after: gap.start, at: agenda.now) {
            ids.insert(missed.id)
        }
        let occurrences = ids.compactMap { diary.timetable.occurrence($0, of: routine) }
        // One that a change of the zone or the clock moved to a later time has not closed.
        guard let newest = occurrences.filter({ $0.closes <= agenda.now }).max(by: { $0.opens < $1.opens }),
            let reason = reason(for: newest, by: diary, agenda: agenda, after: gap),
            diary.verdict(settling: newest, of: routine) == nil,
            // A record from before it closed is of another zone, where its time had passed already.
            !diary.ledger.records(of: newest.id).contains(where: {
                $0.isPrompt || $0.isHeld && newest.closes <= $0.ts.instant
            })
        else { return nil }
        return (newest, reason)
    }

    /// Why an occurrence that has closed was not asked for; nil if nothing is known of it.
    private func reason(for occurrence: Occurrence, by diary: Diary, agenda: Agenda, after gap: Gap?) -> Hindrance? {
        // In a pause nobody would have been asked, whatever the machine did.
        if case .never = diary.asking(for: occurrence, from: occurrence.opens) { return .paused }
        if agenda.passedOver.contains(occurrence.id) { return .settings }
        return gap?.reason == .asleep ? .asleep : waits[occurrence.id]?.reason ?? gap?.reason
    }
}
