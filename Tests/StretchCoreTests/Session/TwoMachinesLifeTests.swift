import StretchBase
import StretchCore
import TestSupport
import Testing

/// Random weeks of a person with two machines who answers, snoozes, pauses, takes back and is led through, on the screen
/// and in a shell, while the journals arrive late and in any order.
///
/// What must never happen: two prompts of one routine, a prompt for what is answered, snoozed or paused, a verdict that is
/// lost or counts for another day, an undo of what another machine said, and two machines that do not agree in the end.
struct TwoMachinesLifeTests {
    @Test(arguments: UInt64(1)...16)
    func nothingIsLostAndNobodyIsAskedTwice(seed: UInt64) {
        var world = TwoMachines(seed: seed)
        for _ in 0..<200 where world.complaint == nil { world.act() }
        world.end()
        #expect(world.complaint == nil)
    }
}

/// A machine with its daemon, its own file of the journal, and a shell.
private struct Machine {
    let name: String
    /// How far its clock is ahead of the real time.
    let ahead: Duration
    var life: Simulation
    var ids: RecordIDs
    /// What this machine wrote, in this order; and how much of it the other one has.
    var own: [Record] = []
    var sent = 0
    private var known = 0
    private var received: Set<Record.ID> = []
    var guide: GuideAccount?

    init(_ name: String, _ configuration: Configuration, ahead: Duration, seed: UInt64) {
        self.name = name
        self.ahead = ahead
        let start = Zone.berlin.instant("2026-11-23 06:00") + ahead
        life = Simulation(
            Diary(Timetable(configuration, zone: .berlin)), from: start, journal: [.longAgo], seed: seed)
        ids = RecordIDs(seed: seed + 500)
        known = life.journal.count
    }

    var diary: Diary { life.session.diary }
    var now: Instant { life.now }

    /// Finds what the daemon wrote since the last look.
    mutating func note() {
        own += life.journal[known...].filter { !received.contains($0.id) }
        known = life.journal.count
    }

    mutating func receive(_ records: [Record]) {
        note()
        received.formUnion(records.map(\.id))
        life.journal += records
        life.happen(.journal(records))
        note()
    }

    /// A command wrote these records, and the daemon reads them.
    mutating func write(_ records: [Record]) {
        note()
        life.journal += records
        life.happen(.journal(records))
        note()
    }

    mutating func record(_ kind: Record.Kind, of id: OccurrenceID, at ts: Timestamp? = nil) -> Record {
        let ts = ts ?? Timestamp(now, in: .berlin)
        var record = Record(id: ids.next(at: now), ts: ts, kind: kind, subject: .occurrence(id))
        record.day = id.day(startingAt: .hours(4))
        return record
    }
}

private struct TwoMachines {
    private var machines: [Machine]
    private var real = Zone.berlin.instant("2026-11-23 06:00")
    private var random: SplitMix64
    private let routines: [Routine] = [
        .daily("morning", "07:30", "18:00"), .daily("desk", "*-*-* 09,11,15:00", window: .hours(1)),
        .daily("evening", "22:15", window: .hours(9)),
    ]
    private(set) var complaint: String?
    private var log: [String] = []

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        var configuration = Configuration(routines: routines)
        configuration.prompt.reminders = Int.random(in: 0...3, using: &random)
        let ahead = Duration.seconds(Int.random(in: 0...50, using: &random))
        machines = [
            Machine("desktop", configuration, ahead: .zero, seed: seed),
            Machine("laptop", configuration, ahead: ahead, seed: seed + 1000),
        ]
    }

    // MARK: What happens

    mutating func act() {
        let index = Int.random(in: 0...1, using: &random)
        switch Int.random(in: 0..<24, using: &random) {
        case 0..<7: wait(.minutes(Int.random(in: 1...200, using: &random)))
        case 7: wait(.minutes(Int.random(in: 300...1500, using: &random)))
        case 8..<12: sync(index)
        case 12:
            on(index, "moves") { machine, random in
                let presence: Presence = Bool.random(using: &random) ? .present : .away(.locked)
                machine.life.happen(.presence(presence))
            }
        case 13: on(index, "closes") { machine, _ in machine.life.close() }
        case 14, 15: on(index, "presses") { $0.press(using: &$1) }
        case 16, 17: on(index, "answers") { [routines] in $0.answer(routines, using: &$1) }
        case 18: on(index, "snoozes") { [routines] in $0.snooze(routines, using: &$1) }
        case 19: on(index, "pauses") { $0.pause(using: &$1) }
        case 20:
            on(index, "resumes") { machine, _ in
                machine.write([
                    machine.diary.record(ofPause: .resume, id: machine.ids.next(at: machine.now), at: machine.now)
                ])
            }
        case 21, 22: undo(index)
        default: on(index, "guides") { [routines] in $0.lead(routines, using: &$1) }
        }
        for machine in machines { check(machine) }
    }

    private mutating func on(
        _ index: Int, _ what: String, _ change: (inout Machine, inout SplitMix64) -> Void
    ) {
        log.append("\(Zone.berlin.civil(real)) \(machines[index].name) \(what)")
        change(&machines[index], &random)
        machines[index].note()
    }

    private mutating func wait(_ span: Duration) {
        real = real + span
        log.append("until \(Zone.berlin.civil(real))")
        for index in machines.indices {
            machines[index].life.run(until: real + machines[index].ahead)
            machines[index].note()
            let life = machines[index].life
            // Nobody waits longer than the time to settle and a minute for each routine.
            if span > .minutes(6), life.session.diary.pauseOfAll(at: life.now) == nil, life.outlook.reason == nil {
                for due in life.outlook.due where due.state == .waiting && life.now - due.opens > .minutes(6) {
                    complain("\(machines[index].name): \(due.id) waits: \(due.reason)")
                }
            }
        }
    }

    /// A part of the file of a machine, at least a record, arrives at the other one.
    private mutating func sync(_ index: Int) {
        let rest = machines[index].own.count - machines[index].sent
        guard rest > 0 else { return }
        let count = Int.random(in: 1...rest, using: &random)
        let records = Array(machines[index].own[machines[index].sent..<machines[index].sent + count])
        machines[index].sent += count
        on(1 - index, "receives \(records.map(\.type))") { machine, _ in machine.receive(records) }
    }

    private mutating func undo(_ index: Int) {
        let own = Set(machines[index].own.map(\.id))
        on(index, "takes back") { machine, _ in
            let records = machine.diary.ledger.lastDecision(among: machine.own, at: machine.now)
            guard let last = records.last else { return }
            let ts = Timestamp(machine.now, in: .berlin)
            machine.write([
                Record(
                    id: machine.ids.next(at: machine.now), ts: ts, kind: .undo(records.map(\.id)), subject: last.subject
                )
            ])
        }
        for case .undo(let ids) in machines[index].own.suffix(1).map(\.kind) where !own.isSuperset(of: ids) {
            complain("\(machines[index].name) took back what is not its own")
        }
    }

    // MARK: What must never happen

    private mutating func check(_ machine: Machine) {
        let life = machine.life
        let ids = life.screen.keys.compactMap { if case .occurrence(let id) = $0 { id } else { nil } }
        if Set(ids.map(\.routine)).count < ids.count { complain("\(machine.name): two prompts of one routine: \(ids)") }
        if let wake = life.wake, wake <= life.now { complain("\(machine.name): the timer is set to the past") }
        for id in ids {
            guard let routine = routines.first(where: { $0.id == id.routine }),
                let open = machine.diary.open(routine, at: life.now), open.id == id
            else {
                complain("\(machine.name): \(id) is on the screen and not open")
                continue
            }
            let standing = machine.diary.standing(of: open, of: routine, at: life.now)
            if case .due = standing { continue }
            complain("\(machine.name): \(id) is on the screen, and \(standing)")
        }
        for (id, records) in Dictionary(grouping: machine.own.filter { $0.occurrence != nil }, by: { $0.occurrence }) {
            let prompts = records.filter { $0.type == "prompted" }
            if prompts.dropFirst().contains(where: { $0.waited != nil }) {
                complain("\(String(describing: id)) waited twice")
            }
            if records.count(where: { $0.type == "held" }) > (prompts.isEmpty ? 1 : 0) {
                complain("\(String(describing: id)) is held, but was asked for, or is held twice")
            }
        }
    }

    /// In the end every machine has all records.
    mutating func end() {
        while machines.contains(where: { $0.sent < $0.own.count }) { for index in machines.indices { sync(index) } }
        let all = machines.flatMap(\.own) + [.longAgo]
        let ledger = Ledger(all)
        let now = machines[0].now
        let timetable = Timetable(Configuration(routines: routines), zone: .berlin)
        func history(_ routine: Routine, _ ledger: Ledger) -> History {
            History(of: routine, in: Diary(timetable, ledger), at: now)
        }
        for other in [Ledger((all + all).shuffled(using: &random)), machines[0].diary.ledger, machines[1].diary.ledger]
        {
            for routine in routines
            where history(routine, ledger) != history(routine, other) {
                complain("the machines do not agree on \(routine.id)")
            }
            if ledger.unfinishedPauses(of: "desk", at: now) != other.unfinishedPauses(of: "desk", at: now) {
                complain("the machines do not agree on the pauses")
            }
        }
        // An oracle that knows no ledger: the last verdict of each occurrence that nobody took back.
        var undone: Set<Record.ID> = []
        for case .undo(let ids) in all.map(\.kind) { undone.formUnion(ids) }
        let verdicts = all.filter { $0.verdict != nil && !undone.contains($0.id) }
            .sorted { ($0.ts.instant, $0.id) < ($1.ts.instant, $1.id) }
        var last: [OccurrenceID: Record] = [:]
        for record in verdicts { if let id = record.occurrence { last[id] = record } }
        for (id, record) in last {
            if ledger.verdict(of: id) != record { complain("\(id): \(record.type) is lost") }
            let isOurs = record.id != Record.longAgo.id
            if record.day != id.day(startingAt: .hours(4)) || isOurs && record.late == nil {
                complain("\(id): \(record.text)")
            }
        }
        for routine in routines {
            for entry in history(routine, ledger).entries {
                let done = verdicts.filter { $0.verdict == .done && $0.routine == routine.id && $0.day == entry.day }
                let counted = done.filter { record in record.occurrence.map { last[$0]?.id == record.id } ?? true }
                if counted.count != entry.tally.done {
                    complain("\(routine.id) \(entry.day): \(entry.tally.done) done")
                }
            }
        }
    }

    private mutating func complain(_ what: String) {
        complaint = complaint ?? ([what] + log.suffix(30)).joined(separator: "\n")
    }
}

// What the person does at a machine.
extension Machine {
    /// Any button of any notification.
    mutating func press(using random: inout SplitMix64) {
        let prompts = life.screen.values.sorted { $0.subject.diaryName < $1.subject.diaryName }
        guard let prompt = prompts.randomElement(using: &random),
            let button = prompt.buttons.randomElement(using: &random)
        else { return }
        life.press(button.action, on: prompt.subject)
    }

    mutating func answer(_ routines: [Routine], using random: inout SplitMix64) {
        guard let routine = routines.randomElement(using: &random) else { return }
        let verdict: Verdict = Int.random(in: 0..<3, using: &random) == 0 ? .skip : .done
        let today = diary.timetable.day(at: now)
        let day = Int.random(in: 0..<4, using: &random) == 0 ? today - 1 : today
        let (subject, date): (Record.Subject, Day)
        switch diary.target(of: verdict, for: routine, on: day, at: now) {
        case .occurrence(let occurrence, _, _), .already(let occurrence):
            (subject, date) = (.occurrence(occurrence.id), occurrence.day)
        case .bonus: (subject, date) = (.routine(routine.id), day)
        case .nothing: return
        }
        write([diary.record(of: verdict, on: subject, day: date, goal: 1, via: .cli, id: ids.next(at: now), at: now)])
    }

    mutating func snooze(_ routines: [Routine], using random: inout SplitMix64) {
        let span = Duration.minutes(Int.random(in: 1...90, using: &random))
        for routine in routines {
            guard let open = diary.open(routine, at: now), case .until(let end) = diary.snooze(open, for: span, at: now)
            else { continue }
            let ts = diary.time(on: .occurrence(open.id), at: now)
            return write([record(.snooze(until: end), of: open.id, at: ts)])
        }
    }

    /// A pause that begins now, in the past or in the future.
    mutating func pause(using random: inout SplitMix64) {
        let offsets: [Duration] = [.zero, .zero, .minutes(-90), .hours(-50), .minutes(40), .hours(9), .hours(30)]
        let spans: [Duration?] = [nil, .minutes(25), .hours(2), .hours(30)]
        let from = now + (offsets.randomElement(using: &random) ?? .zero)
        let until = (spans.randomElement(using: &random) ?? nil).map { from + $0 }
        write([diary.record(ofPause: .pause(from: from, until: until), id: ids.next(at: now), at: now)])
    }

    /// Begins a guide in the terminal, or ends the one that runs there.
    mutating func lead(_ routines: [Routine], using random: inout SplitMix64) {
        if var account = guide {
            guide = nil
            if account.isOvertaken(isDone: false, in: diary) {
                write([account.takeBack(in: diary, id: ids.next(at: now), at: now)])
            } else if Bool.random(using: &random) {
                write([account.done(painBefore: 3, in: diary, id: ids.next(at: now), at: now)])
            } else {
                write(account.putOff(in: diary, ids: &ids, at: now))
            }
            return
        }
        guard let routine = routines.randomElement(using: &random), let open = diary.open(routine, at: now),
            diary.ledger.verdict(of: open.id) == nil
        else { return }
        var account = GuideAccount(of: routine, on: .occurrence(open.id), day: open.day, via: .guide, at: now)
        let begun = account.begin(for: .minutes(5), in: diary, id: ids.next(at: now), at: now)
        guide = account
        write([begun])
    }
}
