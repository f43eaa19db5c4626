import StretchBase
import StretchCore
import StretchSystem
import TestSupport
import Testing

/// The session lives through a year, and through every kind of clock change, in every zone of the world: each planned
/// time of a day that exists is asked for once, and nothing else is.
struct YearTests {
    /// The running year, from midnight to midnight.
    private static let year = Year(from: "2026-07-01", to: "2027-07-01")

    @Test(arguments: year.zones)
    func theExampleAsksOnceOnEachDayThatExists(zone name: String) throws {
        let zone = try ZoneReader().zone(named: name)
        // In every other zone nobody answers.
        let answering = Self.year.zones.firstIndex(of: name).map { $0 % 2 == 0 } ?? true
        try expectOnce(.standard, from: Self.year.first, to: Self.year.end, in: zone, answering: answering) { day in
            let (_, month, date) = day.components
            if month == 12, (24...26).contains(date) { return [] }
            return [("morning", [day.weekday < 5 ? "07:30" : "09:00"])]
        }
    }

    @Test func theYearKnowsEveryZone() {
        #expect(Self.year.names.count > 500)
        #expect(Set(Self.year.zones).isSubset(of: Self.year.names))
        #expect((50...Self.year.names.count).contains(Self.year.zones.count))
    }

    @Test(arguments: [true, false])
    func everyKindOfClockChangeAsksOnceForEachTimeOfADayThatExists(answering: Bool) throws {
        let times = ["00:00", "02:30", "03:30", "23:30"]
        var routines = times.map { Routine.daily("at-\($0)", $0) }
        // One routine with all of them: where two become one, it is asked once.
        routines.append(
            Routine(id: "all", title: "all", schedule: Schedule(try times.map(CalendarEvent.init(parsing:)))))
        let planned = times.map { ("at-\($0)", [$0]) } + [("all", times)]
        let changes = ClockChange.all()
        #expect(changes.count > 50)
        for change in changes {
            try expectOnce(
                Configuration(routines: routines), from: change.day - 1, to: change.day + 2, in: change.zone,
                answering: answering
            ) { _ in planned }
        }
    }

    @Test func aDayThatTheCalendarOfAZoneSkippedHasNoPrompt() throws {
        let zone = try ZoneReader().zone(named: "Pacific/Apia")
        var days = Simulation(.morningRoutine, from: "2011-12-29 06:00", zone: zone, journal: [])
        days.run(until: "2011-12-31 12:00")
        let asked = days.journal.compactMap { $0.isReminder ? nil : $0.occurrence?.nominal.day.description }
        #expect(asked == ["2011-12-29", "2011-12-31"])
    }

    /// Runs a session from midnight to midnight; `planned` gives the routines of a day and their times.
    private func expectOnce(
        _ configuration: Configuration, from first: Day, to end: Day, in zone: Zone, answering: Bool,
        planned: (Day) -> [(routine: String, times: [String])]
    ) throws {
        let place = "\(zone.identifier) from \(first)"
        let start = try #require(midnight(of: first, in: zone))
        let finish = try #require(midnight(of: end, in: zone))
        var life = Simulation(
            Diary(Timetable(configuration, zone: zone)), from: start, presentSince: start - .days(1))
        while let wake = life.wake, wake < finish {
            life.run(until: wake)
            if answering { for subject in life.screen.keys { life.press(.done, on: subject) } }
        }

        var asked: [OccurrenceID: Instant] = [:]
        for record in life.journal {
            guard let id = record.occurrence, id.nominal.day >= first, record.isFirstPrompt else { continue }
            #expect(asked.updateValue(record.ts.instant, forKey: id) == nil, "twice: \(id), \(place)")
        }
        let days = (0..<(end - first)).map { first + $0 }
        let expected = meaning(of: days, planned: planned, by: WallClock(of: zone)).filter { $0.value < finish }
        #expect(Set(asked.keys) == Set(expected.keys), "\(place)")
        for (id, due) in expected {
            // There is one new prompt a minute.
            let late = asked[id].map { $0 - due } ?? .zero
            #expect((.zero ... .minutes(5)).contains(late), "\(id) is \(late) late, \(place)")
        }
    }

    private func midnight(of day: Day, in zone: Zone) -> Instant? {
        zone.resolve(CivilTime(day: day, hour: 0, minute: 0))?.instant
    }

    /// What is to be asked, and when: of several times of a routine that mean the same instant the one that exists.
    private func meaning(
        of days: [Day], planned: (Day) -> [(routine: String, times: [String])], by clock: WallClock
    ) -> [OccurrenceID: Instant] {
        var ids: [String: [Instant: OccurrenceID]] = [:]
        for day in days where clock.shows(day) {
            for (routine, times) in planned(day) {
                for nominal in times.compactMap({ CivilTime("\(day)T\($0)") }) {
                    let shown = clock.instants(of: nominal)
                    let meant = shown.min() ?? clock.beforeTheGap(nominal)
                    if ids[routine]?[meant] != nil, shown.isEmpty { continue }
                    ids[routine, default: [:]][meant] = OccurrenceID(routine: routine, nominal: nominal)
                }
            }
        }
        return Dictionary(uniqueKeysWithValues: ids.values.flatMap { $0.map { ($1, $0) } })
    }
}

/// The zones of the world in one year, each set of rules once.
private struct Year {
    let first: Day
    let end: Day
    /// All zones of the system, those that are only another name for one too.
    let names = ZoneReader().names()
    /// One zone for each set of rules of this year.
    let zones: [String]

    init(from first: String, to end: String) {
        guard let first = Day(first), let end = Day(end) else { preconditionFailure("not a day: \(first), \(end)") }
        self.first = first
        self.end = end
        var seen: Set<[Zone.Period]> = []
        zones = names.filter { name in
            guard let zone = try? ZoneReader().zone(named: name) else { return false }
            // Two days more on both sides: every zone's midnights lie within.
            let start = Int64(first.ordinal - 2) * 86_400
            let rules = zone.periods.filter { (start..<Int64(end.ordinal + 2) * 86_400).contains($0.start) }
            let offset = zone.offset(at: Instant(seconds: start))
            return seen.insert([Zone.Period(start: start, offset: offset)] + rules).inserted
        }
    }
}

/// A change of a zone's clock.
private struct ClockChange {
    let zone: Zone
    /// On which the clock is changed.
    let day: Day

    /// One of each kind since 1970: by so much, at that time of the day.
    static func all() -> [ClockChange] {
        struct Kind: Hashable {
            let step: Int
            let time: Int64
        }
        var seen: Set<Kind> = []
        return ZoneReader().names().compactMap { try? ZoneReader().zone(named: $0) }.flatMap { zone in
            zip(zone.periods, zone.periods.dropFirst()).compactMap { before, after in
                // The last second of the old time.
                let civil = zone.civil(Instant(seconds: after.start - 1))
                let kind = Kind(step: after.offset - before.offset, time: civil.microsecondOfDay)
                guard after.start > 3 * 86_400, seen.insert(kind).inserted else { return nil }
                return ClockChange(zone: zone, day: civil.day)
            }
        }
    }
}

/// What the clock on the wall of a zone shows, by trying every offset: independent of how the program finds it.
private struct WallClock {
    let zone: Zone
    private let offsets: Set<Int>

    init(of zone: Zone) {
        self.zone = zone
        offsets = Set(zone.periods.map(\.offset))
    }

    /// The instants at which it shows a time: none in a gap, two in an overlap.
    func instants(of civil: CivilTime) -> [Instant] {
        offsets.map { WallClock.utc(civil) - .seconds($0) }.filter { zone.civil($0) == civil }
    }

    /// A time that is skipped, read with the offset before the gap.
    func beforeTheGap(_ civil: CivilTime) -> Instant {
        let utc = WallClock.utc(civil)
        let gap = zip(zone.periods, zone.periods.dropFirst()).first { before, after in
            after.start + Int64(before.offset) <= utc.seconds && utc.seconds < after.start + Int64(after.offset)
        }
        return utc - .seconds(gap?.0.offset ?? 0)
    }

    /// Whether it shows any time of a day.
    func shows(_ day: Day) -> Bool {
        (0..<96).contains { !instants(of: CivilTime(day: day, hour: $0 / 4, minute: $0 % 4 * 15)).isEmpty }
    }

    private static func utc(_ civil: CivilTime) -> Instant {
        Zone.utc.resolve(civil)?.instant ?? Instant(seconds: 0)
    }
}

extension Record {
    fileprivate var isFirstPrompt: Bool {
        if case .prompted(_, reminder: false) = kind { true } else { false }
    }
}
