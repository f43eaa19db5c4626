@testable import StretchCore
import TestSupport
import Testing

/// Prompts that went with their time are remembered while another zone could bring that back, and no longer.
struct DisregardedPromptsTests {
    @Test func unansweredMonthLeavesNoMoreThanItsLastDays() {
        var month = Simulation(.morningRoutine, from: "2026-11-01 06:00", zone: .berlin, journal: [.longAgo])
        month.run(until: "2026-11-08 12:00")
        let week = month.session.disregarded.count
        month.run(until: "2026-11-30 12:00")
        #expect((1...4).contains(week))
        #expect((1...4).contains(month.session.disregarded.count))
    }

    @Test func promptOfYesterdayIsStillKnown() {
        var day = Simulation(.morningRoutine, from: "2026-11-23 06:00", zone: .berlin, journal: [.longAgo])
        day.run(until: "2026-11-24 12:00")
        let occurrence = OccurrenceID.morning("2026-11-23T07:30")
        let prompted = Set(day.session.ledger.records(of: occurrence).map(\.id))
        #expect(!prompted.isEmpty)
        #expect(day.session.disregarded.prompts(of: occurrence) == prompted)
    }
}
