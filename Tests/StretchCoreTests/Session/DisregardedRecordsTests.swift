@testable import StretchBase
@testable import StretchCore
import TestSupport
import Testing

/// What another zone or the clock took the time from is remembered while that could come back, and no longer.
struct DisregardedRecordsTests {
    private let occurrence = OccurrenceID.morning("2026-11-23T07:30")

    /// Prompted in Berlin, then flown to where it is early morning.
    private func flown() -> Simulation {
        var day = Simulation(.morningRoutine, from: "2026-11-23 06:00", zone: .berlin, journal: [.longAgo])
        day.run(until: "07:31")
        day.happen(.zone(.newYork))
        return day
    }

    @Test func whatClosesInTheCourseOfTimeLeavesNothing() {
        var month = Simulation(.morningRoutine, from: "2026-11-01 06:00", zone: .berlin, journal: [.longAgo])
        month.run(until: "2026-11-30 12:00")
        #expect(month.session.disregarded.count == 0)
    }

    @Test func whatAFlightTookTheTimeFromIsKnownTheNextDay() {
        var day = flown()
        let prompted = Set(day.session.ledger.records(of: occurrence).map(\.id))
        #expect(!prompted.isEmpty)
        day.run(until: "2026-11-24 12:00")
        #expect(day.session.disregarded.records(of: occurrence) == prompted)
    }

    /// It is forgotten when the next prompt is withdrawn.
    @Test func itIsForgottenAfterDays() {
        var days = flown()
        days.run(until: "2026-11-30 12:00")
        #expect(days.session.disregarded.count == 0)
    }
}
