import StretchBase
import StretchCore
import TestSupport
import Testing

/// The implausible clock (docs/rules.md, *Time*): when it is one, and what the session does meanwhile.
struct ClockDoubtTests {
    private static let built = Zone.utc.instant("2026-11-22 00:00")
    private let occurrence = OccurrenceID.morning("2026-11-23T07:30")

    // MARK: When

    struct Case: CustomTestStringConvertible, Sendable {
        let now: String
        var newest: String?
        var isSynchronised = false
        var doubt: ClockDoubt?
        var testDescription: String { "\(now) after \(newest ?? "nothing"), synchronised: \(isSynchronised)" }
    }

    private static func instant(_ text: String) -> Instant { Zone.utc.instant(text) }

    static let cases = [
        Case(now: "2001-01-01 00:00", doubt: .beforeBuild(built)),
        Case(now: "2001-01-01 00:00", isSynchronised: true, doubt: .beforeBuild(built)),
        // The builder's zone may have been a day ahead.
        Case(now: "2026-11-20 23:59:59", doubt: .beforeBuild(built)), Case(now: "2026-11-21 00:00"),
        Case(now: "2026-12-01 12:00", newest: "2026-12-02 12:00"),
        Case(
            now: "2026-12-01 12:00", newest: "2026-12-02 12:00:01",
            doubt: .behindJournal(instant("2026-12-02 12:00:01"))),
        // Where the clock is kept right, the record is what is wrong.
        Case(now: "2026-12-01 12:00", newest: "2030-01-01 00:00", isSynchronised: true),
        Case(now: "2026-12-01 12:00", newest: "2026-11-30 12:00"), Case(now: "2026-12-01 12:00"),
        Case(now: "2199-12-01 12:00", newest: "2026-11-30 12:00"),
        // Whatever the records: it cannot be.
        Case(now: "1970-01-01 00:00", newest: "2026-12-02 12:00", doubt: .beforeBuild(built)),
    ]

    @Test(arguments: cases)
    func theClockIsDoubtedWhenItCannotBeRight(test: Case) {
        let doubt = ClockDoubt(
            at: Self.instant(test.now), built: Self.built, newest: test.newest.map(Self.instant),
            isSynchronised: test.isSynchronised)
        #expect(doubt == test.doubt)
    }

    @Test func theKernelIsAskedOnlyWhenItMatters() {
        var questions = 0
        func ask() -> Bool {
            questions += 1
            return true
        }
        let now = Self.instant("2026-12-01 12:00")
        _ = ClockDoubt(at: now, built: Self.built, newest: now + .hours(23), isSynchronised: ask())
        _ = ClockDoubt(at: now, built: now + .days(2), newest: nil, isSynchronised: ask())
        #expect(questions == 0)
        _ = ClockDoubt(at: now, built: Self.built, newest: now + .hours(25), isSynchronised: ask())
        #expect(questions == 1)
    }

    @Test func theReasonSaysWhatTheClockShowsAndWhatItCannotBeBefore() {
        let now = Self.instant("2001-01-01 12:00")
        #expect(
            ClockDoubt.beforeBuild(Self.built).words(at: now, in: .berlin)
                == "the clock must be wrong: it shows 1 Jan 2001, but this program was built 22 Nov 2026")
        #expect(
            ClockDoubt.behindJournal(Self.instant("2026-11-22 23:30")).words(at: now, in: .berlin)
                == "the clock must be wrong: it shows 1 Jan 2001, but this machine's newest record is of 23 Nov 2026")
    }

    // MARK: What the session does

    private func morning() -> Simulation {
        Simulation(.morningRoutine, from: "2026-11-23 06:00", zone: .berlin, journal: [.longAgo])
    }

    private static let doubt = ClockDoubt.beforeBuild(built)

    /// At 07:31 the clock falls back to 2001.
    private func fallen() -> Simulation {
        var day = morning()
        day.run(until: "07:31")
        day.setClock(to: "2001-01-01 07:00", doubted: Self.doubt)
        return day
    }

    @Test func nothingIsAskedAtATimeThatCannotBe() {
        var day = morning()
        day.setClock(to: "2001-01-01 07:00", doubted: Self.doubt)
        day.run(until: "2001-01-03 12:00")
        #expect(day.shown == [])
        #expect(day.reason == "the clock must be wrong: it shows 3 Jan 2001, but this program was built 22 Nov 2026")
        #expect(day.outlook.due.isEmpty)
        day.run(until: "2001-01-04 08:00")
        #expect(day.reasons == [day.reason])
        #expect(day.outlook.due.map(\.state) == [.waiting])
    }

    @Test func putRightItAsksForWhatIsOpen() {
        var day = morning()
        day.setClock(to: "2001-01-01 07:00", doubted: Self.doubt)
        day.run(until: "2001-01-01 08:00")
        day.setClock(to: "2026-11-23 08:00", doubted: nil)
        #expect(day.reason == "just back, waits until 08:01")
        day.run(until: "08:02")
        #expect(day.shown == ["08:01 \(occurrence)"])
        #expect(day.reason == nil)
    }

    @Test func whatIsOnTheScreenStaysAndIsNotRaised() {
        var day = fallen()
        day.run(until: "2001-01-02 12:00")
        #expect(day.withdrawn == [])
        #expect(day.shown.count == 1)
        day.setClock(to: "2026-11-23 07:40", doubted: nil)
        day.run(until: "07:50")
        #expect(day.withdrawn == [])
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "07:45"])
    }

    @Test func whatIsOverWhenTheClockIsRightAgainIsWithdrawn() {
        var day = fallen()
        day.setClock(to: "2026-11-23 12:00", doubted: nil)
        #expect(day.screen.isEmpty)
    }

    @Test func anAnswerGivenMeanwhileCountsForItsOccurrence() throws {
        var day = fallen()
        day.press(.done, on: .occurrence(occurrence))
        let record = try #require(day.journal.last)
        #expect(record.verdict == .done)
        #expect(record.day == Day("2026-11-23"))
        // Later than the prompt it answers, whatever the clock shows.
        #expect(record.ts.instant > Zone.berlin.instant("2026-11-23 07:30"))
        day.setClock(to: "2026-11-23 07:40", doubted: nil)
        day.run(until: "12:00")
        #expect(day.shown.count == 1)
    }

    @Test func anAnswerReadMeanwhileTakesItsPromptAway() {
        var day = fallen()
        day.read(.made(.done, occurrence, at: "2026-11-23 07:31", in: .berlin))
        #expect(day.screen.isEmpty)
    }

    @Test func aRoutineThatIsEditedAwayMeanwhileTakesItsPromptAlong() {
        var day = fallen()
        day.happen(.configuration(Configuration(routines: [.daily("evening", "21:00")])))
        #expect(day.screen.isEmpty)
    }

    @Test func anUnwrittenAnswerIsWrittenMeanwhile() {
        var day = morning()
        day.run(until: "07:31")
        day.writeTrouble = .failed("full")
        day.press(.done)
        day.setClock(to: "2001-01-01 07:00", doubted: Self.doubt)
        day.writeTrouble = nil
        day.run(until: day.now + .minutes(2))
        #expect(day.journal.last?.verdict == .done)
    }

    @Test func startedWithSuchAClockItKnowsLaterWhatWasAsked() {
        var before = morning()
        before.run(until: "08:16")
        var session = Session(
            Diary(Timetable(.morningRoutine, zone: .berlin), Ledger(before.journal)), ids: RecordIDs(seed: 2),
            at: Zone.berlin.instant("2001-01-01 00:00"))
        let start = [Event.clock(Self.doubt), .started(adopting: [.occurrence(occurrence)])]
        let started = session.handle(start, at: Zone.berlin.instant("2001-01-01 00:00"))
        #expect(!started.contains { if case .show = $0 { true } else { false } })
        #expect(!started.contains(.withdraw(.occurrence(occurrence))))
        // Three reminders were used up: it is taken over when the person has settled, and rests.
        _ = session.handle([.clock(nil), .clockChanged()], at: Zone.berlin.instant("2026-11-23 08:20"))
        let right = session.handle(.timer, at: Zone.berlin.instant("2026-11-23 08:21"))
        #expect(right.count { if case .show = $0 { true } else { false } } == 1)
        #expect(right.last == .wake(at: Zone.berlin.instant("2026-11-23 11:30")))
    }

    @Test func theFirstStartIsAnnouncedWhenTheClockIsRight() {
        var day = Simulation(.morningRoutine, from: "2026-11-22 20:00", zone: .berlin)
        day.setClock(to: "2001-01-01 20:00", doubted: Self.doubt)
        day.run(until: "2001-01-01 23:00")
        #expect(day.shown == [])
        day.setClock(to: "2026-11-22 20:05", doubted: nil)
        day.run(until: "20:07")
        #expect(day.shown == ["20:06 welcome"])
    }

    @Test func notEvenOnRequestIsAnythingAsked() {
        var day = morning()
        day.setClock(to: "2001-01-01 06:00", doubted: Self.doubt)
        day.happen(.askNow)
        #expect(day.shown == [])
    }

    @Test func aBonusPromptIsNeitherShownNorLeftWhereTheDayIsNotKnown() {
        var day = morning()
        day.run(until: "07:30")
        day.press(.done)
        day.happen(.askNow)
        #expect(day.screen.keys.contains(.bonus(routine: "morning")))
        day.setClock(to: "2001-01-06 12:00", doubted: Self.doubt)
        #expect(day.screen.isEmpty)
        day.run(until: "2001-01-06 12:30")
        day.happen(.askNow)
        #expect(day.screen.isEmpty)
        // Pressed in the moment before it went.
        day.press(.done, on: .bonus(routine: "morning"))
        #expect(day.journal.count { $0.verdict == .done } == 1)
    }

    @Test func whoCameShortlyBeforeTheClockBecameRightIsLetArrive() {
        var session = Session(
            Diary(Timetable(.morningRoutine, zone: .berlin), Ledger([.longAgo])), ids: RecordIDs(seed: 2),
            at: Zone.berlin.instant("2001-01-01 00:00"))
        _ = session.handle(
            [.clock(Self.doubt), .started(adopting: [])], at: Zone.berlin.instant("2001-01-01 00:00"))
        let right = session.handle([.clock(nil), .clockChanged()], at: Zone.berlin.instant("2026-11-23 08:00"))
        #expect(!right.contains { if case .show = $0 { true } else { false } })
        #expect(right.last == .wake(at: Zone.berlin.instant("2026-11-23 08:01")))
    }

    @Test func whoWasThereBeforeTheClockWentWrongIsAskedAtOnceWhenItIsRight() {
        var day = fallen()
        day.press(.done)
        day.run(until: "2001-01-02 12:00")
        day.setClock(to: "2026-11-24 08:00", doubted: nil)
        #expect(day.shown.last == "08:00 morning@2026-11-24T07:30")
    }

    // MARK: Wake-ups

    @Test func onlyTheOccurrencesOwnTimesWakeTheMachineUp() {
        var day = fallen()
        #expect(day.wake == Zone.berlin.instant("2001-01-01 07:30"))
        day.run(until: "2001-01-01 07:30")
        #expect(day.wake == Zone.berlin.instant("2001-01-01 11:30"))
        day.run(until: "2001-01-01 11:30")
        #expect(day.wake == Zone.berlin.instant("2001-01-02 07:30"))
    }

    @Test func aClockThatMayBeKeptRightSilentlyIsLookedAtEveryMinuteWhileSomethingIsDue() {
        var day = morning()
        day.happen(.clock(.behindJournal(Zone.berlin.instant("2026-12-01 12:00"))))
        #expect(day.wake == Zone.berlin.instant("2026-11-23 07:30"))
        day.run(until: "07:30")
        #expect(day.wake == Zone.berlin.instant("2026-11-23 07:31"))
        day.happen(.presence(.away(.locked)))
        #expect(day.wake == Zone.berlin.instant("2026-11-23 11:30"))
        day.happen(.presence(.present))
        day.run(until: "11:30")
        #expect(day.wake == Zone.berlin.instant("2026-11-24 07:30"))
        #expect(day.shown == [])
    }
}

extension Simulation {
    fileprivate mutating func setClock(to time: String, doubted doubt: ClockDoubt?) {
        jump(to: Zone.berlin.instant(time), .clock(doubt))
        happen(.clockChanged())
    }
}
