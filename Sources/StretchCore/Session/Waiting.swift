internal import StretchBase

/// Why open occurrences were not asked for so far: what `waited` and `held` of the journal say (rules 3 and 11).
struct Waiting: Sendable {
    /// The open and unanswered occurrences, and what keeps each of them back, or did so last.
    private var waits: [OccurrenceID: Wait] = [:]

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
            guard let reason = agenda.reason(of: item, on: screen), !agenda.isPassedOver(item) else { continue }
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
            !ledger.records(of: occurrence.id).contains(where: \.isPrompt)
        else { return }
        record.waited = reason
        record.waitedUntil = min(wait.until ?? now, now)
    }

    /// What was followed and has closed unanswered, while nobody was asked on any machine, as far as known.
    ///
    /// Several may have closed at once, during a gap. Of each routine only the newest one is told.
    func held(by diary: Diary, keeping agenda: Agenda, after gap: Gap?) -> [(id: OccurrenceID, reason: Hindrance)] {
        let open = Set(agenda.items.map(\.occurrence.id))
        let closed = waits.filter { !open.contains($0.key) }
        if closed.isEmpty, gap == nil { return [] }
        return diary.configuration.routines.compactMap { routine in
            var ids = Set(closed.keys.filter { $0.routine == routine.id })
            if let gap, let missed = diary.timetable.lastClosed(routine, after: gap.start, at: agenda.now) {
                ids.insert(missed.id)
            }
            let occurrences = ids.compactMap { diary.timetable.occurrence($0, of: routine) }
            // One that a change of the zone or the clock moved to a later time has not closed.
            guard let newest = occurrences.filter({ $0.closes <= agenda.now }).max(by: { $0.opens < $1.opens }),
                let reason = reason(for: newest, by: diary, after: gap), !agenda.passedOver.contains(newest.id),
                diary.verdict(settling: newest, of: routine) == nil,
                // A record from before it closed is of another zone, where its time had passed already.
                !diary.ledger.records(of: newest.id).contains(where: {
                    $0.isPrompt || $0.isHeld && newest.closes <= $0.ts.instant
                })
            else { return nil }
            return (newest.id, reason)
        }
    }

    /// Why an occurrence that has closed was not asked for; nil if nothing is known of it.
    private func reason(for occurrence: Occurrence, by diary: Diary, after gap: Gap?) -> Hindrance? {
        // In a pause nobody would have been asked, whatever the machine did.
        if case .never = diary.asking(for: occurrence, from: occurrence.opens) { return .paused }
        return gap?.reason == .asleep ? .asleep : waits[occurrence.id]?.reason ?? gap?.reason
    }
}
