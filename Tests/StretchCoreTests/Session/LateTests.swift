import StretchBase
import StretchCore
import TestSupport
import Testing

/// Whether an answer is late, as its record says for ever (docs/rules.md, rule 15; stretchd-journal(5)).
struct LateTests {
    private let occurrence = OccurrenceID.morning("2026-11-23T07:30")

    private func instant(_ clock: String) -> Instant { Zone.berlin.instant("2026-11-23 \(clock)") }

    private func verdict(
        _ verdict: Verdict = .done, at clock: String, after records: [Record] = [],
        in configuration: Configuration = .morningRoutine
    ) -> Record {
        Diary(Timetable(configuration, zone: .berlin), Ledger(records))
            .record(
                of: verdict, on: .occurrence(occurrence), day: occurrence.day(startingAt: .hours(4)), goal: 1,
                via: .cli, id: Record.ID("\(verdict) \(clock)"), at: instant(clock))
    }

    private func started(at clock: String, until end: String) -> Record {
        .made(.started(until: instant(end)), occurrence, at: "2026-11-23 \(clock)", in: .berlin)
    }

    @Test(arguments: [("07:00", false), ("07:30", false), ("11:29:59", false), ("11:30", true), ("23:00", true)])
    func theWindowDecides(clock: String, late: Bool) {
        #expect(verdict(at: clock).late == late)
        #expect(verdict(.skip, at: clock).late == late)
    }

    @Test func aGuideThatHoldsTheWindowKeepsTheAnswerInTime() {
        let guide = started(at: "11:25", until: "11:45")
        #expect(verdict(at: "11:40", after: [guide]).late == false)
        #expect(verdict(at: "11:45", after: [guide]).late == true)
        let undo = Record.made(.undo([guide.id]), occurrence, at: "2026-11-23 11:31", in: .berlin)
        #expect(verdict(at: "11:40", after: [guide, undo]).late == true)
    }

    @Test func aGuideThatBeganAfterTheWindowDoesNotOpenItAgain() {
        #expect(verdict(at: "12:10", after: [started(at: "12:00", until: "12:20")]).late == true)
        // One that takes longer than it said first says so before its end.
        let guide = [started(at: "11:25", until: "11:45"), started(at: "11:44", until: "12:05")]
        #expect(verdict(at: "12:00", after: guide).late == false)
    }

    @Test func aGuideThatChangesASkipKeepsTheDoneInTime() {
        let skip = verdict(.skip, at: "09:00")
        #expect(verdict(at: "11:40", after: [skip, started(at: "11:25", until: "11:45")]).late == false)
    }

    @Test func aRepeatedVerdictIsAsLateAsTheFirstOne() {
        let inTime = verdict(at: "11:00")
        #expect(verdict(at: "12:00", after: [inTime]).late == false)
        #expect(verdict(.skip, at: "12:00", after: [inTime]).late == true, "another verdict is a new answer")
        let late = verdict(at: "12:00")
        #expect(verdict(at: "13:00", after: [late]).late == true)
        let longer = Configuration(routines: [.daily("morning", "07:30", window: .hours(12))])
        #expect(verdict(at: "13:00", after: [late], in: longer).late == true)
    }

    @Test func ofARecordThatDoesNotSayItTheOthersDo() {
        let prompted = Record.made(
            .prompted(closes: instant("11:30"), reminder: false), occurrence, at: "2026-11-23 07:30", in: .berlin)
        let done = Record.made(.done, occurrence, at: "2026-11-23 11:00", in: .berlin)
        #expect(done.late == nil)
        #expect(verdict(at: "12:00", after: [prompted, done]).late == false)
        let lateDone = Record.made(.done, occurrence, at: "2026-11-23 11:40", in: .berlin)
        #expect(verdict(at: "12:00", after: [prompted, lateDone]).late == true)
    }

    @Test func ofATimeThatIsNotPlannedAnyMoreItsPromptSaysWhenItClosed() {
        let other = Configuration(routines: [.daily("desk", "09:00")])
        let prompted = Record.made(
            .prompted(closes: instant("11:30"), reminder: false), occurrence, at: "2026-11-23 07:30", in: .berlin)
        #expect(verdict(at: "11:00", after: [prompted], in: other).late == false)
        #expect(verdict(at: "11:30", after: [prompted], in: other).late == true)
        #expect(verdict(at: "23:00", in: other).late == false, "the day is not over")
    }

    @Test func aBonusIsNeitherLateNorInTime() {
        let diary = Diary(Timetable(.morningRoutine, zone: .berlin))
        let bonus = diary.record(
            of: .done, on: .routine("morning"), day: DailyRecords.today, goal: 1, via: .cli, id: "1",
            at: instant("23:00"))
        #expect(bonus.late == nil)
    }

    @Test func theButtonSaysIt() {
        var day = Simulation(.morningRoutine, from: "2026-11-23 06:00", zone: .berlin, journal: [.longAgo])
        day.run(until: "07:31")
        day.press(.done)
        #expect(day.journal.last?.late == false)
        #expect(day.journal.last?.text.contains(#""late":false"#) == true)
    }

    // MARK: A guide and the days

    private func states(_ diary: DailyRecords) -> String { diary.states(3) }

    @Test func aGuideMakesTodayPendingThoughNobodyWasAsked() {
        var diary = DailyRecords("D D N", at: "12:00")
        #expect(states(diary) == "DDN")
        diary.guide(DailyRecords.today, at: "11:55")
        #expect(states(diary) == "DDT")
        diary.now = DailyRecords.instant(DailyRecords.today, "12:30")
        #expect(states(diary) == "DDN", "it was never finished")
    }

    @Test func aGuideChangesNoPastDay() {
        var diary = DailyRecords("D M N", at: "05:00")
        let before = states(diary)
        diary.guide(DailyRecords.today - 1, of: DailyRecords.today, at: "04:55")
        #expect(states(diary) == before)
    }

    /// An evening whose window reaches into the next morning.
    @Test func aGuideThatBeganInTheWindowKeepsItOpen() {
        var diary = DailyRecords(at: "05:00")
        diary.prompt(DailyRecords.today - 1, "22:30", window: .hours(6) + .minutes(25))
        diary.guide(DailyRecords.today - 1, "22:30", of: DailyRecords.today, at: "04:50")
        #expect(diary.states(2).first == "T")
        diary.now = diary.now + .hours(1)
        #expect(diary.states(2).first == "M")
    }
}

extension DailyRecords {
    /// A guide of 20 minutes through the occurrence of a day.
    mutating func guide(_ day: Day, _ clock: String = "07:30", of today: Day? = nil, at time: String) {
        let begin = Self.instant(today ?? day, time)
        let ts = Timestamp(begin, offset: 0)
        var record = Record(
            id: "guide", ts: ts, kind: .started(until: begin + .minutes(20)),
            subject: .occurrence(.morning("\(day)T\(clock)")))
        record.day = day
        records.append(record)
    }
}
