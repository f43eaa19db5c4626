import StretchBase
import StretchCore
import TestSupport
import Testing

private let today = DailyRecords.today

/// What a day's line in `history`, `export` and `report` says besides its state.
@Suite struct DayTallyTests {
    private func tally(_ diary: DailyRecords, _ day: Day = today) -> DayTally? {
        diary.history.entries.last { $0.day == day }?.tally
    }

    @Test func whatCameUpOnTheScreenIsToldFromWhatWasAnsweredUnasked() {
        var diary = DailyRecords()
        diary.prompt(today, "07:30")
        diary.answer(.done, today, "09:00")
        #expect(tally(diary)?.asked == 2)
        #expect(tally(diary)?.prompted == 1)
    }

    @Test func aVerdictAfterTheWindowIsLate() {
        var diary = DailyRecords("DD")
        #expect(tally(diary)?.late == 0)
        diary.prompt(today, "05:00", window: .hours(1))
        diary.answer(.done, today, "05:00", after: .hours(1))
        #expect(tally(diary)?.late == 1)
        #expect(tally(diary)?.done == 2)
    }

    @Test func aVerdictOfADayThatIsOverIsLateAlsoWhereNobodyWasAsked() {
        var diary = DailyRecords()
        diary.answer(.done, today - 1, after: .hours(20))
        #expect(tally(diary, today - 1)?.late == 0)
        diary.answer(.done, today - 1, after: .hours(21))
        #expect(tally(diary, today - 1)?.late == 1)
    }

    /// The window of the record that was written then is what counts, not a later prompt of another machine.
    @Test func whatTheVerdictSaysOfItselfOutranksTheWindow() {
        var diary = DailyRecords()
        diary.prompt(today, "05:00", window: .hours(1))
        diary.answer(.done, today, "05:00", after: .hours(1))
        diary.records[1].late = false
        #expect(tally(diary)?.late == 0)
        diary.answer(.done, today - 1)
        #expect(tally(diary, today - 1)?.late == 0)
        diary.records[2].late = true
        #expect(tally(diary, today - 1)?.late == 1)
    }

    @Test func painAndNotesAreThoseOfTheVerdictsThatWereNotTakenBack() {
        var diary = DailyRecords("DD")
        diary.records[1].painBefore = 6
        diary.records[1].pain = 4
        diary.records[1].note = "stiff"
        diary.records[3].pain = 2
        #expect(tally(diary, today - 1)?.painBefore == 6)
        #expect(tally(diary, today - 1)?.pain == 4)
        #expect(tally(diary, today - 1)?.notes == ["stiff"])
        diary.undo()
        #expect(tally(diary)?.pain == nil)
    }

    /// Of two times a day the first one may be answered last, and a bonus may come before both.
    @Test func whatWasSaidLastIsTheLastInTimeHoweverTheRecordsArrived() {
        var diary = DailyRecords()
        diary.answer(.done, today - 1, "19:00")
        diary.answer(.done, today - 1, "07:30", after: .hours(13))
        diary.bonus(today - 1)
        diary.answer(.done, today - 1, "07:30", after: .hours(12))
        for (index, pain) in [5, 2, 3, 4].enumerated() {
            diary.records[index].pain = pain
            diary.records[index].painBefore = pain
            diary.records[index].note = "\(pain)"
        }
        for known in 0...4 {
            var ledger = Ledger(diary.records.prefix(known))
            ledger.merge(diary.records.dropFirst(known))
            let tally = diary.history(by: ledger).entries.first?.tally
            #expect(tally?.pain == 2)
            #expect(tally?.painBefore == 2)
            #expect(tally?.notes == ["5", "4", "3", "2"])
        }
    }

    @Test func eachDayKnowsTheStreakAndTheStrengthAtItsEnd() {
        let history = DailyRecords("DDMD").history
        #expect(history.entries.map(\.streak) == [1, 2, 0, 1])
        #expect(history.entries.map(\.strength).last == history.strength)
        #expect(DailyRecords("DD").history.strength == history.entries[1].strength)
    }
}
