import StretchBase
import StretchCore

// The words of `log`.

/// What happened with one planned time, in words: `asked 07:30, again 07:45, done 07:50 by button`.
struct Sentence {
    private var parts: [String] = []
    /// The date of the time that was told last; a time of another date gets its weekday.
    private var date: Day
    /// Between the pain before and after.
    private let arrow: String
    private let machines: [Record.ID: String]
    /// The machines that asked, in order; an empty name stands for this one.
    private var asked: [String] = []
    private var endsWithAgain = false

    init(on date: Day, arrow: String, machines: [Record.ID: String]) {
        self.date = date
        self.arrow = arrow
        self.machines = machines
    }

    var text: String { parts.joined(separator: ", ") }

    mutating func add(_ words: String) {
        parts.append(words)
        endsWithAgain = false
    }

    mutating func add(_ happening: Happening) {
        if LoopCheckmarks.isSource(of: happening.record) { return add(imported: happening) }
        let time = clock(happening.ts.civil)
        let machine = machines[happening.record]
        let place = machine.map { " on \(oneLine($0))" } ?? ""
        let way = (happening.via.map { " \($0.words)" } ?? "") + place
        switch happening.what {
        case .asked(let wait):
            let reason = wait.map { " (\(words(for: $0, offset: happening.ts.offset)))" } ?? ""
            add("asked \(time)\(place)\(reason)")
            asked.append(machine ?? "")
        case .askedAgain where asked.last == machine ?? "":
            add(endsWithAgain ? "\(time)\(place)" : "again \(time)\(place)")
            endsWithAgain = true
        case .askedAgain:
            add((asked.contains(machine ?? "") ? "again " : "asked ") + "\(time)\(place)")
            asked.append(machine ?? "")
        case .held(let reason): add("not asked: \(reason?.whyNotAsked ?? "a newer version says why")\(place)")
        case .snoozed(let until):
            let end = clock(Timestamp(until, offset: happening.ts.offset).civil)
            add("snoozed \(time) until \(end)\(way)")
        case .guideBegan: add("guide began \(time)\(place)")
        case .guideStopped: add("guide stopped \(time)\(place)")
        case .answered(let answer):
            let timing = answer.timing == .due ? "" : " \(answer.timing.rawValue)"
            let pain = answer.painWords(arrow: arrow)
            let notes = answer.notes.map { "\"\(spaced($0))\"" }
            add("\(answer.verdict.word)\(timing) \(time)\(way)")
            for detail in [pain].compactMap(\.self) + notes { add(detail) }
        case .answerTakenBack: add("taken back \(time)\(place)")
        case .snoozeTakenBack: add("snooze taken back \(time)\(place)")
        }
    }

    /// Adds what another program recorded of the day, which knew no times.
    private mutating func add(imported happening: Happening) {
        let answer: Happening.Answer? = if case .answered(let answer) = happening.what { answer } else { nil }
        add(answer?.verdict.word ?? "not done")
        for note in answer?.notes ?? [] { add("\"\(spaced(note))\"") }
        add("imported from Loop Habit Tracker")
    }

    /// Adds what was recorded outside a planned time, such as `paused 18:20 until Sun 27 Dec by command`.
    mutating func add(_ words: String, at record: Record, then rest: String = "") {
        let way = record.via.map { " \($0.words)" } ?? ""
        let place = machines[record.id].map { " on \(oneLine($0))" } ?? ""
        add("\(words) \(clock(record.ts.civil))\(rest)\(way)\(place)")
    }

    /// A time of day, with its weekday if it is of another date than the time before it.
    mutating func clock(_ time: CivilTime) -> String {
        let clock = HumanTime.clock(time.wholeMinute)
        defer { date = time.day }
        return time.day == date ? clock : "\(HumanTime.weekday(time.day)) \(clock)"
    }

    private mutating func words(for wait: Happening.Wait, offset: Int) -> String {
        let until = wait.until.map { " until \(clock(Timestamp($0, offset: offset).civil))" }
        return wait.reason.whyWaiting + (until ?? "")
    }
}

extension Record.Via {
    fileprivate var words: String {
        switch self {
        case .notification: "by button"
        case .cli: "by command"
        case .guide: "in the guide"
        }
    }
}

extension Hindrance {
    /// Completes `asked 08:11 (… until 08:10)`.
    fileprivate var whyWaiting: String {
        switch self {
        case .locked, .idle, .away, .asleep, .paused: rawValue
        case .doNotDisturb: "do not disturb"
        case .noServer: "no notification server"
        case .noBus: "no session bus"
        case .busy: "another prompt or a guide"
        case .clock: "wrong clock"
        case .settings: "the settings"
        }
    }

    /// Completes `not asked: …`.
    fileprivate var whyNotAsked: String {
        switch self {
        case .locked: "the screen was locked"
        case .idle: "nobody was at the machine, it was idle"
        case .away: "nobody was logged in, or another user was at the screen"
        case .asleep: "the machine was asleep"
        case .doNotDisturb: "do not disturb was on"
        case .noServer: "no notification server showed it"
        case .noBus: "there was no session bus"
        case .paused: "paused"
        case .busy: "another prompt or a guide came first"
        case .clock: "the clock could not be right"
        case .settings: "the settings changed after its time"
        }
    }
}

extension Happening.Answer {
    /// Such as `pain 4 → 3`; nil if none was told.
    fileprivate func painWords(arrow: String) -> String? {
        switch (painBefore, pain) {
        case (let before?, let after?): "pain \(before) \(arrow) \(after)"
        case (nil, let after?): "pain \(after)"
        case (let before?, nil): "pain \(before) before"
        case (nil, nil): nil
        }
    }
}

extension Logbook.Page {
    /// How the day counts and why, such as `missed: asked and not answered`.
    var count: String {
        let words = reason.map { "\(counted.state.rawValue): \($0)" } ?? counted.state.rawValue
        return counted.state == .done && counted.streak > 0 ? "\(words), day \(counted.streak)" : words
    }

    /// Why the day counts so; nil if there is nothing to explain.
    var reason: String? {
        let tally = counted.tally
        return switch counted.ground {
        case .goalReached: tally.goal > 1 ? "\(tally.done) of \(tally.goal)" : nil
        case .allDone: tally.skipped > 0 ? "all that was not skipped" : "all that was asked"
        case .skipped(inWeek: 1): nil
        case .skipped: "the second in a week, a third would be missed"
        case .skippedTooOften: "skipped for the third time in a week"
        case .paused: "paused"
        case .notAsked: entries.isEmpty && !isPlanned ? "nothing was planned" : "not asked"
        case .today: tally.done > 0 ? "\(tally.done) of \(tally.goal) so far" : "today is not over"
        case .open: "it can still be answered"
        case .unanswered: entries.contains(where: \.isImported) ? nil : "asked and not answered"
        case .tooFew: "\(tally.done) of \(tally.goal)"
        }
    }
}

extension Logbook.Entry {
    /// It was imported, so its time of day means nothing.
    var isImported: Bool { happenings.contains { LoopCheckmarks.isSource(of: $0.record) } }
}

// The words of the JSON, which stay as they are.

extension Happening.What {
    var word: String {
        switch self {
        case .asked: "asked"
        case .askedAgain: "asked-again"
        case .held: "not-asked"
        case .snoozed: "snoozed"
        case .guideBegan: "guide-began"
        case .guideStopped: "guide-stopped"
        case .answered(let answer): answer.verdict.word
        case .answerTakenBack: "taken-back"
        case .snoozeTakenBack: "snooze-taken-back"
        }
    }
}

extension Logbook.Outcome {
    var word: String {
        switch self {
        case .answered: "answered"
        case .open: "open"
        case .toCome: "to-come"
        case .unanswered: "unanswered"
        case .held, .paused: "not-asked"
        case .unrecorded: "unrecorded"
        }
    }
}
