import StretchBase
import StretchCore
import TestSupport
import Testing

/// Why nobody is asked at present, and that telling it wakes nobody up.
struct OutlookTests {
    private func morning(_ configuration: Configuration = .morningRoutine) -> Simulation {
        Simulation(configuration, from: "2026-11-23 06:00", zone: .berlin, journal: [.longAgo])
    }

    @Test func thereIsNoReasonWhereSomebodyCanBeAsked() {
        var day = morning()
        #expect(day.reason == nil)
        day.run(until: "07:31")
        #expect(day.reason == nil)
    }

    @Test(arguments: [Presence.Absence.locked, .idle, .asleep, .noSession])
    func whoIsAwayIsSaidWhateverIsDue(absence: Presence.Absence) {
        var day = morning()
        day.run(until: "07:12")
        day.happen(.presence(.away(absence)))
        #expect(day.reason == "\(absence.rawValue) since 07:12")
        #expect(day.wake == Zone.berlin.instant("2026-11-23 07:30"))
        day.run(until: "07:31")
        #expect(day.reason == "\(absence.rawValue) since 07:12")
    }

    @Test func whoIsNotWaitedForIsNoReason() {
        var day = morning(Configuration.morningRoutine.with { $0.presence.wait = false })
        day.happen(.presence(.away(.locked)))
        #expect(day.reason == nil)
    }

    @Test func settlingIsToldOnlyWhereItsEndIsHeardOf() {
        var day = morning()
        day.happen(.presence(.away(.locked)))
        day.run(until: "07:00")
        day.happen(.presence(.present))
        // Nothing is due: no wake-up at 07:01, and nothing that would be wrong by then.
        #expect(day.reason == nil)
        #expect(day.wake == Zone.berlin.instant("2026-11-23 07:30"))

        day.happen(.presence(.away(.locked)))
        day.run(until: "08:00")
        day.happen(.presence(.present))
        #expect(day.reason == "just back, waits until 08:01")
        day.run(until: "08:01")
        #expect(day.reason == nil)
    }

    @Test func aPauseOfAllRoutinesIsToldAndItsEndToo() {
        var day = morning()
        day.read(.loose(.pause(from: day.now, until: Zone.berlin.instant("2026-11-23 06:45")), at: "2026-11-23 06:00"))
        #expect(day.reason == "paused until 06:45")
        day.run(until: "06:45")
        #expect(day.reason == nil)
        day.read(.loose(.pause(from: day.now, until: nil), at: "2026-11-23 06:45"))
        #expect(day.reason == "paused until stretchd resume")
        // Away, the end of a pause wakes nobody up.
        day.read(.loose(.resume, at: "2026-11-23 06:46"))
        day.read(.loose(.pause(from: day.now, until: day.now + .minutes(10)), at: "2026-11-23 06:47"))
        day.happen(.presence(.away(.locked)))
        #expect(day.wake == Zone.berlin.instant("2026-11-23 07:30"))
    }

    @Test func aServerThatWasNeverThereIsMissedOnceAPromptNeedsIt() {
        var day = Simulation(
            .morningRoutine, from: "2026-11-23 06:00", zone: .berlin, journal: [.longAgo], obstacle: .noServer)
        day.happen(.server(present: false))
        // The bus may start one.
        #expect(day.reason == nil)
        day.run(until: "07:31")
        #expect(day.reason == "no notification server")
        day.serverAppears()
        #expect(day.reason == nil)
    }

    @Test func aServerThatLeavesIsMissed() {
        var day = morning()
        day.serverAppears()
        day.serverDies()
        #expect(day.reason == "no notification server")
    }

    @Test func theReasonsOutrankEachOther() {
        var day = Simulation(
            .morningRoutine, from: "2026-11-23 06:00", zone: .berlin, journal: [.longAgo], obstacle: .noServer)
        day.run(until: "07:31")
        #expect(day.reason == "no notification server")
        day.read(.loose(.pause(from: day.now, until: nil), at: "2026-11-23 07:31"))
        #expect(day.reason == "paused until stretchd resume")
        day.happen(.presence(.away(.idle)))
        #expect(day.reason == "idle since 07:31")
        day.happen(.clock(.behindJournal(Zone.berlin.instant("2026-12-24 12:00"))))
        #expect(
            day.reason
                == "the clock must be wrong: it shows 23 Nov 2026, but this machine's newest record is of 24 Dec 2026")
    }
}
