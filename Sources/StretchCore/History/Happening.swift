package import StretchBase

/// One thing that happened with a planned time, such as a prompt or an answer.
package struct Happening: Hashable, Sendable {
    package let ts: Timestamp
    package let via: Record.Via?
    package private(set) var what: What
    /// The record that says so; the file that has it tells the machine.
    package let record: Record.ID

    package enum What: Hashable, Sendable {
        /// The first prompt, and why it did not come at the opening; nil if it did, or if nobody knows.
        case asked(after: Wait?)
        case askedAgain
        case held(Hindrance?)
        case snoozed(until: Instant)
        case guideBegan
        case guideStopped
        case answered(Answer)
        case answerTakenBack
        case snoozeTakenBack
    }

    /// What kept the first prompt from the screen, and until when.
    package struct Wait: Hashable, Sendable {
        package let reason: Hindrance
        package let until: Instant?
    }

    package struct Answer: Hashable, Sendable {
        package let verdict: Verdict
        package let timing: AnswerTarget.Timing
        package private(set) var painBefore: Int?
        package private(set) var pain: Int?
        package private(set) var notes: [String]
    }

    /// That nobody was asked, and why; nil if the record does not say that.
    init?(held record: Record) {
        guard case .held(let reason) = record.kind else { return nil }
        self.init(record, .held(reason))
    }

    private init(_ record: Record, _ what: What) {
        ts = record.ts
        via = record.via
        self.what = what
        self.record = record.id
    }
}

extension Happening {
    /// What happened with one occurrence, or with one stretch outside the schedule, in order of time.
    ///
    /// - Parameters:
    ///   - records: all of them in order of time, also those that were taken back.
    ///   - undos: for each record that was taken back, the record that says so.
    static func list(of records: ArraySlice<Record>, undos: [Record.ID: Record], dayStart: Duration) -> [Happening] {
        var list: [Happening] = []
        // The answer and the guide that were told last, to which later records may belong.
        var answer: (record: Record, index: Int)?
        var guide: Record?
        let standing = { (record: Record) in undos[record.id] == nil }
        for record in records {
            switch record.kind {
            case .prompted where standing(record):
                let wait = record.waited.map { Wait(reason: $0, until: record.waitedUntil) }
                let isFirst = !list.contains(where: \.isPrompt)
                list.append(Happening(record, isFirst ? .asked(after: wait) : .askedAgain))
            case .snooze(let until): list.append(Happening(record, .snoozed(until: until)))
            case .started:
                if guide.map({ record.continues($0, undos: undos) }) != true {
                    list.append(Happening(record, .guideBegan))
                }
                guide = record
            case .done, .skip:
                guide = nil
                if let answer, answer.record.kind == record.kind,
                    undos[answer.record.id]?.id == undos[record.id]?.id
                {
                    list[answer.index].add(record)
                } else {
                    list.append(Happening(record, .answered(Answer(record, in: records, dayStart: dayStart))))
                    answer = (record, list.count - 1)
                }
            default: break
            }
        }
        // A prompt on any machine outranks the reason why there was none on another, and so does an earlier answer.
        if !list.contains(where: \.isPrompt), let record = records.last(where: { $0.isHeld && standing($0) }),
            case .held(let reason) = record.kind,
            !records.contains(where: { $0.verdict != nil && standing($0) && Record.isEarlier($0, than: record) })
        {
            list.append(Happening(record, .held(reason)))
        }
        list += undone(records, undos: undos)
        return list.sorted { ($0.ts.instant, $0.record) < ($1.ts.instant, $1.record) }
    }

    /// What was taken back, and guides that ended before their end.
    private static func undone(_ records: ArraySlice<Record>, undos: [Record.ID: Record]) -> [Happening] {
        var undone: [Record.ID: Happening] = [:]
        for record in records {
            guard let undo = undos[record.id] else { continue }
            switch record.kind {
            case .done, .skip: undone[undo.id] = Happening(undo, .answerTakenBack)
            case .snooze where undone[undo.id] == nil: undone[undo.id] = Happening(undo, .snoozeTakenBack)
            case .started where undone[undo.id] == nil: undone[undo.id] = Happening(undo, .guideStopped)
            default: break
            }
        }
        return Array(undone.values)
    }

    private mutating func add(_ record: Record) {
        guard case .answered(var answer) = what else { return }
        answer.add(record)
        what = .answered(answer)
    }

    package var isPrompt: Bool {
        switch what {
        case .asked, .askedAgain: true
        default: false
        }
    }
}

extension Happening.Answer {
    fileprivate init(_ record: Record, in records: ArraySlice<Record>, dayStart: Duration) {
        verdict = record.verdict ?? .done
        timing =
            if let nominal = record.subject.nominal {
                record.isLate(closing: records.closing, dayStart: dayStart)
                    ? .late : record.ts.civil < nominal ? .early : .due
            } else { .due }
        notes = []
        add(record)
    }

    /// Adds what is new in a later record of the same answer.
    fileprivate mutating func add(_ record: Record) {
        painBefore = record.painBefore ?? painBefore
        pain = record.pain ?? pain
        if let note = record.note, notes.last != note { notes.append(note) }
    }
}

extension Record {
    /// This record says that the guide of an earlier one takes longer.
    fileprivate func continues(_ guide: Record, undos: [Record.ID: Record]) -> Bool {
        guard let end = guide.holdEnds else { return false }
        return via == guide.via && ts.instant <= end && undos[id]?.id == undos[guide.id]?.id
    }
}
