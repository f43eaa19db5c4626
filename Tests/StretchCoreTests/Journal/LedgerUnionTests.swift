import StretchBase
import StretchCore
import TestSupport
import Testing

/// One id with several contents, as hand edits and sync tools make it: every machine keeps the same one.
@Suite struct LedgerUnionTests {
    static let morning = OccurrenceID.morning("2026-11-23T07:30")
    static let evening = OccurrenceID.morning("2026-11-23T19:30")
    /// The done, written `"type":"done"`, is the lexically smallest.
    static let variants: [Record] = [
        .sample(.done, of: .occurrence(morning), id: "x"), .sample(.skip, of: .occurrence(evening), id: "x"),
        .sample(.pause(from: .sample, until: nil), of: .all, id: "x"), .sample(.undo(["y"]), of: .all, id: "x"),
    ]
    static let other = Record.sample(.done, of: .occurrence(evening), id: "y")

    @Test("the lexically smallest line wins in any order", arguments: 0..<24)
    func smallestWins(order: Int) {
        var records = Self.variants
        var order = order
        for index in (1..<4).reversed() {
            records.swapAt(index, order % (index + 1))
            order /= index + 1
        }
        for place in 0...4 {
            var mixed = records
            mixed.insert(Self.other, at: place)
            let ledger = Ledger(mixed + mixed)
            #expect(ledger.count == 2)
            #expect(ledger.records(of: Self.morning) == [Self.variants[0]])
            #expect(ledger.records(of: Self.evening) == [Self.other], "the undo that lost takes nothing back")
            #expect(ledger.otherRecords == [])
        }
    }

    /// Few ids and occurrences for many records of every kind, at all times: doubles, contradictions, undos that come
    /// before what they undo.
    @Test("any order, any doubles and any split over readings give the same", arguments: 0..<40)
    func anyArrival(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let records = (0..<300).map { _ in Record.hostile(using: &random) }
        let expected = Answers(Ledger(records))
        for _ in 0..<4 {
            var rest = (records + records.shuffled(using: &random).prefix(100)).shuffled(using: &random)[...]
            var ledger = Ledger(rest.prefix(.random(in: 0...300, using: &random)))
            if Bool.random(using: &random) { rest = rest.shuffled(using: &random)[...] }
            while !rest.isEmpty {
                let piece = rest.prefix(.random(in: 1...40, using: &random))
                ledger.merge(piece)
                rest = rest.dropFirst(piece.count)
            }
            #expect(Answers(ledger) == expected)
            // More than a thousand at once are a reading of their own.
            ledger.merge(records + records + records + records)
            #expect(Answers(ledger) == expected)
        }
    }

    /// All that anybody asks of a ledger.
    private struct Answers: Equatable {
        let count: Int
        let routines: [String]
        var records: [OccurrenceID: ArraySlice<Record>] = [:]
        var histories: [History] = []
        var pauses: [Pause] = []
        let loose: ArraySlice<Record>
        let last: [Record]
        let hasGuided: Bool
        let known: Set<String>

        init(_ ledger: Ledger) {
            let zone = Zone.berlin
            let timetable = Timetable(.morningRoutine, zone: zone)
            let all = ledger.all.sorted { ($0.ts.instant, $0.id) < ($1.ts.instant, $1.id) }
            (count, routines, loose, hasGuided) = (ledger.count, ledger.routines, ledger.otherRecords, ledger.hasGuided)
            known = ledger.knownStretches
            last = ledger.lastDecision(among: all, at: .sample)
            for id in Set(all.compactMap(\.occurrence)) { records[id] = ledger.records(of: id) }
            for time in ["2026-11-23 12:00", "2027-06-01 12:00"] {
                histories.append(
                    History(of: .daily("morning", "07:30"), in: Diary(timetable, ledger), at: zone.instant(time)))
                pauses += ledger.unfinishedPauses(of: "morning", at: zone.instant(time))
            }
            pauses += ledger.pauses(of: "morning")
        }
    }
}

extension Record {
    fileprivate static func hostile(using random: inout some RandomNumberGenerator) -> Record {
        func any<Value>(_ values: [Value]) -> Value { values[Int.random(in: values.indices, using: &random)] }
        var ids = RecordIDs(seed: UInt64.random(in: 0..<60, using: &random))
        let now = Instant.sample
        let times: [Instant] = [now, now + .hours(5), now - .days(1), Instant(microseconds: .max)]
        let names: [Record.ID] = [
            ids.next(at: .sample), ids.next(at: .sample), "x", "01A2071A-29DA-7C10-8F11-0D4E2B9C7A02",
        ]
        let ages: [Instant] = times + [Instant(microseconds: .min), Instant(seconds: 0)]
        let kinds: [Record.Kind] = [
            .done, .done, .skip, .prompted(closes: any(times), reminder: false), .snooze(until: any(times)),
            .started(until: any(times)), .held(.locked),
            .pause(from: any(times), until: Bool.random(using: &random) ? nil : any(times)), .resume,
            .undo([any(names)]), .known(stretch: any(["a", "b"])), .unknown("x"),
        ]
        let occurrences = [
            "0000-01-01T00:00", "2026-11-22T07:30", "2026-11-23T07:30", "2026-11-23T19:30", "9999-12-31T23:59:59",
        ]
        let subjects: [Subject] = [.all, .routine("morning")] + occurrences.map { .occurrence(.morning($0)) }
        var record = Record(
            id: any(names), ts: Timestamp(any(ages), offset: any([-86_340, 0, 3600, 86_340])), kind: any(kinds),
            subject: any(subjects))
        record.day = Day(any(["", "0000-01-01", "2026-11-21", "2026-11-23", "9999-12-31"]))
        record.goal = any([1, 1, 2, 255, 256, .max])
        record.pain = any([nil, 0, 10] as [Int?])
        record.note = any([nil, nil, "stiff"] as [String?])
        return record
    }
}
