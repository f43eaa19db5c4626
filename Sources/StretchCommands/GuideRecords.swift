import StretchBase
import StretchCore

/// What a guide writes into the journal: that it began, and what came of it.
///
/// Each call reads first what others have written meanwhile: one answer settles what it counts for, whoever gave it.
struct GuideRecords {
    private var situation: Situation
    private let routine: Routine
    private let day: Day
    /// Found when it began, and kept: it may end after the window or on another day.
    private let target: AnswerTarget
    private var account: GuideAccount
    private var ending = Ending.open

    private enum Ending {
        case open
        /// Done, by this guide.
        case done(painBefore: Int?)
        /// Somebody else gave an answer.
        case settled
    }

    init(of routine: Routine, in situation: Situation) {
        self.situation = situation
        self.situation.mayDefer = true
        self.routine = routine
        day = situation.timetable.day(at: situation.now)
        target = situation.diary.target(of: .done, for: routine, on: day, at: situation.now)
        let (subject, answeredDay): (Record.Subject, Day) =
            switch target {
            case .occurrence(let occurrence, _, _), .already(let occurrence):
                (.occurrence(occurrence.id), occurrence.day)
            case .bonus, .nothing: (.routine(routine.id), day)
            }
        account = GuideAccount(of: routine, on: subject, day: answeredDay, via: .guide, at: situation.now)
    }

    /// It is done already; then nothing is recorded.
    var isRepetition: Bool { if case .already = target { true } else { false } }

    /// Somebody else gave an answer meanwhile.
    var isSettledElsewhere: Bool { if case .settled = ending { true } else { false } }

    /// What records by hand that it was done.
    var command: String { "stretchd done \(routine.id)" }

    /// Says that it began.
    mutating func begin(length: Duration) throws {
        guard !isRepetition else { return }
        var begun = account
        try situation.append(begun.begin(for: length, in: situation.diary, id: situation.newID(), at: situation.now))
        account = begun
    }

    /// Says so again when that is about to run out, after a long pause.
    mutating func goOn(for length: Duration) throws {
        guard case .open = ending, !isRepetition, situation.context.clock() + .minutes(1) > account.until else {
            return
        }
        situation.refresh()
        try begin(length: length)
    }

    /// Returns the line for the person, which holds when `settle` went well.
    mutating func finish(painBefore: Int?) throws -> String {
        situation.refresh()
        if let line = settledMeanwhile() { return line }
        var answer = answer(.done, painBefore: painBefore)
        // A bonus settles nothing: what of the routine is due soon is not to be hidden by it.
        if case .bonus = target { answer.replaced = account.started }
        let line = try answer.give(target, for: routine, on: day, in: &situation)
        if !isRepetition { ending = .done(painBefore: painBefore) }
        return isRepetition ? "\(line); guided once more, nothing recorded" : line
    }

    /// Adds how much it hurts after it.
    mutating func add(pain: Int) throws {
        guard case .done(let painBefore) = ending else { return }
        situation.refresh()
        var answer = answer(.done, painBefore: painBefore)
        answer.pain = pain
        switch target {
        case .occurrence(let occurrence, _, _), .already(let occurrence):
            // Changed or taken back meanwhile: a second record must not overrule that.
            let verdict = situation.diary.verdict(settling: occurrence, of: routine)
            guard verdict?.verdict == .done else { return }
            _ = try answer.give(.already(occurrence), for: routine, on: day, in: &situation)
        case .bonus, .nothing:
            // There, two would count twice.
            let bonus = situation.ledger.looseRecords.last {
                $0.subject == account.subject && $0.verdict == .done && $0.via == .guide
            }
            guard let bonus else { return }
            answer.replaced = [bonus.id]
            _ = try answer.give(.bonus, for: routine, on: day, in: &situation)
        }
    }

    /// Takes the begin back: what it counts for is due again at once, or after a snooze.
    ///
    /// - Returns: the line for the person.
    mutating func putOff() throws -> String {
        situation.refresh()
        if isRepetition { return "stopped; it is done already" }
        if let line = settledMeanwhile() { return line }
        let records = account.putOff(in: situation.diary, ids: &situation.ids, at: situation.now)
        try situation.append(records)
        guard case .occurrence(let occurrence, _, _) = target else {
            return "stopped: \(routine.id), nothing is recorded"
        }
        let what = "\(routine.id) \(HumanTime.clock(occurrence.id.nominal))"
        if case .snooze(let end) = records.last?.kind { return "snoozed until \(situation.moment(end)): \(what)" }
        let isToCome = occurrence.opens > situation.now
        return isToCome ? "stopped: \(what) is asked for at its time" : "stopped: \(what) is not done yet"
    }

    /// A rest day: nothing more is asked today.
    mutating func rest(painBefore: Int?) throws -> String {
        situation.refresh()
        if isRepetition { return "a rest day; it is done already" }
        if let line = settledMeanwhile() { return line }
        guard case .occurrence(let occurrence, let timing, let before) = target, before != .skip else {
            try takeBack()
            return "a rest day: \(routine.id), nothing is recorded"
        }
        var answer = answer(.skip, painBefore: painBefore)
        answer.replaced = account.started
        return try answer.give(
            .occurrence(occurrence, timing, changes: before), for: routine, on: day, in: &situation)
    }

    /// Ended from outside: it is due again, as if this guide had not been.
    mutating func abandon() throws {
        if case .open = ending {
            let forgotten = situation.forgetUnwritten()
            account.forget(forgotten)
            situation.refresh()
            if !account.started.isEmpty { try takeBack() }
        }
        try situation.settle()
    }

    // MARK: While somebody else holds the journal's lock

    var hasUnwritten: Bool { situation.hasUnwritten }

    /// Tries again; whether it can be recorded at all is said at the end, where it counts.
    mutating func retry() { try? situation.retry() }

    /// Returns when all of it is on the disk.
    mutating func settle() throws { try situation.settle() }

    private mutating func takeBack() throws {
        try situation.append(account.takeBack(in: situation.diary, id: situation.newID(), at: situation.now))
    }

    private func answer(_ verdict: Verdict, painBefore: Int?) -> VerdictAnswer {
        VerdictAnswer(verdict: verdict, painBefore: painBefore, via: .guide)
    }

    /// Where somebody answered while the guide was on its way: that, for the person.
    private mutating func settledMeanwhile() -> String? {
        guard case .occurrence(let occurrence, _, let before) = target else { return nil }
        let verdict = situation.diary.verdict(settling: occurrence, of: routine)?.verdict
        guard let verdict, verdict != before else { return nil }
        ending = .settled
        let answer = answer(verdict, painBefore: nil)
        let remedy = verdict == .skip ? "; if you did it: stretchd done \(routine.id)" : ""
        return "\(answer.word) meanwhile: \(situation.name(of: occurrence.id)); nothing more is recorded"
            + remedy
    }
}
