internal import StretchBase

/// The diary of this machine: a kept record is in the ledger at once, and on its way to the disk.
struct Notebook: Sendable {
    var diary: Diary
    /// Why the clock is not believed: then nobody knows which day it is.
    var clockDoubt: ClockDoubt?
    private(set) var outbox = Outbox()
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

    /// Keeps what an account of a guide writes.
    mutating func keep(_ write: (Diary, inout RecordIDs) -> [Record]) { keep(write(diary, &ids)) }

    /// What happened to an occurrence, ready to be kept.
    mutating func record(_ kind: Record.Kind, of id: OccurrenceID, at now: Instant) -> Record {
        let ts = Timestamp(now, in: diary.timetable.zone)
        var record = Record(id: ids.next(at: ts.instant), ts: ts, kind: kind, subject: .occurrence(id))
        record.day = id.day(startingAt: diary.configuration.dayStart)
        return record
    }

    /// A verdict from a button, ready to be kept.
    mutating func verdict(_ verdict: Verdict, on subject: Record.Subject, at now: Instant) -> Record {
        let routine = subject.routine.flatMap(diary.configuration.routine)
        return Record(
            verdict, of: subject, on: diary.day(of: subject, at: now), goal: routine?.dailyGoal ?? 1,
            via: .notification, id: ids.next(at: now), at: diary.time(on: subject, at: now))
    }

    /// Takes back what a guide of a killed daemon began; its end may have been recorded already.
    mutating func takeBack(abandoned: [Record.ID], at now: Instant) {
        for guide in diary.ledger.recentGuides(since: now - Record.longestHold) where abandoned.contains(guide.id) {
            let ts = Timestamp(now, in: diary.timetable.zone)
            keep(Record(id: ids.next(at: now), ts: ts, kind: .undo([guide.id]), subject: guide.subject))
        }
    }

    // MARK: The way to the disk

    mutating func write() -> [Effect] { outbox.write() }
    mutating func written() { outbox.written() }
    mutating func notWritten(_ cause: WriteTrouble, at now: Instant) { outbox.notWritten(cause, at: now) }
    mutating func clockChanged(at now: Instant) { outbox.clockChanged(at: now) }

    /// All records were read anew; what is not on the disk yet stays.
    mutating func replace(by ledger: Ledger) {
        diary.ledger = ledger
        diary.ledger.merge(outbox.records)
    }
}
