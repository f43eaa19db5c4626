import StretchBase
import StretchCore
import TestSupport
import Testing

/// What several snoozes of one occurrence mean (docs/rules.md, rule 5).
struct SnoozingTests {
    private let occurrence = OccurrenceID.morning("2026-11-23T07:30")

    private func prompted(_ configuration: Configuration = .morningRoutine) -> Simulation {
        var day = Simulation(configuration, from: "2026-11-23 06:00", zone: .berlin, journal: [.longAgo])
        day.run(until: "07:31")
        return day
    }

    private func snooze(at time: String, until end: String) -> Record {
        .made(.snooze(until: instant(end)), occurrence, at: "2026-11-23 \(time)", in: .berlin)
    }

    private func instant(_ clock: String) -> Instant { Zone.berlin.instant("2026-11-23 \(clock)") }

    private func outcome(_ day: Simulation, _ span: Duration? = nil) throws -> SnoozeOutcome {
        let routine = day.session.timetable.configuration.routines[0]
        let open = try #require(day.session.diary.open(routine, at: day.now))
        return day.session.diary.snooze(open, for: span, at: day.now)
    }

    @Test(arguments: [["08:30", "07:50"], ["07:50", "08:30"]])
    func theOneRecordedLastCountsWhetherShorterOrLonger(ends: [String]) {
        var day = prompted()
        day.read(snooze(at: "07:32", until: ends[0]))
        day.read(snooze(at: "07:33", until: ends[1]))
        day.run(until: "09:00")
        #expect(day.shown.prefix(2).map { $0.prefix(5) } == ["07:30", ends[1][...]])
    }

    /// Records of several machines arrive in any order.
    @Test func theOrderOfArrivalDoesNotMatter() {
        let records = [snooze(at: "07:32", until: "09:00"), snooze(at: "07:33", until: "07:50")]
        for order in [records, records.reversed()] {
            var day = prompted()
            day.happen(.journal(order))
            #expect(day.reasons == ["until 07:50"])
        }
    }

    @Test func oneThatIsTakenBackCountsForNothingAndTheOneBeforeStands() {
        var day = prompted()
        let short = snooze(at: "07:33", until: "07:50")
        day.read(snooze(at: "07:32", until: "08:30"))
        day.read(short)
        #expect(day.reasons == ["until 07:50"])
        day.read(.made(.undo([short.id]), occurrence, at: "2026-11-23 07:34", in: .berlin))
        #expect(day.reasons == ["until 08:30"])
        day.run(until: "08:31")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "08:30"])
    }

    @Test func theOnlyOneTakenBackAsksAgainAtOnceAndOnce() {
        var day = prompted(.morningRoutine.with { $0.prompt.reminders = 0 })
        day.press(.snooze)
        day.run(until: "07:35")
        let snooze = day.journal.last
        day.read(.made(.undo([snooze?.id ?? ""]), occurrence, at: "2026-11-23 07:35", in: .berlin))
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "07:35"])
        day.run(until: "2026-11-23 12:00")
        #expect(day.shown.count == 2)
    }

    @Test func aShorterOneDoesNotUseOneUp() throws {
        var day = prompted(.morningRoutine.with { $0.prompt.snoozeLimit = 2 })
        day.read(snooze(at: "07:31", until: "08:00"))
        day.read(snooze(at: "07:32", until: "08:30"))
        day.run(until: "07:35")
        #expect(try outcome(day, .minutes(60)) == .usedUp)
        #expect(try outcome(day, .minutes(55)) == .usedUp, "as long as the one in force")
        #expect(try outcome(day, .minutes(5)) == .until(instant("07:40")))
        day.read(snooze(at: "07:36", until: "07:45"))
        day.read(snooze(at: "07:37", until: "07:41"))
        day.run(until: "07:40")
        #expect(try outcome(day, .seconds(30)) == .until(instant("07:40:30")), "both were shorter")
        day.run(until: "07:50")
        #expect(try outcome(day) == .usedUp, "none is in force any more")
    }

    @Test func oneAfterTheOtherUsesThemUp() throws {
        var day = prompted(.morningRoutine.with { $0.prompt.snoozeLimit = 2 })
        day.read(snooze(at: "07:31", until: "08:00"))
        day.run(until: "08:00")
        day.read(snooze(at: "08:00", until: "08:05"))
        day.run(until: "08:05")
        #expect(try outcome(day) == .usedUp)
    }

    @Test func oneTakenBackIsNotUsedUp() throws {
        var day = prompted(.morningRoutine.with { $0.prompt.snoozeLimit = 1 })
        let snooze = snooze(at: "07:31", until: "08:00")
        day.read(snooze)
        #expect(try outcome(day, .minutes(60)) == .usedUp)
        day.read(.made(.undo([snooze.id]), occurrence, at: "2026-11-23 07:32", in: .berlin))
        #expect(try outcome(day) == .until(instant("07:41")))
    }

    @Test func laterInAGuideAddsNoneToASnoozeFromAShell() {
        var ids = RecordIDs(seed: 1)
        let day = prompted()
        var diary = day.session.diary
        var account = GuideAccount(
            of: diary.configuration.routines[0], on: .occurrence(occurrence), day: DailyRecords.today, via: .guide,
            at: day.now)
        diary.ledger.merge([account.begin(for: .minutes(10), in: diary, id: "guide", at: day.now)])
        let without = account.putOff(in: diary, ids: &ids, at: instant("07:35"))
        #expect(without.map(\.type) == ["undo", "snooze"])
        for end in ["07:36", "08:30"] {
            var snoozed = diary
            snoozed.ledger.merge([snooze(at: "07:34", until: end)])
            #expect(account.putOff(in: snoozed, ids: &ids, at: instant("07:35")).map(\.type) == ["undo"])
        }
    }

    /// The clock of the other machine is five minutes fast.
    @Test func theButtonOutranksASnoozeFromAFasterClock() throws {
        var day = prompted()
        day.read(snooze(at: "07:36", until: "09:00"))
        day.press(.snooze, on: .occurrence(occurrence))
        let record = try #require(day.journal.last)
        #expect(record.ts.instant == instant("07:36") + .milliseconds(1))
        #expect(day.reasons == ["until 07:41"])
    }
}
