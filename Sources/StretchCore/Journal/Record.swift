package import StretchBase

/// One line of the journal: something that was shown, answered or decided, and when.
///
/// A ledger keeps all records in memory, about twenty thousand after ten years. So numbers are stored in narrow types,
/// the members are ordered so that few gaps stay between them, and rare members are stored apart.
package struct Record: Hashable, Sendable, Identifiable {
    /// The key by which the records of all files and machines are united.
    package let id: RecordID
    package var via: Via?
    private var narrowPain: Int8?
    private var narrowPainBefore: Int8?
    /// Whether a verdict came after the window had closed, fixed when it was written; nil if the record does not say.
    package var late: Bool?
    package let kind: Kind
    /// Minutes east of UTC.
    private let offset: Int16
    private var dayOrdinal = Record.noDay
    package let subject: Subject
    /// Why this first prompt came more than a minute after the opening; nil if it did not, or if nobody knows.
    package var waited: Hindrance?
    /// How long before the record the waiting ended, in milliseconds.
    private var waitEnded = Record.noWait
    private let instant: Instant
    private var rareMembers = RareMembers.none

    /// Members that few records have.
    private struct Details: Hashable {
        var lastDay: Day?
        var heldSince: Instant?
        var goal = 1
        var note: String?
    }

    private indirect enum RareMembers: Hashable {
        case none
        case some(Details)
    }

    package enum Kind: Hashable, Sendable {
        /// The server accepted the notification.
        ///
        /// `reminder` is true if the prompt was shown again because nobody answered; it then counts against
        /// `reminders`. It is false for other prompts, such as the first one, or one that is shown because the person
        /// came back.
        case prompted(closes: Instant?, reminder: Bool)
        case done
        case skip
        case snooze(until: Instant)
        case started(until: Instant)
        /// The occurrence closed, and this daemon had not asked for it (rule 11).
        ///
        /// The reason is nil if this version does not know its word.
        case held(Hindrance?)
        /// A pause; `until` is nil if it lasts until somebody resumes.
        indirect case pause(from: Instant, until: Instant?)
        case resume
        /// Takes back the records with these ids.
        case undo([RecordID])
        /// A guide showed what to take care of in this stretch, and ended done; so it need not show that again.
        indirect case known(stretch: String)
        /// The level at which a stretch is done from now on; 0 is its own dose.
        indirect case level(Int, stretch: String)
        /// A type that this version does not know; the record is kept but ignored.
        indirect case unknown(String)
    }

    package enum Subject: Hashable, Sendable {
        case occurrence(OccurrenceID)
        case routine(String)
        /// Every routine.
        case all

        package var occurrence: OccurrenceID? { if case .occurrence(let id) = self { id } else { nil } }

        /// The nominal time of the occurrence; nil if there is no occurrence.
        var nominal: CivilTime? { if case .occurrence(let id) = self { id.nominal } else { nil } }

        /// The routine that the record concerns; nil if it concerns all of them.
        package var routine: String? {
            switch self {
            case .occurrence(let id): id.routine
            case .routine(let id): id
            case .all: nil
            }
        }
    }

    package enum Via: String, Sendable { case notification, cli, guide }

    package init(id: RecordID, ts: Timestamp, kind: Kind, subject: Subject) {
        self.init(read: id, ts: ts, kind: kind.writable, subject: subject)
    }

    /// Expects instants that are rounded to the precision of the journal already.
    init(read id: RecordID, ts: Timestamp, kind: Kind, subject: Subject) {
        self.id = id
        self.kind = kind
        self.subject = subject
        instant = ts.instant
        offset = Int16(ts.offset / 60)
    }

    package var ts: Timestamp { Timestamp(whole: instant, offset: Int(offset) * 60) }

    /// When the record was made, as well as it is known.
    ///
    /// The `ts` may be later, so that the record outranks one from a fast clock. The id has the real time.
    var made: Instant { min(instant, id.time ?? instant) }

    /// The day the record counts for, fixed when the record was written; nil if it has none.
    package var day: Day? {
        get { dayOrdinal == Record.noDay ? nil : Day(ordinal: Int(dayOrdinal)) }
        set { dayOrdinal = newValue.map { Int32(clamping: $0.ordinal) } ?? Record.noDay }
    }
    private static let noDay = Int32.min

    /// When the reason in `waited` ended; nil if the record does not say.
    ///
    /// No prompt waits for more than a day. A time that is weeks away counts as none, so that a narrow number holds it.
    package var waitedUntil: Instant? {
        get { waitEnded == Record.noWait ? nil : instant - .milliseconds(Int(waitEnded)) }
        set {
            let span = newValue.map { (instant.microseconds - $0.writable.microseconds) / 1000 }
            waitEnded = span.flatMap(Int32.init(exactly:)) ?? Record.noWait
        }
    }
    private static let noWait = Int32.min

    /// The pain after stretching, from 0 to 10.
    package var pain: Int? {
        get { narrowPain.map(Int.init) }
        set { narrowPain = newValue.map(Int8.init(clamping:)) }
    }

    /// The pain before stretching, from 0 to 10.
    package var painBefore: Int? {
        get { narrowPainBefore.map(Int.init) }
        set { narrowPainBefore = newValue.map(Int8.init(clamping:)) }
    }

    /// The last day of a pause that has an end, fixed when it was written; `day` is its first day.
    package var lastDay: Day? {
        get { details.lastDay }
        set { details.lastDay = newValue }
    }
    /// When the first of several planned times opened that one reason held back in a row, the last of which this
    /// `held` record is about; nil if it is about one time only.
    package var heldSince: Instant? {
        get { details.heldSince }
        set { details.heldSince = newValue?.writable }
    }
    /// The daily goal when this was written: the number of times that made a day done.
    package var goal: Int {
        get { details.goal }
        set { details.goal = newValue }
    }
    package var note: String? {
        get { details.note }
        set { details.note = newValue }
    }

    private var details: Details {
        get { if case .some(let details) = rareMembers { details } else { Details() } }
        set { rareMembers = newValue == Details() ? .none : .some(newValue) }
    }

    package var occurrence: OccurrenceID? { subject.occurrence }

    /// The routine that the record concerns; nil if it concerns all of them.
    package var routine: String? { subject.routine }

    package var verdict: Verdict? {
        switch kind {
        case .done: .done
        case .skip: .skip
        default: nil
        }
    }

    /// When the window ends, as a prompt says it; nil if it does not, or if the record is no prompt.
    var closes: Instant? { if case .prompted(let closes, _) = kind { closes } else { nil } }
    /// Whether the record is about this routine, or about all of them.
    func concerns(_ routine: String) -> Bool { self.routine == nil || self.routine == routine }
    var isPrompt: Bool { if case .prompted = kind { true } else { false } }
    package var isHeld: Bool { if case .held = kind { true } else { false } }
    /// Whether this is a decision or a guide because of which nobody is asked.
    func hidesPrompts(at now: Instant) -> Bool {
        switch kind {
        case .done, .skip, .pause: true
        case .snooze(let until), .started(let until): now < until
        case .prompted, .held, .resume, .undo, .known, .level, .unknown: false
        }
    }
    package var isSnooze: Bool { snoozeEnds != nil }
    /// Until when this snooze hides the prompt; nil if the record is no snooze.
    var snoozeEnds: Instant? { if case .snooze(let until) = kind { until } else { nil } }
    /// The record says that a guide began, or that it takes longer than its last record said.
    var isGuide: Bool { if case .started = kind { true } else { false } }

    /// The longest time for which a guide keeps its occurrence open, while nobody is asked about it.
    ///
    /// The limit holds even if somebody edits a record so that it says more.
    static let longestHold: Duration = .hours(3)

    /// Until when nobody is asked about the occurrence because of this guide; nil if the record is not about a guide.
    var holdEnds: Instant? {
        if case .started(let until) = kind { min(until, instant + Record.longestHold) } else { nil }
    }

    /// The day the record counts for.
    ///
    /// If the record has no day, this is the day of its occurrence, or else of its time.
    package func day(startingAt dayStart: Duration) -> Day {
        day ?? occurrence?.day(startingAt: dayStart) ?? (ts.civil - dayStart).day
    }

    /// The verdict came after the window had closed or, if nothing says when that was, after the day was over.
    ///
    /// Older versions did not record it. Then it follows from the other records.
    ///
    /// - Parameter closes: when the window closed, by the prompts of the occurrence; nil if there are none.
    func isLate(closing closes: Instant?, dayStart: Duration) -> Bool {
        if let late { return late }
        if let closes { return instant >= closes }
        return (ts.civil - dayStart).day > day(startingAt: dayStart)
    }

    /// Whether a record was made before another, by their times or, if these are equal, by their ids.
    ///
    /// The later record outranks the earlier one.
    static func isEarlier(_ a: Record, than b: Record) -> Bool { (a.instant, a.id) < (b.instant, b.id) }

    /// Whether a record comes before another in the ledger.
    ///
    /// The nominal times of the occurrences decide. If they are equal or one is missing, the times of the records
    /// decide, then the ids.
    static func isOrdered(_ a: Record, before b: Record) -> Bool {
        guard let first = a.subject.nominal, let second = b.subject.nominal, first != second else {
            return isEarlier(a, than: b)
        }
        return first < second
    }
}

extension Record.Kind {
    /// The kind with its instants rounded to the precision of the journal, so that it stays the same when it is read
    /// back.
    fileprivate var writable: Record.Kind {
        switch self {
        case .prompted(let closes, let reminder): .prompted(closes: closes?.writable, reminder: reminder)
        case .snooze(let until): .snooze(until: until.writable)
        case .started(let until): .started(until: until.writable)
        case .pause(let from, let until): .pause(from: from.writable, until: until?.writable)
        case .done, .skip, .held, .resume, .undo, .known, .level, .unknown: self
        }
    }
}

/// An answer that settles an occurrence.
package enum Verdict: String, Hashable, Sendable { case done, skip }

/// The slice must have the records of one occurrence that were not taken back, in order of time.
extension ArraySlice<Record> {
    /// When the window ends or ended, by the prompts; nil if they do not say.
    var closing: Instant? { lazy.compactMap(\.closes).max() }

    /// When an occurrence closes whose window ends then: later if a guide keeps it open (rule 15).
    ///
    /// A guide that began before the end keeps it open. One that began later does not open it again.
    func closing(keptOpenAfter end: Instant) -> Instant {
        reduce(end) { end, record in record.ts.instant < end ? Swift.max(end, record.holdEnds ?? end) : end }
    }
}
