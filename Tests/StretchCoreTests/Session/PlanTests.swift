@testable import StretchBase
@testable import StretchCore
import TestSupport
import Testing

/// What is looked up once and kept is what would be found now.
struct PlanTests {
    private static let routines: [Routine] = [
        .daily("morning", "Mon..Fri 07:30", "Sat,Sun 09:00"),
        .daily("desk", "*-*-* 09..17:00/20", window: .minutes(15)),
        .daily("evening", "22:15", window: .hours(9)), .daily("night", "02:30", "03:30", window: .hours(24)),
        .daily("once", "2026-10-25 02:30"), .daily("never", "2020-01-01"),
        .daily("always", "*:*", window: .minutes(1)), .daily("monthly", "*-*~1 12:00"),
    ]

    @Test(arguments: UInt64(1)...8)
    func aPlanTurnedOftenSaysWhatOneTurnedOnceSays(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let zone = [Zone.berlin, .newYork, .utc].randomElement(using: &random) ?? .utc
        let timetable = Timetable(Configuration(routines: Self.routines), zone: zone)
        var now = Zone.berlin.instant("2026-10-20 00:00")
        var plan = Plan()
        for _ in 0..<400 {
            plan.turn(to: now, in: timetable)
            #expect(plan.routines.map(\.routine) == Self.routines)
            for planned in plan.routines {
                let routine = planned.routine
                #expect(planned.open == timetable.open(routine, at: now), "\(routine.id) at \(zone.civil(now))")
                #expect(planned.next == timetable.next(routine, after: now), "\(routine.id) at \(zone.civil(now))")
            }
            now = later(than: now, plan, using: &random)
        }
    }

    /// To the next change, or anywhere.
    private func later(than now: Instant, _ plan: Plan, using random: inout SplitMix64) -> Instant {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: now - .minutes(Int.random(in: 1...3000, using: &random))
        case 1: now + .days(Int.random(in: 1...20, using: &random))
        case 2, 3: now + .minutes(Int.random(in: 0...300, using: &random))
        default:
            plan.routines.flatMap { [$0.open?.closes, $0.next?.opens] }.compactMap(\.self).filter { $0 > now }
                .randomElement(using: &random) ?? now
        }
    }

    /// A file may say that the clock was set back by more than the time to the next change.
    @Test func aZoneThatNoClockCouldFollowIsNoEnd() throws {
        let change = Zone.utc.instant("2026-11-23 00:00").seconds
        let zone = Zone(
            identifier: "X", offset: 25 * 3600,
            transitions: [.init(start: change, offset: 0), .init(start: change + 3600, offset: 3600)])
        let timetable = Timetable(Configuration(routines: Self.routines), zone: zone)
        for minute in stride(from: -2900, through: 2900, by: 58) {
            let now = Instant(seconds: change + Int64(minute) * 60)
            var plan = Plan()
            plan.turn(to: now, in: timetable)
            plan.turn(to: now, in: timetable)
            for planned in plan.routines {
                #expect(planned.open == timetable.open(planned.routine, at: now))
                #expect(planned.next == timetable.next(planned.routine, after: now))
            }
        }
    }

    /// The session with its plan, and one that looks everything up at every event, want the same.
    @Test(arguments: UInt64(1)...8)
    func aSessionThatKeepsItsPlanWantsWhatAFreshOneWants(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var life = Simulation(
            Configuration(routines: Self.routines), from: "2026-10-24 00:00", zone: .berlin, journal: [.longAgo],
            seed: seed)
        let zones = [Zone.berlin, .newYork, .utc]
        for _ in 0..<250 {
            let event: Event
            switch Int.random(in: 0..<12, using: &random) {
            case 0: event = .zone(zones.randomElement(using: &random) ?? .utc)
            case 1: event = .clockChanged()
            case 2: event = .resumed
            case 3: event = .presence([.present, .away(.locked)].randomElement(using: &random) ?? .present)
            case 4:
                event = .configuration(
                    Configuration(routines: Self.routines.filter { _ in Int.random(in: 0..<4, using: &random) > 0 }))
            default: event = .timer
            }
            let now = time(of: event, in: life, using: &random)
            var kept = life.session
            var fresh = life.session
            let planned = fresh.handle([.zone(fresh.timetable.zone), event], at: now)
            #expect(kept.handle(event, at: now) == planned, "\(event) at \(now)")
            life.jump(to: now, event)
            if Int.random(in: 0..<8, using: &random) == 0 { life.press(.done) }
        }
    }

    private func time(of event: Event, in life: Simulation, using random: inout SplitMix64) -> Instant {
        switch event {
        case .timer: life.wake ?? life.now
        case .clockChanged: life.now + .minutes(Int.random(in: -2000...2000, using: &random))
        default: life.now + .minutes(Int.random(in: 0...200, using: &random))
        }
    }
}
