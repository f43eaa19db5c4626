import StretchBase
import StretchCore
import TestSupport
import Testing

/// What the session makes of a session bus that is not there (rule 12).
struct SessionBusTests {
    private let occurrence = Prompt.Subject.occurrence(.morning("2026-11-23T07:30"))
    private let zone = Zone.berlin

    private func early() -> Simulation {
        Simulation(.morningRoutine, from: "2026-11-23 06:00", zone: zone, journal: [.longAgo], obstacle: .noServer)
    }

    @Test func withoutABusNothingCanBeAskedWhateverIsDue() {
        var day = early()
        #expect(day.reason == nil)
        day.happen(.bus(present: false))
        #expect(day.outlook.due.isEmpty)
        #expect(day.reason == "no session bus")
        day.happen(.bus(present: true))
        #expect(day.reason == nil)
    }

    @Test func promptThatFindsNoBusSaysSoAndIsTriedAgainAfterAMinute() {
        var session = early().session
        let opens = zone.instant("2026-11-23 07:30")
        #expect(shows(session.handle(.timer, at: opens)))
        let failed = session.handle(.failed(occurrence, .noBus), at: opens)
        #expect(failed.last == .wake(at: opens + .minutes(1)))
        let outlook = failed.compactMap { if case .publish(let outlook) = $0 { outlook } else { nil } }.last
        #expect(outlook?.due.map(\.reason) == [.noBus])
        #expect(shows(session.handle(.timer, at: opens + .minutes(1))))
    }

    private func shows(_ effects: [Effect]) -> Bool {
        effects.contains { if case .show = $0 { true } else { false } }
    }

    @Test func whatIsDueSaysFromWhenTillWhen() {
        var day = early()
        day.run(until: "2026-11-23 07:40")
        #expect(
            day.outlook.due
                == [
                    Due(
                        .morning("2026-11-23T07:30"), opens: zone.instant("2026-11-23 07:30"),
                        closes: zone.instant("2026-11-23 11:30"), .noServer)
                ])
    }
}
