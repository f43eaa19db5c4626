import StretchBase
import StretchCore
import StretchTerminal
import TestSupport
import Testing

private let today = DailyRecords.today

/// The days of a range, and the calendar they are drawn as.
@Suite struct HistoryDaysTests {
    @Test func everyDayIsThereAndFreeOnesKeepTheStreakAndTheStrength() {
        let history = DailyRecords("DD NN M NN").history
        let days = history.days(in: today - 8...today - 1)
        #expect(days.map(\.day) == (0..<8).map { today - 8 + $0 })
        #expect(days.map(\.state) == [.free, .free, .done, .done, .free, .free, .missed, .free])
        #expect(days.map(\.streak) == [0, 0, 1, 2, 2, 2, 0, 0])
        #expect(days[1].strength == 0)
        #expect(days[3].strength > 0 && days[5].strength == days[3].strength)
        #expect(days[7].strength == days[6].strength && days[6].strength < days[5].strength)
    }

    @Test func aRangeMayBeginInTheMiddleAndLieBeforeAndAfterAll() {
        let history = DailyRecords("DD NN").history
        #expect(history.days(in: today - 2...today - 1).map(\.streak) == [2, 2])
        #expect(history.days(in: today - 9...today - 8).map(\.streak) == [0, 0])
        #expect(history.days(in: today - 2...today - 2).map(\.state) == [.done])
    }

    @Test func theFirstDayIsOneWithARecord() {
        #expect(DailyRecords("NN", at: "06:00").history.firstDay == nil)
        var mistyped = DailyRecords("DD")
        mistyped.records[0].day = Day("0206-11-22")
        mistyped.records[1].day = Day("0206-11-22")
        #expect(mistyped.history.firstDay == DailyRecords.today)
        #expect(DailyRecords("N DN", at: "06:00").history.firstDay == today - 1)
        #expect(DailyRecords("M D N", at: "12:00").history.firstDay == today - 2)
    }

    // MARK: As a calendar

    @Test func weeksBeginOnMondayAndHaveBlanksOutsideTheRange() {
        // The diary ends on a Monday; 13 days before it is a Tuesday.
        let calendar = calendar(from: today - 13, to: today, width: 40)
        #expect(calendar.blocks.count == 1)
        let weeks = calendar.blocks[0].weeks
        #expect((0..<7).map { weeks[0][$0]?.day } == [nil] + (0..<6).map { today - 13 + $0 })
        #expect(weeks[1].days.count == 7)
        #expect(weeks[2].days.map(\.day) == [today])
    }

    @Test(
        "months stand above the week in which they begin",
        arguments: [
            // From Mon 2026-06-01 and Tue 2026-06-30; Wed 2026-07-01 is in the same week as that.
            ("2026-06-01", "2026-09-06", ["Jun     Jul     Aug       Sep"]),
            ("2026-06-30", "2026-08-02", ["Jul     Aug"]),
            // June has the place of two weeks only, and so is not named.
            ("2026-06-22", "2026-08-02", ["  Jul     Aug"]), ("2026-06-15", "2026-07-12", ["Jun Jul"]),
            ("2025-12-29", "2026-01-04", ["Jan"]), ("2026-06-02", "2026-06-03", ["Jun"]),
        ] as [(String, String, [String])])
    func months(from: String, to: String, months: [String]) throws {
        let range = try #require(Day(from))...(#require(Day(to)))
        let calendar = calendar(from: range.lowerBound, to: range.upperBound, width: 200)
        #expect(calendar.blocks.map(\.months) == months)
    }

    @Test(arguments: [1, 20, 21, 40, 54, 74, 106, 107, 114, 200])
    func noBlockIsWiderThanItMayBeNorLongerThanAYear(width: Int) {
        let calendar = calendar(from: today - 1000, to: today, width: width)
        let weeks = calendar.blocks.map(\.weeks.count)
        #expect(weeks.reduce(0, +) == 144)
        #expect(Set(weeks.dropLast()) == [min(53, max(1, (width - 1) / 2))])
        if width > 3 { #expect(calendar.blocks.allSatisfy { $0.months.count <= width }) }
        let days = calendar.blocks.flatMap(\.weeks).flatMap(\.days).map(\.day)
        #expect(days == (0...1000).map { today - 1000 + $0 })

        // As many weeks as fit are one block.
        let first = HistoryCalendar.firstDay(upTo: today + 3, width: width)
        #expect(first.weekday == 0)
        let one = self.calendar(from: first, to: today + 3, width: width)
        #expect(one.blocks.map(\.weeks.count) == [min(53, max(1, (width - 1) / 2))])
    }

    @Test func aBlockBeginsInAYear() {
        let calendar = calendar(from: today - 365, to: today, width: 60)
        #expect(calendar.blocks.map(\.year) == [2025, 2026])
    }

    @Test func thePainOfAWeekIsTheMeanOfWhatWasSaid() {
        var diary = DailyRecords("DDDDDDD N")
        for (back, pain, before) in [(7, 3, 5), (6, 4, nil), (4, nil, 8)] as [(Int, Int?, Int?)] {
            diary.remark(today - back, pain: pain, before: before)
        }
        let weeks = HistoryCalendar(of: diary.history.days(in: today - 7...today), width: 40).blocks[0].weeks
        #expect(weeks.map(\.pain) == [3.5, nil])
        #expect(weeks.map(\.painBefore) == [6.5, nil])
    }

    private func calendar(from first: Day, to last: Day, width: Int) -> HistoryCalendar {
        HistoryCalendar(of: DailyRecords("D").history.days(in: first...last), width: width)
    }
}
