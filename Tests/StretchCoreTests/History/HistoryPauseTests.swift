import StretchBase
import StretchCore
import TestSupport
import Testing

private let today = Diary.today

@Suite struct HistoryPauseTests {
    @Test func unansweredDaysThatAPauseTouchesAreFree() {
        var diary = Diary("DMMMD N")
        diary.pause(Diary.instant(today - 4, "15:00"), until: Diary.instant(today - 2, "03:00"))
        #expect(diary.states(6) == "DNNMDN")
    }

    @Test func answersInAPauseCount() {
        var diary = Diary("DDSMD")
        diary.pause(Diary.instant(today - 4, "15:00"), until: nil)
        #expect(diary.states(5) == "DDSND")
        #expect(diary.history.streak == 3)
    }

    @Test func aPauseWithoutEndLastsUntilResumed() {
        var diary = Diary("DMMMM")
        diary.pause(Diary.instant(today - 3, "05:00"), until: nil)
        diary.resume(at: Diary.instant(today - 2, "09:00"))
        #expect(diary.states(5) == "DNNMT")
    }

    @Test func aPauseTodayMakesWhatIsToComeFree() {
        var diary = Diary("DN", at: "06:00")
        diary.pause(Diary.instant(today, "05:00"), until: nil)
        #expect(diary.states(2) == "DN")
    }

    @Test func whoFallsIllAfterThePromptKeepsTheStreak() {
        var diary = Diary("DDDMNND")
        diary.pause(Diary.instant(today - 3, "08:00"), until: nil)
        diary.resume(at: Diary.instant(today - 1, "20:00"))
        #expect(diary.states(7) == "DDDNNND")
        #expect(diary.history.streak == 4)
    }

    @Test func aPauseThatEndsWhenADayBeginsDoesNotTouchThatDay() {
        var diary = Diary("DMMD N")
        diary.pause(Diary.instant(today - 3, "05:00"), until: Diary.instant(today - 2, "04:00"))
        #expect(diary.states(5) == "DNMDN")
    }

    @Test func aPauseThatEndsBeforeItBeginsTouchesNothing() {
        var diary = Diary("MN")
        diary.pause(Diary.instant(today - 1, "09:00"), until: Diary.instant(today - 1, "09:00"))
        #expect(diary.states(2) == "MN")
    }
}
