import StretchCore
import StretchSystem

@MainActor func years(_ zones: Int) throws {
    var total = 0, shown = 0
    let names = ZoneReader.names().prefix(zones)
    var inZone: [Zone] = []
    let t0 = SystemClock.sample().monotonic
    for name in names { if let z = ZoneReader.zone(named: name) { inZone.append(z) } }
    let t1 = SystemClock.sample().monotonic
    let times = ["00:00", "02:30", "03:30", "23:30"]
    var routines = try times.enumerated().map { i, t in
        Routine(id: "r\(i)", title: "r\(i)", schedule: Schedule([try CalendarEvent(parsing: t)]))
    }
    routines.append(
        Routine(
            id: "morning", title: "m",
            schedule: Schedule([
                try CalendarEvent(parsing: "Mon..Fri 07:30"), try CalendarEvent(parsing: "Sat,Sun 09:00"),
            ])))
    let configuration = Configuration(routines: routines)
    for zone in inZone {
        var life = Simulation(configuration, from: Instant(seconds: 1_767_225_600), zone: zone)
        let end = Instant(seconds: 1_767_225_600 + 365 * 86_400)
        while life.now < end {
            life.run(until: min(end, life.wake ?? end)); total += 1
            if CommandLine.arguments.contains("answer"), !life.screen.isEmpty { life.press(.done); total += 1 }
        }
        shown += life.shown.count
    }
    let t2 = SystemClock.sample().monotonic
    print("zones", inZone.count, "reading", t1 - t0, "simulating", t2 - t1, "steps", total, "shown", shown)
}
