internal import StretchBase

/// A record of an occurrence in 36 bytes, without the routine: a ledger remembers decades of them.
///
/// It unpacks to the same record, bit for bit. What does not fit is kept beside it, in a box: notes, ids that are no
/// UUIDs, kinds that answer or show nothing.
struct PackedRecord: Hashable, Sendable {
    /// The occurrence's nominal day since 1970.
    private let day: Int32
    /// The second of that day above 12 bits of minutes east of UTC, more by a day.
    private let clock: UInt32
    /// From the beginning of that day in UTC to the record's time, in milliseconds.
    private let delay: Int32
    /// The UUID; or the fingerprint of the id, and the number of the box.
    ///
    /// In four parts: eight bytes in one would have to lie at a multiple of eight.
    private let highest, higher, lower, lowest: UInt32
    /// From the record's time to the end that it names, in milliseconds.
    private let span: Int32
    private let kind: Kind
    private let dayDifference: Int8
    private let goal: UInt8
    /// Before above after, each in four bits.
    private let pain: UInt8

    /// The kind in three bits, the way it came in two, and whether it was a reminder and names an end.
    private struct Kind: Hashable, Sendable {
        let bits: UInt8

        static let boxed = Kind(bits: 7)
    }

    private static let noPain: UInt8 = 15
    private static let noDay = Int8.min
    private static let minutesOfDay = 1440
    private static let millisecondsOfDay: Int64 = 86_400_000

    private var high: UInt64 { UInt64(highest) << 32 | UInt64(higher) }
    private var low: UInt64 { UInt64(lower) << 32 | UInt64(lowest) }

    var nominal: CivilTime {
        CivilTime(day: Day(ordinal: Int(day)), microsecondOfDay: Int64(clock >> 12) * 1_000_000)
    }

    func isOfSameOccurrence(as other: PackedRecord) -> Bool {
        day == other.day && clock >> 12 == other.clock >> 12
    }

    /// The box it is in.
    var box: Int? { kind == .boxed ? Int(low) : nil }

    /// Of one that is in no box.
    func has(_ id: Record.ID) -> Bool { id == .uuid(high: high, low: low) }

    var fingerprint: UInt64 { kind == .boxed ? high : RecordID.uuid(high: high, low: low).fingerprint }

    /// By nominal time, time and id; nil where only the records themselves tell, since one of them is in a box.
    static func isOrdered(_ a: PackedRecord, before b: PackedRecord) -> Bool? {
        if a.day != b.day { return a.day < b.day }
        if a.clock >> 12 != b.clock >> 12 { return a.clock >> 12 < b.clock >> 12 }
        guard a.kind != .boxed, b.kind != .boxed else { return nil }
        return (a.delay, a.high, a.low) < (b.delay, b.high, b.low)
    }
}

extension PackedRecord {
    /// The place of a record that is in a box.
    init(_ record: Record, of occurrence: OccurrenceID, inBox box: Int) {
        (day, clock, delay) = (Self.day(of: occurrence), Self.clock(of: occurrence, offset: 0), 0)
        (highest, higher) = Self.halves(record.id.fingerprint)
        (lower, lowest) = Self.halves(UInt64(box))
        (span, kind, dayDifference, goal, pain) = (0, .boxed, Self.noDay, 0, 0)
    }

    /// Nil: it does not fit.
    init?(_ record: Record, of occurrence: OccurrenceID) {
        guard case .uuid(let high, let low) = record.id, record.note == nil, record.lastDay == nil,
            let goal = UInt8(exactly: record.goal), occurrence.nominal.microsecond == 0
        else { return nil }
        var (number, end, isReminder): (UInt8, Instant?, Bool) = (0, nil, false)
        switch record.kind {
        case .prompted(let closes, let reminder): (number, end, isReminder) = (0, closes, reminder)
        case .done: number = 1
        case .skip: number = 2
        case .snooze(let until): (number, end) = (3, until)
        case .started(let until): (number, end) = (4, until)
        case .pause, .resume, .undo, .unknown: return nil
        }
        let midnight = Int64(Self.day(of: occurrence)) * Self.millisecondsOfDay
        guard let span = Self.span(to: end, from: record.ts.instant),
            let delay = Int32(exactly: record.ts.instant.microseconds / 1000 - midnight)
        else { return nil }
        var dayDifference = Self.noDay
        if let day = record.day {
            guard let difference = Int8(exactly: day - occurrence.nominal.day), difference != Self.noDay else {
                return nil
            }
            dayDifference = difference
        }
        guard let pain = Self.packed(record.pain), let painBefore = Self.packed(record.painBefore) else { return nil }
        (day, self.delay) = (Self.day(of: occurrence), delay)
        clock = Self.clock(of: occurrence, offset: record.ts.offset)
        (highest, higher) = Self.halves(high)
        (lower, lowest) = Self.halves(low)
        (self.span, self.dayDifference, self.goal) = (span, dayDifference, goal)
        kind = Kind(bits: number | Self.packed(record.via) << 3 | (isReminder ? 0x20 : 0) | (end == nil ? 0 : 0x40))
        self.pain = painBefore << 4 | pain
    }

    /// The record of an occurrence of this routine; of one in a box only the box knows.
    func record(of routine: String) -> Record {
        // In whole numbers, not in durations of 128 bits: a history unpacks them all.
        let ts = Timestamp(
            whole: Instant(microseconds: (Int64(day) * Self.millisecondsOfDay + Int64(delay)) * 1000),
            offset: (Int(clock & 0xFFF) - Self.minutesOfDay) * 60)
        let end = Instant(microseconds: ts.instant.microseconds + Int64(span) * 1000)
        let recordKind: Record.Kind
        switch kind.bits & 7 {
        case 0: recordKind = .prompted(closes: kind.bits & 0x40 == 0 ? nil : end, reminder: kind.bits & 0x20 != 0)
        case 1: recordKind = .done
        case 2: recordKind = .skip
        case 3: recordKind = .snooze(until: end)
        default: recordKind = .started(until: end)
        }
        var record = Record(
            read: .uuid(high: high, low: low), ts: ts, kind: recordKind,
            subject: .occurrence(OccurrenceID(routine: routine, nominal: nominal)))
        if dayDifference != Self.noDay { record.day = Day(ordinal: Int(day) + Int(dayDifference)) }
        record.goal = Int(goal)
        if pain & 0xF != Self.noPain { record.pain = Int(pain & 0xF) }
        if pain >> 4 != Self.noPain { record.painBefore = Int(pain >> 4) }
        record.via = Self.via(kind.bits >> 3 & 3)
        return record
    }

    private static func packed(_ via: Record.Via?) -> UInt8 {
        switch via {
        case nil: 0
        case .notification: 1
        case .cli: 2
        case .guide: 3
        }
    }

    private static func via(_ packed: UInt8) -> Record.Via? {
        switch packed {
        case 1: .notification
        case 2: .cli
        case 3: .guide
        default: nil
        }
    }

    private static func packed(_ pain: Int?) -> UInt8? {
        guard let pain else { return noPain }
        return (0...10).contains(pain) ? UInt8(pain) : nil
    }

    private static func span(to end: Instant?, from start: Instant) -> Int32? {
        guard let end else { return 0 }
        return Int32(exactly: (end.microseconds - start.microseconds) / 1000)
    }

    private static func day(of occurrence: OccurrenceID) -> Int32 { Int32(clamping: occurrence.nominal.day.ordinal) }

    /// - Parameter offset: seconds east of UTC, whole minutes.
    private static func clock(of occurrence: OccurrenceID, offset: Int) -> UInt32 {
        UInt32(occurrence.nominal.microsecondOfDay / 1_000_000) << 12 | UInt32(offset / 60 + minutesOfDay)
    }

    private static func halves(_ word: UInt64) -> (UInt32, UInt32) {
        (UInt32(truncatingIfNeeded: word >> 32), UInt32(truncatingIfNeeded: word))
    }
}
