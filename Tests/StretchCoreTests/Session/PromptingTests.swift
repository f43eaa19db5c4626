import StretchBase
import StretchCore
import TestSupport
import Testing

/// When a prompt comes up, comes again and goes (docs/rules.md, rules 1 to 5, 8 and 11).
struct PromptingTests {
    func morning(
        from start: String = "2026-11-23 06:00", _ configuration: Configuration = .morningRoutine
    ) -> Simulation {
        Simulation(configuration, from: start, zone: .berlin, journal: [.longAgo])
    }

    @Test func promptsOnTime() {
        var day = morning()
        day.run(until: "07:29:59")
        #expect(day.shown == [])
        #expect(day.wake == Zone.berlin.instant("2026-11-23 07:30"))
        day.run(until: "07:40")
        #expect(day.shown == ["07:30 morning@2026-11-23T07:30"])
        #expect(day.journal.last?.kind == .prompted(closes: Zone.berlin.instant("2026-11-23 11:30"), reminder: false))
        #expect(day.outlook.due.map(\.state) == [.prompted])
    }

    @Test func promptOffersTheAnswersInTheirOrder() throws {
        var day = morning()
        day.run(until: "07:40")
        let prompt = try #require(day.screen.values.first)
        #expect(prompt.buttons.map(\.action) == [.done, .snooze, .skip])
        #expect(prompt.buttons.map(\.label) == ["Done", "Snooze 10 min", "Not today"])
    }

    @Test func lateStartLetsThePersonArriveAndPromptsOnce() {
        var day = morning(from: "2026-11-23 09:00")
        day.run(until: "09:10")
        #expect(day.shown == ["09:01 morning@2026-11-23T07:30"])
    }

    @Test func startAfterTheWindowPromptsNothing() {
        var day = morning(from: "2026-11-23 11:30")
        day.run(until: "2026-11-24 07:00")
        #expect(day.shown == [])
    }

    @Test func doneEarlyIsNotAskedAgain() {
        var day = morning()
        day.read(.made(.done, .morning("2026-11-23T07:30"), at: "2026-11-23 06:10", in: .berlin))
        day.run(until: "2026-11-24 07:44")
        #expect(day.shown == ["07:30 morning@2026-11-24T07:30"])
    }

    @Test func remindersComeAndEnd() {
        var day = morning()
        day.run(until: "2026-11-23 23:00")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "07:45", "08:00", "08:15"])
        #expect(day.journal.count(where: { $0.isReminder }) == 3)
    }

    @Test func unansweredPromptRestsAndGoesWhenTheWindowEnds() {
        var day = morning()
        day.run(until: "11:00")
        #expect(day.screen.count == 1)
        day.run(until: "2026-11-23 12:00")
        #expect(day.withdrawn == ["11:30 morning@2026-11-23T07:30"])
        #expect(day.journal.dropFirst().allSatisfy { $0.verdict == nil })
        #expect(day.outlook.due.isEmpty)
    }

    @Test func dismissedPromptStaysDueAndIsRemindedOf() {
        var day = morning()
        day.run(until: "07:31")
        day.close()
        #expect(day.outlook.due.map(\.id) == [.morning("2026-11-23T07:30")])
        #expect(day.outlook.due.map(\.state) == [.prompted])
        #expect(day.reasons == ["you closed it, it comes again at 07:45"])
        day.run(until: "07:50")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "07:45"])
    }

    @Test func promptClosedAfterTheLastReminderRests() {
        var day = morning()
        day.run(until: "08:20")
        day.close()
        day.run(until: "11:00")
        #expect(day.shown.count == 4)
        #expect(day.outlook.due.map(\.state) == [.resting])
    }

    @Test func snoozeBringsItBackWithAllItsReminders() {
        var day = morning()
        day.run(until: "07:46")
        day.press(.snooze)
        #expect(day.outlook.due.map(\.state) == [.snoozed])
        day.run(until: "08:50")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "07:45", "07:56", "08:11", "08:26", "08:41"])
    }

    @Test func snoozeButtonGoesWhenSnoozesAreUsedUp() throws {
        var day = morning()
        for time in ["07:30", "07:40", "07:50"] {
            day.run(until: time)
            #expect(day.screen.values.first?.buttons.contains { $0.action == .snooze } == true)
            day.press(.snooze)
        }
        day.run(until: "08:00")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "07:40", "07:50", "08:00"])
        #expect(day.screen.values.first?.buttons.map(\.action) == [.done, .skip])
    }

    @Test func snoozeThatWouldEndTooLateIsNotOffered() {
        var short = Configuration.morningRoutine
        short.routines = [.daily("morning", "07:30", window: .minutes(14))]
        var day = morning(short)
        day.run(until: "07:31")
        #expect(day.screen.values.first?.buttons.map(\.action) == [.done, .skip])
    }

    @Test func snoozePressedTooLateAsksAgainWithoutTheButton() {
        var day = morning(Configuration.morningRoutine.with { $0.prompt.reminders = 0 })
        day.run(until: "11:20")
        day.press(.snooze)
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "11:20"])
        #expect(day.screen.values.first?.buttons.map(\.action) == [.done, .skip])
    }

    @Test func theLatestOfSeveralSnoozesCounts() {
        var day = morning()
        day.run(until: "07:31")
        let long = Record.Kind.snooze(until: Zone.berlin.instant("2026-11-23 09:00"))
        let short = Record.Kind.snooze(until: Zone.berlin.instant("2026-11-23 08:00"))
        day.read(.made(long, .morning("2026-11-23T07:30"), at: "2026-11-23 07:31", in: .berlin))
        day.read(.made(short, .morning("2026-11-23T07:30"), at: "2026-11-23 07:31", in: .berlin))
        day.run(until: "09:01")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "09:00"])
    }

    @Test func nextOccurrenceClosesTheOneBefore() {
        var twice = Configuration.morningRoutine
        twice.routines = [.daily("morning", "07:30", "08:00")]
        var day = morning(twice)
        day.run(until: "08:05")
        #expect(day.withdrawn == ["08:00 morning@2026-11-23T07:30"])
        #expect(Array(day.screen.keys) == [.occurrence(.morning("2026-11-23T08:00"))])
    }

    @Test func twoRoutinesAtOnceComeOneAfterTheOtherTheOneClosingSoonestFirst() {
        var two = Configuration.morningRoutine
        two.routines = [.daily("morning", "07:30"), .daily("desk", "07:30", window: .hours(1))]
        var day = morning(two)
        day.run(until: "07:35")
        #expect(day.shown == ["07:30 desk@2026-11-23T07:30", "07:31 morning@2026-11-23T07:30"])
    }
}

extension Record {
    /// Keeps the welcome away.
    static let longAgo = made(.skip, .morning("2020-01-01T07:30"), at: "2026-01-01 07:30", in: .berlin)

    var isReminder: Bool { if case .prompted(_, let reminder) = kind { reminder } else { false } }
}
