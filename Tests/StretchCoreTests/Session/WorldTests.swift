import StretchBase
import StretchCore
import TestSupport
import Testing

/// What the machine does to the session: restarts, clocks, servers, edits, absences (docs/rules.md).
struct WorldTests {
    let occurrence = OccurrenceID.morning("2026-11-23T07:30")

    func prompted(_ configuration: Configuration = .morningRoutine) -> Simulation {
        var day = Simulation(configuration, from: "2026-11-23 06:00", zone: .berlin, journal: [.longAgo])
        day.run(until: "07:31")
        return day
    }

    func restarted(_ day: Simulation, at time: String, killed: Bool = true) -> Simulation {
        Simulation(
            day.session.timetable.configuration, from: time, zone: .berlin, journal: day.journal,
            adopting: killed ? Array(day.screen.values) : [], seed: 2)
    }

    // MARK: Start and stop

    @Test func stopWithdrawsThePrompts() {
        var day = prompted()
        day.happen(.stop)
        #expect(day.screen.isEmpty)
        #expect(day.isFinished)
    }

    @Test func restartInTheMiddleOfAPromptTakesItOverWithoutUsingAReminder() {
        var day = restarted(prompted(), at: "2026-11-23 07:35")
        #expect(day.screen.keys.contains(.occurrence(occurrence)))
        day.run(until: "2026-11-23 11:00")
        #expect(day.shown.map { $0.prefix(5) } == ["07:36", "07:51", "08:06", "08:21"])
        #expect(day.journal.count(where: \.isReminder) == 3)
    }

    @Test func restartWithdrawsWhatWasAnsweredMeanwhile() {
        var before = prompted()
        let leftover = before.screen
        before.press(.done)
        var day = Simulation(
            .morningRoutine, from: "2026-11-23 07:35", zone: .berlin, journal: before.journal,
            adopting: Array(leftover.values))
        #expect(day.withdrawn == ["07:35 \(occurrence)"])
        day.run(until: "2026-11-23 23:00")
        #expect(day.shown == [])
    }

    @Test func restartInTheMiddleOfASnoozeKeepsIt() {
        var before = prompted()
        before.press(.snooze)
        var day = restarted(before, at: "2026-11-23 07:35")
        day.run(until: "2026-11-23 07:42")
        #expect(day.shown == ["07:41 \(occurrence)"])
        #expect(day.outlook.due.map(\.state) == [.prompted])
    }

    /// Not with low urgency, which GNOME Shell shows nowhere.
    @Test func theFirstStartIsAnnouncedWithTheFirstTimeAndWhereToChangeIt() {
        var day = Simulation(.morningRoutine, from: "2026-11-22 20:00", zone: .berlin)
        day.run(until: "20:10")
        #expect(day.shown == ["20:01 welcome"])
        let notice = day.screen[.notice(.welcome)]
        #expect(notice?.urgency == .normal)
        #expect(notice?.title == "Your first stretch: tomorrow at 07:30")
        #expect(notice?.body == "Change that in config.toml (man 5 stretchd). stretchd is running.")
    }

    @Test func theFirstStartWithNothingPlannedSaysSo() {
        var configuration = Configuration.morningRoutine
        configuration.routines = []
        var day = Simulation(configuration, from: "2026-11-22 20:00", zone: .berlin)
        day.run(until: "20:10")
        let notice = day.screen[.notice(.welcome)]
        #expect(notice?.title == "No stretch is planned")
        #expect(notice?.body == "Plan some in config.toml (man 5 stretchd). stretchd is running.")
    }

    @Test func aFirstStartWithSomethingDueNeedsNoAnnouncement() {
        var day = Simulation(.morningRoutine, from: "2026-11-23 08:00", zone: .berlin)
        day.run(until: "2026-11-23 08:10")
        #expect(day.shown == ["08:01 \(occurrence)"])
    }

    // MARK: Notification servers

    @Test func serverGoneAndBackGetsThePromptAgain() {
        var day = prompted()
        day.serverDies()
        day.run(until: "07:31:30")
        #expect(day.outlook.due.map(\.state) == [.waiting])
        #expect(day.reasons == ["no notification server"])
        day.serverAppears()
        #expect(day.shown.count == 2)
        #expect(day.journal.count(where: \.isReminder) == 0)
    }

    @Test func withoutAServerThePromptWaitsForOne() {
        var day = Simulation(
            .morningRoutine, from: "2026-11-23 07:00", zone: .berlin, journal: [.longAgo], obstacle: .noServer)
        day.run(until: "08:00")
        #expect(day.shown == [])
        #expect(!day.journal.contains { if case .prompted = $0.kind { true } else { false } })
        day.serverAppears()
        #expect(day.shown == ["08:00 \(occurrence)"])
    }

    @Test func aServerThatRefusesIsAskedAgainEveryMinute() {
        var day = Simulation(
            .morningRoutine, from: "2026-11-23 07:00", zone: .berlin, journal: [.longAgo],
            obstacle: .refused("too many"))
        day.run(until: "07:30:30")
        #expect(day.reasons == ["the notification server refused: too many"])
        day.obstacle = nil
        day.run(until: "07:32")
        #expect(day.shown == ["07:31 \(occurrence)"])
    }

    @Test func aHangingServerIsNotAskedTwice() {
        var day = Simulation(
            .morningRoutine, from: "2026-11-23 07:00", zone: .berlin, journal: [.longAgo], obstacle: .noAnswer)
        day.run(until: "07:40")
        #expect(day.reasons == ["the notification server does not answer"])
        day.obstacle = nil
        day.run(until: "09:00")
        #expect(day.shown == [])
        day.happen(.shown(.occurrence(occurrence)))
        #expect(day.outlook.due.map(\.state) == [.prompted])
    }

    @Test func aReplacedNotificationReportedAsClosedIsNoDismissal() {
        var day = prompted()
        var session = day.session
        let raised = session.handle(.timer, at: Zone.berlin.instant("2026-11-23 07:45"))
        #expect(raised.contains { if case .show = $0 { true } else { false } })
        _ = session.handle(.closed(.occurrence(occurrence)), at: Zone.berlin.instant("2026-11-23 07:45"))
        let effects = session.handle(.shown(.occurrence(occurrence)), at: Zone.berlin.instant("2026-11-23 07:45"))
        #expect(effects.contains { if case .append = $0 { true } else { false } })
        day.close()
    }

    // MARK: Presence

    @Test func whoIsAwayIsAskedOnceTheyHaveArrived() {
        var day = Simulation(.morningRoutine, from: "2026-11-23 06:00", zone: .berlin, journal: [.longAgo])
        day.happen(.presence(.away(.locked)))
        day.run(until: "08:10")
        #expect(day.shown == [])
        #expect(day.reasons == ["locked since 06:00"])
        day.happen(.presence(.present))
        #expect(day.reasons == ["just back, waits until 08:11"])
        day.run(until: "08:20")
        #expect(day.shown == ["08:11 \(occurrence)"])
    }

    @Test func backFromAwayItIsRaisedOnceMoreWithoutUsingAReminder() {
        var day = prompted()
        day.happen(.presence(.away(.locked)))
        day.run(until: "09:00")
        #expect(day.screen.count == 1)
        day.happen(.presence(.present))
        day.run(until: "2026-11-23 11:00")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "09:01", "09:16", "09:31", "09:46"])
    }

    @Test func awayNothingWakesTheMachineUp() {
        var day = prompted()
        day.happen(.presence(.away(.locked)))
        #expect(day.wake == Zone.berlin.instant("2026-11-23 11:30"))
    }

    // MARK: Clocks and zones

    @Test func aClockTwoHoursAheadIsPutRightAndItIsAskedAtItsRealTime() {
        var day = Simulation(.morningRoutine, from: "2026-11-23 07:20", zone: .berlin, journal: [.longAgo])
        day.run(until: "07:35")
        day.setClock(to: "05:35")
        #expect(day.withdrawn == ["05:35 \(occurrence)"])
        day.run(until: "07:40")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "07:30"])
    }

    @Test func aSmallStepBackLeavesThePromptWhereItIs() {
        var day = Simulation(.morningRoutine, from: "2026-11-23 06:00", zone: .berlin, journal: [.longAgo])
        day.run(until: "07:30")
        day.setClock(to: "07:29:30")
        #expect(day.withdrawn == [])
        day.run(until: "07:40")
        #expect(day.shown.count == 1)
    }

    @Test func aStepBackWithinTheWindowAsksNotAgainAtOnce() {
        var day = prompted()
        day.run(until: "07:40")
        day.setClock(to: "07:30:30")
        day.run(until: "07:44")
        #expect(day.shown.count == 1)
        day.run(until: "07:46")
        #expect(day.shown.count == 2)
    }

    @Test func sleptOverTheTimeIsAskedOnceAfterIt() {
        var day = Simulation(.morningRoutine, from: "2026-11-22 23:00", zone: .berlin, journal: [.longAgo])
        day.happen(.presence(.away(.asleep)))
        day.suspend(until: "2026-11-23 08:00")
        day.happen(.presence(.present))
        day.run(until: "2026-11-23 08:10")
        #expect(day.shown == ["08:01 \(occurrence)"])
    }

    @Test func doneInBerlinIsNotAskedAgainInNewYork() {
        var day = prompted()
        day.press(.done)
        day.happen(.zone(.newYork))
        day.run(until: Zone.newYork.instant("2026-11-23 23:00"))
        #expect(day.shown.count == 1)
    }

    @Test func flyingWestBeforeAnswerAsksAtTheNewLocalTime() {
        var day = prompted()
        day.happen(.zone(.newYork))
        #expect(day.screen.isEmpty)
        day.run(until: Zone.newYork.instant("2026-11-23 07:31"))
        #expect(day.shown.count == 2)
    }

    // MARK: Configuration

    @Test func aPromptOfAnOccurrenceThatNoLongerExistsIsWithdrawn() {
        var day = prompted()
        day.happen(.configuration(Configuration(routines: [.daily("morning", "09:00")])))
        #expect(day.withdrawn == ["07:31 \(occurrence)"])
        day.run(until: "09:01")
        #expect(day.shown.last == "09:00 morning@2026-11-23T09:00")
    }

    @Test func aTimeThatHadPassedWhenItsConfigurationTookForceIsNotPrompted() {
        var day = Simulation(
            Configuration(routines: [.daily("morning", "12:00")]), from: "2026-11-23 09:00", zone: .berlin,
            journal: [.longAgo])
        day.run(until: "09:30")
        day.happen(.configuration(.morningRoutine))
        day.run(until: "2026-11-23 23:00")
        #expect(day.shown == [])
    }

    @Test func aRestartAsksForNoTimeThatWasPassedOver() {
        var before = Simulation(
            Configuration(routines: [.daily("morning", "12:00")]), from: "2026-11-23 09:00", zone: .berlin,
            journal: [.longAgo])
        before.happen(.configuration(.morningRoutine))
        #expect(before.outlook.passedOver == [occurrence])
        var day = Simulation(
            .morningRoutine, from: "2026-11-23 09:30", zone: .berlin, journal: before.journal,
            passingOver: before.outlook.passedOver)
        day.run(until: "2026-11-23 23:00")
        #expect(day.shown == [])
    }

    @Test func anEditThatKeepsTheOccurrenceKeepsThePrompt() {
        var day = prompted()
        day.happen(.configuration(Configuration.morningRoutine.with { $0.prompt.reminders = 1 }))
        #expect(day.withdrawn == [])
        day.run(until: "2026-11-23 11:00")
        #expect(day.shown.count == 2)
    }

    @Test func editedBetweenDoneAndALaterTimeTheLaterTimeIsAsked() {
        var day = prompted()
        day.press(.done)
        day.happen(.configuration(Configuration(routines: [.daily("morning", "07:30", "12:00")])))
        day.run(until: "12:01")
        #expect(day.shown.last == "12:00 morning@2026-11-23T12:00")
    }

    // MARK: At the person's wish

    @Test func askNowRaisesTodaysNextOccurrenceEarly() {
        var day = Simulation(.morningRoutine, from: "2026-11-23 06:00", zone: .berlin, journal: [.longAgo])
        day.happen(.askNow)
        #expect(day.shown == ["06:00 \(occurrence)"])
        day.press(.done)
        day.run(until: "2026-11-23 12:00")
        #expect(day.shown.count == 1)
    }

    @Test func anEarlyPromptIsAskedAgainAtItsRealTime() {
        var day = Simulation(.morningRoutine, from: "2026-11-23 06:00", zone: .berlin, journal: [.longAgo])
        day.happen(.askNow)
        day.run(until: "07:31")
        #expect(day.shown.map { $0.prefix(5) } == ["06:00", "07:30"])
        #expect(day.screen.count == 1)
    }

    @Test func askNowWithNothingLeftTodayIsABonusThatLeavesNoRecord() {
        var day = Simulation(.morningRoutine, from: "2026-11-23 20:00", zone: .berlin, journal: [.longAgo])
        day.happen(.askNow)
        #expect(day.shown == ["20:00 bonus morning"])
        #expect(day.journal.count == 1)
        day.press(.done)
        #expect(day.journal.last?.subject == .routine("morning"))
        #expect(day.journal.last?.day == Day("2026-11-23"))
    }
}
