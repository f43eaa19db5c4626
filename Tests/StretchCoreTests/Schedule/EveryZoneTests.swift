import Foundation
import StretchBase
import StretchCore
import StretchSystem
import Testing

/// What must hold in every zone of the world.
struct EveryZoneTests {
    private static let year = Day("2026-01-01").map { first in (0..<365).map { first + $0 } } ?? []

    private func zones() throws -> [Zone] {
        let table = try String(contentsOfFile: "/usr/share/zoneinfo/zone1970.tab", encoding: .utf8)
        let names = table.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { $0.split(separator: "\t")[2] }
        return try names.map { try ZoneReader().zone(named: String($0)) }
    }

    @Test func aDayThatExistsNeverLosesItsOnlyOccurrence() throws {
        for zone in try zones() {
            for time in ["00:00", "00:30", "01:30", "02:15", "02:30", "03:00", "23:30"] {
                let schedule = Schedule([try CalendarEvent(parsing: time)])
                for day in Self.year {
                    let elapses = schedule.elapses(on: day, startingAt: .zero, in: zone)
                    #expect(elapses.count == 1, "\(time) \(day) \(zone.identifier)")
                }
            }
        }
    }

    @Test func nothingFiresTwiceAndNothingIsLostBetweenSearches() throws {
        let schedule = Schedule([try CalendarEvent(parsing: "*:00/30"), try CalendarEvent(parsing: "*:15")])
        for zone in try zones() {
            let changes = zone.periods.map { zone.civil(Instant(seconds: max(0, $0.start))).day }
            for change in changes where Self.year.contains(change) {
                let days = (-2...2).map { change + $0 }
                let midnight = CivilTime(day: change - 2, hour: 0, minute: 0)
                var instant = try #require(zone.resolve(midnight)).instant - .seconds(1)
                var found: [Schedule.Elapse] = []
                while let elapse = schedule.next(after: instant, in: zone), elapse.nominal.day <= change + 2 {
                    found.append(elapse)
                    instant = elapse.instant
                }
                let byDay = days.flatMap { schedule.elapses(on: $0, startingAt: .zero, in: zone) }
                #expect(Set(found.map(\.nominal)).count == found.count, "\(zone.identifier)")
                #expect(Set(byDay) == Set(found) && byDay.count == found.count, "\(zone.identifier)")
            }
        }
    }

    @Test func periodsFollowOneAnotherWithoutGapsInEveryZone() throws {
        for zone in try zones() {
            for (period, next) in zip(zone.periods, zone.periods.dropFirst()) {
                #expect(period.start < next.start && period.offset != next.offset, "\(zone.identifier)")
                // Every civil time near the change means an instant, and the clock shows it again unless it was moved.
                for minute in stride(from: -180, through: 180, by: 15) {
                    let civil = zone.civil(Instant(seconds: next.start) + .minutes(minute))
                    guard let meant = zone.resolve(civil) else { continue }
                    #expect(meant.shifted || zone.civil(meant.instant) == civil, "\(civil) \(zone.identifier)")
                }
            }
        }
    }
}
