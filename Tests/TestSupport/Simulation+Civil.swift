package import StretchBase
package import StretchCore

// Simulations with civil times: `2026-11-23 07:30`, or `07:30` on the current day.

extension Simulation {
    package init(
        _ configuration: Configuration, from start: String, zone: Zone, journal: [Record] = [],
        adopting adopted: [Prompt] = [], passingOver passedOver: [OccurrenceID] = [],
        abandoning abandoned: [Record.ID] = [], seed: UInt64 = 1, server: Server = .fine
    ) {
        self.init(
            Diary(Timetable(configuration, zone: zone)), from: zone.instant(start), journal: journal, adopting: adopted,
            passingOver: passedOver, abandoning: abandoned, seed: seed, server: server)
    }

    package mutating func run(until time: String) { run(until: zone.instant(completed(time))) }

    package mutating func setClock(to time: String) {
        jump(to: zone.instant(completed(time)), .clockChanged(by: zone.instant(completed(time)) - now))
    }

    package mutating func step(by span: Duration) { jump(to: now + span, .clockChanged(by: span)) }

    /// Suspends the machine until a civil time.
    package mutating func suspend(until time: String) { jump(to: zone.instant(completed(time)), .resumed) }

    private func completed(_ time: String) -> String {
        time.contains("-") ? time : "\(zone.civil(now).day) \(time)"
    }
}

extension Simulation {
    /// Why nothing is asked, in words.
    package var reason: String? { outlook.reason.flatMap(words) }

    /// For each due occurrence: why it is or is not on the screen, in words.
    package var reasons: [String?] { outlook.due.map { words(for: $0.reason) } }

    private func words(for reason: Reason) -> String? { reason.words(in: session.timetable, at: now) }
}

extension Zone {
    /// The instant of `2026-11-23 07:30` in this zone.
    package func instant(_ text: String) -> Instant {
        let civil = CivilTime(text.replacing(" ", with: "T"))
        guard let civil, let resolution = resolve(civil) else { preconditionFailure("not a time: \(text)") }
        return resolution.instant
    }
}
