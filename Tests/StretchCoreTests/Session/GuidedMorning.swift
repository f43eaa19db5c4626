import StretchBase
import StretchCore
import TestSupport
import Testing

/// Tests on a morning with two stretches to be led through, and a person who knows them and the warning signs.
protocol GuidedMorning {}

extension GuidedMorning {
    var occurrence: OccurrenceID { .morning("2026-11-23T07:30") }

    /// Two stretches: 10 + (20 + 15 + 10 + 15) + (20 + 10) = 100 s.
    var steps: [Step] {
        var hip = Stretch(id: "hip")
        hip.title = "Hip"
        hip.movement = "Lean forward."
        hip.dose.sides = .both
        var bridge = Stretch(id: "bridge")
        bridge.title = "Bridge"
        bridge.movement = "Lift."
        bridge.dose.hold = .seconds(10)
        return [Step(hip), Step(bridge)]
    }

    func configuration(_ change: (inout Configuration) -> Void = { _ in }) -> Configuration {
        var routine = Routine.daily("morning", "07:30")
        routine.steps = steps
        var configuration = Configuration(routines: [routine])
        change(&configuration)
        return configuration
    }

    /// Somebody at 07:31 with the prompt on the screen; a server without bars.
    func prompted(
        _ configuration: Configuration? = nil, journal: [Record] = [], drawsProgress: Bool = false
    ) -> Simulation {
        var day = Simulation(
            configuration ?? self.configuration(), from: "2026-11-23 07:00", zone: .berlin,
            journal: [.longAgo, .known("hip"), .known("bridge")] + journal)
        day.happen(.server(present: true, drawsProgress: drawsProgress))
        day.run(until: "07:31")
        return day
    }

    func started(_ configuration: Configuration? = nil, drawsProgress: Bool = false) -> Simulation {
        var day = prompted(configuration, drawsProgress: drawsProgress)
        day.press(.start)
        return day
    }

    func kinds(_ day: Simulation) -> [String] { day.journal.dropFirst(3).map(\.type) }
}

extension Record {
    /// The person was shown what to take care of.
    static func known(_ stretch: String) -> Record {
        let ts = Timestamp(Zone.berlin.instant("2026-11-20 07:40"), in: .berlin)
        return Record(id: RecordID("known \(stretch)"), ts: ts, kind: .known(stretch: stretch), subject: .all)
    }
}
