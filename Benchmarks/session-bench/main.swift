// Times the events of a session with many routines, all of them due. Prints a line for each kind of event: its name and
// its median in milliseconds. The argument is the number of routines. Started by Benchmarks/run.
import StretchBase
import StretchCore
import StretchSystem

struct SessionBench {
    private var session: Session
    private var now: Instant

    /// The routines of the example configuration, many times: due since a minute.
    init(routines count: Int) throws {
        let events = try ["Mon..Fri 07:30", "Sat,Sun 09:00"].map { try CalendarEvent(parsing: $0) }
        let schedule = Schedule(events, except: [try CalendarEvent(parsing: "*-12-24..26")])
        let routines = (0..<count).map { Routine(id: "routine-\($0)", title: "Routine \($0)", schedule: schedule) }
        now = Instant(seconds: 1_795_415_460)  // 2026-11-23 07:31 in Berlin
        session = Session(
            Diary(Timetable(Configuration(routines: routines), zone: SessionBench.zone("Europe/Berlin"))),
            ids: RecordIDs(seed: 1), at: now - .hours(1))
        _ = time(.started(adopting: []))
        // Their prompts come up, one a minute.
        for _ in 0..<30 { _ = time(.timer, after: .minutes(1)) }
    }

    mutating func run() {
        let records = session.ledger.records(of: session.timetable.firstOccurrence(after: now - .days(1)))
        report("timer") { _ in .timer }
        report("journal") { _ in .journal(Array(records)) }
        report("presence") { .presence($0.isMultiple(of: 2) ? .away(.locked) : .present) }
        report("clock") { _ in .clockChanged() }
        report("zone") { .zone(SessionBench.zone($0.isMultiple(of: 2) ? "America/New_York" : "Europe/Berlin")) }
    }

    private mutating func report(_ name: String, event: (Int) -> Event) {
        let times = (0..<50).map { time(event($0), after: .seconds(1)) }.sorted()
        print(name, Double(times[times.count / 2].microseconds) / 1000)
    }

    /// How long the session takes over an event.
    private mutating func time(_ event: Event, after pause: Duration = .zero) -> Duration {
        now = now + pause
        let start = SystemClock.steady()
        var effects = session.handle(event, at: now)
        let end = SystemClock.steady()
        // Off the clock: a desktop and a disk that answer at once.
        while !effects.isEmpty {
            switch effects.removeFirst() {
            case .show(let prompt): effects += session.handle(.shown(prompt.subject), at: now)
            case .append: effects += session.handle(.written, at: now)
            default: break
            }
        }
        return end - start
    }

    private static func zone(_ name: String) -> Zone { (try? ZoneReader().zone(named: name)) ?? .utc }
}

extension Timetable {
    fileprivate func firstOccurrence(after moment: Instant) -> OccurrenceID {
        next(configuration.routines[0], after: moment)?.id ?? OccurrenceID(routine: "", nominal: zone.civil(moment))
    }
}

var bench = try SessionBench(routines: CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1000)
bench.run()
