import StretchBase
import StretchCore
import TestSupport
import Testing

private let today = DailyRecords.today

@Suite struct HistoryTests {
    @Test(
        "the streak is the done days back to the first missed one",
        arguments: [
            ("DDDDD NN DD T", 7, 7, today - 9), ("DD S D T", 3, 3, today - 4), ("DDD M DD T", 2, 3, today - 2),
            ("DDD NNNNNNN D T", 4, 4, today - 11), ("T", 0, 0, nil), ("M T", 0, 0, nil), ("D", 1, 1, today),
            ("DDM", 2, 2, today - 2), ("DDMM", 0, 2, nil), ("DSSST", 0, 1, nil), ("DDSSD", 3, 3, today - 4),
            ("NNNN", 0, 0, nil), ("S", 0, 0, nil), ("MDDDMDDT", 2, 3, today - 2),
        ] as [(String, Int, Int, Day?)])
    func streak(days: String, streak: Int, longest: Int, since: Day?) {
        // T: nothing happened yet today, the occurrence is still to come.
        let diary = DailyRecords(days.replacing("T", with: "N"), at: days.hasSuffix("T") ? "06:00" : "11:00")
        #expect(diary.history.streak == streak)
        #expect(diary.history.longest == longest)
        #expect(diary.history.since == since)
    }

    @Test(
        "each day has a state",
        arguments: [
            ("DMSND", "12:00", "DMSND"), ("DMSNM", "11:29", "DMSNT"), ("M", "11:31", "T"), ("N", "06:00", "T"),
            ("N", "11:29", "T"), ("N", "11:31", "N"),
            // A third skip in seven days counts as missed; today it can still be done.
            ("SSSN", "12:00", "SSMN"), ("SSS", "12:00", "SST"), ("SNNNNSS", "12:00", "SNNNNST"),
            ("SNNNNNSS", "12:00", "SNNNNNSS"), ("SSSSSSSSS N", "12:00", "SSMMMMMSSN"), ("PD", "12:00", "DD"),
        ])
    func states(days: String, clock: String, states: String) {
        let diary = DailyRecords(days, at: clock)
        #expect(diary.states(states.count) == states)
    }

    @Test func theLastDaysEndToday() {
        let last = DailyRecords("DD").history.states(ofLast: 14)
        #expect(last.map(\.day) == (0..<14).map { today - 13 + $0 })
        #expect(last.map(\.state) == [History.State](repeating: .free, count: 12) + [.done, .done])
    }

    @Test(
        "strength follows the formula of the design",
        arguments: [
            (String(repeating: "D", count: 13), 0.500), (String(repeating: "D", count: 30), 0.798),
            (String(repeating: "D", count: 30) + "MN", 0.757), ("T", 0), ("MMMT", 0), ("N", 0),
        ])
    func strength(days: String, strength: Double) {
        #expect(abs(DailyRecords(days.replacing("T", with: "N")).history.strength - strength) < 0.0005)
    }

    @Test func strengthOfAWeeklyRoutineUsesTheRareDays() {
        // Four weeks, one day each: at the end 4 due days of 22. By hand from the formula.
        let diary = DailyRecords("D NNNNNN D NNNNNN D NNNNNN D")
        var expected = 0.0
        for (due, days) in [(1.0, 1.0), (2, 8), (3, 15), (4, 22)] {
            let kept = power(0.5, 1 / (13 * (due / days).squareRoot()))
            expected = expected * kept + 1 - kept
        }
        #expect(abs(diary.history.strength - expected) < 1e-12)
    }

    @Test func aPartOfTheGoalStrengthensByThatPart() {
        // Prompted three times, done once, goal three.
        var diary = DailyRecords()
        for clock in ["07:30", "12:30", "17:30"] { diary.prompt(today - 1, clock, goal: 3) }
        diary.answer(.done, today - 1, goal: 3)
        #expect(diary.states(2) == "MN")
        #expect(abs(diary.history.strength - (1 - power(0.5, 1.0 / 13)) / 3) < 1e-12)
    }

    @Test func rateIsDoneOfDueInThirtyDays() {
        #expect(DailyRecords("N").history.rate == nil)
        #expect(DailyRecords("S").history.rate == nil)
        #expect(DailyRecords("DDDM" + "N").history.rate == 0.75)
        let days = "M" + String(repeating: "D", count: 29) + "N"
        #expect(DailyRecords("M" + days).history.rate == 29.0 / 29)
        #expect(DailyRecords(String(days.dropLast()) + "").history.rate == 29.0 / 30)
    }
}

@Suite struct HistoryDayTests {
    @Test(
        "a goal is met by so many, or by all that was not skipped",
        arguments: [(1, 0, "T"), (1, 1, "T"), (1, 2, "D"), (2, 0, "T"), (2, 1, "D"), (3, 0, "D"), (0, 3, "S")])
    func goals(done: Int, skipped: Int, state: String) {
        var diary = DailyRecords(at: "12:00")
        let clocks = ["07:30", "08:30", "09:30"]
        for clock in clocks { diary.prompt(today, clock, window: .hours(1), goal: 3) }
        for clock in clocks.prefix(done) { diary.answer(.done, today, clock, goal: 3) }
        for clock in clocks.dropFirst(done).prefix(skipped) { diary.answer(.skip, today, clock, goal: 3) }
        #expect(diary.states(1) == state)
    }

    @Test func aGoalBelowTheNumberOfTimesIsEnough() {
        var diary = DailyRecords()
        for clock in ["07:30", "08:30", "09:30"] { diary.prompt(today - 1, clock, goal: 2) }
        diary.answer(.done, today - 1, "07:30", goal: 2)
        #expect(diary.states(2) == "MN")
        diary.answer(.done, today - 1, "09:30", goal: 2)
        #expect(diary.states(2) == "DN")
    }

    @Test func theNewestRecordsGoalHoldsAndTodaysConfigurationDoesNot() {
        var diary = DailyRecords()
        diary.configuration.routines[0].dailyGoal = 5
        for clock in ["07:30", "08:30", "09:30"] { diary.prompt(today - 1, clock, goal: 3) }
        diary.answer(.done, today - 1, "09:30", goal: 1)
        #expect(diary.states(2) == "DN")
    }

    @Test func whatIsStillToComeTodayCountsTowardsTheGoal() {
        var diary = DailyRecords(at: "08:00")
        diary.configuration = Configuration(routines: [.daily("morning", "07:30", "18:00")])
        diary.configuration.routines[0].dailyGoal = 2
        diary.prompt(today, goal: 2)
        diary.answer(.done, today, goal: 2)
        #expect(diary.states(1) == "T")
        diary.now = DailyRecords.instant(today, "23:00")  // the evening passed, and nobody was asked
        #expect(diary.states(1) == "D")
    }

    @Test func aBonusMakesARestDayADoneDay() {
        var diary = DailyRecords()
        diary.bonus(today - 1, goal: 4)
        #expect(diary.states(2) == "DN")
        #expect(diary.history.streak == 1)
    }

    @Test func aBonusCountsTowardsTheGoal() {
        var diary = DailyRecords("MN")
        diary.bonus(today - 1)
        #expect(diary.states(2) == "DN")
    }

    @Test func anOccurrenceStillOpenKeepsYesterdayPending() {
        var diary = DailyRecords(at: "05:00")
        diary.prompt(today - 1, "23:00", window: .hours(7))
        #expect(diary.states(2) == "TT")
        diary.now = DailyRecords.instant(today, "06:00")
        #expect(diary.states(2) == "MT")
    }

    @Test func theDayBeginsAtDayStart() {
        var diary = DailyRecords(at: "03:59")
        diary.prompt(today, "01:00", window: .hours(1))
        #expect(diary.history.today == today - 1)
        #expect(diary.states(1) == "T")
    }

    @Test func aVerdictTakenBackLeavesTheDayAsItWas() {
        var diary = DailyRecords("D")
        diary.undo()
        #expect(diary.states(1) == "T")
        #expect(diary.history.streak == 0)
    }

    @Test func theLaterVerdictCounts() {
        var diary = DailyRecords("S")
        diary.answer(.done, today, after: .minutes(6))
        #expect(diary.states(1) == "D")
        diary.answer(.skip, today, after: .minutes(7))
        #expect(diary.states(1) == "S")
    }

    @Test func theFrozenDayCounts() {
        var diary = DailyRecords("DN")
        for index in diary.records.indices { diary.records[index].day = today - 4 }
        #expect(diary.states(5) == "DNNNN")
    }

    @Test func recordsOfDaysToComeDoNotCountYet() {
        var diary = DailyRecords("D")
        diary.answer(.done, today + 1)
        diary.prompt(today + 2)
        #expect(diary.history.entries.map(\.day) == [today])
    }

    @Test func otherRoutinesDoNotCount() {
        var diary = DailyRecords("DD")
        diary.configuration = Configuration(routines: [.daily("evening", "20:00")])
        #expect(diary.history.streak == 0)
        #expect(diary.states(2) == "NT")
    }

    @Test func anOccurrenceThatAStrayVerdictSettlesIsNotToCome() {
        // Done at 07:30; then the time was moved to 18:00, with a goal that both would have to meet.
        var diary = DailyRecords("D", at: "12:00")
        diary.configuration = Configuration(routines: [.daily("morning", "18:00")])
        for index in diary.records.indices { diary.records[index].goal = 2 }
        #expect(diary.states(1) == "D")
    }
}

/// By repeated square roots: the tests do not use the formula's own way to compute it.
private func power(_ base: Double, _ exponent: Double) -> Double {
    var (result, root, rest) = (1.0, base, exponent)
    for _ in 0..<60 {
        root = root.squareRoot()
        rest *= 2
        if rest >= 1 {
            result *= root
            rest -= 1
        }
    }
    return result
}
