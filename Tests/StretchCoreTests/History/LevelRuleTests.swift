import StretchBase
import TestSupport
import Testing

@testable import StretchCore

/// When more or less of a stretch is offered (rule 19), day by day.
struct LevelRuleTests {
    /// A morning with a bridge that has two levels and a tilt that has none.
    private struct Mornings {
        var daily = DailyRecords()
        private var ids = RecordIDs(seed: 2)

        /// A letter a day, the last one is today: a digit is done with that pain before and after, R with a rise from 1
        /// to 3, D without a pain, S skipped, s skipped with a pain of 9, N nothing.
        init(_ days: String) {
            daily.configuration.routines[0].steps = [Step(.tilt), Step(.bridge)]
            let letters = days.filter { $0 != " " }
            for (index, letter) in letters.enumerated() where letter != "N" {
                let day = DailyRecords.today - (letters.count - 1 - index)
                daily.prompt(day)
                daily.answer(letter.lowercased() == "s" ? .skip : .done, day)
                let pain = letter == "R" ? 3 : letter.wholeNumberValue
                daily.records[daily.records.count - 1].pain = pain
                daily.records[daily.records.count - 1].painBefore = letter == "R" ? 1 : letter == "s" ? 9 : pain
            }
        }

        mutating func level(_ level: Int, of stretch: String = "bridge", daysAgo: Int) {
            let day = DailyRecords.today - daysAgo
            let instant = DailyRecords.instant(day, "08:00")
            var record = Record(
                id: ids.next(at: instant), ts: Timestamp(instant, offset: 0), kind: .level(level, stretch: stretch),
                subject: .all)
            record.day = day
            daily.records.append(record)
        }

        var diary: Diary { Diary(Timetable(daily.configuration, zone: .utc), Ledger(daily.records)) }

        func question(painRose: Bool = false) -> String? {
            let rule = LevelRule(of: daily.routine, in: diary, at: daily.now)
            return rule.offer(painRose: painRose).map { "\($0.title). \($0.question)" }
        }
    }

    private let more = "It has gone well for a week. Bridge: one repeat more from tomorrow?"

    @Test(arguments: [
        ("1111111", true), ("111111", false), ("N111111", false), ("4444444", true), ("4445444", false),
        // Four of them with the pain told.
        ("DDD1111", true), ("DDDD111", false),
        // Seven done days, whatever is between them.
        ("11NN11N111", true),
        // What was bad before the last seven does not matter any more.
        ("99R1111111", true), ("111R111", false),
        // Before a long pause nothing counts.
        ("111111NNNNNNNNNNNNN1", false), ("1111NNN1NNNNNNNN111", true),
        // Too rarely for more.
        ("1NNNNNN1NNNNNN1NNNNNN1NNNNNN1NNNNNN1NNNNNN1", false),
        // A rest day with pain, after which it was not done, or less often than it should be.
        ("1111s111", false), ("1111S111", true),
    ])
    func afterAGoodWeekALittleMoreIsOffered(days: String, offered: Bool) {
        let question = Mornings(days).question()
        #expect((question != nil) == offered)
        if offered { #expect(question?.hasSuffix(". Bridge: one repeat more from tomorrow?") == true) }
    }

    @Test func itSaysHowLongItHasGoneWell() {
        #expect(Mornings("1111111").question() == more)
        #expect(Mornings("1N1N1N1N1N1N1").question() == more)
        // Monday, Wednesday and Friday.
        #expect(
            Mornings("1N1N1NN1N1N1NN1").question()
                == "It has gone well for 2 weeks. Bridge: one repeat more from tomorrow?")
    }

    /// Twice a day: the pain after the evening does not belong to that before the morning.
    @Test func aRiseIsOneWithinARoutine() {
        var mornings = Mornings("1111111")
        let day = DailyRecords.today - 1
        mornings.daily.answer(.done, day, "19:30")
        mornings.daily.records[mornings.daily.records.count - 1].pain = 3
        #expect(mornings.question() == more)
        mornings.daily.records[mornings.daily.records.count - 1].painBefore = 1
        #expect(mornings.question() == nil)
    }

    @Test func itTakesAnotherGoodWeekForTheNextStep() {
        var mornings = Mornings("1111111 1111111")
        mornings.level(1, daysAgo: 7)
        #expect(mornings.question() == "It has gone well for a week. Bridge: 5 s longer from tomorrow?")
        mornings.level(1, daysAgo: 6)
        #expect(mornings.question() == nil)
    }

    @Test func notYetIsAskedAgainAfterAnotherGoodWeek() {
        var mornings = Mornings("1111111")
        mornings.level(0, daysAgo: 0)
        #expect(mornings.question() == nil)
        var later = Mornings("1111111 1111111")
        later.level(0, daysAgo: 7)
        #expect(later.question() == more)
    }

    @Test func aboveTheHighestLevelNothingIsOffered() {
        var mornings = Mornings("1111111 1111111")
        mornings.level(9, daysAgo: 10)
        #expect(mornings.question() == nil)
        #expect(mornings.diary.steps(of: mornings.daily.routine).map(\.dose.repeats) == [5, 6])
    }

    @Test func theNewestLevelCountsAndOnlyForItsStretch() {
        var mornings = Mornings("1")
        mornings.level(2, daysAgo: 3)
        mornings.level(1, daysAgo: 2)
        mornings.level(2, of: "tilt", daysAgo: 1)
        let doses = mornings.diary.steps(of: mornings.daily.routine).map(\.dose)
        #expect(doses.map(\.repeats) == [5, 6])
        #expect(doses.map(\.hold) == [.seconds(5), .seconds(5)])
    }

    @Test func afterARiseOneStepBackIsOffered() {
        var mornings = Mornings("111R")
        #expect(mornings.question(painRose: true) == nil, "nothing was raised")
        mornings.level(2, daysAgo: 2)
        #expect(
            mornings.question(painRose: true) == "It hurts more than before. Bridge: 5 s shorter from tomorrow?")
    }

    @Test func whatWasRaisedLastGoesBackWhateverWasAskedSince() {
        var mornings = Mornings("1111")
        var dip = Stretch.bridge(id: "dip")
        dip.title = "Dip"
        mornings.daily.configuration.routines[0].steps.append(Step(dip))
        mornings.level(1, of: "dip", daysAgo: 3)
        mornings.level(1, daysAgo: 2)
        mornings.level(1, of: "dip", daysAgo: 1)
        #expect(mornings.question(painRose: true)?.contains("Bridge: one repeat less") == true, "dip: not yet")
        mornings.level(0, daysAgo: 0)
        #expect(mornings.question(painRose: true) == nil, "one step back a day")
    }

    @Test func whatWasRaisedTodayCanGoBackToday() {
        var mornings = Mornings("1111")
        mornings.level(1, daysAgo: 0)
        #expect(mornings.question(painRose: true)?.contains("Bridge: one repeat less") == true)
    }

    @Test func aStretchTwiceInTheRoutineIsAskedForOnce() {
        var mornings = Mornings("111 NNNNNNNNNNNNNNNNNNNN 1")
        mornings.daily.configuration.routines[0].steps.append(Step(.bridge))
        mornings.level(1, daysAgo: 22)
        #expect(
            mornings.question() == "You did not do this routine for 3 weeks. Bridge: one repeat less from tomorrow?")
    }

    @Test func whatWasDoneInAnotherRoutineMeanwhileStays() {
        var mornings = Mornings("111 NNNNNNNNNNNNNNNNNNNN 1")
        mornings.level(1, daysAgo: 22)
        var evening = Routine.daily("evening", "19:30")
        evening.steps = [Step(.bridge)]
        mornings.daily.configuration.routines.append(evening)
        #expect(mornings.question() != nil)
        let day = DailyRecords.today - 3
        var done = Record(
            id: RecordID("evening"), ts: Timestamp(DailyRecords.instant(day, "19:40"), offset: 0), kind: .done,
            subject: .occurrence(
                OccurrenceID(routine: "evening", nominal: OccurrenceID.morning("\(day)T19:30").nominal)))
        done.day = day
        mornings.daily.records.append(done)
        #expect(mornings.question() == nil)
    }

    /// Once a day of twice does not make the day done, but nobody was away.
    @Test func aDayThatIsDoneHalfIsNoPause() {
        var mornings = Mornings("111 NNNNNNNNNNNNNNNNNNNN 1")
        mornings.level(1, daysAgo: 22)
        mornings.daily.prompt(DailyRecords.today - 5, "19:30", goal: 2)
        mornings.daily.prompt(DailyRecords.today - 5, goal: 2)
        mornings.daily.answer(.done, DailyRecords.today - 5, goal: 2)
        #expect(mornings.question() == nil)
    }

    @Test func aLevelOfADayToComeSilencesNothing() {
        var mornings = Mornings("1111111")
        mornings.level(0, daysAgo: -2000)
        #expect(mornings.question() == more)
    }

    @Test func afterAPauseOfWeeksOneStepDownIsOffered() {
        var mornings = Mornings("111 NNNNNNNNNNNNNNNNNNNN 1")
        #expect(mornings.question() == nil)
        mornings.level(1, daysAgo: 22)
        #expect(
            mornings.question() == "You did not do this routine for 3 weeks. Bridge: one repeat less from tomorrow?")
        // Asked once.
        mornings.level(1, daysAgo: 0)
        #expect(mornings.question() == nil)
        var short = Mornings("111 NNNNNNNNNNNN 1")
        short.level(1, daysAgo: 14)
        #expect(short.question() == nil)
    }

    @Test func whatTheRoutineSaysItselfIsNeverTouched() {
        var mornings = Mornings("1111111")
        var step = Step(Stretch.bridge)
        step.dose.repeats = 8
        step.isFixed = true
        mornings.daily.configuration.routines[0].steps = [step]
        #expect(mornings.question() == nil)
        mornings.level(2, daysAgo: 1)
        #expect(mornings.diary.steps(of: mornings.daily.routine) == [step])
    }

    @Test func gentleStaysGentle() {
        var mornings = Mornings("1")
        mornings.level(2, of: "glute-bridge", daysAgo: 1)
        mornings.level(2, of: "pelvic-tilt", daysAgo: 1)
        #expect(mornings.diary.steps(of: .gentle) == Routine.gentle.steps)
        #expect(mornings.diary.steps(of: .morning).last?.dose.repeats == 8)
    }
}

/// How the first weeks went (rule 20).
struct ReviewTests {
    /// Done every day with these pains; the last day is today.
    private func text(_ pains: [Int?], gap: Int = 0, via buttons: [Record.Via] = []) -> String? {
        var daily = DailyRecords()
        for (index, pain) in pains.enumerated() {
            // The gap is before today.
            let ago = index == pains.count - 1 ? 0 : pains.count - 1 - index + gap
            daily.answer(.done, DailyRecords.today - ago)
            daily.records[daily.records.count - 1].painBefore = pain
            daily.records[daily.records.count - 1].via = index < buttons.count ? buttons[index] : .guide
        }
        return Review(of: daily.history)?.text
    }

    @Test func afterTwoWeeksItTellsHowItWent() throws {
        let better = try #require(text(Array(repeating: 4, count: 7) + Array(repeating: 2, count: 8)))
        #expect(better.hasPrefix("After 2 weeks: 15 of 15 days done, strength "))
        #expect(better.hasSuffix(" %; pain 4.0 in the first week, 2.0 in the last."))
        #expect(text(Array(repeating: 4, count: 14)) == nil)
        #expect(text(Array(repeating: 4, count: 16)) == nil, "it was told the day before")
    }

    @Test func itIsDueUntilSomethingToldIt() {
        let twenty = Array(repeating: Int?(1), count: 20)
        let buttons = Array(repeating: Record.Via.notification, count: 19)
        #expect(text(twenty, via: buttons)?.hasPrefix("After 2 weeks: 20 of 20") == true)
        #expect(text(twenty, via: buttons + [.notification]) == nil, "a button tells nothing")
        #expect(text(twenty, via: buttons + [.cli]) != nil)
        #expect(text(twenty, via: buttons.dropLast() + [.cli, .guide]) == nil)
    }

    @Test func aSecondTimeOnTheDayItIsNotToldAgain() {
        var daily = DailyRecords()
        for ago in (0...14).reversed() {
            daily.answer(.done, DailyRecords.today - ago)
            daily.records[daily.records.count - 1].via = .guide
        }
        #expect(Review(of: daily.history) != nil)
        daily.answer(.done, DailyRecords.today, "11:00")
        daily.records[daily.records.count - 1].via = .cli
        #expect(Review(of: daily.history) == nil)
    }

    @Test func whereNothingIsBetterItIsTimeToAsk() throws {
        let same = try #require(text(Array(repeating: 4, count: 15)))
        #expect(same.contains("not better yet: time to show this to a physiotherapist or doctor"))
        let untold = try #require(text(Array(repeating: nil, count: 15)))
        #expect(untold.contains("If your back is no better: time to show this"))
        let none = try #require(text(Array(repeating: 0, count: 15)))
        #expect(!none.contains("doctor"))
    }

    @Test func afterSixWeeksItTellsAgainAlsoWhereThatDayWasNotDone() {
        #expect(text(Array(repeating: 1, count: 43))?.hasPrefix("After 6 weeks: 43 of 43 days done") == true)
        #expect(text(Array(repeating: 1, count: 41), gap: 5)?.hasPrefix("After 6 weeks") == true)
        #expect(text(Array(repeating: 1, count: 10), gap: 60)?.hasPrefix("After 9 weeks") == true)
        #expect(text([]) == nil && text([1]) == nil)
    }
}

extension Stretch {
    fileprivate static var tilt: Stretch {
        var stretch = Stretch(id: "tilt")
        stretch.title = "Tilt"
        stretch.dose.hold = .seconds(5)
        stretch.dose.repeats = 5
        return stretch
    }

    fileprivate static var bridge: Stretch { bridge(id: "bridge") }

    /// 5 times 5 s, then 6 times, then 10 s.
    fileprivate static func bridge(id: String) -> Stretch {
        var stretch = Stretch(id: id)
        stretch.title = "Bridge"
        stretch.dose.hold = .seconds(5)
        stretch.dose.repeats = 5
        var (first, second) = (stretch.dose, stretch.dose)
        first.repeats = 6
        second.repeats = 6
        second.hold = .seconds(10)
        stretch.levels = [first, second]
        return stretch
    }
}
