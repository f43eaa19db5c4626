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
        /// to 3, D without a pain, N nothing.
        init(_ days: String) {
            daily.configuration.routines[0].steps = [Step(.tilt), Step(.bridge)]
            let letters = days.filter { $0 != " " }
            for (index, letter) in letters.enumerated() where letter != "N" {
                let day = DailyRecords.today - (letters.count - 1 - index)
                daily.prompt(day)
                daily.answer(.done, day)
                let pain = letter == "R" ? 3 : letter.wholeNumberValue
                daily.records[daily.records.count - 1].pain = pain
                daily.records[daily.records.count - 1].painBefore = letter == "R" ? 1 : pain
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
        ("111111NNNNNNNNNNNNN1", false), ("1111NNNNNNNNNNNN111", true),
    ])
    func afterAGoodWeekALittleMoreIsOffered(days: String, offered: Bool) {
        #expect(Mornings(days).question() == (offered ? more : nil))
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

    @Test func afterAPauseOfWeeksOneStepDownIsOffered() {
        var mornings = Mornings("111 NNNNNNNNNNNNNNNNNNNN 1")
        #expect(mornings.question() == nil)
        mornings.level(1, daysAgo: 22)
        #expect(mornings.question() == "You were away for 3 weeks. Bridge: one repeat less from tomorrow?")
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
    private func text(_ pains: [Int?], gap: Int = 0) -> String? {
        var daily = DailyRecords()
        for (index, pain) in pains.enumerated() {
            // The gap is before today.
            let ago = index == pains.count - 1 ? 0 : pains.count - 1 - index + gap
            daily.answer(.done, DailyRecords.today - ago)
            daily.records[daily.records.count - 1].painBefore = pain
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

    /// 5 times 5 s, then 6 times, then 10 s.
    fileprivate static var bridge: Stretch {
        var stretch = Stretch(id: "bridge")
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
