import ArgumentParser
import StretchBase
import StretchCore
import StretchDaemon

struct Simulate: Command {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Shows when you would be asked, and why not.",
        discussion: """
            What decides when to ask you runs through the span in a moment, with your configuration and what your journal \
            knows at its beginning. Nobody answers, so each prompt is told with the times at which it comes up again.

            --json prints an array with an object for each planned time: occ, routine, at, closes, shifted (a clock \
            change moved it), shown (the times of its prompts), reason (why it is not asked, or no more; else null). \
            More keys may come.
            """)

    @Option(help: "Begin at this time, otherwise now: 2026-11-23, '2026-11-23 07:30', RFC 3339, or @ and seconds.")
    var from: String?

    @Option(help: "End before this time, otherwise a week later; 10 years at most.")
    var to: String?

    @Option(help: "Suppose that you are in this time zone, such as Europe/Berlin.")
    var zone: String?

    @Option(
        help: ArgumentHelp(
            "When you are there and the machine runs: 06:40..23:00, 'Sat,Sun 22:00..02:00'; once or more. Otherwise always.",
            valueName: "hours"))
    var awake: [String] = []

    @Flag(help: "Print JSON, for scripts.")
    var json = false

    func run(in context: Context) throws {
        let hours = try awake.map(AwakeHours.init(parsing:))
        let situation = try Situation(in: context, at: from.map(withTime), zone: zone)
        if from == nil, situation.clockDoubt != nil { situation.clockTroubles.forEach(context.complain) }
        let timetable = situation.timetable
        let span = try span(from: situation.now, in: timetable.zone)
        guard !timetable.plans(moreThan: Simulate.limit, in: span) else {
            throw Complaint(
                .badInput,
                "more than \(Simulate.limit) times are planned from \(from ?? "now") to \(to ?? "a week later"); "
                    + "allowed: \(Simulate.limit); end earlier with --to")
        }
        let forecast = Forecast(
            situation.diary, in: span, from: situation.surroundings.now, awake: hours,
            passingOver: situation.surroundings.daemon?.passedOver.compactMap { OccurrenceID($0) } ?? [])
        try context.tell(forecast, asJSON: json)
    }

    /// How many planned times are simulated: ten years of five a day; two weeks of every minute, which take 10 s.
    private static let limit = 20_000

    private func span(from start: Instant, in zone: Zone) throws -> Range<Instant> {
        guard let to else { return start..<Simulate.later(start, days: 7, in: zone) }
        let end = try TimeArgument.parse(withTime(to), in: zone)
        guard end > start else {
            throw Complaint(.badInput, "--to is \(to); allowed: a time after \(from ?? "now"), where the span begins")
        }
        guard end <= Simulate.later(start, days: 3653, in: zone) else {
            throw Complaint(.badInput, "--to is \(to); allowed: up to 10 years after \(from ?? "now")")
        }
        return start..<end
    }

    /// A date alone is the beginning of that day.
    private func withTime(_ text: String) -> String { Day(text) == nil ? text : text + " 00:00" }

    /// The same time of day some days later.
    private static func later(_ start: Instant, days: Int, in zone: Zone) -> Instant {
        zone.resolve(zone.civil(start) + .days(days))?.instant ?? start + .days(days)
    }
}

extension Forecast {
    var json: JSON {
        let time = { (instant: Instant) in JSON.text(instant.rfc3339(in: zone)) }
        return .array(
            entries.map { entry in
                .object([
                    "occ": .text(entry.occurrence.id.description), "routine": .text(entry.occurrence.id.routine),
                    "at": time(entry.occurrence.opens), "closes": time(entry.occurrence.closes),
                    "shifted": .bool(entry.occurrence.shifted), "shown": .array(entry.shown.map(time)),
                    "reason": .text(entry.reason),
                ])
            })
    }
}

extension Forecast.Entry {
    /// Why it is not asked, or not again; nil when there is nothing to explain.
    var reason: String? {
        switch outcome {
        case .asked: nil
        case .answered(let verdict): verdict == .done ? "already done" : "already skipped"
        case .paused(let reason), .unseen(let reason): reason
        }
    }
}
