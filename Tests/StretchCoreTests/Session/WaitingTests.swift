import StretchBase
import StretchCore
import TestSupport
import Testing

/// What the journal says of a prompt that came late or not at all (docs/rules.md, rules 3 and 11).
struct WaitingTests {
    private let occurrence = OccurrenceID.morning("2026-11-23T07:30")
    private static let desk = Routine.daily("desk", "*-*-* 09,11,15:00", window: .hours(1))

    private func morning(
        _ configuration: Configuration = .morningRoutine, at clock: String = "06:00", obstacle: Obstacle? = nil
    ) -> Simulation {
        Simulation(
            configuration, from: "2026-11-23 \(clock)", zone: .berlin, journal: [.longAgo], obstacle: obstacle)
    }

    /// `08:11 locked until 08:10`, or `08:11` alone; a line for each prompt.
    private func asked(_ day: Simulation, _ routine: String = "morning") -> [String] {
        day.journal.filter { $0.type == "prompted" && $0.routine == routine }.map { record in
            let times = [record.ts.instant, record.waitedUntil].map { $0.map { HumanTime.clock(day.zone.civil($0)) } }
            return [times[0], record.waited?.rawValue, times[1].map { "until \($0)" }].compactMap(\.self)
                .joined(separator: " ")
        }
    }

    /// `morning@2026-11-23T07:30 locked`; a line for each.
    private func held(_ day: Simulation) -> [String] {
        day.journal.compactMap { record in
            guard case .held(let reason) = record.kind, let id = record.occurrence else { return nil }
            #expect(record.day == id.day(startingAt: .hours(4)))
            return "\(id) \(reason?.rawValue ?? "")"
        }
    }

    // MARK: It came late

    @Test func whoUnlocksLateLearnsThatItWaited() {
        var day = morning()
        day.happen(.presence(.away(.locked)))
        day.run(until: "08:10")
        day.happen(.presence(.present))
        day.run(until: "08:30")
        #expect(asked(day) == ["08:11 locked until 08:10", "08:26"])
    }

    @Test func whoIsAskedOnTimeIsToldNothing() {
        var day = morning()
        day.run(until: "07:31")
        #expect(asked(day) == ["07:30"])
    }

    @Test(
        "in the journal's words",
        arguments: [
            (Presence.Absence.idle, "idle"), (.inactive, "away"), (.noSession, "away"), (.asleep, "asleep"),
        ])
    func absences(absence: Presence.Absence, word: String) {
        var day = morning()
        day.happen(.presence(.away(absence)))
        day.run(until: "08:10")
        day.happen(.presence(.present))
        day.run(until: "08:11")
        #expect(asked(day) == ["08:11 \(word) until 08:10"])
    }

    @Test(arguments: SleepTests.orders)
    func whoWakesTheMachineLearnsThatItSlept(events: [Event]) {
        var day = morning()
        for event in events { day.jump(to: Zone.berlin.instant("2026-11-23 08:10"), event) }
        day.run(until: "08:15")
        #expect(asked(day) == ["08:11 asleep until 08:10"])
    }

    @Test func ofSeveralReasonsTheLastOneIsTold() {
        var day = morning()
        day.happen(.presence(.away(.idle)))
        day.run(until: "08:00")
        day.happen(.presence(.away(.locked)))
        day.run(until: "09:00")
        day.happen(.presence(.away(.asleep)))
        day.suspend(until: "10:00")
        day.happen(.presence(.away(.locked)))
        day.run(until: "10:05")
        day.happen(.presence(.present))
        day.run(until: "10:10")
        #expect(asked(day) == ["10:06 locked until 10:05"])
    }

    @Test func aServerThatAppearsLateIsTold() {
        var day = morning(obstacle: .noServer)
        day.run(until: "08:00:30")
        day.serverAppears()
        #expect(asked(day) == ["08:00:30 no-server until 08:00:30"])
    }

    @Test func aServerThatRefusesOrHangsIsNone() {
        for obstacle in [Obstacle.refused("no"), .noServer] {
            var day = morning(obstacle: obstacle)
            day.run(until: "07:35:20")
            day.obstacle = nil
            day.run(until: "07:40")
            #expect(asked(day).map { $0.split(separator: " ")[1] } == ["no-server"])
        }
    }

    @Test func aBusThatAppearsLateIsTold() {
        var day = morning(obstacle: .noBus)
        day.run(until: "07:35:20")
        day.obstacle = nil
        day.run(until: "07:40")
        #expect(asked(day) == ["07:36 no-bus until 07:36"])
    }

    @Test func doNotDisturbIsTold() {
        var day = morning(obstacle: .doNotDisturb)
        day.run(until: "08:20")
        day.quietEnds()
        #expect(asked(day) == ["08:20 dnd until 08:20"])
    }

    @Test func aPauseThatEndsInTheWindowIsTold() {
        var day = morning()
        let until = Zone.berlin.instant("2026-11-23 09:00")
        day.read(.loose(.pause(from: day.now, until: until), at: "2026-11-23 06:00"))
        day.run(until: "09:30")
        #expect(asked(day).first == "09:00 paused until 09:00")
    }

    @Test func whoComesThirdWasBusy() {
        var day = morning(Configuration(routines: ["a", "b", "c"].map { .daily($0, "07:30") }))
        day.run(until: "07:35")
        #expect(asked(day, "a") == ["07:30"])
        #expect(asked(day, "b") == ["07:31"], "a minute is not late")
        #expect(asked(day, "c") == ["07:32 busy until 07:32"])
    }

    @Test func aClockInDoubtIsTold() {
        var day = morning()
        day.run(until: "07:00")
        day.happen(.clock(.behindJournal(Zone.berlin.instant("2027-01-01 00:00"))))
        day.run(until: "07:40")
        day.happen(.clock(nil))
        day.run(until: "07:50")
        #expect(asked(day).map { $0.dropFirst(6) } == ["clock until 07:40"])
    }

    @Test func aClockSetForwardsOverTheOpeningIsTold() {
        var day = morning()
        day.setClock(to: "08:00")
        day.run(until: "08:05")
        #expect(asked(day) == ["08:01 clock until 08:00"])
    }

    @Test func whatAnotherMachineAskedFirstHasNotWaited() {
        var day = morning()
        day.happen(.presence(.away(.locked)))
        day.run(until: "07:31")
        day.read(.made(.prompted(closes: nil, reminder: false), occurrence, at: "2026-11-23 07:30", in: .berlin))
        day.run(until: "08:10")
        day.happen(.presence(.present))
        day.run(until: "08:12")
        #expect(asked(day) == ["07:30", "08:11"])
    }

    @Test func whoStartsTheDaemonLateIsToldNothing() {
        var day = morning(at: "09:00")
        day.run(until: "09:10")
        #expect(asked(day) == ["09:01"])
    }

    // MARK: It did not come

    @Test func whoWasAwayAllMorningLearnsWhyNobodyAsked() {
        var day = morning()
        day.happen(.presence(.away(.locked)))
        day.run(until: "2026-11-23 23:00")
        #expect(held(day) == ["\(occurrence) locked"])
        #expect(day.journal.last?.ts.instant == Zone.berlin.instant("2026-11-23 11:30"))
        let routine = day.session.timetable.configuration.routines[0]
        #expect(History(of: routine, in: day.session.diary, at: day.now).entries.allSatisfy { $0.state == .skipped })
    }

    @Test func whoComesTooLateToSettleLearnsWhyNobodyAsked() {
        var day = morning()
        day.happen(.presence(.away(.locked)))
        day.run(until: "11:29:30")
        day.happen(.presence(.present))
        day.run(until: "12:00")
        #expect(day.shown.isEmpty)
        #expect(held(day) == ["\(occurrence) locked"])
    }

    @Test func whatWasAskedOrAnsweredOnAnyMachineIsNotHeld() {
        let kinds: [Record.Kind] = [.done, .skip, .prompted(closes: nil, reminder: false)]
        for kind in kinds {
            var day = morning()
            day.happen(.presence(.away(.locked)))
            day.run(until: "11:00")
            day.read(.made(kind, occurrence, at: "2026-11-23 10:00", in: .berlin))
            day.run(until: "12:00")
            #expect(held(day) == [])
        }
        var asked = morning()
        asked.run(until: "07:31")
        asked.happen(.presence(.away(.locked)))
        asked.run(until: "12:00")
        #expect(held(asked) == [])
    }

    @Test func aDayOfAPauseIsHeldByIt() {
        var day = morning()
        day.read(.loose(.pause(from: day.now, until: nil), at: "2026-11-23 06:00"))
        day.run(until: "2026-11-24 12:00")
        #expect(held(day) == ["\(occurrence) paused"], "the record of the pause explains the others")
    }

    @Test func eachPauseHoldsAFirstTime() {
        var day = morning()
        day.read(.loose(.pause(from: day.now, until: nil), at: "2026-11-23 06:00"))
        day.run(until: "2026-11-25 12:00")
        day.read(.loose(.resume, at: "2026-11-25 12:00"))
        day.run(until: "2026-11-26 08:00")
        day.press(.done)
        day.read(.loose(.pause(from: day.now, until: nil), at: "2026-11-26 08:00"))
        day.run(until: "2026-12-01 12:00")
        #expect(held(day) == ["\(occurrence) paused", "morning@2026-11-27T07:30 paused"])
    }

    @Test func aMorningWithoutAServerIsHeldByThat() {
        var day = morning(obstacle: .noServer)
        day.run(until: "12:00")
        #expect(held(day) == ["\(occurrence) no-server"])
    }

    @Test func afterASleepOfDaysOnlyTheNewestOfEachRoutineIsTold() {
        var day = morning(Configuration(routines: [.daily("morning", "07:30"), Self.desk]))
        day.happen(.presence(.away(.asleep)))
        day.suspend(until: "2026-11-26 14:00")
        day.happen(.presence(.present))
        day.run(until: "2026-11-26 14:10")
        #expect(held(day) == ["morning@2026-11-26T07:30 asleep", "desk@2026-11-26T11:00 asleep"])
    }

    @Test func ofWhatWasFollowedAndSleptThroughOnlyTheNewestIsTold() {
        var day = morning(Configuration(routines: [Self.desk]))
        day.happen(.presence(.away(.locked)))
        day.run(until: "09:30")
        day.suspend(until: "14:00")
        #expect(held(day) == ["desk@2026-11-23T11:00 asleep"])
        day.run(until: "17:00")
        #expect(held(day) == ["desk@2026-11-23T11:00 asleep", "desk@2026-11-23T15:00 locked"])
    }

    @Test func aClockSetForwardsOverDaysTellsTheNewest() {
        var day = morning()
        day.setClock(to: "2026-11-26 14:00")
        #expect(held(day) == ["morning@2026-11-26T07:30 clock"])
    }

    @Test func inClockDoubtNothingIsHeld() {
        var day = morning()
        day.happen(.presence(.away(.locked)))
        day.run(until: "11:00")
        day.happen(.clock(.behindJournal(Zone.berlin.instant("2027-01-01 00:00"))))
        day.run(until: "12:00")
        day.setClock(to: "2027-01-01 12:00")
        day.happen(.clock(nil))
        day.run(until: "2027-01-01 13:00")
        #expect(held(day) == [])
    }

    @Test func nothingIsHeldTwiceWhenTheClockGoesBack() {
        var day = morning()
        day.happen(.presence(.away(.locked)))
        day.run(until: "11:31")
        day.setClock(to: "11:00")
        day.run(until: "12:00")
        #expect(held(day) == ["\(occurrence) locked"])
    }

    @Test func whoFliesAwayFromAWindowHasNotMissedIt() {
        var day = morning()
        day.happen(.presence(.away(.locked)))
        day.run(until: "11:00")
        day.happen(.zone(.newYork))
        #expect(held(day) == [])
        day.happen(.presence(.present))
        day.run(until: "2026-11-23 13:31")
        #expect(day.shown.count == 1)
    }

    @Test func aDaemonThatStartsAfterTheWindowKnowsNothing() {
        var day = morning(at: "12:00")
        day.run(until: "2026-11-23 20:00")
        #expect(held(day) == [])
    }

    @Test func aTimeThatWasPassedOverIsHeldByTheSettings() {
        var day = morning(at: "08:00")
        day.happen(.configuration(Configuration(routines: [.daily("morning", "07:00")])))
        day.run(until: "12:00")
        #expect(held(day) == ["morning@2026-11-23T07:00 settings"])
    }

    @Test func soItIsAfterASleep() {
        var day = morning(at: "08:00")
        day.happen(.configuration(Configuration(routines: [.daily("morning", "07:00")])))
        day.jump(to: Zone.berlin.instant("2026-11-23 12:00"), .resumed)
        #expect(held(day) == ["morning@2026-11-23T07:00 settings"])
    }

    @Test func inAPauseItDoesNotMatterThatTheMachineSlept() {
        var day = morning()
        day.read(.loose(.pause(from: day.now, until: nil), at: "2026-11-23 06:00"))
        day.jump(to: Zone.berlin.instant("2026-11-23 12:00"), .resumed)
        #expect(held(day) == ["\(occurrence) paused"])
    }

    // MARK: Many times in a row

    private static let often = Routine.daily("often", "*-*-* *:00/15:00", window: .minutes(15))

    /// Such as `09:00 locked`, and with a row `09:45 locked since 09:00`; a line for each.
    private func rows(_ day: Simulation) -> [String] {
        day.journal.filter(\.isHeld).map { record in
            guard case .held(let reason?) = record.kind, let nominal = record.occurrence?.nominal else { return "?" }
            let since = record.heldSince.map { " since \(HumanTime.clock(day.zone.civil($0)))" } ?? ""
            return "\(HumanTime.clock(nominal)) \(reason.rawValue)\(since)"
        }
    }

    /// What the logbook says of each time of a day that has closed.
    private func reasons(_ day: Simulation, on date: String) -> [String: String] {
        guard let date = Day(date) else { return [:] }
        let routines = day.session.timetable.configuration.routines.map {
            ($0, History(of: $0, in: day.session.diary, at: day.now))
        }
        let book = Logbook(of: routines, in: day.session.diary, on: date...date, at: day.now)
        var reasons: [String: String] = [:]
        for entry in book.pages.flatMap(\.entries) {
            guard let nominal = entry.occurrence?.nominal else { continue }
            let words = entry.happenings.map { happening in
                if case .held(let reason?) = happening.what { reason.rawValue } else { "\(happening.what)" }
            }
            reasons["\(nominal)"] = words.isEmpty ? "\(entry.outcome)" : words[0]
        }
        return reasons
    }

    @Test func aRowOfTimesIsToldByItsFirstAndItsLast() {
        var day = morning(Configuration(routines: [Self.often]), at: "09:00")
        day.happen(.presence(.away(.locked)))
        day.run(until: "09:16")
        #expect(rows(day) == ["09:00 locked"])
        day.run(until: "10:05")
        day.happen(.presence(.present))
        #expect(rows(day) == ["09:00 locked", "09:45 locked since 09:00"])
        day.run(until: "10:20")
        let told = reasons(day, on: "2026-11-23")
        #expect(["00", "15", "30", "45"].allSatisfy { told["2026-11-23T09:\($0)"] == "locked" })
        #expect(told["2026-11-23T10:00"]?.hasPrefix("asked") == true)
    }

    @Test func anotherReasonBeginsAnotherRow() {
        var day = morning(Configuration(routines: [Self.often]), at: "09:00")
        day.happen(.presence(.away(.idle)))
        day.run(until: "09:35")
        day.happen(.presence(.away(.locked)))
        day.run(until: "10:20")
        day.suspend(until: "12:05")
        day.run(until: "12:50")
        day.happen(.presence(.present))
        #expect(
            rows(day) == [
                "09:00 idle", "09:15 idle since 09:00", "09:30 locked", "10:00 locked since 09:30", "11:45 asleep",
                "12:00 locked", "12:30 locked since 12:00",
            ])
        let told = reasons(day, on: "2026-11-23")
        #expect(told["2026-11-23T09:45"] == "locked")
        #expect(told["2026-11-23T10:15"] == "unrecorded", "the machine slept")
        #expect(told["2026-11-23T12:15"] == "locked")
    }

    @Test func monthsOfAbsenceAreAHandfulOfRecordsADay() {
        var day = morning(Configuration(routines: [Self.often]), at: "08:50")
        day.happen(.presence(.away(.noSession)))
        day.run(until: "2027-02-23 09:05")
        #expect(day.journal.count(where: \.isHeld) <= 2 * 93)
        let told = reasons(day, on: "2027-01-15")
        #expect(told.count == 96)
        #expect(told.values.allSatisfy { $0 == "away" })
    }

    @Test func monthsOfAPauseAreOneRecord() {
        var day = morning(Configuration(routines: [Self.often]), at: "08:50")
        day.read(.loose(.pause(from: day.now, until: nil), at: "2026-11-23 08:50"))
        day.happen(.presence(.away(.locked)))
        day.run(until: "2027-02-23 09:05")
        #expect(rows(day) == ["08:45 paused"])
        #expect(reasons(day, on: "2027-01-15").values.allSatisfy { $0 == "paused" })
    }

    @Test func aDaemonThatEndsTellsOfItsRow() {
        var day = morning(Configuration(routines: [Self.often]), at: "09:00")
        day.happen(.presence(.away(.locked)))
        day.run(until: "10:05")
        day.happen(.stop)
        #expect(rows(day) == ["09:00 locked", "09:45 locked since 09:00"])
    }

    @Test func aTimeThatWasAnsweredEndsTheRow() throws {
        var day = morning(Configuration(routines: [Self.often]), at: "09:00")
        day.happen(.presence(.away(.locked)))
        day.run(until: "09:40")
        let answered = try #require(OccurrenceID("often@2026-11-23T09:30"))
        day.read(.made(.done, answered, at: "2026-11-23 09:40", in: .berlin))
        day.run(until: "10:20")
        day.happen(.presence(.present))
        #expect(
            rows(day) == ["09:00 locked", "09:15 locked since 09:00", "09:45 locked", "10:00 locked since 09:45"])
    }
}
