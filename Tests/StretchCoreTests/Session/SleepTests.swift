import StretchBase
import StretchCore
import TestSupport
import Testing

/// Suspend and resume, announced or not (docs/rules.md, rules 2 and 4).
struct SleepTests {
    private let occurrence = OccurrenceID.morning("2026-11-23T07:30")

    private func morning(_ configuration: Configuration = .morningRoutine) -> Simulation {
        Simulation(configuration, from: "2026-11-23 06:00", zone: .berlin, journal: [.longAgo])
    }

    /// What is told after a sleep, in every order that can be; nothing may be told of it at all but the timer that is late.
    static let orders: [[Event]] = [
        [.timer], [.resumed], [.timer, .resumed], [.resumed, .timer], [.journal([]), .timer, .resumed],
        [.presence(.away(.asleep)), .presence(.present), .resumed, .timer],
        [.presence(.away(.asleep)), .presence(.present), .timer, .resumed],
        [.presence(.away(.asleep)), .resumed, .timer, .presence(.present)],
        [.timer, .presence(.away(.asleep)), .resumed, .presence(.present)],
        [.resumed, .presence(.away(.asleep)), .presence(.present), .timer],
        [.timer, .presence(.away(.asleep)), .presence(.present), .resumed],
        [.resumed, .timer, .presence(.away(.asleep)), .presence(.present)],
    ]

    /// Sleeps until a civil time and hears of it, one event after the other.
    private func sleep(_ day: inout Simulation, until time: String, _ events: [Event]) {
        for event in events { day.jump(to: Zone.berlin.instant("2026-11-23 \(time)"), event) }
    }

    @Test(arguments: orders)
    func whatWasDueDuringSleepIsAskedOnceAfterSettle(events: [Event]) {
        var day = morning()
        sleep(&day, until: "08:00", events)
        #expect(day.shown == [])
        day.run(until: "08:15")
        #expect(day.shown == ["08:01 \(occurrence)"])
    }

    @Test(arguments: orders)
    func allThatIsHeardAtOnceIsTakenInBeforeAnythingIsDecided(events: [Event]) {
        var session = morning().session
        let effects = session.handle(events, at: Zone.berlin.instant("2026-11-23 08:00"))
        #expect(!effects.contains { if case .show = $0 { true } else { false } })
        #expect(effects.last == .wake(at: Zone.berlin.instant("2026-11-23 08:01")))
    }

    @Test(arguments: orders)
    func aPromptThatWasOnTheScreenIsRaisedOnceMoreAndUsesNoReminder(events: [Event]) {
        var day = morning()
        day.run(until: "07:31")
        sleep(&day, until: "08:20", events)
        #expect(day.screen.count == 1)
        #expect(day.shown.count == 1)
        day.run(until: "11:00")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "08:21", "08:36", "08:51", "09:06"])
        #expect(day.journal.count(where: \.isReminder) == 3)
    }

    @Test(arguments: orders)
    func withoutSettlingItIsRaisedOnceAllTheSame(events: [Event]) {
        var day = morning(Configuration.morningRoutine.with { $0.presence.settle = .zero })
        day.run(until: "07:31")
        sleep(&day, until: "08:20", events)
        day.run(until: "08:30")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "08:20"])
    }

    @Test(arguments: orders)
    func aSnoozeThatEndedDuringSleepIsAskedOnceAfterSettle(events: [Event]) {
        var day = morning()
        day.run(until: "07:31")
        day.press(.snooze)
        sleep(&day, until: "08:00", events)
        #expect(day.shown.count == 1)
        day.run(until: "08:15")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "08:01"])
    }

    @Test func aSnoozeEndsAtItsWallTimeWhateverTheSleep() {
        var day = morning()
        day.run(until: "07:31")
        day.press(.snooze)
        sleep(&day, until: "07:38", [.resumed])
        day.run(until: "07:50")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "07:41"])
    }

    @Test(arguments: orders)
    func sleptOverTheWindowItIsHistory(events: [Event]) {
        var day = morning()
        sleep(&day, until: "11:30", events)
        day.run(until: "2026-11-23 23:00")
        #expect(day.shown == [])
        #expect(day.journal.dropFirst().map(\.kind) == [.held(.asleep)])
    }

    @Test(arguments: orders)
    func aPromptWhoseWindowEndedDuringSleepIsWithdrawnAtOnce(events: [Event]) {
        var day = morning()
        day.run(until: "07:31")
        sleep(&day, until: "13:00", events)
        #expect(day.screen.isEmpty)
        #expect(day.shown.count == 1)
    }

    @Test func whoIsAwayAfterResumeIsNotAskedUntilTheyAreBack() {
        var day = morning()
        day.happen(.presence(.away(.locked)))
        sleep(&day, until: "08:00", [.presence(.away(.asleep)), .resumed, .presence(.away(.locked)), .timer])
        day.run(until: "08:30")
        #expect(day.shown == [])
        day.happen(.presence(.present))
        day.run(until: "08:40")
        #expect(day.shown == ["08:31 \(occurrence)"])
    }

    @Test func whoIsNotWaitedForIsAskedAtOnce() {
        var day = morning(Configuration.morningRoutine.with { $0.presence.wait = false })
        sleep(&day, until: "08:00", [.resumed, .timer])
        #expect(day.shown == ["08:00 \(occurrence)"])
    }

    @Test func aSleepDuringWhichNothingBecameDueIsAnArrivalToo() {
        var day = morning()
        sleep(&day, until: "07:29:30", [.resumed])
        day.run(until: "07:33")
        #expect(day.shown == ["07:30:30 \(occurrence)"])
        sleep(&day, until: "07:40", [.resumed])
        day.run(until: "07:44")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "07:41"])
    }

    @Test func whatIsHeardOfOneSleepWithinSecondsIsOneArrival() {
        var day = morning(Configuration.morningRoutine.with { $0.presence.settle = .zero })
        day.run(until: "07:31")
        day.happen(.presence(.away(.asleep)))
        sleep(&day, until: "08:00", [.presence(.present)])
        sleep(&day, until: "08:00:02", [.resumed])
        day.run(until: "08:10")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "08:00"])
    }

    @Test func aTimerThatIsAlwaysLateLetsThePersonArrive() {
        var day = morning()
        day.run(until: "07:00")
        day.happen(.presence(.away(.locked)))
        day.run(until: "08:00")
        day.happen(.presence(.present))
        for _ in 0..<3 {
            if let wake = day.wake { day.jump(to: wake + .seconds(12), .timer) }
        }
        #expect(day.shown.first?.prefix(5) == "08:01")
    }

    @Test func aTimerThatIsALittleLateIsNoSleep() {
        var day = morning()
        day.jump(to: Zone.berlin.instant("2026-11-23 07:30:04"), .timer)
        #expect(day.shown == ["07:30:04 \(occurrence)"])
    }

    // MARK: Several at once

    private var three: Configuration {
        Configuration(routines: [
            .daily("morning", "07:30"), .daily("desk", "07:45", window: .hours(2)),
            .daily("eyes", "07:50", window: .hours(3)),
        ])
    }

    @Test(arguments: orders)
    func afterALongSleepTheyComeOneAfterTheOtherTheOneClosingSoonestFirst(events: [Event]) {
        var day = morning(three)
        sleep(&day, until: "08:00", events)
        day.run(until: "08:10")
        #expect(day.shown.map { $0.prefix(10) } == ["08:01 desk", "08:02 eyes", "08:03 morn"])
    }

    @Test func whatWasOnTheScreenBeforeTheSleepComesOneAfterTheOther() {
        var day = morning(three)
        day.run(until: "07:51")
        #expect(day.screen.count == 3)
        sleep(&day, until: "09:00", [.resumed, .timer])
        day.run(until: "09:10")
        #expect(day.shown.dropFirst(4).map { $0.prefix(10) } == ["09:01 desk", "09:02 eyes", "09:03 morn"])
    }

    @Test func afterUnlockTheyComeOneAfterTheOther() {
        var day = morning(three)
        day.run(until: "07:46")
        day.happen(.presence(.away(.locked)))
        day.run(until: "08:59")
        #expect(day.shown.count == 3)
        day.happen(.presence(.present))
        day.run(until: "09:10")
        #expect(day.shown.dropFirst(3).map { $0.prefix(10) } == ["09:00 desk", "09:01 eyes", "09:02 morn"])
    }

    @Test func promptsThatWentWithTheirServerComeBackTogether() {
        var day = morning(three)
        day.run(until: "07:51")
        let before = day.shown.count
        day.serverDies()
        day.serverAppears()
        #expect(day.shown.count == before + 3)
    }

    // MARK: Away

    @Test func lockedForAnHourNothingWakesTheMachineUp() {
        var day = morning(three)
        day.run(until: "07:51")
        day.happen(.presence(.away(.locked)))
        // The first window ends then.
        #expect(day.wake == Zone.berlin.instant("2026-11-23 09:45"))
    }

    @Test func aPromptLeftOnTheScreenStaysAndUsesNoReminder() {
        var day = morning()
        day.run(until: "07:31")
        day.happen(.presence(.away(.idle)))
        day.run(until: "09:00")
        #expect(day.screen.count == 1)
        #expect(day.shown.count == 1)
        #expect(day.journal.count(where: \.isReminder) == 0)
    }

    @Test func aPromptDismissedBeforeLeavingIsRaisedOnceMore() {
        var day = morning()
        day.run(until: "07:31")
        day.close()
        day.happen(.presence(.away(.idle)))
        day.run(until: "09:00")
        day.happen(.presence(.present))
        day.run(until: "09:10")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "09:01"])
    }

    @Test func whoComesAndGoesBeforeSettlingIsNotAsked() {
        var day = morning()
        day.happen(.presence(.away(.locked)))
        day.run(until: "08:00")
        for minute in 0..<10 {
            day.happen(.presence(.present))
            day.run(until: "08:0\(minute):50")
            day.happen(.presence(.away(.locked)))
            day.run(until: "08:0\(minute):59")
        }
        #expect(day.shown == [])
    }
}
