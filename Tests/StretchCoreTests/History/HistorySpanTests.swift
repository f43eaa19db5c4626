import TestSupport
import Testing

@testable import StretchBase
@testable import StretchCore

/// What `export` and `report` are told of a span of days.
struct HistorySpanTests {
    private let today = DailyRecords.today

    @Test func everyDayFromTheFirstRecordedToTodayIsThereOnce() {
        let days = DailyRecords("D N N D M N S").history.recordedDays(from: today - 100, to: today + 100)
        #expect(days.map(\.day) == (0..<7).map { today - 6 + $0 })
        #expect(days.map(\.state) == [.done, .free, .free, .done, .missed, .free, .skipped])
    }

    @Test func freeDaysHaveTheStreakAndStrengthOfTheDayBefore() {
        let days = DailyRecords("D N D N").history.recordedDays(to: today)
        #expect(days.map(\.streak) == [1, 1, 2, 2])
        #expect(days[1].strength == days[0].strength)
        #expect(days[3].strength == days[2].strength)
        #expect(days[1].tally.asked == 0 && days[1].tally.notes.isEmpty)
    }

    @Test func aSpanIsCutOutOfTheMiddle() {
        let history = DailyRecords("D D N D D").history
        let days = history.recordedDays(from: today - 2, to: today - 1)
        #expect(days.map(\.state) == [.free, .done])
        #expect(days.map(\.streak) == [2, 3])
        #expect(history.recordedDays(from: today - 50, to: today - 40).isEmpty)
    }

    @Test func whatIsOnlyPlannedTodayIsNoRecord() {
        let history = DailyRecords("N", at: "06:00").history
        #expect(history.states(ofLast: 1)[0].state == .pending)
        #expect(history.recordedDays(to: today).isEmpty)
    }

    @Test(arguments: ["DDMDD", "DMSDD N T", "DDDDD NN DD S", "M", "N", "DDDM"])
    func theNumbersOfTodayAreThoseOfTheHistory(days: String) {
        let history = DailyRecords(days).history
        #expect(history.upTo(today) == history)
    }

    @Test func theNumbersOfADayAreAsTheyStoodThen() {
        let history = DailyRecords("DDD M DDDDD").history
        let numbers = history.upTo(today - 6)
        #expect(numbers.streak == 3 && numbers.longest == 3)
        #expect(numbers.since == today - 8)
        #expect(numbers.rate == 1)
        let after = history.upTo(today - 5)
        #expect(after.streak == 0 && after.since == nil && after.longest == 3)
        #expect(after.rate == 0.75)
        let before = history.upTo(today - 60)
        #expect(before.streak == 0 && before.longest == 0 && before.strength == 0 && before.rate == nil)
    }

    // MARK: Weeks

    @Test func weeksBeginOnMondayAndMayBeCut() {
        // Today is a Monday; the first of these is a Saturday.
        let weeks = [HistoryWeek](DailyRecords("DD DDMSDND D").history.recordedDays(to: today))
        #expect(weeks.map(\.monday) == [today - 14, today - 7, today])
        #expect(weeks.map(\.days.count) == [2, 7, 1])
        #expect(weeks.map(\.done) == [2, 4, 1])
        #expect(weeks.map(\.due) == [2, 5, 1])
        #expect(weeks[1].adherence == 0.8)
        #expect(weeks[2].streak == 3)
        #expect([HistoryWeek]([]).isEmpty)
    }

    @Test func aWeekInWhichNothingWasDueHasNoAdherence() {
        let weeks = [HistoryWeek](DailyRecords("D NNNNNNN").history.recordedDays(to: today))
        #expect(weeks.map(\.adherence) == [1, nil])
    }

    // MARK: Pain

    /// A letter a day as in `DailyRecords`; pain before and after for the done ones, in order, today last.
    private func summary(_ days: String, _ pains: [(before: Int?, after: Int?)]) -> PainSummary? {
        var diary = DailyRecords(days)
        let done = diary.records.indices.filter { diary.records[$0].kind == .done }
        for (index, pain) in zip(done, pains) {
            diary.records[index].painBefore = pain.before
            diary.records[index].pain = pain.after
        }
        return PainSummary([HistoryWeek](diary.history.recordedDays(to: today)))
    }

    @Test func onlyDaysWithBothValuesAreCompared() {
        let summary = summary("DDDD", [(4, 2), (6, 3), (9, nil), (nil, 1)])
        #expect(summary?.days == 4)
        #expect(summary?.compared == PainSummary.Comparison(days: 2, before: 5, after: 2.5))
    }

    @Test func weeksAreToldApartByWhatWasDone() {
        // Two whole weeks before today: all done, then two of seven.
        let summary = summary("DDDDDDD DMMMMMD N", Array(repeating: (2, 1), count: 7) + [(6, 5), (nil, 4)])
        #expect(summary?.regular == PainSummary.Weeks(count: 1, pain: 2))
        #expect(summary?.irregular == PainSummary.Weeks(count: 1, pain: 5))
    }

    @Test func whereNothingWasSaidThereIsNoSummary() {
        #expect(summary("DDMD", []) == nil)
        #expect(summary("D", [(3, nil)])?.compared == nil)
    }
}
