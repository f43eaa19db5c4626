import StretchBase
import StretchCore
import TestSupport
import Testing

/// The clock is set, in every state a prompt can be in (docs/rules.md, *Time*).
struct ClockStepTests {
    private let occurrence = OccurrenceID.morning("2026-11-23T07:30")

    private func morning(_ configuration: Configuration = .morningRoutine) -> Simulation {
        Simulation(configuration, from: "2026-11-23 06:00", zone: .berlin, journal: [.longAgo])
    }

    /// What was going on when the clock was set, at 07:40.
    enum Scene: CaseIterable, Sendable {
        case shown, dismissed, snoozed, paused, resting, unwritten, early, refused, hanging, locked
    }

    private func day(in scene: Scene) -> Simulation {
        var day = morning(
            Configuration.morningRoutine.with { if scene == .resting { $0.prompt.reminders = 0 } })
        if scene == .refused { day.obstacle = .refused("too many") }
        if scene == .hanging { day.obstacle = .noAnswer }
        if scene == .early {
            day.run(until: "07:00")
            day.happen(.askNow)
        }
        day.run(until: "07:31")
        switch scene {
        case .dismissed, .resting: day.close()
        case .snoozed: day.press(.snooze)
        case .paused: day.read(.loose(.pause(from: day.now, until: day.now + .hours(2)), at: "2026-11-23 07:31"))
        case .unwritten:
            day.writeTrouble = .failed("No space left on device")
            day.press(.snooze)
        case .locked: day.happen(.presence(.away(.locked)))
        case .shown, .early, .refused, .hanging: break
        }
        day.run(until: "07:40")
        day.obstacle = nil
        day.writeTrouble = nil
        if scene == .locked { day.happen(.presence(.present)) }
        return day
    }

    static let steps: [Duration] = [
        .seconds(1), .seconds(45), .minutes(10), .minutes(61), .hours(25), .days(40),
    ].flatMap { [$0, .zero - $0] }

    /// It is asked for anew at its real time after a step back before it, and otherwise as if nothing had happened; there
    /// is one prompt on the screen at most, and the timer stands in the future.
    @Test(arguments: Scene.allCases, steps)
    func aStepAsksForNothingTwiceAndSkipsNothing(scene: Scene, step: Duration) {
        var day = day(in: scene)
        let before = day.shown.count
        day.step(by: step)
        #expect(day.wake.map { $0 > day.now } ?? false)
        #expect(day.shown.count <= before + 1)
        let set = day.now
        day.run(until: set + .seconds(59))
        #expect(day.shown.count <= before + 1, "\(day.shown)")

        // What was put off comes at its wall time, maybe long after the opening.
        if [.snoozed, .unwritten, .paused].contains(scene) { return }
        let next = Timetable(.morningRoutine, zone: .berlin).next(.daily("morning", "07:30"), after: day.now)
        guard let next else { return }
        day.run(until: next.opens - .seconds(1))
        let count = day.shown.count
        day.run(until: next.opens + .minutes(14))
        #expect(day.shown.count == count + 1, "\(next.id): \(day.shown)")
        #expect(Array(day.screen.keys) == [.occurrence(next.id)])
    }

    @Test(arguments: steps)
    func stepsBackAndForthLeaveEverythingAsItWas(step: Duration) {
        var day = day(in: .shown)
        day.step(by: step)
        day.step(by: .zero - step)
        day.run(until: "07:44")
        #expect(day.screen.count == 1)
        // A step of more than a minute takes it from the screen, or raises it once more.
        #expect(day.shown.count <= 3, "\(day.shown)")
    }

    // MARK: A clock that was ahead

    @Test func aPromptThatCameDaysTooEarlyComesAgainAtItsRealTime() {
        var day = morning()
        day.step(by: .days(3))
        for _ in 0..<3 { day.run(until: day.now + .days(1)) }
        #expect(day.shown.contains("07:30 morning@2026-11-27T07:30"))
        day.setClock(to: "2026-11-23 07:00")
        let before = day.shown.count
        // The times at which a wrong clock recorded its prompts come again.
        day.run(until: "2026-11-28 07:29")
        let asked = day.shown.dropFirst(before).filter { $0.hasPrefix("07:30") }
        #expect(asked == (23...27).map { "07:30 morning@2026-11-\($0)T07:30" })
    }

    @Test func aRestartAfterTheClockWasPutRightAsksAtTheRealTime() {
        var before = morning()
        before.step(by: .days(2))
        before.run(until: "2026-11-25 09:00")
        var day = Simulation(
            .morningRoutine, from: "2026-11-24 06:00", zone: .berlin, journal: before.journal, seed: 2)
        day.run(until: "2026-11-25 07:31")
        #expect(day.shown.filter { $0.hasPrefix("07:30") }.count == 2)
    }

    @Test func aPromptOfAnotherMachineWhoseClockIsAheadIsNoPrompt() {
        var day = morning()
        let prompt = Record.Kind.prompted(closes: nil, reminder: false)
        day.read(.made(prompt, occurrence, at: "2026-11-23 07:30:20", in: .berlin))
        day.run(until: "07:31")
        #expect(day.shown == ["07:30 \(occurrence)"])
    }

    @Test func aPromptThatIsLessThanAMinuteEarlyStaysHoweverOftenTheClockIsCorrected() {
        var day = morning()
        day.run(until: "07:30")
        for second in [50, 40, 30, 20] { day.setClock(to: "07:29:\(second)") }
        #expect(day.withdrawn == [])
        day.run(until: "07:40")
        #expect(day.shown.count == 1)
    }

    @Test func aSmallStepBackOverTheEndOfTheWindowAsksForNothing() {
        var day = morning()
        day.run(until: "11:30")
        for second in [40, 30, 20, 10] {
            day.setClock(to: "11:29:\(second)")
            day.run(until: "11:30:05")
        }
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "07:45", "08:00", "08:15"])
    }

    @Test func aSnoozeOfAClockThatWasAheadDelaysNothing() {
        var day = morning()
        day.setClock(to: "2026-11-30 07:00")
        day.run(until: "08:05")
        day.press(.snooze)
        day.setClock(to: "2026-11-23 08:06")
        day.run(until: "2026-11-30 07:31")
        #expect(day.shown.last == "07:30 morning@2026-11-30T07:30")
        for _ in 0..<3 {
            let prompt = day.screen.values.first
            #expect(prompt?.buttons.contains { $0.action == .snooze } == true, "none of them is used up")
            day.press(.snooze)
            day.run(until: day.now + .minutes(11))
        }
    }

    @Test func aSnoozeOfAMachineWhoseClockIsFastHoldsForWhatIsOpen() {
        var day = day(in: .shown)
        let snooze = Record.Kind.snooze(until: Zone.berlin.instant("2026-11-23 07:55"))
        day.read(.made(snooze, occurrence, at: "2026-11-23 07:45", in: .berlin))
        #expect(day.screen.isEmpty)
        day.step(by: .seconds(-2))
        #expect(day.screen.isEmpty)
    }

    // MARK: A clock that is corrected all the time

    @Test func aClockThatIsCorrectedAllTheTimeLetsThePersonArrive() {
        var day = morning()
        day.run(until: "07:29:30")
        day.happen(.presence(.away(.locked)))
        day.happen(.presence(.present))
        for _ in 0..<4 {
            day.run(until: day.now + .seconds(50))
            day.step(by: .milliseconds(-2))
        }
        #expect(day.shown.map { $0.prefix(5) } == ["07:30"])
    }

    // MARK: What was measured with another clock

    /// Late, at 08:01; and then the clock goes back by eleven minutes.
    @Test(arguments: [true, false])
    func aStepBackDoesNotPutTheReminderOff(dismissed: Bool) {
        var day = morning()
        day.happen(.presence(.away(.locked)))
        day.run(until: "08:00")
        day.happen(.presence(.present))
        day.run(until: "08:01")
        if dismissed { day.close() }
        day.setClock(to: "07:50")
        day.run(until: "08:06")
        #expect(day.shown.map { $0.prefix(5) } == ["08:01", "08:05"])
    }

    @Test func aStepBackDoesNotPutTheNextAttemptAtAServerOff() {
        var day = day(in: .shown)
        day.serverDies()
        day.setClock(to: "07:35")
        day.obstacle = nil
        day.run(until: "07:37")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "07:36"])
    }

    @Test func aVerdictHoldsForEver() {
        var day = day(in: .shown)
        day.press(.done)
        for step in Self.steps {
            day.step(by: step)
            day.run(until: day.now + .minutes(3))
        }
        #expect(day.shown.count { $0.hasSuffix("\(occurrence)") } == 1)
    }

    // MARK: Records

    @Test func recordsKeepTheirOrderWhenTheClockGoesBack() {
        var day = day(in: .shown)
        day.run(until: "07:46")
        // The last prompt was recorded later than the answer that follows.
        day.setClock(to: "07:35")
        day.press(.done)
        let written = day.journal.dropFirst()
        #expect(written.map(\.id) == written.map(\.id).sorted())
        #expect(written.map(\.ts.instant) == written.map(\.ts.instant).sorted())
        #expect(day.session.ledger.records(of: occurrence) == written)
    }

    @Test func anAnswerThatCouldNotBeWrittenIsTriedWithinAMinuteAfterAStepBack() {
        var day = day(in: .shown)
        day.writeTrouble = .failed("full")
        day.press(.done)
        day.step(by: .days(-1))
        day.writeTrouble = nil
        day.run(until: day.now + .minutes(1))
        #expect(day.journal.contains { $0.verdict == .done })
    }
}
