import StretchBase
import StretchCore
import TestSupport
import Testing

private let today = DailyRecords.today

@Suite struct HistoryPauseTests {
    @Test func unansweredDaysThatAPauseTouchesAreFree() {
        var diary = DailyRecords("DMMMD N")
        diary.pause(DailyRecords.instant(today - 4, "15:00"), until: DailyRecords.instant(today - 2, "03:00"))
        #expect(diary.states(6) == "DNNMDN")
    }

    @Test func answersInAPauseCount() {
        var diary = DailyRecords("DDSMD")
        diary.pause(DailyRecords.instant(today - 4, "15:00"), until: nil)
        #expect(diary.states(5) == "DDSND")
        #expect(diary.history.streak == 3)
    }

    @Test func aPauseWithoutEndLastsUntilResumed() {
        var diary = DailyRecords("DMMMM")
        diary.pause(DailyRecords.instant(today - 3, "05:00"), until: nil)
        diary.resume(at: DailyRecords.instant(today - 2, "09:00"))
        #expect(diary.states(5) == "DNNMT")
    }

    @Test func aPauseTodayMakesWhatIsToComeFree() {
        var diary = DailyRecords("DN", at: "06:00")
        diary.pause(DailyRecords.instant(today, "05:00"), until: nil)
        #expect(diary.states(2) == "DN")
    }

    @Test func whoFallsIllAfterThePromptKeepsTheStreak() {
        var diary = DailyRecords("DDDMNND")
        diary.pause(DailyRecords.instant(today - 3, "08:00"), until: nil)
        diary.resume(at: DailyRecords.instant(today - 1, "20:00"))
        #expect(diary.states(7) == "DDDNNND")
        #expect(diary.history.streak == 4)
    }

    @Test func aPauseThatEndsWhenADayBeginsDoesNotTouchThatDay() {
        var diary = DailyRecords("DMMD N")
        diary.pause(DailyRecords.instant(today - 3, "05:00"), until: DailyRecords.instant(today - 2, "04:00"))
        #expect(diary.states(5) == "DNMDN")
    }

    @Test func aPauseRecordedAfterwardsMakesMissedDaysFree() {
        var diary = DailyRecords("DDMMDN")
        #expect(diary.history.streak == 1)
        diary.pause(
            DailyRecords.instant(today - 4, "04:00"), until: DailyRecords.instant(today - 1, "04:00"),
            recorded: diary.now)
        // What is done in it stays done.
        #expect(diary.states(6) == "DDNNDN")
        #expect(diary.history.streak == 3)
        diary.undo()
        #expect(diary.states(6) == "DDMMDN")
    }

    @Test func aPauseToComeChangesNoDayBeforeIt() {
        var diary = DailyRecords("DMDM", at: "08:00")
        diary.pause(
            DailyRecords.instant(today + 1, "04:00"), until: DailyRecords.instant(today + 9, "04:00"),
            recorded: DailyRecords.instant(today - 2, "12:00"))
        #expect(diary.states(4) == "DMDT")
        diary.pause(DailyRecords.instant(today + 1, "04:00"), until: nil, recorded: diary.now)
        #expect(diary.states(4) == "DMDT")
    }

    @Test func pausesThatOverlapAddUp() {
        var diary = DailyRecords("DMMMMD")
        diary.pause(
            DailyRecords.instant(today - 4, "04:00"), until: DailyRecords.instant(today - 2, "04:00"),
            recorded: diary.now)
        diary.pause(
            DailyRecords.instant(today - 3, "04:00"), until: DailyRecords.instant(today - 1, "04:00"),
            recorded: diary.now)
        #expect(diary.states(6) == "DNNNMD")
    }

    @Test func aPauseThatEndsBeforeItBeginsTouchesNothing() {
        var diary = DailyRecords("MN")
        diary.pause(DailyRecords.instant(today - 1, "09:00"), until: DailyRecords.instant(today - 1, "09:00"))
        #expect(diary.states(2) == "MN")
    }
}
