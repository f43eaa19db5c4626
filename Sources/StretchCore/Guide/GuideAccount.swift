package import StretchBase

/// What a guide records, on the screen or in a terminal: its start and its result.
///
/// It only makes the records; the caller keeps them or drops them.
package struct GuideAccount: Hashable, Sendable {
    package let routine: Routine
    /// What will be done: an occurrence, or the routine outside its schedule.
    package let subject: Record.Subject
    /// The day that the guide counts for: the day of the occurrence, or the day on which it is done.
    package var day: Day
    /// Where it was started.
    private let via: Record.Via
    /// Its `started` records.
    package private(set) var started: [Record.ID] = []
    /// Until when the guide waits for the person, and nobody is asked about its occurrence.
    package var until: Instant
    /// The record of its verdict; nil if there is none yet.
    package private(set) var answer: Record.ID?
    /// The verdict when the guide began; nil if there was none.
    private let before: Verdict?

    package init(
        of routine: Routine, on subject: Record.Subject, day: Day, changing before: Verdict? = nil, via: Record.Via,
        at now: Instant
    ) {
        self.routine = routine
        self.subject = subject
        self.day = day
        self.before = before
        self.via = via
        until = now
    }

    /// The record that the guide began or, when it takes longer, that it goes on.
    ///
    /// Its time is later than that of all known records of the occurrence, even those from a fast clock. So if there
    /// are two guides, the one that began last goes on.
    package mutating func begin(for length: Duration, in diary: Diary, id: Record.ID, at now: Instant) -> Record {
        until = now + min(length + Guide.grace, Record.longestHold)
        started.append(id)
        return record(.started(until: until), on: day, via: via, id: id, at: diary.time(on: subject, at: now))
    }

    /// Forgets `started` records that were never written.
    package mutating func forget(_ records: [Record.ID]) { started.removeAll(where: records.contains) }

    /// The verdict `done`, because the guide reached its end or counts as done.
    package mutating func done(painBefore: Int?, in diary: Diary, id: Record.ID, at now: Instant) -> Record {
        answer = id
        until = max(until, now + Guide.grace)
        return verdict(.done, painBefore: painBefore, in: diary, id: id, at: now)
    }

    /// Says of the stretches that were shown what no record says yet: that the person knows what to take care of.
    package func known(
        _ stretches: [Stretch.ID], in diary: Diary, ids: inout RecordIDs, at now: Instant
    ) -> [Record] {
        let known = diary.ledger.knownStretches
        return stretches.filter { !known.contains($0) }.map { stretch in
            record(ofAll: .known(stretch: stretch), in: diary, id: ids.next(at: now), at: now)
        }
    }

    /// What the person said to an offer: the new levels, or again the present ones, so that it is not asked every day.
    ///
    /// The last decision counts, whatever the clocks say, so its time is later than that of the one before.
    package func levels(
        of offer: LevelOffer, agreed: Bool, in diary: Diary, ids: inout RecordIDs, at now: Instant
    ) -> [Record] {
        offer.changes.map { change in
            let before = diary.ledger.level(of: change.stretch)?.ts.instant
            let ts = before.map { max(now, $0 + .milliseconds(1)) } ?? now
            var record = record(
                ofAll: .level(agreed ? change.to : change.from, stretch: change.stretch), in: diary,
                id: ids.next(at: now), at: ts)
            record.day = diary.timetable.day(at: now)
            return record
        }
    }

    /// The pain after the guide, in a second record of the same verdict, because the first did not wait for this
    /// answer.
    package mutating func add(
        pain: Int, painBefore: Int?, in diary: Diary, ids: inout RecordIDs, at now: Instant
    ) -> [Record] {
        guard let answer else { return [] }
        var record = verdict(.done, painBefore: painBefore, in: diary, id: ids.next(at: now), at: now)
        record.pain = pain
        guard subject.occurrence == nil else { return [record] }
        // Outside the schedule two verdicts would count twice, so the first is taken back.
        self.answer = record.id
        return [record, undo([answer], in: diary, id: ids.next(at: now), at: now)]
    }

    /// Takes the start back, so that the occurrence is due again at once.
    package func takeBack(in diary: Diary, id: Record.ID, at now: Instant) -> Record {
        undo(started, in: diary, id: id, at: now)
    }

    /// Takes the start back, and snoozes if that is possible.
    ///
    /// - Parameter disregarded: snoozes that do not count.
    package func putOff(
        in diary: Diary, ids: inout RecordIDs, at now: Instant, disregarding disregarded: Set<Record.ID> = []
    ) -> [Record] {
        let undo = takeBack(in: diary, id: ids.next(at: now), at: now)
        guard let end = snoozeEnd(in: diary, at: now, disregarding: disregarded) else { return [undo] }
        let ts = diary.time(on: subject, at: now)
        return [undo, record(.snooze(until: end), on: day, id: ids.next(at: now), at: ts)]
    }

    /// Takes the start back, and skips the occurrence.
    package func rest(painBefore: Int?, in diary: Diary, ids: inout RecordIDs, at now: Instant) -> [Record] {
        let undo = takeBack(in: diary, id: ids.next(at: now), at: now)
        guard subject.occurrence != nil else { return [undo] }
        return [undo, verdict(.skip, painBefore: painBefore, in: diary, id: ids.next(at: now), at: now)]
    }

    /// The occurrence was answered, snoozed or begun elsewhere, or the guide's own answer was changed or taken back.
    ///
    /// - Parameter isDone: the guide reached its end; then a start or a snooze elsewhere does not matter.
    package func isOvertaken(isDone: Bool, in diary: Diary) -> Bool {
        guard let occurrence = subject.occurrence else {
            return answer.map { answer in !diary.ledger.otherRecords.contains { $0.id == answer } } ?? false
        }
        if answer != nil { return standing(in: diary)?.verdict != .done }
        if verdictElsewhere(in: diary) != nil { return true }
        if isDone { return false }
        let newest = diary.ledger.records(of: occurrence).last { $0.isGuide || $0.isSnooze }
        return newest.map { !started.contains($0.id) } ?? true
    }

    /// The verdict that was given elsewhere since the guide began; nil if there is none.
    package func verdictElsewhere(in diary: Diary) -> Verdict? {
        guard answer == nil, let verdict = standing(in: diary)?.verdict, verdict != before else { return nil }
        return verdict
    }

    /// The verdict on its occurrence; nil if there is none.
    private func standing(in diary: Diary) -> Record? {
        subject.occurrence.flatMap { diary.verdict(on: $0, of: configured(in: diary)) }
    }

    private func verdict(
        _ verdict: Verdict, painBefore: Int?, in diary: Diary, id: Record.ID, at now: Instant
    ) -> Record {
        // The occurrence may have a verdict from before the schedule was edited, under another id. Then the new verdict
        // has that id, too, and so replaces it.
        let subject = standing(in: diary)?.subject ?? subject
        var record = diary.record(
            of: verdict, on: subject, day: day, goal: configured(in: diary).dailyGoal, via: .guide, id: id, at: now)
        record.painBefore = painBefore
        return record
    }

    /// The routine as it is configured now or, if it is no longer configured, as it was at the start.
    private func configured(in diary: Diary) -> Routine { diary.configuration.routine(routine.id) ?? routine }

    private func undo(_ records: [Record.ID], in diary: Diary, id: Record.ID, at now: Instant) -> Record {
        record(.undo(records), on: nil, id: id, at: Timestamp(now, in: diary.timetable.zone))
    }

    /// A record about a stretch, whatever the routine.
    private func record(ofAll kind: Record.Kind, in diary: Diary, id: Record.ID, at ts: Instant) -> Record {
        var record = Record(id: id, ts: Timestamp(ts, in: diary.timetable.zone), kind: kind, subject: .all)
        record.via = .guide
        return record
    }

    private func record(
        _ kind: Record.Kind, on day: Day?, via: Record.Via = .guide, id: Record.ID, at ts: Timestamp
    ) -> Record {
        var record = Record(id: id, ts: ts, kind: kind, subject: subject)
        record.day = day
        record.via = via
        return record
    }

    /// Until when the occurrence can be snoozed; nil if it cannot, or need not.
    private func snoozeEnd(in diary: Diary, at now: Instant, disregarding disregarded: Set<Record.ID>) -> Instant? {
        let routine = configured(in: diary)
        guard let occurrence = subject.occurrence.flatMap({ diary.timetable.occurrence($0, of: routine) }),
            occurrence.isOpen(at: now),
            case .until(let end) = diary.snooze(occurrence, at: now, disregarding: disregarded)
        else { return nil }
        // Somebody snoozed it in a shell while the guide ran. That is what the person wants.
        if diary.snoozeEnd(of: occurrence.id, at: now, disregarding: disregarded) != nil { return nil }
        switch diary.standing(of: occurrence, of: routine, at: now, disregarding: disregarded) {
        case .due, .guided: return end
        case .settled, .paused, .snoozed: return nil
        }
    }
}
