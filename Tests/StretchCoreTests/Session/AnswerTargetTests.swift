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

    /// At six on the morning of Monday, 23 November.
    private func target(of verdict: Verdict, on day: String = "2026-11-23", by records: Record...) -> AnswerTarget {
        Diary(Timetable(Configuration(routines: [routine]), zone: .berlin), Ledger(records))
            .target(
                of: verdict, for: routine, on: Day(day) ?? DailyRecords.today,
                at: Zone.berlin.instant("2026-11-23 06:00"))
    }
}
