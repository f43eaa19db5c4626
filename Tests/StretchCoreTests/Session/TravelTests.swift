import StretchBase
import StretchCore
import TestSupport
import Testing

/// Other zones, and other rules for the same one, while the daemon runs (docs/rules.md, *Time*).
struct TravelTests {
    private let occurrence = OccurrenceID.morning("2026-11-23T07:30")

    private func home(_ zone: Zone = .berlin, from start: String = "2026-11-23 06:00") -> Simulation {
        Simulation(.morningRoutine, from: start, zone: zone, journal: [.longAgo])
    }

    // MARK: Every flight

    static let places: [Zone] = [.honolulu, .newYork, .berlin, .kathmandu, .apia, .kiritimati]

    /// From everywhere to everywhere, at every third hour of two days, there and back three days later: who answers what
    /// they are asked is never asked for it again, and no day is missed.
    @Test(arguments: places, places)
    func noFlightAsksTwiceOrCostsAStreak(from: Zone, to: Zone) {
        if from == to { return }
        for hour in stride(from: 0, to: 48, by: 3) {
            var life = home(from, from: "2026-11-21 06:00")
            let flight = Instant(seconds: 1_795_392_000) + .hours(hour)  // 2026-11-23 00:00 UTC
            live(&life, until: flight)
            life.happen(.zone(to))
            live(&life, until: flight + .days(3))
            life.happen(.zone(from))
            live(&life, until: flight + .days(7))

            let label = "\(from.identifier) to \(to.identifier) at hour \(hour)"
            let asked = life.journal.filter { $0.isFirstPrompt }.compactMap(\.occurrence)
            #expect(Set(asked).count == asked.count, "\(label): \(life.shown)")
            let history = History(of: .morning, in: life.session.diary, at: life.now)
            #expect(!history.entries.contains { $0.state == .missed }, "\(label): \(history.entries)")
            #expect(history.streak == asked.count, "\(label)")
            // A flight takes a day's morning away at most, and the one back another.
            let days = history.today - (history.since ?? history.today) + 1
            #expect(history.streak >= days - 2, "\(label): \(history.streak) of \(days)")
        }
    }

    /// Five minutes after each prompt it is done.
    private func live(_ life: inout Simulation, until end: Instant) {
        while let wake = life.wake, wake < end {
            life.run(until: wake)
            guard !life.screen.isEmpty else { continue }
            life.run(until: min(end, life.now + .minutes(5)))
            life.press(.done)
        }
        life.run(until: end)
    }

    // MARK: East

    @Test func flyingEastOverTheDueTimeAsksOnArrivalWhileTheWindowIsOpen() {
        var day = home(.newYork, from: "2026-11-23 02:00")
        day.happen(.zone(.berlin))  // 08:00
        day.run(until: day.now + .minutes(5))
        #expect(day.shown == ["02:01 \(occurrence)"])
        #expect(day.session.timetable.zone == .berlin)
    }

    @Test func flyingEastOverTheWholeWindowLeavesTheDayFree() {
        var day = home(.newYork, from: "2026-11-23 06:00")
        day.happen(.zone(.berlin))  // 12:00
        day.run(until: day.now + .hours(12))
        #expect(day.shown == [])
        let history = History(of: .morning, in: day.session.diary, at: day.now)
        #expect(history.entries.allSatisfy { $0.day < Day(ordinal: 20_780) })
    }

    @Test func flyingEastWithinTheWindowLeavesThePromptOnTheScreen() {
        var day = home()
        day.run(until: "07:31")
        day.happen(.zone(Zone(identifier: "Europe/Helsinki", offset: 7200, transitions: [])))
        #expect(day.withdrawn == [])
        day.run(until: "07:40")
        #expect(day.shown.count == 1)
    }

    @Test func acrossTheDateLineEastTheSameDayComesTwiceAndIsAskedOnce() {
        var day = home(.kiritimati, from: "2026-11-23 06:00")
        day.run(until: "07:31")
        day.press(.done)
        day.happen(.zone(.honolulu))  // 22 November, 07:31
        day.run(until: day.now + .minutes(5))
        day.press(.done)
        day.run(until: day.now + .days(1) + .minutes(30))
        // The 22nd comes once more, and nobody was asked on it; the 23rd is done.
        #expect(day.shown.map { $0.dropFirst(6) } == ["\(occurrence)", "morning@2026-11-22T07:30"])
    }

    // MARK: West

    @Test func acrossTheDateLineWestTheLostDayIsFree() {
        var day = home(.honolulu, from: "2026-11-22 06:00")
        day.run(until: "07:31")
        day.press(.done)
        day.run(until: "2026-11-22 14:00")
        day.happen(.zone(.kiritimati))  // 23 November, 14:00
        day.run(until: day.now + .hours(18))  // 24 November, 08:00
        day.press(.done)
        let history = History(of: .morning, in: day.session.diary, at: day.now)
        #expect(history.states(ofLast: 3).map(\.state) == [.done, .free, .done])
        #expect(history.streak == 2)
    }

    @Test func flyingWestAfterDoneIsNotAskedAgain() {
        var day = home()
        day.run(until: "07:31")
        day.press(.done)
        day.happen(.zone(.newYork))
        day.run(until: day.now + .hours(20))
        #expect(day.shown.count == 1)
    }

    @Test func flyingWestBeforeAnAnswerAsksAtTheNewLocalTimeWithAllReminders() {
        var day = home()
        day.run(until: "08:16")
        #expect(day.shown.count == 4)
        day.happen(.zone(.newYork))
        #expect(day.screen.isEmpty)
        day.run(until: day.now + .hours(10))
        #expect(day.shown.dropFirst(4).map { $0.prefix(5) } == ["13:30", "13:45", "14:00", "14:15"])
    }

    @Test func flyingWestOverASnoozeAsksAtTheNewLocalTime() {
        var day = home()
        day.run(until: "07:31")
        day.press(.snooze)
        day.happen(.zone(.newYork))
        day.run(until: day.now + .hours(6))
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "13:30"])
    }

    @Test func undoneAfterAFlightWestIsAskedAtTheNewLocalTime() throws {
        var day = home()
        day.run(until: "07:31")
        day.press(.done)
        day.happen(.zone(.newYork))
        let done = try #require(day.journal.last)
        day.read(.made(.undo([done.id]), occurrence, at: "2026-11-23 07:32", in: .berlin))
        day.run(until: day.now + .hours(6))
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "13:30"])
    }

    @Test func anEarlyPromptIsWithdrawnWhereItsTimeIsOver() {
        var day = home()
        day.happen(.askNow)
        #expect(day.screen.count == 1)
        day.happen(.zone(.kiritimati))
        #expect(day.screen.isEmpty)
    }

    @Test func whatIsDueInTheNewZoneComesBeforeWhatWasRaisedEarly() {
        var day = Simulation(
            Configuration(routines: [.daily("evening", "22:15", window: .hours(9))]), from: "2026-11-24 16:00",
            zone: .berlin, journal: [.longAgo])
        day.happen(.askNow)
        day.happen(.zone(.honolulu))  // 05:00
        day.run(until: day.now + .minutes(3))
        #expect(day.screen.keys.map(\.diaryName) == ["evening@2026-11-23T22:15"])
    }

    // MARK: The same place, other rules

    /// The zone as it was, and for a moment none: the file is replaced in two steps.
    @Test func aZoneThatIsGoneForAMomentBringsThePromptBackAtOnce() {
        for gone in [Zone.utc, .kiritimati] {
            var day = home()
            day.run(until: "08:20")
            day.happen(.zone(gone))
            #expect(day.screen.isEmpty)
            day.run(until: "08:22")
            day.happen(.zone(.berlin))
            #expect(day.screen.count == 1, "\(gone.identifier)")
            #expect(day.shown.last == "08:22 \(occurrence)")
        }
    }

    /// An update of tzdata says that the clocks are an hour back or forth of what was thought.
    @Test(arguments: [
        (0, "07:31", ["07:30", "08:30"]), (7200, "07:31", ["07:30", "07:45"]), (0, "snoozed", ["07:30", "08:30"]),
        (7200, "snoozed", ["07:30", "07:41", "07:56"]),
    ])
    func anUpdateOfTzdataMovesWhatIsAsked(offset: Int, scene: String, shown: [String]) {
        var day = home()
        day.run(until: "07:31")
        if scene == "snoozed" { day.press(.snooze) }
        day.happen(.zone(Zone(identifier: "Europe/Berlin", offset: offset, transitions: [])))
        #expect(day.screen.isEmpty == (offset == 0 || scene == "snoozed"))
        day.run(until: offset == 0 ? "08:44" : "07:59")
        #expect(day.shown.map { String($0.prefix(5)) } == shown)
    }

    @Test func anUpdateOfTzdataForLaterChangesNothingNow() {
        var day = home()
        day.run(until: "07:31")
        let later = Zone.Period(start: 1_806_195_600, offset: 7200)
        day.happen(.zone(Zone(identifier: "Europe/Berlin", offset: 3600, transitions: [later])))
        #expect(day.withdrawn == [])
        day.run(until: "07:44")
        #expect(day.shown.count == 1)
    }
}

extension Routine {
    fileprivate static let morning = Routine.daily("morning", "07:30")
}

extension Record {
    fileprivate var isFirstPrompt: Bool {
        if case .prompted(_, reminder: false) = kind { true } else { false }
    }
}

extension Zone {
    static let honolulu = Zone(identifier: "Pacific/Honolulu", offset: -36_000, transitions: [])
    static let kathmandu = Zone(identifier: "Asia/Kathmandu", offset: 20_700, transitions: [])
    static let apia = Zone(identifier: "Pacific/Apia", offset: 46_800, transitions: [])
    static let kiritimati = Zone(identifier: "Pacific/Kiritimati", offset: 50_400, transitions: [])
}
