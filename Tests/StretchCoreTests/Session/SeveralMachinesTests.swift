import StretchBase
import StretchCore
import TestSupport
import Testing

/// Two desktops, and one person who may sit at either (docs/rules.md).
struct SeveralMachinesTests {
    let occurrence = OccurrenceID.morning("2026-11-23T07:30")

    /// Another machine's prompt is not on this screen: whoever sits here is asked here, on time.
    @Test("the other's prompt takes none from this screen, whatever its clock shows", arguments: [-20, 0, 20, 50, 120])
    func othersPrompt(ahead seconds: Int) {
        var day = Simulation(.morningRoutine, from: "2026-11-23 06:00", zone: .berlin, journal: [.longAgo])
        for (number, minute) in [0, 15, 30, 45].enumerated() {
            let asked = Zone.berlin.instant("2026-11-23 07:30") + .minutes(minute) + .milliseconds(30)
            day.run(until: asked - .seconds(seconds))
            day.read(prompted(at: asked, reminder: number > 0))
        }
        day.run(until: "11:00")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "07:45", "08:00", "08:15"])
    }

    /// Records of our own come back with the file, at the latest when it was replaced.
    @Test func thePromptsOfThisMachineCountHoweverOftenTheyAreRead() {
        var day = Simulation(.morningRoutine, from: "2026-11-23 06:00", zone: .berlin, journal: [.longAgo])
        for time in ["07:31", "07:46", "08:01"] {
            day.run(until: time)
            day.happen(.journalReplaced(Ledger(day.journal)))
        }
        day.run(until: "11:00")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "07:45", "08:00", "08:15"])
    }

    private func prompted(at time: Instant, reminder: Bool) -> Record {
        let closes = Zone.berlin.instant("2026-11-23 11:30")
        return Record(
            id: Record.ID("other \(time)"), ts: Timestamp(time, in: .berlin),
            kind: .prompted(closes: closes, reminder: reminder),
            subject: .occurrence(occurrence))
    }
}
