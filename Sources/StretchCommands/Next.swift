import ArgumentParser
import StretchBase
import StretchCore
import StretchFiles
import StretchTerminal

struct Next: Command {
    static let configuration = CommandConfiguration(
        commandName: "next", abstract: "Shows the coming times, and what clock changes do.",
        discussion: """
              stretchd next -c 10                              the next ten times
              stretchd next --schedule 'Mon..Fri 07:30'        what this means
              stretchd next --from friday --zone Asia/Tokyo    on a journey
            """)

    @Argument(help: "Only this routine.")
    var routine: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("How many times to show, 1 to 10000; otherwise 5.", valueName: "number"))
    var count = 5

    @Option(help: ArgumentHelp("Start after this time: friday, '2026-11-23 07:30'.", valueName: "time"))
    var from: String?

    @Option(
        help: ArgumentHelp("Explain this calendar event of systemd.time(7).", valueName: "event"),
        completion: .list(["daily", "hourly", "monthly", "weekly"]))
    var schedule: String?

    @Option(help: "Read times in this time zone, such as Europe/Berlin.")
    var zone: String?

    @Flag(help: "Print JSON, for scripts.")
    var json = false

    func validate() throws {
        guard (1...10_000).contains(count) else { throw ValidationError("--count is \(count); allowed: 1 to 10000") }
        if routine != nil, schedule != nil {
            throw ValidationError("--schedule explains an event of no routine; leave out one of the two")
        }
    }

    func run(in context: Context) throws {
        guard let schedule else {
            let workspace = try Workspace(in: context, zone: zone)
            let now = workspace.now
            let start = try from.map { try moment($0, today: workspace.today, at: now, in: workspace.timetable.zone) }
            let routines = try routine.map { [try workspace.routine(named: $0)] } ?? workspace.routines
            return try context.tell(
                ComingOccurrences(of: routines, in: workspace.diary, after: start ?? now, count: count), asJSON: json)
        }
        let installation = try Installation(context)
        let own = try installation.zone(named: zone)
        let now = installation.now
        let start = try from.map { try moment($0, today: own.civil(now).day, at: now, in: own) }
        let event = try CalendarEvent(parsing: schedule)
        // A zone written at the end of the event takes precedence over the option.
        let zone = try event.zone.map { try installation.zone(named: $0) } ?? own
        try context.tell(EventExplanation(event, in: zone, after: start ?? now, count: count), asJSON: json)
    }

    /// The moment that `--from` names; a day alone means its midnight.
    private func moment(_ text: String, today: Day, at now: Instant, in zone: Zone) throws -> Instant {
        try TimeArgument(text, .after(today), today: today, at: now, in: zone).instant(in: zone, of: zone.midnight)
    }
}

/// The coming occurrences of routines, in order of time.
private struct ComingOccurrences: Answer {
    let zone: Zone
    let today: Day
    private(set) var list: [(routine: Routine, elapse: Schedule.Elapse, answer: Verdict?, isPaused: Bool)] = []

    /// - Parameter routines: those that are wanted.
    init(of routines: [Routine], in diary: Diary, after now: Instant, count: Int) {
        let zone = diary.timetable.zone
        self.zone = zone
        today = zone.civil(now).day
        // The next occurrence of each routine. The loop takes the earliest, and the routine's next one replaces it.
        var heads = routines.compactMap { routine in
            routine.schedule.next(after: now, in: zone).map { (routine: routine, elapse: $0) }
        }
        while list.count < count,
            let first = heads.indices.min(by: { heads[$0].elapse.instant < heads[$1].elapse.instant })
        {
            let (routine, elapse) = heads[first]
            let id = OccurrenceID(routine: routine.id, nominal: elapse.nominal)
            let answer = diary.verdict(on: id, of: routine)?.verdict
            list.append((routine, elapse, answer, diary.isPaused(elapse, of: routine)))
            if let following = routine.schedule.next(after: elapse.instant, in: zone) {
                heads[first].elapse = following
            } else {
                heads.remove(at: first)
            }
        }
    }

    func text(on _: Terminal) -> String {
        if list.isEmpty { return "nothing is to come" }
        let rows = list.map { [TimeColumn.text(zone.civil($0.elapse.instant), relativeTo: today), $0.routine.id] }
        let table = Table(rows, gap: "  ")
        return zip(rows, list).map { row, item in
            let remarks = [
                item.answer.map { "(\($0.word) already)" } ?? (item.isPaused ? "(paused)" : nil),
                item.elapse.explanation(in: zone),
            ]
            return trimmed(table.text(row + [remarks.compactMap(\.self).joined(separator: "  ")]))
        }.joined(separator: "\n")
    }

    var json: JSON {
        .array(
            list.map { routine, elapse, answer, isPaused in
                .object([
                    "occ": .text(OccurrenceID(routine: routine.id, nominal: elapse.nominal).description),
                    "at": .text(elapse.instant.rfc3339(in: zone)), "epoch": .epoch(elapse.instant),
                    "routine": .text(routine.id), "shifted": .bool(elapse.shifted),
                    "paused": .bool(isPaused), "answer": .text(answer?.rawValue),
                ])
            })
    }
}

/// What a calendar event means: its normal form and its next times.
private struct EventExplanation: Answer {
    let event: CalendarEvent
    let zone: Zone
    let today: Day
    private(set) var elapses: [Schedule.Elapse] = []

    init(_ event: CalendarEvent, in zone: Zone, after now: Instant, count: Int) {
        self.event = event
        self.zone = zone
        today = zone.civil(now).day
        let schedule = Schedule([event])
        var start = now
        while elapses.count < count, let elapse = schedule.next(after: start, in: zone) {
            elapses.append(elapse)
            start = elapse.instant
        }
    }

    func text(on _: Terminal) -> String {
        let head = ["normalised  \(event)", "zone        \(oneLine(zone.identifier))"]
        if elapses.isEmpty { return (head + ["next        never"]).joined(separator: "\n") }
        let times = elapses.map { TimeColumn.text(zone.civil($0.instant), relativeTo: today) }
        let width = times.map(\.columns).max() ?? 0
        let lines = zip(times, elapses).map { time, elapse in
            let start = "\(column(time, width)) \(zone.offsetText(at: elapse.instant))"
            let utc = "\(TimeColumn.clock(Zone.utc.civil(elapse.instant))) UTC"
            return [start, utc, elapse.explanation(in: zone)].compactMap(\.self).joined(separator: "  ")
        }
        return (head + ["next        \(lines.joined(separator: "\n            "))"]).joined(separator: "\n")
    }

    var json: JSON {
        .object([
            "normalized": .text(event.description),
            "next": .array(
                elapses.map { elapse in
                    .object([
                        "at": .text(elapse.instant.rfc3339(in: zone)), "epoch": .epoch(elapse.instant),
                        "shifted": .bool(elapse.shifted),
                    ])
                }),
        ])
    }
}
