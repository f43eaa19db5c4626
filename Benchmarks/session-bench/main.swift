// Times the session with many routines: prints the milliseconds that an event takes, by kind, as `name milliseconds`.
// Started by Benchmarks/run; the argument is the number of routines.
import Glibc
import StretchCore
import StretchSystem

let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1000
if CommandLine.arguments.contains("years") { try years(count); exit(0) }
let berlin = ZoneReader.zone(named: "Europe/Berlin") ?? .utc
let newYork = ZoneReader.zone(named: "America/New_York") ?? .utc

/// Monday to Friday and another time at the weekend, as in the example configuration; at times all over the day.
func routine(_ number: Int) throws -> Routine {
    let (hour, minute) = CommandLine.arguments.contains("together") ? (7, 30) : (number / 60 % 24, number % 60)
    let schedule = try ["Mon..Fri \(hour):\(minute)", "Sat,Sun \((hour + 2) % 24):\(minute)"].map {
        try CalendarEvent(parsing: $0)
    }
    let except = try [CalendarEvent(parsing: "*-12-24..26")]
    return Routine(id: "routine-\(number)", title: "Routine \(number)", schedule: Schedule(schedule, except: except))
}

var configuration = Configuration(routines: try (0..<count).map(routine))
configuration.prompt.reminders = 0
var now = Instant(seconds: 1_795_415_400)  // 2026-11-23 06:30 UTC
var session = Session(configuration, zone: berlin, ledger: Ledger(), ids: RecordIDs(seed: 1), at: now)

@MainActor func handle(_ event: Event) -> Duration {
    let before = SystemClock.sample().monotonic
    var effects = session.handle(event, at: now)
    let after = SystemClock.sample().monotonic
    // Off the clock: what a desktop and a disk answer.
    while !effects.isEmpty {
        switch effects.removeFirst() {
        case .show(let prompt): effects += session.handle(.shown(prompt.subject), at: now)
        case .append: effects += session.handle(.written, at: now)
        default: break
        }
    }
    return after - before
}

func median(_ times: [Duration]) -> Duration { times.sorted()[times.count / 2] }
func report(_ name: String, _ times: [Duration]) { print(name, Double(median(times).microseconds) / 1000) }

_ = handle(.started(adopting: []))
// An hour, in which many come up.
for _ in 0..<60 {
    now = now + .minutes(1)
    _ = handle(.timer)
}
report(
    "timer",
    (0..<200).map { _ in
        now = now + .seconds(61); return handle(.timer)
    })
report(
    "journal",
    (0..<200).map { _ in
        now = now + .seconds(1); return handle(.journal([], whole: false))
    })
report(
    "presence",
    (0..<200).map { index in
        now = now + .seconds(1)
        return handle(.presence(index % 2 == 0 ? .away(.locked) : .present))
    })
report(
    "clock",
    (0..<50).map { _ in
        now = now + .seconds(1); return handle(.clockChanged)
    })
report(
    "zone",
    (0..<50).map { index in
        now = now + .seconds(1); return handle(.zone(index % 2 == 0 ? newYork : berlin))
    })
