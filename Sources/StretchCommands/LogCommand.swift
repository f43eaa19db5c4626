import ArgumentParser
import StretchBase
import StretchCore
import StretchFiles
import StretchTerminal

struct LogCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Tells day by day what was asked and answered, and why.",
        discussion: """
            Below each day is how it counts, and why. The newest day is the last one.

              stretchd log                       the last two weeks
              stretchd log --from '1 Nov'        from that day on
            """)

    @Argument(help: "Only this routine; also one that is not configured any more.")
    var routine: String?

    @Option(help: ArgumentHelp("The first day; otherwise two weeks up to the last one.", valueName: "day"))
    var from: String?

    @Option(help: ArgumentHelp("The last day; otherwise today.", valueName: "day"))
    var to: String?

    @Flag(help: "Print JSON, for scripts.")
    var json = false

    func run(in context: Context) throws {
        let workspace = try Workspace(in: context)
        let span = try DaySpan(from: from, to: to, workspace)
        try context.tell(
            LogReport(of: try workspace.routinesToTell(named: routine), in: span, workspace), asJSON: json)
    }
}

/// The content of `log`, before it becomes text or JSON.
struct LogReport: Answer {
    private let told: [RoutineHistory]
    private let logbook: Logbook
    private let from, to: Day
    private let workspace: Workspace
    /// The other machine that wrote a record, for all records that are not of this one.
    private let machines: [Record.ID: String]

    /// How many days are shown, today included, if nobody says from when on.
    private static let dayCount = 14

    init(of told: [RoutineHistory], in span: DaySpan, _ workspace: Workspace) {
        let last = told.contains { $0.origin == .configured } ? nil : told.compactMap(\.history.entries.last?.day).max()
        let to = span.to ?? last.flatMap { $0 >= span.from ?? $0 ? $0 : nil } ?? workspace.today
        let from = min(to, span.from ?? to - (LogReport.dayCount - 1))
        (self.from, self.to) = (from, to)
        self.told = told
        self.workspace = workspace
        logbook = Logbook(
            of: told.map { ($0.routine, $0.history) }, in: workspace.diary, on: from...to, at: workspace.now)
        machines = workspace.journal.machines(of: logbook.records)
    }

    // MARK: JSON

    var json: JSON {
        .object([
            "from": .text(from.description), "to": .text(to.description),
            "days": .array(logbook.pages.map(json)), "pauses": .array(logbook.pauses.map(json)),
        ])
    }

    private func json(_ page: Logbook.Page) -> JSON {
        .object([
            "date": .text(page.day.description), "routine": .text(page.routine),
            "state": .text(page.counted.state.rawValue), "reason": .text(page.reason),
            "streak": .integer(page.counted.streak), "times": .array(page.entries.map(json)),
        ])
    }

    private func json(_ entry: Logbook.Entry) -> JSON {
        .object([
            "occ": .text(entry.occurrence?.description), "planned": .bool(entry.isPlanned),
            "outcome": .text(entry.outcome.word), "events": .array(entry.happenings.map(json)),
        ])
    }

    private func json(_ happening: Happening) -> JSON {
        let (reason, until): (Hindrance?, Instant?) =
            switch happening.what {
            case .asked(let wait): (wait?.reason, wait?.until)
            case .held(let reason): (reason, nil)
            case .snoozed(let until): (nil, until)
            default: (nil, nil)
            }
        let answer: Happening.Answer? = if case .answered(let answer) = happening.what { answer } else { nil }
        return .object([
            "at": .text(happening.ts.description), "type": .text(happening.what.word),
            "via": .text(happening.via?.rawValue), "machine": .text(machines[happening.record]),
            "reason": .text(reason?.rawValue),
            "until": .text(until.map { Timestamp($0, offset: happening.ts.offset).description }),
            "timing": .text(answer?.timing.rawValue),
            "pain_before": answer?.painBefore.map { .integer($0) } ?? .null,
            "pain": answer?.pain.map { .integer($0) } ?? .null,
            "notes": .array((answer?.notes ?? []).map { .text($0) }),
        ])
    }

    private func json(_ note: Logbook.PauseNote) -> JSON {
        let record = note.record
        let (from, until): (Instant?, Instant?) =
            if case .pause(let from, let until) = record.kind { (from, until) } else { (nil, nil) }
        let time = { (instant: Instant) in Timestamp(instant, offset: record.ts.offset).description }
        return .object([
            "at": .text(record.ts.description), "type": .text(record.type), "routine": .text(record.routine),
            "from": .text(from.map(time)), "until": .text(until.map(time)), "via": .text(record.via?.rawValue),
            "machine": .text(machines[record.id]), "taken_back": .text(note.takenBack?.description),
        ])
    }

    // MARK: Text

    func text(on terminal: Terminal) -> String {
        let rows = rows(on: terminal)
        if rows.isEmpty { return ([nothing] + missingDaemon(on: terminal)).joined(separator: "\n") }
        // Output that goes to no terminal is often searched. So each planned time is one line there.
        let table = Table(rows.map(\.lead), gap: LogReport.gap)
        let isBeside = terminal.width.map { $0 - table.width() >= LogReport.leastRoom } ?? true
        let indent = isBeside ? table.width() : Terminal.gap.columns
        let lines = rows.flatMap { row -> [String] in
            let lead = row.lead.enumerated().map { Terminal.Piece($1, $0 == 0 ? .bold : nil) }
            let texts = row.text(fitting: terminal.width.map { $0 - indent } ?? .max, on: terminal)
            if isBeside {
                return texts.enumerated().map { index, text in
                    (index == 0 ? terminal.paint(table.line(lead)) + LogReport.gap : blanks(indent)) + text
                }
            }
            let head = lead.filter { !$0.text.isEmpty }.map { terminal.paint([$0]) }
            return (head.isEmpty ? [] : [head.joined(separator: LogReport.gap)]) + texts.map { blanks(indent) + $0 }
        }
        return (lines + missingDaemon(on: terminal)).joined(separator: "\n")
    }

    private func missingDaemon(on terminal: Terminal) -> [String] {
        guard to == workspace.today, workspace.installation.daemon == nil else { return [] }
        return [""] + terminal.wrapped(workspace.installation.missingDaemon, .yellow)
    }

    private static let gap = "  "
    /// How many columns the words need beside the day, the routine and the time.
    private static let leastRoom = 30

    /// The text when there is nothing to tell.
    private var nothing: String {
        let span = [from, to].map { HumanTime.date($0, relativeTo: workspace.today) }
        let first = told.compactMap(\.history.firstDay).min()
        let known = first.map { "; it begins on \(HumanTime.date($0, relativeTo: workspace.today))" }
        let next = told.filter { $0.origin == .configured }
            .compactMap { workspace.diary.nextAsked($0.routine, after: workspace.now)?.opens }.min()
        let coming = next.map { "; you are asked next \(workspace.planned($0))" } ?? ""
        return "nothing is recorded " + (known.map { "from \(span[0]) to \(span[1])\($0)" } ?? "yet\(coming)")
    }

    /// A line of the table: what stands left, and the words, which may take several lines.
    private struct Row {
        var lead: [String]
        var words: String
        /// The sign before the words that say how the day counts; nil for other words.
        var sign: Terminal.Piece?

        func text(fitting width: Int, on terminal: Terminal) -> [String] {
            let room = sign == nil ? width : width - 2
            return terminal.legible(words).wrapped(to: max(1, room)).enumerated().map { index, line in
                guard let sign else { return line }
                return (index == 0 ? terminal.paint([sign]) + " " : "  ") + terminal.paint(line, .faint)
            }
        }
    }

    private func rows(on terminal: Terminal) -> [Row] {
        let showsRoutine = Set(logbook.pages.map(\.routine)).count > 1
        let showsTime = logbook.pages.contains { page in page.entries.count { $0.occurrence != nil } > 1 }
        let arrow = terminal.hasSymbols ? "→" : "->"
        var rows: [Row] = []
        func add(_ words: String, routine: String = "", time: String = "", sign: Terminal.Piece? = nil) {
            let lead = [""] + (showsRoutine ? [oneLine(routine)] : []) + (showsTime ? [time] : [])
            rows.append(Row(lead: lead, words: words, sign: sign))
        }
        let pages = Dictionary(grouping: logbook.pages, by: \.day)
        let pauses = Dictionary(grouping: logbook.pauses, by: \.day)
        for day in Set(pages.keys).union(pauses.keys).sorted() {
            let start = rows.count
            for note in pauses[day] ?? [] { add(words(for: note)) }
            for page in pages[day] ?? [] {
                for (index, entry) in page.entries.enumerated() {
                    let clock = entry.isImported ? "" : entry.occurrence.map { HumanTime.clock($0.nominal) }
                    let time = clock ?? "extra"
                    add(
                        sentence(for: entry, of: page, arrow: arrow, namesTime: !showsTime),
                        routine: index == 0 ? page.routine : "", time: time)
                }
                add(
                    page.count, routine: page.entries.isEmpty ? page.routine : "",
                    sign: page.counted.state.sign(on: terminal))
            }
            rows[start].lead[0] = TimeColumn.date(day, relativeTo: workspace.today)
        }
        return rows
    }

    private func sentence(
        for entry: Logbook.Entry, of page: Logbook.Page, arrow: String, namesTime: Bool
    ) -> String {
        var sentence = Sentence(on: entry.occurrence?.nominal.day ?? page.day, arrow: arrow, machines: machines)
        for happening in entry.happenings { sentence.add(happening) }
        switch entry.outcome {
        case .answered, .held: break
        case .unanswered where entry.isImported: break
        case .unanswered: sentence.add("not answered")
        case .paused: sentence.add("not asked: paused")
        case .unrecorded: sentence.add("not asked: the daemon was not running, or the machine was asleep")
        case .toCome(let opens): sentence.add("to be asked at \(workspace.planned(opens))")
        case .open(let until):
            if !entry.happenings.contains(where: \.isPrompt) {
                let reason = due(entry.occurrence)?.reason
                let words = reason?.words(in: workspace.timetable, at: workspace.now)
                let never = reason == .passedOver ? words : nil
                sentence.add(never ?? "not asked yet" + (words.map { ": \($0)" } ?? ""))
            }
            sentence.add("open until \(workspace.planned(until))")
        }
        guard let occurrence = entry.occurrence else { return (namesTime ? "an extra one: " : "") + sentence.text }
        let isConfigured = workspace.timetable.configuration.routine(page.routine) != nil
        guard !entry.isPlanned, !entry.isImported, isConfigured else { return sentence.text }
        return "\(sentence.text) (\(HumanTime.clock(occurrence.nominal)) is not planned any more)"
    }

    private func due(_ id: OccurrenceID?) -> Due? {
        let routine = id.flatMap { workspace.timetable.configuration.routine($0.routine) }
        return routine.flatMap { workspace.told($0, isNow: true) }.flatMap { $0.id == id ? $0 : nil }
    }

    private func words(for note: Logbook.PauseNote) -> String {
        let record = note.record
        var sentence = Sentence(on: note.day, arrow: "", machines: machines)
        switch record.kind {
        case .pause(let from, let until):
            // A pause that began when it was recorded needs no beginning.
            let hasBegun = abs((from - record.ts.instant).microseconds) < 60_000_000
            let begin = hasBegun ? "" : " from \(moment(from, of: record))"
            let end = until.map { moment($0, of: record) } ?? "stretchd resume"
            sentence.add("paused", at: record, then: "\(begin) until \(end)")
        default: sentence.add("resumed", at: record)
        }
        if let takenBack = note.takenBack { sentence.add("taken back \(sentence.clock(takenBack.civil))") }
        return sentence.text
    }

    /// `Sun 27 Dec`, with the time where it is not the beginning of that day.
    private func moment(_ instant: Instant, of record: Record) -> String {
        let civil = Timestamp(instant, offset: record.ts.offset).civil
        let full = HumanTime.full(civil.wholeMinute, relativeTo: workspace.today)
        guard workspace.timetable.beginning(of: civil.day) == instant else { return full }
        return "\(HumanTime.weekday(civil.day)) \(HumanTime.date(civil.day, relativeTo: workspace.today))"
    }
}
