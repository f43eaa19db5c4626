import StretchBase
import StretchCore
import TestSupport
import Testing

/// A prompt that "do not disturb" would hide waits, and uses no reminder up.
struct DoNotDisturbTests {
    let occurrence = OccurrenceID.morning("2026-11-23T07:30")

    func morning(
        _ configuration: Configuration = .morningRoutine, adopting: [Prompt] = [],
        from start: String = "2026-11-23 06:00"
    ) -> Simulation {
        Simulation(
            configuration, from: start, zone: .berlin, journal: [.longAgo], adopting: adopting, obstacle: .doNotDisturb)
    }

    @Test func aPromptThatWaitedIsRaisedOnceWhenDoNotDisturbEnds() {
        var day = morning()
        day.run(until: "09:00")
        #expect(day.shown == [])
        #expect(day.outlook.due.map(\.state) == [.waiting])
        #expect(day.reasons == ["do not disturb"])
        #expect(day.reason == "do not disturb")
        #expect(day.journal == [.longAgo])
        day.quietEnds()
        #expect(day.shown == ["09:00 \(occurrence)"])
        #expect(day.reminders == [false])
        #expect(day.reason == nil)
        // All reminders are left.
        day.run(until: "10:59")
        #expect(day.shown.map { $0.prefix(5) } == ["09:00", "09:15", "09:30", "09:45"])
        #expect(day.reminders == [false, true, true, true])
    }

    @Test func whileItWaitsTheTimerIsSetForTheTimeAtWhichItComesAllTheSame() {
        var day = morning()
        day.run(until: "07:31")
        #expect(day.wake == Zone.berlin.instant("2026-11-23 11:00"))
    }

    @Test func whoNeverWantsToBeDisturbedFindsItHalfAnHourBeforeItCloses() {
        var day = morning()
        day.run(until: "2026-11-23 12:00")
        #expect(day.shown.map { $0.prefix(5) } == ["11:00", "11:15"])
        #expect(day.withdrawn == ["11:30 \(occurrence)"])
        #expect(day.reminders == [false, true])
    }

    @Test func aWindowShorterThanHalfAnHourWaitsForNothing() {
        var day = morning(Configuration(routines: [.daily("morning", "07:30", window: .minutes(30))]))
        day.run(until: "07:31")
        #expect(day.shown == ["07:30 \(occurrence)"])
    }

    @Test func anAnswerFromElsewhereEndsTheWaiting() {
        var day = morning()
        day.run(until: "08:00")
        day.read(.made(.done, occurrence, at: "2026-11-23 08:00", in: .berlin))
        #expect(day.outlook.due.isEmpty)
        #expect(day.effects.contains(.withdraw(.occurrence(occurrence))))
        day.quietEnds()
        day.run(until: "2026-11-23 12:00")
        #expect(day.shown == [])
    }

    @Test func aReminderThatFallsDueWaitsBesideTheOlderPrompt() {
        var day = morning()
        day.obstacle = nil
        day.run(until: "07:40")
        day.obstacle = .doNotDisturb
        day.run(until: "09:00")
        #expect(day.shown == ["07:30 \(occurrence)"])
        #expect(day.reasons == ["do not disturb"])
        #expect(day.screen.count == 1)
        var answered = day
        answered.read(.made(.done, occurrence, at: "2026-11-23 09:00", in: .berlin))
        #expect(answered.withdrawn == ["09:00 \(occurrence)"])

        day.quietEnds()
        #expect(day.shown.last == "09:00 \(occurrence)")
        #expect(day.reminders == [false, false])
        #expect(day.screen.count == 1)
    }

    @Test func theOlderPromptCanBePressedMeanwhile() {
        var day = morning()
        day.obstacle = nil
        day.run(until: "07:40")
        day.obstacle = .doNotDisturb
        day.run(until: "08:00")
        day.press(.done)
        #expect(day.session.ledger.verdict(of: occurrence)?.verdict == .done)
        day.quietEnds()
        #expect(day.shown.count == 1)
    }

    @Test func theOlderPromptThatIsDismissedMeanwhileChangesNothing() {
        var day = morning()
        day.obstacle = nil
        day.run(until: "07:40")
        day.obstacle = .doNotDisturb
        day.run(until: "08:00")
        day.close()
        day.run(until: "09:00")
        #expect(day.reasons == ["do not disturb"])
        day.quietEnds()
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "09:00"])
    }

    @Test func severalRoutinesComeOneAfterTheOther() {
        var day = morning(
            Configuration(routines: [.daily("morning", "07:30"), .daily("desk", "08:00"), .daily("neck", "08:30")]))
        day.run(until: "09:00")
        #expect(day.shown == [])
        #expect(day.reasons == Array(repeating: "do not disturb", count: 3))
        day.quietEnds()
        day.run(until: "09:10")
        #expect(
            day.shown == [
                "09:00 \(occurrence)", "09:01 desk@2026-11-23T08:00", "09:02 neck@2026-11-23T08:30",
            ])
        #expect(day.reminders == [false, false, false])
    }

    @Test func doNotDisturbThatIsBackBeforeTheSecondPromptKeepsThatBack() {
        var day = morning(Configuration(routines: [.daily("morning", "07:30"), .daily("desk", "08:00")]))
        day.run(until: "09:00")
        day.quietEnds()
        day.obstacle = .doNotDisturb
        day.run(until: "09:10")
        #expect(day.shown == ["09:00 \(occurrence)"])
        #expect(day.reasons.contains("do not disturb"))
        day.quietEnds()
        #expect(day.shown.last == "09:10 desk@2026-11-23T08:00")
    }

    @Test func whoComesBackAfterItEndedIsAskedOnce() {
        var day = morning()
        day.run(until: "08:00")
        day.happen(.presence(.away(.locked)))
        #expect(day.reasons == ["locked since 08:00"])
        day.quietEnds()
        day.run(until: "08:30")
        #expect(day.shown == [])
        day.happen(.presence(.present))
        day.run(until: "08:40")
        #expect(day.shown == ["08:31 \(occurrence)"])
        #expect(day.reminders == [false])
    }

    @Test func whoComesBackWhileItIsOnIsNotAskedYet() {
        var day = morning()
        day.run(until: "08:00")
        day.happen(.presence(.away(.locked)))
        day.run(until: "08:30")
        day.happen(.presence(.present))
        day.run(until: "09:00")
        #expect(day.shown == [])
        day.quietEnds()
        #expect(day.shown == ["09:00 \(occurrence)"])
    }

    @Test func anotherServerIsAskedAnew() {
        var day = morning()
        day.run(until: "08:00")
        day.serverDies()
        #expect(day.reasons == ["no notification server"])
        day.serverAppears()
        #expect(day.shown == ["08:00 \(occurrence)"])
        #expect(day.reminders == [false])
    }

    @Test func aSnoozeFromElsewhereHidesWhatWaits() {
        var day = morning()
        day.run(until: "08:00")
        let until = Zone.berlin.instant("2026-11-23 08:30")
        day.read(.made(.snooze(until: until), occurrence, at: "2026-11-23 08:00", in: .berlin))
        day.quietEnds()
        day.run(until: "08:29")
        #expect(day.shown == [])
        day.run(until: "08:31")
        #expect(day.shown == ["08:30 \(occurrence)"])
    }

    @Test func whatIsAskedForByHandComesAtOnce() {
        var day = morning(from: "2026-11-23 08:00")
        day.run(until: "08:02")
        #expect(day.shown == [])
        day.happen(.askNow)
        #expect(day.shown == ["08:02 \(occurrence)"])
        // Its reminders are like any other's.
        day.run(until: "10:59")
        #expect(day.shown.count == 1)
    }

    @Test func whatIsCriticalIsPostedAllTheSame() {
        var day = morning(.morningRoutine.with { $0.prompt.urgency = .critical })
        day.run(until: "07:31")
        #expect(day.shown == ["07:30 \(occurrence)"])
    }

    /// Its buttons are dead until it is posted again.
    @Test func whatAKilledPredecessorLeftIsReplaced() {
        let left = Prompt(subject: .occurrence(occurrence), title: "", body: "")
        var day = morning(adopting: [left], from: "2026-11-23 08:00")
        day.run(until: "08:02")
        #expect(day.shown == ["08:01 \(occurrence)"])
    }

    @Test func noticesAndTheGuideAreNotKeptBack() {
        var day = Simulation(.morningRoutine, from: "2026-11-23 06:00", zone: .berlin, obstacle: .doNotDisturb)
        day.run(until: "06:02")
        #expect(day.shown == ["06:01 welcome"])
    }

    @Test func aGuideInATerminalEndsTheWaiting() {
        var day = morning()
        day.run(until: "08:00")
        let until = Zone.berlin.instant("2026-11-23 08:20")
        day.read(.made(.started(until: until), occurrence, at: "2026-11-23 08:00", in: .berlin))
        day.quietEnds()
        #expect(day.shown == [])
        day.run(until: "08:21")
        #expect(day.shown == ["08:20 \(occurrence)"])
    }

    @Test func aLateAnswerOfAHangingServerMayKeepItBack() {
        var day = morning()
        day.obstacle = .noAnswer
        day.run(until: "07:40")
        day.happen(.failed(.occurrence(occurrence), .doNotDisturb))
        #expect(day.reasons == ["do not disturb"])
        day.quietEnds()
        #expect(day.shown == ["07:40 \(occurrence)"])
    }

    @Test func aPauseThatEndsWhileItIsOnBringsNothing() {
        var day = morning()
        day.run(until: "08:00")
        let pause = Record.Kind.pause(from: day.now, until: Zone.berlin.instant("2026-11-23 09:00"))
        day.read(Record(id: "pause", ts: Timestamp(day.now, in: .berlin), kind: pause, subject: .all))
        day.run(until: "09:30")
        #expect(day.shown == [])
        day.quietEnds()
        #expect(day.shown == ["09:30 \(occurrence)"])
    }
}

extension Simulation {
    /// Of each prompt that was recorded, whether it used a reminder up.
    fileprivate var reminders: [Bool] {
        journal.compactMap { if case .prompted(_, let isReminder) = $0.kind { isReminder } else { nil } }
    }
}
