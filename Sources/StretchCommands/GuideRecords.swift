import StretchBase
import StretchCore

/// Writes the records of a guide that runs in the terminal; other processes may write to the journal meanwhile.
///
/// Before it records a result, it reads what others have written, because one answer is enough, whoever gave it.
struct GuideRecords {
    private var workspace: Workspace
    /// What the guide counts for.
    ///
    /// This is decided when the guide begins, because the guide may end after the window or on another day.
    private let target: AnswerTarget
    private var account: GuideAccount
    /// Whether another process recorded an answer while the guide ran.
    private(set) var isSettledElsewhere = false

    private var routine: Routine { account.routine }

    init(of routine: Routine, in workspace: Workspace) {
        self.workspace = workspace
        self.workspace.mayDefer = true
        target = workspace.diary.target(of: .done, for: routine, on: workspace.today, at: workspace.now)
        let (subject, day, before): (Record.Subject, Day, Verdict?) =
            switch target {
            case .occurrence(let occurrence, _, let before): (.occurrence(occurrence.id), occurrence.day, before)
            case .already(let occurrence): (.occurrence(occurrence.id), occurrence.day, nil)
            case .bonus, .nothing: (.routine(routine.id), workspace.today, nil)
            }
        account = GuideAccount(of: routine, on: subject, day: day, changing: before, via: .guide, at: workspace.now)
    }

    /// Whether the occurrence was done already when the guide began; the guide then records nothing.
    var isRepetition: Bool { if case .already = target { true } else { false } }

    /// The command with which a person can record the routine as done.
    var command: String { "stretchd done \(routine.id)" }

    /// The pain before the routine on the day before; nil if it was not told.
    var painYesterday: Int? { workspace.history(of: routine).painBefore(on: account.day - 1) }

    /// Records that the guide began, unless the occurrence was done already.
    mutating func begin(length: Duration) throws {
        guard !isRepetition else { return }
        var begun = account
        try workspace.append(begun.begin(for: length, in: workspace.diary, id: workspace.newID(), at: workspace.now))
        account = begun
    }

    /// Records the begin again when the earlier record is about to expire, as after a long pause of the guide.
    ///
    /// - Parameter rest: how long it must still hold, or else it is recorded again.
    mutating func goOn(for length: Duration, keeping rest: Duration = .minutes(1)) throws {
        guard account.answer == nil, !isSettledElsewhere, !isRepetition,
            workspace.context.clock() + rest > account.until
        else { return }
        workspace.refresh()
        try begin(length: length)
    }

    /// Records the routine as done.
    ///
    /// - Parameter stretches: those whose cautions the person knows from now on.
    /// - Returns: the line for the person; it is true only after `settle` has succeeded.
    mutating func finish(painBefore: Int?, knowing stretches: [Stretch.ID]) throws -> String {
        workspace.refresh()
        if isRepetition {
            let known = account.known(stretches, in: workspace.diary, ids: &workspace.ids, at: workspace.now)
            if known.isEmpty { try workspace.makeSafe() } else { try workspace.append(known) }
            return "\(words(.done)); guided once more, nothing recorded"
        }
        if let line = settledMeanwhile() { return line }
        var ended = account
        let done = ended.done(painBefore: painBefore, in: workspace.diary, id: workspace.newID(), at: workspace.now)
        // A bonus answers no occurrence, so it does not end the guide's `started` record. Take that record back.
        let records = account.subject.occurrence == nil ? [takenBack(), done] : [done]
        let known = account.known(stretches, in: workspace.diary, ids: &workspace.ids, at: workspace.now)
        try workspace.append(records + known)
        account = ended
        return words(.done)
    }

    /// Records the pain after the routine.
    mutating func add(pain: Int, painBefore: Int?) throws {
        guard account.answer != nil else { return }
        workspace.refresh()
        // If the answer was changed or taken back meanwhile, a second record must not overrule that.
        guard !account.isOvertaken(isDone: true, in: workspace.diary) else { return }
        let records = account.add(
            pain: pain, painBefore: painBefore, in: workspace.diary, ids: &workspace.ids, at: workspace.now)
        // For a bonus, the new record replaces the first one, whose undo must be written before it.
        try workspace.append(records.reversed())
    }

    /// How it went so far, where that is to be told now.
    var review: String? {
        guard account.answer != nil else { return nil }
        return Review(of: workspace.history(of: routine))?.text
    }

    /// What to ask about levels, now that the routine is done; nil if nothing is to be asked.
    mutating func levelOffer(after guide: Guide) -> LevelOffer? {
        guard account.answer != nil else { return nil }
        workspace.refresh()
        return LevelRule(of: routine, in: workspace.diary, at: workspace.now).offer(after: guide)
    }

    /// Records what the person said to an offer.
    mutating func answer(_ offer: LevelOffer, agrees: Bool) throws {
        workspace.refresh()
        try workspace.append(
            account.levels(of: offer, agreed: agrees, in: workspace.diary, ids: &workspace.ids, at: workspace.now))
    }

    /// Takes the begin back, so that the occurrence is due again, at once or after a snooze.
    ///
    /// - Returns: the line for the person.
    mutating func putOff() throws -> String {
        workspace.refresh()
        if isRepetition { return "stopped; it is done already" }
        if account.answer != nil { return words(.done) }
        if let line = settledMeanwhile() { return line }
        let records = account.putOff(in: workspace.diary, ids: &workspace.ids, at: workspace.now)
        try workspace.append(records)
        guard case .occurrence(let occurrence, _, _) = target else {
            return "stopped: \(routine.id), nothing is recorded"
        }
        let what = "\(routine.id) \(HumanTime.clock(occurrence.id.nominal))"
        // It may have been snoozed in another shell while the guide ran.
        if let end = workspace.diary.snoozeEnd(of: occurrence.id, at: workspace.now) {
            return "snoozed until \(workspace.moment(end)): \(what)"
        }
        let isToCome = occurrence.opens > workspace.now
        return isToCome ? "stopped: \(what) is asked for at its time" : "stopped: \(what) is not done yet"
    }

    /// Records a rest day: takes the begin back, and skips the occurrence.
    mutating func rest(painBefore: Int?) throws -> String {
        workspace.refresh()
        if isRepetition { return "a rest day; it is done already" }
        if let line = settledMeanwhile() { return line }
        guard case .occurrence(_, _, let before) = target, before != .skip else {
            try workspace.append(takenBack())
            return "a rest day: \(routine.id), nothing is recorded"
        }
        try workspace.append(
            account.rest(painBefore: painBefore, in: workspace.diary, ids: &workspace.ids, at: workspace.now))
        return words(.skip)
    }

    /// Takes the begin back when the guide was ended from outside, so that the occurrence is due again.
    mutating func abandon() throws {
        if account.answer == nil, !isSettledElsewhere {
            account.forget(workspace.forgetUnwritten())
            workspace.refresh()
            if !account.started.isEmpty { try workspace.append(takenBack()) }
        }
        try workspace.settle()
    }

    // MARK: While somebody else holds the journal's lock

    var hasUnwritten: Bool { workspace.hasUnwritten }

    /// Tries again to write the unwritten records; errors are reported only at the end, by `settle`.
    mutating func retry() { try? workspace.retry() }

    /// Returns when all records are on the disk.
    mutating func settle() throws { try workspace.settle() }

    private mutating func takenBack() -> Record {
        account.takeBack(in: workspace.diary, id: workspace.newID(), at: workspace.now)
    }

    /// The line for the person who gave this answer.
    private func words(_ verdict: Verdict) -> String {
        VerdictAnswer(verdict: verdict).words(for: target, of: routine, on: account.day, in: workspace)
    }

    /// The line for the person if an answer was recorded elsewhere while the guide ran; nil when there was none.
    private mutating func settledMeanwhile() -> String? {
        guard case .occurrence(let occurrence, _, _) = target,
            let verdict = account.verdictElsewhere(in: workspace.diary)
        else { return nil }
        isSettledElsewhere = true
        let remedy = verdict == .skip ? "; if you did it: stretchd done \(routine.id)" : ""
        return "\(verdict.word) meanwhile: \(workspace.name(of: occurrence.id)); nothing more is recorded" + remedy
    }
}
