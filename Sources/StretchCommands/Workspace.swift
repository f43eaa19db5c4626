import StretchBase
import StretchCore
import StretchDaemon
import StretchFiles
import StretchSystem

/// The configuration, the zone and all records, for a command that reports or records something.
struct Workspace {
    let installation: Installation
    private(set) var journal: JournalDirectory
    private(set) var now: Instant
    private(set) var diary: Diary
    /// Whether the configuration file is wrong, so that the configuration before it counts.
    let isFileWrong: Bool
    /// Why the machine's clock cannot be right; nil when the clock can be believed.
    private(set) var clockDoubt: ClockDoubt?
    /// The name of this machine's journal file, or why there is none; without a name nothing can be recorded.
    private let host: Result<String, FileError>
    var ids = RecordIDs(seed: .random(in: .min ... .max))
    /// Records that wait because another process holds the journal's lock.
    private var unwritten: [Record] = []
    /// Whether records may stay unwritten while another process holds the lock.
    ///
    /// True only for a running guide, because it must not wait. `settle` writes its records when it ends.
    var mayDefer = false

    var context: Context { installation.context }

    /// - Parameters:
    ///   - zone: the name of the zone; nil means the system's zone.
    ///   - tellsTroubles: whether to report that the system's zone is wrong, or that a part of the journal cannot be
    ///     read. False for the text of `status`, which reports this itself.
    init(in context: Context, zone: String? = nil, tellsTroubles: Bool = true) throws {
        let installation = try Installation(context)
        installation.mentionOtherJournal()
        self.installation = installation
        let zone = try installation.zone(named: zone, tells: tellsTroubles)
        let inForce = installation.readConfiguration()
        isFileWrong = inForce.error != nil
        let timetable = Timetable(inForce.configuration, zone: zone)
        host = Result { () throws(FileError) in try MachineID.host() }

        var journal = JournalDirectory(path: installation.journalPath, host: try? host.get())
        diary = Diary(timetable, journal.read().whole ?? Ledger())
        if tellsTroubles { for report in journal.unread { context.complain("\(report)") } }
        now = installation.now
        clockDoubt = ClockDoubt(of: journal, at: installation.now)
        self.journal = journal
    }

    /// Makes the workspace of a command that records something; throws when nothing can be recorded.
    init(recordingIn context: Context) throws {
        try self.init(in: context)
        try requireRecording()
    }

    /// Moves to another time, to tell how things stood or will stand then; leaves out the records after it.
    mutating func move(to moment: Instant) {
        now = moment
        guard now < installation.now else { return }
        diary.ledger = Ledger(ledger.all.filter { $0.ts.instant <= moment })
    }

    /// Updates the time and reads new records; for a command that runs for a while.
    mutating func refresh() {
        now = context.clock()
        let changes = journal.read()
        if let whole = changes.whole { diary.ledger = whole }
        diary.ledger.merge(changes.records + unwritten)
        clockDoubt = ClockDoubt(of: journal, at: now)
    }

    /// Appends a single record, as the `append` below does with several.
    mutating func append(_ record: Record) throws { try append([record]) }

    /// Appends all of the records to the journal, or none and throws.
    ///
    /// It returns when they are on the disk or, if `mayDefer` is true, when they wait in `unwritten`.
    mutating func append(_ records: [Record]) throws {
        try requireRecording()
        try write(unwritten + records, patience: mayDefer ? .zero : .seconds(2))
        diary.ledger.merge(records)
    }

    var timetable: Timetable { diary.timetable }
    var ledger: Ledger { diary.ledger }

    /// Whether some records could not be written yet.
    var hasUnwritten: Bool { !unwritten.isEmpty }

    /// Drops the unwritten records; returns their ids.
    mutating func forgetUnwritten() -> [Record.ID] {
        defer { unwritten = [] }
        return unwritten.map(\.id)
    }

    /// Tries once more to write the unwritten records.
    mutating func retry() throws { try write(unwritten, patience: .zero) }

    /// Writes the unwritten records; returns when they are on the disk.
    mutating func settle() throws {
        mayDefer = false
        try write(unwritten, patience: .seconds(2))
    }

    private mutating func write(_ records: [Record], patience: Duration) throws {
        guard !records.isEmpty else { return }
        let file = JournalFile(directory: installation.journalPath, host: try hostName())
        do throws(FileError) {
            try file.append(records, patience: patience)
            unwritten = []
        } catch {
            guard case .journalLocked = error, mayDefer else { throw Complaint(.notWritten, "not recorded: \(error)") }
            unwritten = records
        }
    }

    private func hostName() throws -> String {
        try Complaint.ifFailed(.notWritten, "not recorded") { try host.get() }
    }

    /// Why this machine has no name for its journal file, so that nothing can be recorded; nil when it has one.
    var machineTrouble: String? {
        if case .failure(let error) = host { "nothing can be recorded here: \(error)" } else { nil }
    }

    /// Returns when the records that this machine's file has already are on the disk.
    ///
    /// A command calls it when what it would record is recorded already.
    func makeSafe() throws {
        let file = JournalFile(directory: installation.journalPath, host: try hostName())
        try Complaint.ifFailed(.notWritten, "recorded, but not safe") { try file.sync() }
    }

    /// Throws when nothing can be recorded, also because the clock is wrong.
    ///
    /// With a wrong clock, a record would count for the wrong day.
    private func requireRecording() throws {
        try Complaint.ifFailed(.badInput, "not recorded") { try Places.requireOwn(installation.journalPath) }
        _ = try hostName()
        guard clockDoubt != nil else { return }
        throw Complaint(.badInput, "not recorded: " + clockTroubles.joined(separator: "; "))
    }

    /// What is wrong with the clock or, if the clock can be believed, which records lie more than a day in the future.
    var clockTroubles: [String] {
        let ahead = journal.reports(ahead: installation.now + ClockDoubt.tolerance)
        guard let clockDoubt else { return ahead.map(\.description) }
        let words = "\(clockDoubt.words(at: installation.now, in: timetable.zone)); set it: timedatectl set-ntp true"
        guard case .behindJournal = clockDoubt else { return [words] }
        return ["\(words); or, if it is right, see " + ahead.map(\.description).joined(separator: " and ")]
    }

    mutating func newID() -> Record.ID { ids.next(at: now) }

    /// A new record of this machine.
    ///
    /// - Parameter time: the time of the record; nil means now.
    mutating func newRecord(
        _ kind: Record.Kind, of subject: Record.Subject, on day: Day? = nil, via: Record.Via, at time: Instant? = nil
    ) -> Record {
        var record = Record(id: newID(), ts: Timestamp(time ?? now, in: timetable.zone), kind: kind, subject: subject)
        record.day = day
        record.via = via
        return record
    }

    func history(of routine: Routine) -> History { History(of: routine, in: diary, at: now) }

    /// A planned time in words: `07:30` if it is today, otherwise such as `Mon 07:30`.
    ///
    /// Before `day_start` it is still the day before. So at the end of Sunday the next time is `Mon 07:30`.
    func planned(_ instant: Instant) -> String {
        HumanTime.short(timetable.zone.civil(instant), relativeTo: today)
    }

    /// Such as `morning 07:30, Monday 23 November`.
    func name(of occurrence: OccurrenceID) -> String {
        "\(oneLine(occurrence.routine)) \(HumanTime.clock(occurrence.nominal)), \(longDate(occurrence.nominal.day))"
    }

    /// Such as `Monday 23 November`.
    func longDate(_ day: Day) -> String { HumanTime.longDate(day, relativeTo: timetable.day(at: now)) }

    var today: Day { timetable.day(at: now) }

    /// Why a time after midnight still counts as the day before; nil when the day has begun.
    var lateHours: String? { timetable.lateHours(at: now) }

    /// A time in words, to the minute; for times that are not planned, such as the end of a snooze.
    func moment(_ instant: Instant) -> String { HumanTime.moment(instant, in: timetable.zone, at: now) }

    // MARK: - Which routine is meant

    var routines: [Routine] { timetable.configuration.routines }

    /// - Parameter others: routines that are not configured but may be meant too.
    func routine(named name: String, or others: [Routine] = []) throws -> Routine {
        try timetable.configuration.routine(named: name, or: others)
    }

    /// The routine that is due or, if none is due, the only one; throws when there are several.
    func routineToAnswer() throws -> Routine {
        let due = routines.filter { self.due($0) != nil }
        return try onlyRoutine(of: due.isEmpty ? routines : due)
    }

    func onlyRoutine(of candidates: [Routine]) throws -> Routine {
        if candidates.count == 1 { return candidates[0] }
        // Ids from a journal may contain any character.
        let known = candidates.map { oneLine($0.id) }
        throw Complaint(.badInput, "which routine? Name one of \(known.joined(separator: ", "))")
    }

    /// A text about when a routine can be answered next.
    func adviceOnNext(_ routine: Routine) -> String {
        let next = diary.nextUnanswered(routine, after: now)
        return next.map { "the next one is \(planned($0.opens))" } ?? "none is to come"
    }

    /// The occurrence of a routine that is open and not answered, with its standing; nil when there is none.
    func due(_ routine: Routine) -> (occurrence: Occurrence, standing: Standing)? {
        guard let open = diary.open(routine, at: now) else { return nil }
        let standing = diary.standing(of: open, of: routine, at: now)
        if case .settled = standing { return nil }
        return (open, standing)
    }
}

extension Configuration {
    /// - Parameter others: routines that are not configured but may be meant too.
    func routine(named name: String, or others: [Routine] = []) throws -> Routine {
        if let routine = routine(name) ?? others.first(where: { $0.id == name }) { return routine }
        // Ids from a journal may contain any character.
        let known = (routines + others).map { oneLine($0.id) }
        let remedy =
            Spelling.nearest(to: name, among: known).map { "did you mean \($0)?" }
            ?? enumerated(known)
        throw Complaint(.badInput, oneLine("no routine \"\(name)\"; \(remedy)"))
    }
}

/// Such as `there is morning` or `there are morning, desk`.
func enumerated(_ names: [String]) -> String {
    "there \(names.count == 1 ? "is" : "are") \(names.joined(separator: ", "))"
}
