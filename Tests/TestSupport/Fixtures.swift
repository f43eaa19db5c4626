package import StretchBase
package import StretchCore

extension Configuration {
    /// One routine, `morning`, every day at 07:30 for four hours; the rest are defaults.
    package static let morningRoutine = Configuration(routines: [.daily("morning", "07:30")])

    /// A changed copy.
    package func with(_ change: (inout Configuration) -> Void) -> Configuration {
        var copy = self
        change(&copy)
        return copy
    }
}

extension Routine {
    /// A routine without steps that has its id as title.
    package static func daily(_ id: String, _ schedule: String..., window: Duration = .hours(4)) -> Routine {
        do {
            let events = try schedule.map { try CalendarEvent(parsing: $0) }
            return Routine(id: id, title: id, schedule: Schedule(events), window: window)
        } catch {
            preconditionFailure("\(error)")
        }
    }
}

extension OccurrenceID {
    /// An occurrence of the routine `morning`.
    package static func morning(_ nominal: String) -> OccurrenceID {
        guard let time = CivilTime(nominal) else { preconditionFailure("not a time: \(nominal)") }
        return OccurrenceID(routine: "morning", nominal: time)
    }
}

extension Record {
    /// A record of an occurrence, as the command line or another machine writes it.
    package static func made(_ kind: Kind, _ occurrence: OccurrenceID, at time: String, in zone: Zone) -> Record {
        let ts = Timestamp(zone.instant(time), in: zone)
        let id = "test-\(kind)-\(occurrence)-\(time)"
        var record = Record(id: RecordID(id), ts: ts, kind: kind, subject: .occurrence(occurrence))
        record.day = occurrence.day(startingAt: .hours(4))
        return record
    }
}

extension Zone {
    /// Berlin from 2026 to 2028.
    package static let berlin = Zone(
        identifier: "Europe/Berlin", offset: 3600,
        transitions: [
            Period(start: 1_774_746_000, offset: 7200), Period(start: 1_792_890_000, offset: 3600),
            Period(start: 1_806_195_600, offset: 7200), Period(start: 1_824_944_400, offset: 3600),
        ])
    /// New York from 2026 to 2028.
    package static let newYork = Zone(
        identifier: "America/New_York", offset: -18_000,
        transitions: [
            Period(start: 1_772_953_200, offset: -14_400), Period(start: 1_793_512_800, offset: -18_000),
            Period(start: 1_805_007_600, offset: -14_400), Period(start: 1_825_567_200, offset: -18_000),
        ])
}
