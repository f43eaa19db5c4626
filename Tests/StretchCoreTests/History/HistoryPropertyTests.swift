import StretchBase
import StretchCore
import TestSupport
import Testing

/// The same records give the same history, however they arrive.
@Suite struct HistoryPropertyTests {
    /// It took minutes: the day's plan was made anew for each of its occurrences.
    @Test(.timeLimit(.minutes(1))) func aRoutineOfEveryTenSecondsIsFoldedAtOnce() {
        var diary = DailyRecords(at: "12:00")
        diary.configuration = Configuration(routines: [.daily("morning", "*:*:0/10", window: .minutes(5))])
        diary.answer(.done, DailyRecords.today, "11:59", after: .seconds(1))
        #expect(diary.history.streak == 1)
        // An answer to a time that is planned no more, too.
        diary.configuration = Configuration(routines: [.daily("morning", "*:*:5/10", window: .minutes(5))])
        #expect(diary.history.streak == 1)
    }

    @Test("in any order, more than once, in any pieces", arguments: 0..<60)
    func arrival(seed: Int) {
        var random = SystemRandomNumberGenerator()
        let diary = DailyRecords.random(using: &random)
        let expected = diary.history

        #expect(diary.history(of: diary.records.shuffled()) == expected)
        #expect(diary.history(of: (diary.records + diary.records).shuffled()) == expected)

        var ledger = Ledger()
        var rest = diary.records.shuffled()[...]
        while !rest.isEmpty {
            let piece = rest.prefix(.random(in: 1...20))
            ledger.merge(piece)
            ledger.merge(piece.prefix(3))
            rest = rest.dropFirst(piece.count)
        }
        #expect(diary.history(by: ledger) == expected)
    }

    @Test func numbersKeepTheirBounds() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<100 {
            let history = DailyRecords.random(using: &random).history
            #expect((0...1).contains(history.strength))
            #expect(history.rate.map((0...1).contains) ?? true)
            #expect((history.streak == 0) == (history.since == nil))
            #expect(history.streak <= history.longest)
            #expect(history.entries.map(\.day) == history.entries.map(\.day).sorted())
        }
    }
}

extension DailyRecords {
    /// Sixty days with everything in them.
    static func random(using random: inout some RandomNumberGenerator) -> DailyRecords {
        var diary = DailyRecords(at: ["05:00", "08:00", "12:00"].randomElement(using: &random) ?? "12:00")
        for day in (0..<60).map({ today - $0 }) {
            for clock in ["07:30", "12:30", "23:30"] {
                let goal = Int.random(in: 1...3, using: &random)
                if Int.random(in: 0..<4, using: &random) > 0 { diary.prompt(day, clock, goal: goal) }
                switch Int.random(in: 0..<8, using: &random) {
                case 0...3: diary.answer(.done, day, clock, goal: goal)
                case 4: diary.answer(.skip, day, clock, goal: goal)
                case 5: diary.bonus(day, goal: goal)
                default: break
                }
                if !diary.records.isEmpty, Int.random(in: 0..<20, using: &random) == 0 { diary.undo() }
            }
            if Int.random(in: 0..<15, using: &random) == 0 {
                let from = instant(day, "10:00")
                diary.pause(from, until: Bool.random(using: &random) ? from + .days(2) : nil)
                diary.resume(at: from + .days(3))
            }
        }
        return diary
    }
}
