import StretchBase
import StretchCore
import TestSupport
import Testing

/// Random sequences of events must keep the session's promises.
struct InvariantTests {
    @Test(arguments: UInt64(1)...12)
    func randomEventsKeepTheInvariants(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var configuration = Configuration(routines: [
            .daily("morning", "07:30", "12:00"), .daily("desk", "*-*-* 09,11,15:00", window: .hours(1)),
            .daily("evening", "22:15", window: .hours(9)),
        ])
        configuration.prompt.reminders = Int.random(in: 0...3, using: &random)
        var stretch = Stretch(id: "hip")
        stretch.dose.sides = .both
        configuration.routines[0].steps = [Step(stretch), Step(stretch)]
        configuration.guide.pain = Bool.random(using: &random) ? .always : .never
        var life = Simulation(configuration, from: "2026-10-24 00:00", zone: .berlin, seed: seed)
        for _ in 0..<120 {
            happen(at: &life, using: &random)
            check(life)
        }
    }

    private func happen(at life: inout Simulation, using random: inout SplitMix64) {
        let subjects = life.screen.keys.sorted { $0.diaryName < $1.diaryName }
        let occurrence = OccurrenceID(
            routine: ["morning", "desk", "evening"].randomElement(using: &random) ?? "",
            nominal: life.zone.civil(life.now))
        switch Int.random(in: 0..<32, using: &random) {
        case 0..<9: life.run(until: life.now + .minutes(Int.random(in: 1...400, using: &random)))
        case 9:
            let step = Duration.minutes(Int.random(in: -300...300, using: &random))
            life.step(by: step)
        case 10:
            let absences = [Presence.present, .away(.locked), .away(.asleep)]
            life.happen(.presence(absences.randomElement(using: &random) ?? .present))
        case 11: life.happen(.presence(.present))
        case 12: if life.obstacle == nil { life.serverDies() } else { life.serverAppears() }
        case 13: life.serverAppears()
        case 14: life.writeTrouble = [nil, nil, .busy, .failed("full")].randomElement(using: &random) ?? nil
        case 15: life.close()
        case 16:
            let zones = [Zone.berlin, .newYork, .utc]
            life.happen(.zone(zones.randomElement(using: &random) ?? .utc))
        case 17:
            let kinds: [Record.Kind] = [.done, .skip, .pause(from: life.now, until: life.now + .hours(30)), .resume]
            guard let kind = kinds.randomElement(using: &random) else { return }
            life.read(.made(kind, occurrence, at: "2026-11-01 00:00", in: .berlin))
        case 18:
            let action = [Prompt.Action.done, .skip, .snooze, .snooze].randomElement(using: &random) ?? .done
            if let subject = subjects.randomElement(using: &random) { life.press(action, on: subject) }
        case 19: life.run(until: life.now + .seconds(Int.random(in: 1...90, using: &random)))
        case 20: life.happen(.server(present: life.obstacle == nil, drawsProgress: Bool.random(using: &random)))
        case 21: life.happen(.presence(.away(.idle)))
        case 22: life.jump(to: life.now + .minutes(Int.random(in: 0...20, using: &random)), .timer)
        case 23:
            let until = life.now + .minutes(Int.random(in: -10...400, using: &random))
            let due = life.outlook.due.first?.id ?? occurrence
            let begun = Record(
                id: Record.ID("guide-\(life.journal.count)"), ts: Timestamp(until - .minutes(9), in: life.zone),
                kind: .started(until: until), subject: .occurrence(due))
            life.read(begun)
        case 24: if life.obstacle == nil { life.obstacle = .doNotDisturb }
        case 25: if life.obstacle == .doNotDisturb { life.quietEnds() }
        case 26:
            life.happen(.mistake(ConfigurationError(file: "config.toml", "\(Int.random(in: 1...2, using: &random))")))
        case 27:
            life.happen(.configuration(life.session.timetable.configuration))
            #expect(life.screen[.notice(.configuration)] == nil, "a mistake that is mended is on the screen")
        default: pressAnything(of: &life, using: &random)
        }
    }

    /// Any button that is on the screen; of a guide, if there is one.
    private func pressAnything(of life: inout Simulation, using random: inout SplitMix64) {
        let prompt =
            life.screen[.guide]
            ?? life.screen.values.filter { !$0.buttons.isEmpty }.min { $0.subject.diaryName < $1.subject.diaryName }
        if let prompt, let button = prompt.buttons.randomElement(using: &random) {
            life.press(button.action, on: prompt.subject)
        }
    }

    private func check(_ life: Simulation) {
        let routines = life.screen.keys.compactMap { subject -> String? in
            if case .occurrence(let id) = subject { id.routine } else { nil }
        }
        #expect(Set(routines).count == routines.count, "two prompts of one routine: \(life.screen.keys)")
        #expect(life.effects.last.map { if case .wake = $0 { true } else { false } } == true, "no timer is armed")
        if let wake = life.wake { #expect(wake > life.now) }
        for subject in life.screen.keys {
            guard case .occurrence(let id) = subject else { continue }
            #expect(life.session.ledger.verdict(of: id) == nil, "an answered occurrence is on the screen")
        }
        #expect(life.isIdleInhibited == !life.outlook.guide.isEmpty, "the screen may lock, or not, against the guide")
        // One from a clock that is far ahead begins to count unnoticed: the next event sees it.
        var present = life
        present.happen(.timer)
        for id in present.session.diary.guideHolds(at: life.now).map(\.occurrence) {
            #expect(present.screen[.occurrence(id)] == nil, "\(id) is asked for while a guide leads through it")
        }
        // The same events at the same times give the same effects.
        var one = life.session
        var other = life.session
        #expect(one.handle(.timer, at: life.now) == other.handle(.timer, at: life.now))
    }
}
