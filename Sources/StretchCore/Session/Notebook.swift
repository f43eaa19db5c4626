internal import StretchBase

/// The diary of this machine: new records go into the ledger at once, and to the outbox.
struct Notebook: Sendable {
    var diary: Diary
    /// Why the clock is in doubt, which makes the day unknown; nil if the clock is believed.
    var clockDoubt: ClockDoubt?
    /// The records that are not on the disk yet.
    var outbox = Outbox()
    private var ids: RecordIDs

    init(_ diary: Diary, ids: RecordIDs) {
        self.diary = diary
        self.ids = ids
    }

    mutating func keep(_ records: [Record]) {
        diary.ledger.merge(records)
        for record in records { outbox.put(record) }
    }

    mutating func keep(_ record: Record) { keep([record]) }

    /// Keeps the records that `write` makes for a guide.
    mutating func keep(_ write: (Diary, inout RecordIDs) -> [Record]) { keep(write(diary, &ids)) }

    /// A record of an occurrence, ready to be kept.
    ///
    /// - Parameter ts: the time of the record if it must be later than now, because others of the occurrence are.
    mutating func record(
        _ kind: Record.Kind, of id: OccurrenceID, at now: Instant, ts: Timestamp? = nil
    ) -> Record {
        let ts = ts ?? Timestamp(now, in: diary.timetable.zone)
        var record = Record(id: ids.next(at: now), ts: ts, kind: kind, subject: .occurrence(id))
        record.day = id.day(startingAt: diary.configuration.dayStart)
        return record
    }

    /// A verdict from a button, ready to be kept.
    mutating func verdict(_ verdict: Verdict, on subject: Record.Subject, at now: Instant) -> Record {
        let routine = subject.routine.flatMap(diary.configuration.routine)
        return diary.record(
            of: verdict, on: subject, day: diary.day(of: subject, at: now), goal: routine?.dailyGoal ?? 1,
            via: .notification, id: ids.next(at: now), at: now)
    }

    /// Takes back the `started` records of a killed daemon's guide, unless they were taken back already.
    mutating func takeBack(abandoned: [Record.ID], at now: Instant) {
        for guide in diary.ledger.recentGuides(since: now - Record.longestHold) where abandoned.contains(guide.id) {
            let ts = Timestamp(now, in: diary.timetable.zone)
            keep(Record(id: ids.next(at: now), ts: ts, kind: .undo([guide.id]), subject: guide.subject))
        }
    }

    /// Replaces the ledger after all records were read again; unsaved records are kept.
    mutating func replace(by ledger: Ledger) {
        diary.ledger = ledger
        diary.ledger.merge(outbox.records)
    }
}
