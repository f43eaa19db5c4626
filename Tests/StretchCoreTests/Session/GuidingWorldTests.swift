import StretchBase
import StretchCore
import TestSupport
import Testing

/// A guide by notifications among all else that happens.
struct GuidingWorldTests: GuidedMorning {
    // MARK: The world

    @Test func aLockedScreenPausesItAndShowsNothing() {
        var day = started()
        day.run(until: "07:31:35")
        day.happen(.presence(.away(.locked)))
        let count = day.shown.count
        day.run(until: "07:33")
        #expect(day.shown.count == count)
        day.happen(.presence(.present))
        #expect(day.screen[.guide]?.title == "Paused · left side · 1 of 2 · 10 s left")
        day.press(.resume)
        day.run(until: "07:33:09")
        #expect(day.screen[.guide]?.title == "left side · 1 of 2 · hold 15 s")
    }

    @Test func whoLiesOnTheFloorIsIdleAndLedOn() {
        var day = started()
        day.happen(.presence(.away(.idle)))
        day.run(until: "07:33")
        #expect(kinds(day).last == "done")
    }

    @Test func sleepPausesIt() {
        var day = started()
        day.run(until: "07:31:35")
        day.happen(.timer)
        day.suspend(until: "07:33:00")
        #expect(day.screen[.guide]?.title == "Paused · left side · 1 of 2 · 10 s left")
    }

    @Test(arguments: [Duration.hours(5), .minutes(-3), .hours(-5)])
    func aClockThatIsSetMovesNoPhase(step: Duration) {
        var day = started()
        day.run(until: "07:31:35")
        day.step(by: step)
        let begin = day.now
        #expect(day.screen[.guide]?.title == "left side · 1 of 2 · hold 15 s")
        day.run(until: begin + .seconds(9))
        #expect(day.screen[.guide]?.title == "left side · 1 of 2 · hold 15 s")
        day.run(until: begin + .seconds(10))
        #expect(day.screen[.guide]?.title == "change sides · 1 of 2 · for 10 s")
        day.run(until: begin + .seconds(100))
        #expect(day.session.ledger.verdict(of: occurrence)?.verdict == .done)
        #expect(!day.screen.keys.contains(.occurrence(occurrence)))
    }

    @Test func theWindowDoesNotCloseUnderAGuide() {
        let short = configuration { $0.routines[0].window = .minutes(2) }
        var day = started(short)
        day.run(until: "07:32:10")
        #expect(day.screen.keys.map(\.diaryName) == ["guide"])
        #expect(day.reasons == ["a guide is running"])
        day.run(until: "07:33")
        #expect(kinds(day) == ["prompted", "started", "done"])
    }

    @Test func theNextOneOfTheRoutineWaitsForTheGuide() {
        let often = configuration { $0.routines = [.daily("morning", "*-*-* *:30,32:00")] + $0.routines }
        var configuration = often
        configuration.routines = [configuration.routines[0]]
        configuration.routines[0].steps = steps
        var day = started(configuration)
        day.run(until: "07:32:30")
        #expect(day.screen.keys.map(\.diaryName) == ["guide"])
        day.run(until: "07:34:30")
        #expect(day.screen.keys.contains(.occurrence(.morning("2026-11-23T07:32"))))
    }

    @Test func nothingElseIsAskedMeanwhile() {
        let two = configuration { $0.routines.append(.daily("desk", "07:32")) }
        var day = started(two)
        day.run(until: "07:32:30")
        #expect(day.screen.keys.map(\.diaryName) == ["guide"])
        day.run(until: "07:34")
        #expect(day.screen.keys.map(\.diaryName).contains("desk@2026-11-23T07:32"))
    }

    @Test func aVerdictFromElsewhereEndsIt() {
        var day = started()
        day.run(until: "07:31:35")
        day.read(.made(.done, occurrence, at: "2026-11-23 07:31", in: .berlin))
        #expect(day.screen.isEmpty && !day.isIdleInhibited)
        day.run(until: "07:34")
        #expect(day.screen.isEmpty)
        #expect(kinds(day) == ["prompted", "started", "done", "undo"])
    }

    @Test func aGuideInTheTerminalHidesThePromptAndTakesThisOneOver() {
        let until = Zone.berlin.instant("2026-11-23 07:45")
        var day = prompted()
        day.read(.made(.started(until: until), occurrence, at: "2026-11-23 07:31", in: .berlin))
        #expect(day.screen.isEmpty)
        day.run(until: "07:44")
        #expect(day.screen.isEmpty && day.reasons == ["a guide is running"])
        day.run(until: "07:46")
        #expect(day.screen.keys.map(\.diaryName) == ["\(occurrence)"])

        var taken = started()
        taken.run(until: "07:32")
        taken.read(.made(.started(until: until), occurrence, at: "2026-11-23 07:32", in: .berlin))
        #expect(taken.screen.isEmpty && !taken.isIdleInhibited)
        #expect(taken.journal.last?.type == "undo")
        taken.run(until: "07:44")
        #expect(taken.screen.isEmpty)
    }

    @Test func aGuideTakenBackElsewhereMakesItDueAtOnce() throws {
        var day = prompted()
        let until = Zone.berlin.instant("2026-11-23 07:45")
        let begun = Record.made(.started(until: until), occurrence, at: "2026-11-23 07:31", in: .berlin)
        day.read(begun)
        day.read(.made(.undo([begun.id]), occurrence, at: "2026-11-23 07:32", in: .berlin))
        #expect(day.reasons.first != "a guide is running")
        day.run(until: "07:46")
        #expect(day.screen.keys.map(\.diaryName) == ["\(occurrence)"])
    }

    @Test func theEndOfTheDaemonTakesItBack() {
        var day = started()
        day.happen(.stop)
        #expect(kinds(day) == ["prompted", "started", "undo"])
        #expect(day.screen.isEmpty)
    }

    @Test func whatAKilledDaemonLeftIsTakenDownAndDueAgain() {
        let before = started()
        let left = before.screen[.guide].map { [$0] } ?? []
        var day = Simulation(
            configuration(), from: "2026-11-23 07:32", zone: .berlin, journal: before.journal,
            adopting: left,
            abandoning: before.outlook.guide)
        #expect(day.screen.isEmpty)
        day.run(until: "07:34")
        #expect(day.screen.keys.map(\.diaryName) == ["\(occurrence)"])
    }

    @Test func aServerThatRestartsShowsTheStepAgain() {
        var day = started()
        day.run(until: "07:31:35")
        day.serverDies()
        day.serverAppears()
        #expect(day.screen[.guide]?.title == "left side · 1 of 2 · hold 15 s")
    }

    // MARK: Warnings and pain

    @Test func theWarningSignsComeBeforeTheFirstGuideOnly() {
        var day = Simulation(
            configuration(), from: "2026-11-23 07:00", zone: .berlin, journal: [.longAgo])
        day.run(until: "07:31")
        day.press(.start)
        #expect(day.screen[.guide]?.body == Safety.warning)
        day.run(until: "07:33")
        day.press(.next)
        #expect(day.screen[.guide]?.title == "morning")
        #expect(day.screen[.guide]?.body.contains("Down: hold a steady chair") == true)
        #expect(day.screen[.guide]?.buttons.map(\.label) == ["Go on", "Stop"])
        for _ in 0..<20 { day.press(.next) }
        day.run(until: "2026-11-24 07:31")
        day.press(.start, on: .occurrence(.morning("2026-11-24T07:30")))
        #expect(day.screen[.guide]?.title == "morning · 10 s to get ready")
    }

    /// They are there until a guide ended done: a first one that was broken off does not count.
    @Test func theWarningSignsComeAgainIfTheFirstGuideWasStopped() {
        var day = Simulation(configuration(), from: "2026-11-23 07:00", zone: .berlin, journal: [.longAgo])
        day.run(until: "07:31")
        day.press(.start)
        day.press(.stop)
        day.run(until: "07:45")
        day.press(.start)
        #expect(day.screen[.guide]?.title == "Before you begin")
    }

    /// Another machine, or a terminal, leads through another routine at the same time.
    @Test func theSecondOfTwoGuidesThatBeginTogetherShowsTheSigns() throws {
        let other = Record.made(
            .started(until: Zone.berlin.instant("2026-11-23 07:45")),
            try #require(OccurrenceID("desk@2026-11-23T07:30")), at: "2026-11-23 07:30:30", in: .berlin)
        var day = Simulation(
            configuration(), from: "2026-11-23 07:00", zone: .berlin, journal: [.longAgo, other])
        day.run(until: "07:31")
        day.press(.start)
        #expect(day.screen[.guide]?.title == "Before you begin")
    }

    @Test func thePainIsAskedOnlyWhereThatIsWished() throws {
        var day = started(configuration { $0.guide.pain = .always })
        #expect(day.screen[.guide]?.buttons.map(\.action) == [.answer, .more, .less, .next])
        for _ in 0..<3 { day.press(.more) }
        #expect(day.screen[.guide]?.body.hasPrefix("3 of 10\n") == true)
        day.press(.answer)
        day.run(until: "07:34")
        #expect(kinds(day) == ["prompted", "started", "done"])
        #expect(day.journal.last?.painBefore == 3)
        for _ in 0..<3 { day.press(.more) }
        day.press(.less)
        for _ in 0..<3 { day.press(.more) }
        day.press(.answer)
        #expect(kinds(day) == ["prompted", "started", "done", "done"])
        #expect(day.journal.last?.pain == 8)
        let last = try #require(day.screen[.guide])
        #expect(last.body.contains("hurts more than before") && last.body.hasSuffix(Safety.warning))
        #expect(!last.isPassing, "the warning signs stay until they are read")
    }

    @Test func theNextMorningComparesWithThePainBefore() {
        var yesterday = Record.made(.done, .morning("2026-11-22T07:30"), at: "2026-11-22 07:40", in: .berlin)
        yesterday.painBefore = 2
        for (pain, title) in [(3, "morning"), (4, "It hurts more than yesterday"), (7, "That is a lot of pain")] {
            var day = prompted(configuration { $0.guide.pain = .always }, journal: [yesterday])
            day.press(.start)
            for _ in 0..<pain { day.press(.more) }
            day.press(.answer)
            #expect(day.screen[.guide]?.title.hasPrefix(title) == true)
            if pain == 4 {
                #expect(day.screen[.guide]?.body.hasPrefix("It was 2 then, and is 4 now. Take ") == true)
                #expect(day.screen[.guide]?.buttons.map(\.action) == [.gentle, .rest, .next])
            }
            #expect(day.screen[.guide]?.body.contains("urgent care") == (pain == 7))
        }
    }

    // MARK: What to take care of

    /// A hip stretch with a fault and a caution, which the person does not know.
    private func careful() -> Configuration {
        configuration { configuration in
            var hip = steps[0].stretch
            hip.position = .standing
            hip.faults = ["The back arches."]
            hip.cautions = ["Tuck first."]
            configuration.routines[0].steps = [Step(hip), steps[1]]
        }
    }

    @Test func aNewStretchIsIntroducedOnceAndWaitsUntilThePersonIsThere() {
        var day = Simulation(
            careful(), from: "2026-11-23 07:00", zone: .berlin, journal: [.longAgo, .known("bridge")])
        day.run(until: "07:31")
        day.press(.start)
        day.run(until: "07:35")
        #expect(day.screen[.guide]?.title == "Hip: take care · 1 of 2")
        #expect(day.screen[.guide]?.body == "Often done wrong:\n- The back arches.\nTake care:\n- Tuck first.")
        #expect(day.screen[.guide]?.buttons.map(\.label) == ["Go on", "Stop"])
        day.press(.next)
        #expect(day.screen[.guide]?.title == "Hip · 1 of 2")
        #expect(day.screen[.guide]?.buttons.map(\.label) == ["In position", "Info", "Stop"])
        day.run(until: "07:39")
        #expect(day.screen[.guide]?.title == "Hip · 1 of 2")
        day.press(.next)
        #expect(day.screen[.guide]?.title == "left side · 1 of 2 · hold 15 s")
        day.run(until: "07:42")
        #expect(day.journal.suffix(2).map(\.type) == ["done", "known"])
        #expect(day.journal.last?.kind == .known(stretch: "hip") && day.journal.last?.via == .guide)
        day.run(until: "2026-11-24 07:31")
        day.press(.start, on: .occurrence(.morning("2026-11-24T07:30")))
        day.run(until: "2026-11-24 07:31:10")
        #expect(day.screen[.guide]?.title == "Hip · 1 of 2 · 20 s to get ready")
    }

    /// The time that it waits for the person is not the time of the guide.
    @Test func itWaitsTheFullTimeAtANewStretchHoweverLateThatComes() {
        var day = Simulation(
            careful(), from: "2026-11-23 07:00", zone: .berlin, journal: [.longAgo, .known("bridge")])
        day.run(until: "07:31")
        day.press(.start)
        day.run(until: "07:31:05")
        day.press(.pause)
        day.run(until: "07:35:50")
        day.press(.resume)
        day.run(until: "07:40:30")
        #expect(day.screen[.guide]?.title == "Hip: take care · 1 of 2")
        day.run(until: "07:44")
        #expect(day.screen.keys.map(\.diaryName) == ["\(occurrence)"], "nobody came back")
    }

    @Test func whatWasNotReachedIsNotKnown() {
        var day = Simulation(
            careful(), from: "2026-11-23 07:00", zone: .berlin, journal: [.longAgo])
        day.run(until: "07:31")
        day.press(.start)
        for action in [Prompt.Action.next, .next, .next, .next, .stop, .done] { day.press(action) }
        #expect(day.journal.suffix(2).map(\.type) == ["done", "known"])
        #expect(day.session.ledger.knownStretches == ["hip"])
    }

    @Test func infoStopsTheTimeAndComesBackWherePersonAndTimeWere() {
        var day = started(careful())
        day.run(until: "07:31:35")
        day.press(.info)
        #expect(day.screen[.guide]?.title == "Hip: take care · 1 of 2")
        #expect(day.screen[.guide]?.buttons.map(\.label) == ["In position", "Stop"])
        #expect(day.screen[.guide]?.click == .again, "a stray click reads nothing")
        day.run(until: "07:33")
        day.press(.resume)
        day.run(until: "07:33:09")
        #expect(day.screen[.guide]?.title == "left side · 1 of 2 · hold 15 s")
        day.run(until: "07:33:10")
        #expect(day.screen[.guide]?.title == "change sides · 1 of 2 · for 10 s")
    }

    @Test func aRestDayIsASkip() {
        var day = started(configuration { $0.guide.pain = .always })
        for _ in 0..<8 { day.press(.more) }
        day.press(.answer)
        #expect(day.screen[.guide]?.buttons.map(\.action) == [.gentle, .rest, .next])
        day.press(.rest)
        #expect(kinds(day) == ["prompted", "started", "undo", "skip"])
        #expect(day.screen.isEmpty && day.outlook.due.isEmpty)
    }

    // MARK: Outside the schedule

    @Test func anExtraOneCanBeGuidedToo() {
        var day = prompted()
        day.press(.done)
        day.happen(.askNow)
        let bonus = Prompt.Subject.bonus(routine: "morning")
        #expect(day.screen[bonus]?.buttons.map(\.action) == [.start, .done])
        day.press(.start, on: bonus)
        day.run(until: "07:35")
        #expect(day.journal.last?.type == "done" && day.journal.last?.subject == .routine("morning"))
    }

    /// A day begins at 04:00; and a clock that was ten hours slow is put right.
    @Test(arguments: [
        ("2026-11-24 03:59:30", Duration.zero, "2026-11-24"), ("2026-11-23 22:00", .hours(10), "2026-11-24"),
    ])
    func anExtraOneCountsForTheDayOnWhichItIsDone(begin: String, step: Duration, day counted: String) {
        var day = prompted()
        day.press(.done)
        day.run(until: begin)
        day.happen(.askNow)
        day.press(.start, on: .bonus(routine: "morning"))
        if step != .zero { day.step(by: step) }
        day.run(until: day.now + .minutes(4))
        let bonus = day.session.ledger.otherRecords.filter { $0.verdict == .done }
        #expect(bonus.map { "\($0.day ?? Day(ordinal: 0))" } == [counted])
    }

    @Test func anExtraOneWithPainCountsOnce() {
        var day = prompted(configuration { $0.guide.pain = .always })
        day.press(.done)
        day.happen(.askNow)
        day.press(.start, on: .bonus(routine: "morning"))
        day.press(.next)
        day.run(until: "07:35")
        day.press(.more)
        day.press(.answer)
        #expect(day.journal.filter { $0.type == "done" }.last?.pain == 1)
        let bonus = day.session.ledger.otherRecords.filter { $0.verdict == .done }
        #expect(bonus.map(\.pain) == [1])
    }

    @Test func theDayOfAGuideIsPendingAfterItsWindow() {
        var day = started()
        let history = History(of: day.session.timetable.configuration.routines[0], in: day.session.diary, at: day.now)
        #expect(history.states(ofLast: 1).first?.state == .pending)
        day.press(.stop)
        #expect(day.session.diary.guideHolds(at: day.now).isEmpty)
    }
}
