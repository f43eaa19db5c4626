package import StretchBase
package import StretchCore

// Simulations with civil times: `2026-11-23 07:30`, or `07:30` on the current day.

extension Simulation {
    package init(
        _ configuration: Configuration, from start: String, zone: Zone, journal: [Record] = [],
        adopting adopted: [Prompt] = [], passingOver passedOver: [OccurrenceID] = [],
        abandoning abandoned: [Record.ID] = [], seed: UInt64 = 1, obstacle: Obstacle? = nil
    ) {
        self.init(
            Diary(Timetable(configuration, zone: zone)), from: zone.instant(start), journal: journal, adopting: adopted,
            passingOver: passedOver, abandoning: abandoned, seed: seed, obstacle: obstacle)
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

// What the person, the notification server and other machines do.

extension Simulation {
    package mutating func press(_ action: Prompt.Action) {
        guard let subject = screen.keys.first(where: { if case .notice = $0 { false } else { true } }) else { return }
        press(action, on: subject)
    }

    package mutating func press(_ action: Prompt.Action, on subject: Prompt.Subject) {
        screen[subject] = nil
        happen(.pressed(subject, action))
    }

    /// Dismissed, expired or cleared.
    package mutating func close() {
        for subject in screen.keys {
            screen[subject] = nil
            happen(.closed(subject))
        }
    }

    package mutating func serverDies() {
        screen = [:]
        obstacle = .noServer
        happen(.server(present: false))
    }

    package mutating func serverAppears() {
        obstacle = nil
        happen(.server(present: true))
    }

    /// The server may disturb again.
    package mutating func quietEnds() {
        obstacle = nil
        happen(.doNotDisturbEnded)
    }

    /// A record from the command line or another machine.
    package mutating func read(_ record: Record) {
        journal.append(record)
        happen(.journal([record]))
    }
}

extension Simulation {
    /// `08:11 morning@2026-11-23T07:30`, one line for each notification that came up.
    package var shown: [String] { cameUp.map(line) }
    /// The same for those that the session withdrew.
    package var withdrawn: [String] { wentAway.map(line) }

    private func line(_ subject: Prompt.Subject, at time: Instant) -> String {
        "\(zone.civil(time).description.split(separator: "T")[1]) \(subject.diaryName)"
    }
}

extension Zone {
    /// The instant of `2026-11-23 07:30` in this zone.
    package func instant(_ text: String) -> Instant {
        let civil = CivilTime(text.replacing(" ", with: "T"))
        guard let civil, let resolution = resolve(civil) else { preconditionFailure("not a time: \(text)") }
        return resolution.instant
    }
}
