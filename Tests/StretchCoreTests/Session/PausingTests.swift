import StretchBase
import StretchCore
import TestSupport
import Testing

/// What a pause does to what is asked (docs/rules.md, rule 14).
struct PausingTests {
    private let occurrence = OccurrenceID.morning("2026-11-23T07:30")

    private func prompted(_ configuration: Configuration = .morningRoutine) -> Simulation {
        var day = Simulation(configuration, from: "2026-11-23 06:00", zone: .berlin, journal: [.longAgo])
        day.run(until: "07:35")
        return day
    }

    private func pause(_ day: Simulation, until: String? = nil) -> Record {
        let time = "\(Zone.berlin.civil(day.now))".replacing("T", with: " ")
        return .loose(.pause(from: day.now, until: until.map(Zone.berlin.instant)), at: time)
    }

    private func history(_ day: Simulation) -> History {
        let timetable = day.session.timetable
        return History(
            of: timetable.configuration.routines[0], in: day.session.diary, at: day.now)
    }

    @Test func whoFallsIllAfterThePromptIsAskedAgainWhenTheyResume() {
        var day = prompted()
        day.read(pause(day))
        #expect(day.withdrawn == ["07:35 \(occurrence)"])
        #expect(day.reasons == ["paused until stretchd resume"])
        day.run(until: "09:00")
        day.read(.loose(.resume, at: "2026-11-23 09:00"))
        #expect(day.shown == ["07:30 \(occurrence)", "09:00 \(occurrence)"])
        #expect(day.journal.count(where: \.isReminder) == 0)
        day.run(until: "2026-11-23 11:00")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "09:00", "09:15", "09:30", "09:45"])
    }

    @Test func aPauseUntilADateAsksForNothingOfTheEveningBefore() throws {
        let configuration = Configuration(routines: [.daily("night", "23:30", window: .hours(8))])
        var life = Simulation(configuration, from: "2026-11-23 12:00", zone: .berlin, journal: [.longAgo])
        let night = configuration.routines[0]
        life.read(pause(life, until: "2026-11-25 04:00"))
        let next = life.session.diary.nextAsked(night, after: life.now)
        #expect(next?.id.nominal == CivilTime("2026-11-25T23:30"))
        life.run(until: "2026-11-25 05:00")
        #expect(life.shown.isEmpty)
        #expect(life.reasons == ["paused until Wed 25 Nov"])
        life.run(until: "2026-11-25 23:45")
        #expect(life.shown == ["23:30 night@2026-11-25T23:30", "23:45 night@2026-11-25T23:30"])
    }

    @Test func aPauseThatEndsInANightAsksForItsEvening() {
        let configuration = Configuration(routines: [.daily("night", "23:30", window: .hours(8))])
        var life = Simulation(configuration, from: "2026-11-23 12:00", zone: .berlin, journal: [.longAgo])
        life.read(pause(life, until: "2026-11-25 03:59"))
        life.run(until: "2026-11-25 04:00")
        #expect(life.shown == ["03:59 night@2026-11-24T23:30"])
    }

    @Test func whoIsWellAgainTheDayAfterHasMissedNothing() {
        var day = prompted()
        day.press(.done)
        day.run(until: "2026-11-24 07:35")
        day.read(pause(day))
        day.run(until: "2026-11-25 12:00")
        day.read(.loose(.resume, at: "2026-11-25 12:00"))
        day.run(until: "2026-11-26 07:35")
        day.press(.done)
        #expect(history(day).states(ofLast: 4).map(\.state) == [.done, .free, .free, .done])
        #expect(history(day).streak == 2)
    }

    @Test func aRestartInAPauseKnowsOfIt() {
        var before = prompted()
        before.read(pause(before))
        var day = Simulation(
            .morningRoutine, from: "2026-11-23 08:00", zone: .berlin, journal: before.journal, seed: 2)
        day.run(until: "08:30")
        #expect(day.shown == [])
        day.read(.loose(.resume, at: "2026-11-23 08:30"))
        #expect(day.shown == ["08:30 \(occurrence)"])
    }

    @Test func resumedFromElsewhereItIsAskedWhenSomebodyIsThere() {
        var day = prompted()
        day.read(pause(day))
        day.happen(.presence(.away(.locked)))
        day.run(until: "08:00")
        day.read(.loose(.resume, at: "2026-11-23 08:00"))
        #expect(day.reasons == ["locked since 07:35"])
        day.run(until: "08:30")
        day.happen(.presence(.present))
        #expect(day.reasons == ["just back, waits until 08:31"])
        day.run(until: "08:40")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "08:31"])
    }

    @Test func theLongerPauseOfAnotherMachineHolds() {
        var day = prompted()
        day.read(pause(day, until: "2026-11-23 08:00"))
        day.read(pause(day, until: "2026-11-23 09:00"))
        day.run(until: "09:10")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "09:00"])
    }

    @Test func aClockSetBackEndsNoPause() {
        var day = prompted()
        day.read(pause(day))
        day.setClock(to: "07:31")
        day.run(until: "2026-11-24 12:00")
        #expect(day.shown.count == 1)
    }

    @Test func whatAPauseHidComesBackOneAfterTheOther() {
        let ids = ["a", "b", "c"]
        var day = Simulation(
            Configuration(routines: ids.map { .daily($0, "07:30") }), from: "2026-11-23 06:00", zone: .berlin,
            journal: [.longAgo])
        day.run(until: "07:35")
        #expect(day.screen.count == 3)
        day.read(pause(day))
        #expect(day.screen.isEmpty)
        day.run(until: "08:35")
        day.read(.loose(.resume, at: "2026-11-23 08:35"))
        let waiting = day.reasons.compactMap(\.self)
        #expect(waiting == Array(repeating: "waits a minute after another prompt", count: 2))
        day.run(until: "08:40")
        #expect(day.shown.dropFirst(3) == ids.indices.map { "08:3\(5 + $0) \(ids[$0])@2026-11-23T07:30" }[...])
        #expect(day.journal.count(where: \.isReminder) == 0)
    }

    @Test func aSnoozeThatEndsInAPauseWaitsForItsEnd() {
        var day = prompted()
        day.press(.snooze)
        day.read(pause(day, until: "2026-11-23 08:00"))
        day.run(until: "08:05")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "08:00"])
    }

    // MARK: A pause in the future or in the past

    private func planned(_ from: String, until: String?, at time: String = "2026-11-23 06:00") -> Record {
        let kind = Record.Kind.pause(from: Zone.berlin.instant(from), until: until.map(Zone.berlin.instant))
        return .loose(kind, at: time)
    }

    private func morning(_ records: Record...) -> Simulation {
        var day = Simulation(.morningRoutine, from: "2026-11-23 06:00", zone: .berlin, journal: [.longAgo])
        for record in records { day.read(record) }
        return day
    }

    @Test func aPauseThatBeginsLaterTakesThePromptAwayThenAndItComesBackAtItsEnd() {
        var day = morning(planned("2026-11-23 08:05", until: "2026-11-23 09:00"))
        #expect(day.reason == nil)
        day.run(until: "08:04")
        #expect(day.screen.count == 1)
        day.run(until: "08:06")
        #expect(day.withdrawn == ["08:05 \(occurrence)"])
        #expect(day.reasons == ["paused until 09:00"])
        day.run(until: "11:00")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "07:45", "08:00", "09:00", "09:15"])
        #expect(day.journal.count(where: \.isReminder) == 3)
    }

    /// The prompt is on a locked screen.
    @Test func aPauseThatBeginsWhileNobodyIsThereTakesThePromptAway() {
        var day = morning(planned("2026-11-23 08:05", until: nil))
        day.run(until: "07:40")
        day.happen(.presence(.away(.locked)))
        day.run(until: "08:06")
        #expect(day.withdrawn == ["08:05 \(occurrence)"])
    }

    @Test func holidaysInAdvanceAreAskedForUntilTheyBeginAndAfterTheyEnd() {
        var life = morning(planned("2026-11-25 04:00", until: "2026-11-28 04:00"))
        life.run(until: "2026-11-24 23:00")
        #expect(life.shown.count == 8)
        life.run(until: "2026-11-27 23:00")
        #expect(life.shown.count == 8)
        life.run(until: "2026-11-28 07:31")
        #expect(life.shown.last == "07:30 morning@2026-11-28T07:30")
    }

    @Test func resumeLeavesAPauseThatHasNotBegun() {
        var life = morning(
            planned("2026-11-23 06:00", until: nil), planned("2026-11-25 04:00", until: "2026-11-26 04:00"))
        life.run(until: "08:00")
        life.read(.loose(.resume, at: "2026-11-23 08:00"))
        #expect(life.shown == ["08:00 \(occurrence)"])
        life.run(until: "2026-11-25 12:00")
        #expect(life.shown.last?.hasSuffix("morning@2026-11-24T07:30") == true)
        life.run(until: "2026-11-26 07:31")
        #expect(life.shown.last == "07:30 morning@2026-11-26T07:30")
    }

    @Test func resumeEndsAPauseThatWasPlannedOnceItHasBegun() {
        var life = morning(planned("2026-11-23 08:05", until: "2026-11-26 04:00"))
        life.run(until: "08:30")
        life.read(.loose(.resume, at: "2026-11-23 08:30"))
        #expect(life.shown.last == "08:30 \(occurrence)")
        life.run(until: "2026-11-24 07:31")
        #expect(life.shown.last == "07:30 morning@2026-11-24T07:30")
    }

    /// Ill yesterday: the day was missed, and becomes free.
    @Test func aPauseInThePastFreesItsDays() {
        var life = morning()
        life.run(until: "2026-11-24 07:31")
        life.press(.done)
        #expect(history(life).states(ofLast: 2).map(\.state) == [.missed, .done])
        let diary = life.session.diary
        let kind = Record.Kind.pause(
            from: Zone.berlin.instant("2026-11-23 04:00"), until: Zone.berlin.instant("2026-11-24 04:00"))
        life.read(diary.record(ofPause: kind, id: "ill", at: life.now))
        #expect(history(life).states(ofLast: 2).map(\.state) == [.free, .done])
        life.run(until: "2026-11-25 07:31")
        #expect(life.shown.last == "07:30 morning@2026-11-25T07:30")
        life.read(.loose(.undo(["ill"]), at: "2026-11-25 07:31"))
        #expect(history(life).states(ofLast: 3).map(\.state) == [.missed, .done, .pending])
    }

    @Test func aPauseThatEndedBeforeTodayLeavesWhatIsDueAlone() {
        var day = morning()
        day.run(until: "07:31")
        day.read(planned("2026-11-22 04:00", until: "2026-11-23 04:00", at: "2026-11-23 07:31"))
        day.run(until: "07:40")
        day.read(planned("2026-11-23 07:32", until: "2026-11-23 07:35", at: "2026-11-23 07:40"))
        #expect(day.withdrawn == [])
        #expect(day.screen.count == 1)
    }

    @Test func aRestartInAPauseBringsThePromptBackThoughItsRemindersAreUsedUp() {
        let once = Configuration.morningRoutine.with { $0.prompt.reminders = 0 }
        var before = prompted(once)
        before.read(pause(before, until: "2026-11-23 09:00"))
        var day = Simulation(once, from: "2026-11-23 08:00", zone: .berlin, journal: before.journal, seed: 2)
        day.run(until: "2026-11-23 11:00")
        #expect(day.shown == ["09:00 \(occurrence)"])
    }

    // MARK: What is told of it

    @Test func whatIsNextIsWhatWillBeAsked() {
        var day = prompted()
        day.press(.done)
        day.read(pause(day, until: "2026-11-27 04:00"))
        #expect(day.reason == "paused until Fri 27 Nov")
        #expect(day.outlook.next?.id == .morning("2026-11-27T07:30"))
        day.read(pause(day, until: "2026-11-28 08:00"))
        #expect(day.reason == "paused until Sat 08:00")
        #expect(day.outlook.next?.id == .morning("2026-11-28T07:30"), "it is still open when the pause ends")
        day.read(pause(day))
        #expect(day.reason == "paused until stretchd resume")
        #expect(day.outlook.next == nil)
        day.run(until: "07:36")
        day.read(.loose(.resume, at: "2026-11-23 07:36"))
        #expect(day.reason == nil)
        #expect(day.outlook.next?.id == .morning("2026-11-24T07:30"))
    }

    @Test func whatWasAnsweredEarlyIsNotNextAfterThePause() {
        var day = prompted()
        day.read(pause(day, until: "2026-11-24 08:00"))
        day.read(.made(.done, .morning("2026-11-24T07:30"), at: "2026-11-23 07:35", in: .berlin))
        #expect(day.outlook.next?.id == .morning("2026-11-25T07:30"))
    }

    @Test(arguments: [
        ("2026-11-24 04:00", "2026-11-23 12:00", "Tue 24 Nov"), ("2026-11-24 04:00", "2026-11-24 02:00", "04:00"),
        ("2027-11-24 04:00", "2026-11-23 12:00", "Wed 24 Nov 2027"),
        ("2026-11-24 04:01", "2026-11-23 12:00", "Tue 04:01"),
        ("2026-11-23 18:00", "2026-11-23 12:00", "18:00"), ("2026-12-27 09:00", "2026-11-23 12:00", "Sun 27 Dec 09:00"),
    ])
    func theBeginningOfADayIsToldAsItsDate(until: String, now: String, words: String) {
        let timetable = Timetable(.morningRoutine, zone: .berlin)
        let now = Zone.berlin.instant(now)
        let pause = Pause(from: now, until: Zone.berlin.instant(until))
        #expect(pause.words(in: timetable, at: now) == "paused until \(words)")
    }

    @Test func aPauseOfOneRoutineIsNoneOfAll() {
        let two = Configuration(routines: [.daily("morning", "07:30"), .daily("desk", "09:00")])
        var day = prompted(two)
        let ts = Timestamp(day.now, in: .berlin)
        day.read(Record(id: "a", ts: ts, kind: .pause(from: day.now, until: nil), subject: .routine("morning")))
        #expect(day.reasons == ["paused until stretchd resume"])
        #expect(day.reason == nil)
        #expect(day.outlook.next?.id.routine == "desk")
    }

    // MARK: The one timer

    @Test func aPauseWakesNobodyUpButWhereSomethingBecomesDueOrCloses() {
        var day = prompted()
        day.press(.done)
        day.read(pause(day, until: "2026-12-07 04:00"))
        #expect(wakes(&day, until: "2026-12-06 23:00") == ["07:30", "11:30"])
        // Nothing is open when it ends, but panels show that it lasts.
        #expect(wakes(&day, until: "2026-12-07 07:29") == ["04:00"])
        #expect(wakes(&day, until: "2026-12-07 07:31") == ["07:30"])
        #expect(day.shown.last == "07:30 morning@2026-12-07T07:30")
    }

    @Test func theEndOfAPauseIsADeadlineWhereSomebodyIsToldOfIt() {
        var day = prompted()
        day.read(pause(day, until: "2026-11-23 09:00"))
        #expect(day.wake == Zone.berlin.instant("2026-11-23 09:00"))
        day.read(.made(.done, occurrence, at: "2026-11-23 07:35", in: .berlin))
        day.happen(.presence(.away(.locked)))
        #expect(day.wake == Zone.berlin.instant("2026-11-24 07:30"))
    }

    /// The times of day at which the timer rings.
    private func wakes(_ day: inout Simulation, until end: String) -> Set<String> {
        var times: Set<String> = []
        while let wake = day.wake, wake <= Zone.berlin.instant(end) {
            times.insert(HumanTime.clock(Zone.berlin.civil(wake)))
            day.run(until: wake)
        }
        return times
    }

    // MARK: Anything in any order

    @Test(arguments: UInt64(1)...20)
    func nothingIsOnTheScreenInAPause(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var ids = RecordIDs(seed: seed)
        let configuration = Configuration(routines: [
            .daily("morning", "07:30", "12:00"), .daily("desk", "*-*-* 09,11,15:00", window: .hours(1)),
        ])
        var life = Simulation(configuration, from: "2026-10-24 00:00", zone: .berlin, journal: [.longAgo], seed: seed)
        for _ in 0..<150 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<5: life.run(until: life.now + .minutes(Int.random(in: 1...300, using: &random)))
            case 5: life.step(by: .minutes(Int.random(in: -90...90, using: &random)))
            case 6: life.press(.done)
            case 7: life.read(ended(life, &ids, &random))
            default: life.read(paused(life, &ids, &random))
            }
            let ledger = life.session.ledger
            for subject in life.screen.keys {
                guard case .occurrence(let id) = subject else { continue }
                #expect(ledger.pause(of: id.routine, at: life.now) == nil, "asked in a pause")
            }
            #expect(
                (life.outlook.next == nil) == (ledger.pause(of: "desk", at: life.now)?.until == nil && isPaused(life)))
            if let wake = life.wake { #expect(wake > life.now) }
        }
        // Whatever happened, a resume ends it.
        life.read(ended(life, &ids, &random))
        #expect(!isPaused(life))
        let shown = life.shown.count
        life.run(until: life.now + .hours(24))
        #expect(life.shown.count > shown)
    }

    private func isPaused(_ life: Simulation) -> Bool {
        life.session.ledger.pause(of: "desk", at: life.now) != nil
    }

    private func paused(_ life: Simulation, _ ids: inout RecordIDs, _ random: inout SplitMix64) -> Record {
        let now = clock(life, &random)
        let span = [nil, 20, 200, 2000].randomElement(using: &random) ?? nil
        return record(.pause(from: now, until: span.map { now + .minutes($0) }), life, at: now, &ids)
    }

    private func ended(_ life: Simulation, _ ids: inout RecordIDs, _ random: inout SplitMix64) -> Record {
        record(.resume, life, at: clock(life, &random), &ids)
    }

    /// What the clock of some machine shows: up to two hours ahead or behind.
    private func clock(_ life: Simulation, _ random: inout SplitMix64) -> Instant {
        life.now + .minutes(Int.random(in: -120...120, using: &random))
    }

    private func record(_ kind: Record.Kind, _ life: Simulation, at now: Instant, _ ids: inout RecordIDs) -> Record {
        let ts = Timestamp(life.session.ledger.pauseTime(at: now), in: .berlin)
        return Record(id: ids.next(at: now), ts: ts, kind: kind, subject: .all)
    }
}
