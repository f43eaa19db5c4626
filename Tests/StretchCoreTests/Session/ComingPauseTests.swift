import StretchBase
import StretchCore
import TestSupport
import Testing

/// What will be asked for when pauses are to come, seen from Monday 2026-11-23 at 12:00 in Berlin.
struct ComingPauseTests {
    private let morning = Routine.daily("morning", "07:30")
    private let noon = Zone.berlin.instant("2026-11-23 12:00")

    private func diary(_ pauses: (String, String?)..., routine: Routine? = nil, more: [Record] = []) -> Diary {
        let records = pauses.map { from, until in
            Record.loose(
                .pause(from: Zone.berlin.instant(from), until: until.map(Zone.berlin.instant)), at: "2026-11-23 12:00")
        }
        return Diary(
            Timetable(Configuration(routines: [routine ?? morning]), zone: .berlin), Ledger(records + more))
    }

    /// When something is asked for next, from a moment on.
    private func next(_ diary: Diary, from start: String = "2026-11-23 12:00") -> String? {
        diary.nextAsking(from: Zone.berlin.instant(start)).map { Zone.berlin.civil($0).description }
    }

    @Test func whatAPauseToComeHidesIsPassedOver() {
        let diary = diary(("2026-11-25 04:00", "2026-11-27 04:00"))
        #expect(next(diary) == "2026-11-24T07:30")
        #expect(next(diary, from: "2026-11-24 12:00") == "2026-11-27T07:30")
        let after = diary.nextAsked(morning, after: Zone.berlin.instant("2026-11-24 12:00"))
        #expect(after?.id == .morning("2026-11-27T07:30"))
    }

    @Test func onePauseAfterTheOtherIsPassedOver() {
        let diary = diary(
            ("2026-11-24 04:00", "2026-11-26 04:00"), ("2026-11-26 04:00", "2026-11-28 04:00"),
            ("2026-11-27 04:00", "2026-11-29 04:00"))
        #expect(next(diary) == "2026-11-29T07:30")
    }

    @Test func aPauseToComeWithoutAnEndIsTheLastThing() {
        let diary = diary(("2026-11-25 04:00", nil))
        #expect(next(diary) == "2026-11-24T07:30")
        #expect(next(diary, from: "2026-11-24 12:00") == nil)
    }

    @Test func aPauseThatBeginsOrEndsInAWindowLeavesPartOfIt() {
        #expect(next(diary(("2026-11-24 08:00", "2026-11-25 04:00"))) == "2026-11-24T07:30")
        #expect(next(diary(("2026-11-24 04:00", "2026-11-24 09:00"))) == "2026-11-24T09:00")
        #expect(next(diary(("2026-11-24 04:00", "2026-11-24 11:30"))) == "2026-11-25T07:30")
    }

    @Test func whatIsStillOpenAtTheEndIsAskedThenOrWhenItsSnoozeEnds() {
        let occurrence = OccurrenceID.morning("2026-11-24T07:30")
        let open = diary(("2026-11-23 12:00", "2026-11-24 09:00"))
        #expect(next(open, from: "2026-11-24 09:00") == "2026-11-24T09:00")
        let until = Zone.berlin.instant("2026-11-24 09:30")
        let snooze = Record(
            id: "snooze", ts: Timestamp(noon, in: .berlin), kind: .snooze(until: until),
            subject: .occurrence(occurrence))
        let snoozed = diary(("2026-11-23 12:00", "2026-11-24 09:00"), more: [snooze])
        #expect(next(snoozed, from: "2026-11-24 09:00") == "2026-11-24T09:30")
        let done = Record.made(.done, occurrence, at: "2026-11-23 12:00", in: .berlin)
        #expect(next(diary(more: [done]), from: "2026-11-24 09:00") == "2026-11-25T07:30")
    }

    @Test func aYearOfMinutesIsPassedOverAtOnce() {
        let minutely = Routine.daily("morning", "*:*", window: .minutes(1))
        let diary = diary(("2026-11-23 13:00", "2027-11-23 13:00"), routine: minutely)
        let start = ContinuousClock.now
        #expect(next(diary, from: "2026-11-23 13:00") == "2027-11-23T13:00")
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test func aPauseCoversWhatLiesWithinIt() {
        let diary = diary(("2026-12-20 04:00", "2027-01-04 04:00"), ("2026-11-20 04:00", "2026-11-22 04:00"))
        func isCovered(_ from: String, _ until: String?) -> Bool {
            let pause = Pause(from: Zone.berlin.instant(from), until: until.map(Zone.berlin.instant))
            return diary.pause(covering: pause, at: noon) != nil
        }
        #expect(isCovered("2026-12-20 04:00", "2027-01-04 04:00"))
        #expect(isCovered("2026-12-24 04:00", "2026-12-27 04:00"))
        #expect(isCovered("2026-11-20 04:00", "2026-11-21 04:00"))
        #expect(!isCovered("2026-12-19 04:00", "2026-12-27 04:00"))
        #expect(!isCovered("2026-12-24 04:00", "2027-01-05 04:00"))
        #expect(!isCovered("2026-12-24 04:00", nil))
        #expect(!isCovered("2026-11-21 04:00", "2026-12-27 04:00"))
    }
}
