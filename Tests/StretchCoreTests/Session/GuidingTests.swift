import StretchCore
import TestSupport
import Testing

/// A guide by notifications: from Start to the verdict (design 6.15).
struct GuidingTests {
    private let occurrence = OccurrenceID.morning("2026-11-23T07:30")

    /// Two stretches: 10 + (20 + 15 + 10 + 15) + (20 + 10) = 100 s.
    private static let steps: [Step] = {
        var hip = Stretch(id: "hip")
        hip.title = "Hip"
        hip.movement = "Lean forward."
        hip.dose.sides = .both
        var bridge = Stretch(id: "bridge")
        bridge.title = "Bridge"
        bridge.movement = "Lift."
        bridge.dose.hold = .seconds(10)
        return [Step(hip), Step(bridge)]
    }()

    private func configuration(_ change: (inout Configuration) -> Void = { _ in }) -> Configuration {
        var routine = Routine.daily("morning", "07:30")
        routine.steps = Self.steps
        var configuration = Configuration(routines: [routine])
        change(&configuration)
        return configuration
    }

    /// Somebody who knows the warning signs, at 07:31 with the prompt on the screen; a server without bars.
    private func prompted(
        _ configuration: Configuration? = nil, journal: [Record] = [], drawsProgress: Bool = false
    ) -> Simulation {
        let earlier = Record.made(
            .started(until: Zone.berlin.instant("2026-11-20 07:40")), .morning("2026-11-20T07:30"),
            at: "2026-11-20 07:31", in: .berlin)
        var day = Simulation(
            configuration ?? self.configuration(), from: "2026-11-23 07:00", zone: .berlin,
            journal: [.longAgo, earlier] + journal)
        day.happen(.server(present: true, drawsProgress: drawsProgress))
        day.run(until: "07:31")
        return day
    }

    private func started(_ configuration: Configuration? = nil, drawsProgress: Bool = false) -> Simulation {
        var day = prompted(configuration, drawsProgress: drawsProgress)
        day.press(.start)
        return day
    }

    private func kinds(_ day: Simulation) -> [String] { day.journal.dropFirst(2).map(\.type) }

    // MARK: The way through

    @Test func thePromptOffersStartFirstAndShowsThePicture() {
        let prompt = prompted().screen[.occurrence(occurrence)]
        #expect(prompt?.buttons.map(\.action) == [.start, .done, .snooze, .skip])
        #expect(prompt?.picture == "hip")
    }

    @Test func whatOnlyAsksHasNoStart() {
        var day = Simulation(.morningRoutine, from: "2026-11-23 07:00", zone: .berlin, journal: [.longAgo])
        day.run(until: "07:31")
        #expect(day.screen[.occurrence(occurrence)]?.buttons.map(\.action) == [.done, .snooze, .skip])
    }

    @Test func startReplacesThePromptByTheStepsAndEndsWithTheStreak() throws {
        var day = started()
        #expect(day.screen.keys.map(\.diaryName) == ["guide"])
        #expect(day.screen[.guide]?.buttons.map(\.action) == [.pause, .next, .stop])
        var titles: [String] = []
        while let wake = day.wake, wake < Zone.berlin.instant("2026-11-23 07:33:00") {
            titles.append(day.screen[.guide]?.title ?? "none")
            day.run(until: wake)
        }
        titles.append(day.screen[.guide]?.title ?? "none")
        #expect(
            titles == [
                "morning", "1 of 2 · Hip", "1 of 2 · left side", "1 of 2 · change sides", "1 of 2 · right side",
                "2 of 2 · Bridge", "2 of 2 · hold", "Done · day 1",
            ])
        #expect(kinds(day) == ["prompted", "started", "done"])
        let done = try #require(day.journal.last)
        #expect(done.via == .guide && done.occurrence == occurrence && done.day == Day("2026-11-23"))
        #expect(done.ts.instant == Zone.berlin.instant("2026-11-23 07:32:40"))
        #expect(day.screen[.guide]?.buttons.isEmpty == true && day.screen[.guide]?.urgency == .low)
        day.run(until: "2026-11-24 07:00")
        #expect(day.withdrawn == [])
        #expect(day.outlook.due.isEmpty)
    }

    @Test func theStartedRecordHoldsForItsLengthAndFiveMinutes() throws {
        let record = try #require(started().journal.last)
        #expect(record.kind == .started(until: Zone.berlin.instant("2026-11-23 07:31") + .seconds(100 + 300)))
        #expect(record.via == .notification && record.subject == .occurrence(occurrence))
    }

    @Test func theScreenMayNotLockBetweenStartAndEnd() {
        var day = started()
        #expect(day.isIdleInhibited)
        day.run(until: "07:40")
        #expect(!day.isIdleInhibited)
        var stopped = started()
        stopped.press(.stop)
        #expect(!stopped.isIdleInhibited)
    }

    @Test func aServerWithBarsIsToldEverySecondAndAnotherOnlyWhatChanges() {
        var plain = started()
        plain.run(until: "07:33")
        #expect(plain.shown.count { $0.hasSuffix("guide") } == 8)
        #expect(plain.screen[.guide]?.progress == nil)
        var bars = started(drawsProgress: true)
        bars.run(until: "07:31:33")
        #expect(bars.screen[.guide]?.progress == 0.2)
        #expect(bars.screen[.guide]?.body == "Lean forward.\n12 s")
        bars.run(until: "07:33")
        #expect(bars.shown.count { $0.hasSuffix("guide") } == 101)
    }

    @Test func onlyChangesAreHeard() {
        var day = started(drawsProgress: true)
        var sounds: [String] = []
        while let wake = day.wake, wake < Zone.berlin.instant("2026-11-23 07:33:00") {
            day.run(until: wake)
            for case .show(let prompt) in day.effects where !prompt.sound.isEmpty { sounds.append(prompt.sound) }
        }
        #expect(
            sounds == [Cue.holdBegins, .sidesChange, .holdBegins, .holdEnds, .holdBegins, .finished].map(\.soundName))
        let silent = configuration { $0.guide.sound = false }
        var quiet = started(silent)
        quiet.run(until: "07:31:31")
        #expect(quiet.screen[.guide]?.sound == "" && quiet.screen[.guide]?.speech == nil)
    }

    @Test func speechSaysWhatIsNewAndNothingTwice() {
        var day = started(configuration { $0.guide.speech = true }, drawsProgress: true)
        day.run(until: "07:31:30")
        #expect(day.screen[.guide]?.speech == "1 of 2 · left side. Lean forward.")
        day.run(until: "07:31:31")
        #expect(day.screen[.guide]?.speech == nil)
    }

    // MARK: Its buttons

    @Test func pauseAndGoOnLoseNoTime() {
        var day = started()
        day.run(until: "07:31:35")
        day.press(.pause)
        #expect(day.screen[.guide]?.buttons.map(\.action) == [.resume, .next, .stop])
        #expect(day.screen[.guide]?.body == "Lean forward.\n10 s")
        day.run(until: "07:33:35")
        day.press(.resume)
        day.run(until: "07:33:44")
        #expect(day.screen[.guide]?.title == "1 of 2 · left side")
        day.run(until: "07:33:45")
        #expect(day.screen[.guide]?.title == "1 of 2 · change sides")
    }

    @Test func whoStopsHalfwayIsAskedAndDoneCounts() {
        var day = started()
        day.run(until: "07:31:40")
        day.press(.stop)
        #expect(day.screen[.guide]?.buttons.map(\.action) == [.done, .later, .resume])
        #expect(kinds(day) == ["prompted", "started"])
        day.press(.done)
        #expect(kinds(day) == ["prompted", "started", "done"])
        #expect(day.screen[.guide]?.title == "Done · day 1")
    }

    @Test func laterIsASnoozeAndItIsAskedAgain() throws {
        var day = started()
        day.run(until: "07:31:40")
        day.press(.stop)
        day.press(.later)
        #expect(kinds(day) == ["prompted", "started", "undo", "snooze"])
        #expect(day.screen.isEmpty)
        day.run(until: "07:42")
        #expect(day.screen[.occurrence(occurrence)]?.buttons.first?.action == .start)
    }

    @Test func aQuestionNobodyAnswersEndsWithTheHoldAndItIsDueAgain() {
        var day = started()
        day.run(until: "07:31:40")
        day.press(.stop)
        day.run(until: "07:37:39")
        #expect(day.screen.keys.map(\.diaryName) == ["guide"])
        day.run(until: "08:00")
        #expect(day.screen.keys.map(\.diaryName) == ["\(occurrence)"])
        #expect(day.session.ledger.verdict(of: occurrence) == nil)
        #expect(!day.isIdleInhibited)
    }

    @Test func whoGoesOnAfterALongPauseIsNotAskedMeanwhile() {
        var day = started()
        day.run(until: "07:31:35")
        day.press(.pause)
        day.run(until: "07:37:30")
        day.press(.resume)
        day.run(until: "07:38:34")
        #expect(day.screen.keys.map(\.diaryName) == ["guide"])
        day.run(until: "07:38:35")
        #expect(kinds(day) == ["prompted", "started", "started", "done"])
    }

    @Test func aClosedNotificationIsNoAnswerAndComesBackWithTheNextPhase() {
        var day = started(drawsProgress: true)
        day.run(until: "07:31:35")
        day.close()
        day.run(until: "07:31:44")
        #expect(day.screen.isEmpty)
        day.run(until: "07:31:45")
        #expect(day.screen[.guide]?.title == "1 of 2 · change sides")
    }

    // MARK: The world

    @Test func aLockedScreenPausesItAndShowsNothing() {
        var day = started()
        day.run(until: "07:31:35")
        day.happen(.presence(.away(.locked)))
        let count = day.shown.count
        day.run(until: "07:33")
        #expect(day.shown.count == count)
        day.happen(.presence(.present))
        #expect(day.screen[.guide]?.title == "Paused · 1 of 2 · left side")
        day.press(.resume)
        day.run(until: "07:33:09")
        #expect(day.screen[.guide]?.title == "1 of 2 · left side")
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
        #expect(day.screen[.guide]?.title == "Paused · 1 of 2 · left side")
        #expect(day.screen[.guide]?.body == "Lean forward.\n10 s")
    }

    @Test(arguments: [Duration.hours(5), .minutes(-3), .hours(-5)])
    func aClockThatIsSetMovesNoPhase(step: Duration) {
        var day = started()
        day.run(until: "07:31:35")
        day.step(by: step)
        let begin = day.now
        #expect(day.screen[.guide]?.title == "1 of 2 · left side")
        day.run(until: begin + .seconds(9))
        #expect(day.screen[.guide]?.title == "1 of 2 · left side")
        day.run(until: begin + .seconds(10))
        #expect(day.screen[.guide]?.title == "1 of 2 · change sides")
        day.run(until: begin + .seconds(100))
        #expect(day.session.ledger.verdict(of: occurrence)?.verdict == .done)
        #expect(!day.screen.keys.contains(.occurrence(occurrence)))
    }

    @Test func theWindowDoesNotCloseUnderAGuide() {
        let short = configuration { $0.routines[0].window = .minutes(2) }
        var day = started(short)
        day.run(until: "07:32:10")
        #expect(day.screen.keys.map(\.diaryName) == ["guide"])
        #expect(day.outlook.due.map(\.reason) == ["a guide is running"])
        day.run(until: "07:33")
        #expect(kinds(day) == ["prompted", "started", "done"])
    }

    @Test func theNextOneOfTheRoutineWaitsForTheGuide() {
        let often = configuration { $0.routines = [.daily("morning", "*-*-* *:30,32:00")] + $0.routines }
        var configuration = often
        configuration.routines = [configuration.routines[0]]
        configuration.routines[0].steps = Self.steps
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
        #expect(day.screen.isEmpty && day.outlook.due.map(\.reason) == ["a guide is running"])
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
        #expect(day.outlook.due.first?.reason != "a guide is running")
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
            configuration(), from: "2026-11-23 07:32", zone: .berlin, journal: before.journal, adopting: left,
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
        #expect(day.screen[.guide]?.title == "1 of 2 · left side")
    }

    // MARK: Warnings and pain

    @Test func theWarningSignsComeBeforeTheFirstGuideOnly() {
        var day = Simulation(configuration(), from: "2026-11-23 07:00", zone: .berlin, journal: [.longAgo])
        day.run(until: "07:31")
        day.press(.start)
        #expect(day.screen[.guide]?.body == Safety.warning)
        day.run(until: "07:33")
        day.press(.next)
        #expect(day.screen[.guide]?.title == "morning")
        day.run(until: "2026-11-24 07:31")
        day.press(.start)
        #expect(day.screen[.guide]?.title == "morning")
    }

    @Test func thePainIsAskedOnlyWhereThatIsWished() throws {
        var day = started(configuration { $0.guide.pain = .always })
        #expect(day.screen[.guide]?.buttons.map(\.action) == [.answer, .more, .less, .next])
        for _ in 0..<3 { day.press(.more) }
        #expect(day.screen[.guide]?.body.hasSuffix("3 of 10") == true)
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
        #expect(day.screen[.guide]?.body.contains(Guide.advice) == true)
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

    @Test func theDayOfAGuideIsPendingAfterItsWindow() {
        var day = started()
        let history = History(
            of: day.session.timetable.configuration.routines[0], by: day.session.ledger, in: day.session.timetable,
            at: day.now)
        #expect(history.states(ofLast: 1).first?.state == .pending)
        day.press(.stop)
        #expect(day.session.ledger.guideHolds(at: day.now).isEmpty)
    }
}
