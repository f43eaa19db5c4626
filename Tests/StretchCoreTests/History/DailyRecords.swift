import StretchBase
import StretchCore
import TestSupport

/// Records of the routine `morning`, day by day up to today, and what its history makes of them.
struct DailyRecords {
    static let today = Day(ordinal: 20_780)  // Mon 2026-11-23

    var configuration = Configuration.morningRoutine
    var zone = Zone.utc
    /// On the last day of the diary.
    var now: Instant
    var records: [Record] = []
    private var ids = RecordIDs(seed: 1)

    init(at clock: String = "12:00") { now = Self.instant(Self.today, clock) }

    /// One letter a day, the last one is today: D done, M prompted only, S skipped, N nothing, P prompted with a goal of
    /// three and done once.
    init(_ days: String, at clock: String = "12:00") {
        self.init(at: clock)
        let letters = days.filter { $0 != " " }
        for (index, letter) in letters.enumerated() {
            let day = Self.today - (letters.count - 1 - index)
            if letter == "N" { continue }
            prompt(day, goal: letter == "P" ? 3 : 1)
            if letter == "D" || letter == "P" { answer(.done, day, goal: letter == "P" ? 3 : 1) }
            if letter == "S" { answer(.skip, day) }
        }
    }

    var routine: Routine { configuration.routines[0] }
    var history: History { history(of: records) }

    func history(of records: [Record]) -> History { history(by: Ledger(records)) }

    func history(by ledger: Ledger) -> History {
        History(of: routine, in: Diary(Timetable(configuration, zone: zone), ledger), at: now)
    }

    /// The states as letters, T for pending and N for free.
    func states(_ count: Int) -> String {
        history.states(ofLast: count).map { entry in
            switch entry.state {
            case .done: "D"
            case .skipped: "S"
            case .free: "N"
            case .pending: "T"
            case .missed: "M"
            }
        }.joined()
    }

    mutating func prompt(_ day: Day, _ clock: String = "07:30", window: Duration = .hours(4), goal: Int = 1) {
        let opening = Self.instant(day, clock)
        add(.prompted(closes: opening + window, reminder: false), day, clock, at: opening + .seconds(1), goal: goal)
    }

    mutating func answer(
        _ verdict: Verdict, _ day: Day, _ clock: String = "07:30", after delay: Duration = .minutes(5), goal: Int = 1
    ) {
        add(verdict == .done ? .done : .skip, day, clock, at: Self.instant(day, clock) + delay, goal: goal)
    }

    mutating func bonus(_ day: Day, goal: Int = 1) {
        var record = make(.done, .routine("morning"), at: Self.instant(day, "20:00"))
        record.day = day
        record.goal = goal
        records.append(record)
    }

    /// - Parameter recorded: when it was recorded; nil means when it began.
    mutating func pause(_ from: Instant, until: Instant?, recorded: Instant? = nil) {
        records.append(make(.pause(from: from, until: until), .all, at: recorded ?? from))
    }

    mutating func resume(at instant: Instant) { records.append(make(.resume, .all, at: instant)) }

    /// Takes the newest record back.
    mutating func undo() { records.append(make(.undo([records[records.count - 1].id]), .all, at: now)) }

    private mutating func add(_ kind: Record.Kind, _ day: Day, _ clock: String, at instant: Instant, goal: Int) {
        let id = OccurrenceID.morning("\(day)T\(clock)")
        var record = make(kind, .occurrence(id), at: instant)
        record.day = id.day(startingAt: .hours(4))
        record.goal = goal
        records.append(record)
    }

    private mutating func make(_ kind: Record.Kind, _ subject: Record.Subject, at instant: Instant) -> Record {
        Record(id: ids.next(at: instant), ts: Timestamp(instant, offset: 0), kind: kind, subject: subject)
    }

    static func instant(_ day: Day, _ clock: String) -> Instant { Zone.utc.instant("\(day) \(clock)") }
}
