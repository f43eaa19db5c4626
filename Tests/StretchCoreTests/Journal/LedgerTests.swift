import StretchBase
import StretchCore
import TestSupport
import Testing

/// What was known from the start and what came later is kept as it was, however it came.
@Suite struct LedgerTests {
    static let morning = OccurrenceID.morning("2026-11-23T07:30")

    @Test("every record comes out as it was put in", arguments: Record.Kind.samples)
    func keeping(kind: Record.Kind) {
        for id: Record.ID in ["01a2071a-29da-7c10-8f11-0d4e2b9c7a02", "01A2071A-29DA-7C10-8F11-0D4E2B9C7A02", "x"] {
            var record = Record.sample(kind, of: .occurrence(Self.morning), id: id)
            check(record)
            for day in ["2026-11-22", "2026-11-23", "1970-01-01", "9999-12-31"].map(Day.init) {
                record.day = day
                check(record)
            }
            for goal in [2, 255, 256, .max] {
                record.goal = goal
                check(record)
            }
            for via in [Record.Via.notification, .cli, .guide] {
                record.via = via
                check(record)
            }
            (record.pain, record.painBefore) = (0, 10)
            check(record)
            (record.pain, record.painBefore) = (10, nil)
            check(record)
            record.note = "stiff"
            check(record)
        }
    }

    @Test("far ends and odd times are kept", arguments: [-9000, -1, 0, 1, 40_000, 2_000_000_000])
    func farEnds(seconds: Int) {
        for offset in [-86_340, -3600, 0, 86_340] {
            for end in [seconds, seconds * 1000] {
                let ts = Timestamp(Instant(seconds: Int64(seconds)), offset: offset)
                let kind = Record.Kind.prompted(closes: ts.instant + .seconds(end), reminder: true)
                let id: Record.ID = "01a2071a-29da-7c10-8f11-0d4e2b9c7a02"
                check(Record(id: id, ts: ts, kind: kind, subject: .occurrence(Self.morning)))
            }
        }
    }

    @Test("the first and the last moment there is are kept", arguments: ["0000-01-01", "6429-10-18", "9999-12-31"])
    func everyYear(date: String) throws {
        for offset in ["-23:59", "+00:00", "+23:59"] {
            let ts = try #require(Timestamp("\(date)T23:59:59.999\(offset)"))
            for id: Record.ID in ["01a2071a-29da-7c10-8f11-0d4e2b9c7a02", "x"] {
                check(Record(id: id, ts: ts, kind: .done, subject: .occurrence(Self.morning)))
                let now = Record.sample(.skip, of: .occurrence(Self.morning), id: "y")
                let far = Record(id: id, ts: ts, kind: .done, subject: .occurrence(Self.morning))
                let expected = date < "2026" ? [far, now] : [now, far]
                #expect(Ledger([far, now]).records(of: Self.morning) == expected[...])
            }
        }
    }

    private func check(_ record: Record) {
        #expect(Ledger([record]).records(of: Self.morning) == [record])
        var later = Ledger()
        later.merge([record])
        #expect(later.records(of: Self.morning) == [record])
    }

    @Test("many at once and one by one give the same", arguments: 0..<20)
    func manyAtOnce(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let records = (0..<1500).map { _ in
            // Few ids for many records: doubles and contradictions.
            let day = Int.random(in: 1...9, using: &random)
            var record = Record.sample(
                [.done, .skip, .snooze(until: .sample), .undo(["3"])].randomElement(using: &random) ?? .done,
                of: .occurrence(.morning("2026-11-0\(day)T07:30")),
                id: Record.ID("\(Int.random(in: 0...400, using: &random))"))
            record.pain = Bool.random(using: &random) ? 3 : nil
            return record
        }
        let atOnce = Ledger(records)
        var oneByOne = Ledger()
        for record in records { oneByOne.merge([record]) }
        var later = Ledger(records.prefix(200))
        later.merge(records.dropFirst(200))
        for ledger in [oneByOne, later] {
            #expect(ledger.count == atOnce.count)
            for day in 1...9 {
                let id = OccurrenceID.morning("2026-11-0\(day)T07:30")
                #expect(ledger.records(of: id) == atOnce.records(of: id))
            }
        }
    }
}
