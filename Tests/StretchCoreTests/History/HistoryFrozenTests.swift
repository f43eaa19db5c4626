import StretchBase
import StretchCore
import TestSupport
import Testing

private let today = DailyRecords.today

/// What is past is what the records say: no configuration and no zone changes it.
@Suite struct HistoryFrozenTests {
    private let records: [Record] = {
        var diary = DailyRecords()
        for day in (2..<60).map({ today - $0 }) {
            diary.prompt(day)
            if day.ordinal % 3 == 0 { diary.answer(.done, day) }
        }
        return diary.records
    }()

    @Test("another configuration changes today at most", arguments: 0..<8)
    func edits(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        var diary = DailyRecords.random(using: &random)
        let timetable = Timetable(diary.configuration, zone: diary.zone)
        diary.records = diary.records.map { record in
            record.kind == .resume || record.routine == nil && record.verdict == nil && !record.isUndo
                ? Diary(timetable).record(ofPause: record.kind, id: record.id, at: record.ts.instant) : record
        }
        let expected = diary.history.past
        #expect(expected.count > 20)
        for dayStart in [Duration.zero, .hours(3), .hours(6)] {
            for zone in [Zone.utc, .berlin, .newYork] {
                var edited = diary
                edited.zone = zone
                edited.configuration = Configuration(routines: [.daily("morning", "*:17", window: .minutes(5))])
                edited.configuration.dayStart = dayStart
                edited.configuration.routines[0].title = "Evening"
                edited.configuration.routines[0].dailyGoal = 9
                #expect(edited.history.past == expected)
                // As `history` tells of a routine that is configured no more.
                edited.configuration.routines[0].schedule = Schedule([])
                #expect(edited.history.past == expected)
            }
        }
    }

    @Test("a record of anything else changes nothing", arguments: 0..<8)
    func unrelated(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let diary = DailyRecords.random(using: &random)
        let expected = diary.history
        let evening = diary.records.compactMap { record in
            record.occurrence.map { id in
                var other = Record(
                    id: Record.ID("evening \(record.id)"), ts: record.ts, kind: record.kind,
                    subject: .occurrence(OccurrenceID(routine: "evening", nominal: id.nominal)))
                (other.day, other.goal, other.pain, other.note) = (record.day, 9, 9, "other")
                return other
            }
        }
        let loose = [.pause(from: .sample - .days(90), until: nil), .done, .skip, .unknown("x"), .undo(["none"])].map {
            Record(
                id: Record.ID("loose \($0)"), ts: Timestamp(.sample, offset: 0), kind: $0, subject: .routine("evening"))
        }
        let strange = [Record.Kind.unknown("measured"), .held(.locked), .resume, .undo([])].map {
            var record = Record(
                id: Record.ID("strange \($0)"), ts: Timestamp(.sample, offset: 0), kind: $0,
                subject: .occurrence(.morning("2026-11-03T07:30")))
            (record.goal, record.pain) = (9, 9)
            return record
        }
        for others in [evening, loose, strange, evening + loose + strange] {
            #expect(diary.history(of: (diary.records + others).shuffled(using: &random)) == expected)
            var ledger = Ledger(diary.records)
            for record in others.shuffled(using: &random) { ledger.merge([record]) }
            #expect(diary.history(by: ledger) == expected)
        }
    }

    /// Days of pauses in Berlin, over the change of the clocks in October.
    private func paused(_ pauses: [(from: String, until: String?, resumed: String?)]) -> [Record] {
        let timetable = Timetable(.morningRoutine, zone: .berlin)
        var ids = RecordIDs(seed: 7)
        return pauses.flatMap { pause in
            let from = Zone.berlin.instant(pause.from)
            let breaks =
                [(from, Record.Kind.pause(from: from, until: pause.until.map(Zone.berlin.instant)))]
                + (pause.resumed.map { [(Zone.berlin.instant($0), .resume)] } ?? [])
            return breaks.map { Diary(timetable).record(ofPause: $1, id: ids.next(at: $0), at: $0) }
        }
    }

    private func states(_ records: [Record], zone: Zone, dayStart: Duration = .hours(4)) -> [History.State] {
        var diary = DailyRecords()
        diary.records = records
        diary.zone = zone
        diary.configuration.dayStart = dayStart
        return diary.history.states(ofLast: 60).dropLast().map(\.state)
    }

    @Test("a pause touches the days that it touched where and when it was recorded")
    func pauses() {
        let records =
            self.records
            + paused([
                ("2026-10-01 18:20", "2026-10-04 04:00", nil), ("2026-10-20 02:00", "2026-10-27 04:00", nil),
                ("2026-11-01 12:00", nil, "2026-11-03 03:30"),
                ("2026-11-10 22:00", "2026-11-20 04:00", "2026-11-12 05:00"),
            ])
        let expected = states(records, zone: .berlin)
        for (first, last) in [
            ("2026-10-01", "2026-10-03"), ("2026-10-19", "2026-10-26"), ("2026-11-01", "2026-11-02"),
            ("2026-11-10", "2026-11-12"),
        ] {
            guard let first = Day(first), let last = Day(last) else { return }
            for (place, state) in expected.enumerated() where (first...last).contains(today - 59 + place) {
                #expect(state != .missed, "\(today - 59 + place)")
            }
            #expect(expected[(first - 1) - (today - 59)] != .free)
            #expect(expected[(last + 1) - (today - 59)] != .free)
        }
        let zones = [Zone.utc, .newYork, Zone(identifier: "Asia/Tokyo", offset: 9 * 3600, transitions: [])]
        for zone in zones + [.berlin] {
            for dayStart in [Duration.zero, .hours(3), .hours(4), .hours(6)] {
                #expect(states(records, zone: zone, dayStart: dayStart) == expected, "\(zone.identifier), \(dayStart)")
            }
        }
    }
}

extension History {
    /// Without the days that are today somewhere.
    fileprivate var past: [Entry] { entries.filter { $0.day < DailyRecords.today - 1 } }
}

extension Record {
    fileprivate var isUndo: Bool { if case .undo = kind { true } else { false } }
}
