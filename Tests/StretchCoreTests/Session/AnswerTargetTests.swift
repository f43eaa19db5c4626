import StretchBase
import StretchCore
import TestSupport
import Testing

/// What `done` and `skip` of the command line mean when a window reaches into the next day (rule 9).
struct AnswerTargetTests {
    private let routine = Routine.daily("night", "21:00", window: .hours(12))
    private let lastNight = Record.made(
        .done, OccurrenceID(routine: "night", nominal: CivilTime(day: Day(ordinal: 20_779), hour: 21, minute: 0)),
        at: "2026-11-22 21:05", in: .berlin)

    @Test func whatIsDueSinceYesterdayComesFirst() {
        guard case .occurrence(let occurrence, .due, nil) = target(of: .done) else {
            Issue.record("the due occurrence is not meant")
            return
        }
        #expect(occurrence.day == Day("2026-11-22"))
    }

    @Test(arguments: [Verdict.done, .skip])
    func anAnswerOfYesterdayStandsWhileItsWindowIsOpen(verdict: Verdict) {
        guard case .occurrence(let occurrence, .early, nil) = target(of: verdict, by: lastNight) else {
            Issue.record("yesterday's answer is touched")
            return
        }
        #expect(occurrence.day == Day("2026-11-23"))
    }

    @Test func yesterdaysAnswerIsFoundByItsDay() {
        guard case .already = target(of: .done, on: "2026-11-22", by: lastNight) else {
            Issue.record("yesterday's answer is not found")
            return
        }
    }

    /// It made the day missed, so skipping something else would change nothing.
    @Test func aSkipIsForWhatWasAskedUnderAnotherSchedule() {
        let asked = Record.made(
            .prompted(closes: Zone.berlin.instant("2026-11-22 08:30"), reminder: false),
            OccurrenceID(routine: "desk", nominal: CivilTime(day: DailyRecords.today - 1, hour: 7, minute: 30)),
            at: "2026-11-22 07:30", in: .berlin)
        #expect(words(.skip, on: "2026-11-22", at: "20:00", done: [], skipped: [], others: [asked]) == "07:30 late")
        #expect(words(.done, on: "2026-11-22", at: "20:00", done: [], skipped: [], others: [asked]) == "15:00 late")
    }

    // MARK: The order

    /// `done` of a routine at 09, 11 and 15, for an hour each: when, what is done and skipped by then, and the target.
    static let order: [(now: String, done: [String], skipped: [String], target: String)] = [
        ("08:00", [], [], "09:00 early"), ("09:30", [], [], "09:00 due"), ("09:30", ["09"], [], "09:00 already"),
        ("09:30", [], ["09"], "09:00 due"), ("10:30", [], [], "09:00 late"), ("10:30", ["09"], [], "11:00 early"),
        ("11:30", [], [], "11:00 due"), ("11:30", ["11"], [], "11:00 already"), ("12:30", [], [], "11:00 late"),
        ("12:30", ["11"], [], "09:00 late"), ("12:30", ["09"], ["11"], "11:00 late"),
        ("12:30", ["09", "11"], [], "15:00 early"), ("12:30", ["09", "11", "15"], [], "15:00 already"),
        ("20:00", [], [], "15:00 late"), ("20:00", ["09", "11", "15"], [], "bonus"),
    ]

    @Test(arguments: order)
    func theFirstThatExistsIsMeant(now: String, done: [String], skipped: [String], target: String) {
        #expect(words(.done, on: "2026-11-23", at: now, done: done, skipped: skipped) == target)
    }

    /// The same at the end of the day before.
    @Test(
        arguments: [
            ([], [], "15:00 late"), (["15"], [], "11:00 late"), (["15", "11"], ["09"], "09:00 late"),
            (["09", "11", "15"], [], "bonus"),
        ] as [([String], [String], String)])
    func theOrderHoldsForAnotherDay(done: [String], skipped: [String], target: String) {
        #expect(words(.done, on: "2026-11-23", at: "2026-11-24 09:30", done: done, skipped: skipped) == target)
    }

    @Test func aSkipTakesWhatADoneWouldOrIsRefused() {
        #expect(words(.skip, on: "2026-11-23", at: "12:30", done: ["11"], skipped: []) == "09:00 late")
        #expect(words(.skip, on: "2026-11-23", at: "12:30", done: [], skipped: ["11"]) == "11:00 already")
        #expect(words(.skip, on: "2026-11-23", at: "20:00", done: ["09", "11", "15"], skipped: []) == "nothing")
        #expect(words(.skip, on: "2026-11-22", at: "20:00", done: ["09", "11", "15"], skipped: []) == "15:00 late")
    }

    /// A guide keeps a window open, so what it leads through is due.
    @Test func whatAGuideLeadsThroughIsDueThoughItsWindowIsOver() {
        let guide = Record.made(
            .started(until: Zone.berlin.instant("2026-11-23 10:15")),
            OccurrenceID(routine: "desk", nominal: CivilTime(day: DailyRecords.today, hour: 9, minute: 0)),
            at: "2026-11-23 09:50", in: .berlin)
        #expect(words(.done, on: "2026-11-23", at: "10:10", done: [], skipped: [], others: [guide]) == "09:00 due")
        #expect(words(.done, on: "2026-11-23", at: "10:20", done: [], skipped: [], others: [guide]) == "09:00 late")
    }

    private func words(
        _ verdict: Verdict, on day: String, at now: String, done: [String], skipped: [String], others: [Record] = []
    ) -> String {
        let desk = Routine.daily("desk", "*-*-* 09,11,15:00", window: .hours(1))
        func records(_ hours: [String], _ kind: Record.Kind) -> [Record] {
            hours.compactMap { hour in
                CivilTime("2026-11-23T\(hour):00").map {
                    .made(kind, OccurrenceID(routine: "desk", nominal: $0), at: "2026-11-23 07:00", in: .berlin)
                }
            }
        }
        let ledger = Ledger(records(done, .done) + records(skipped, .skip) + others)
        let now = Zone.berlin.instant(now.contains("-") ? now : "2026-11-23 \(now)")
        let diary = Diary(Timetable(Configuration(routines: [desk]), zone: .berlin), ledger)
        let target = diary.target(of: verdict, for: desk, on: Day(day) ?? DailyRecords.today, at: now)
        return switch target {
        case .occurrence(let occurrence, let timing, _): "\(HumanTime.clock(occurrence.id.nominal)) \(timing.rawValue)"
        case .already(let occurrence): "\(HumanTime.clock(occurrence.id.nominal)) already"
        case .bonus: "bonus"
        case .nothing: "nothing"
        }
    }

    /// At six on the morning of Monday, 23 November.
    private func target(of verdict: Verdict, on day: String = "2026-11-23", by records: Record...) -> AnswerTarget {
        Diary(Timetable(Configuration(routines: [routine]), zone: .berlin), Ledger(records))
            .target(
                of: verdict, for: routine, on: Day(day) ?? DailyRecords.today,
                at: Zone.berlin.instant("2026-11-23 06:00"))
    }
}
