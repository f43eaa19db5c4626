internal import StretchBase

extension Record {
    /// The record as a line of the journal (stretchd-journal(5)), without a newline.
    package var line: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256)
        func put(_ member: RecordMember, _ value: JSON) {
            bytes.append(UInt8(ascii: bytes.isEmpty ? "{" : ","))
            bytes.append(quoted: member.name)
            bytes.append(UInt8(ascii: ":"))
            value.write(to: &bytes)
        }
        /// Writes an instant with the UTC offset of `ts`.
        func put(_ member: RecordMember, _ instant: Instant) {
            put(member, .text(Timestamp(instant, offset: ts.offset).description))
        }
        put(.v, .integer(RecordScanner.version))
        put(.id, .text(id.description))
        put(.ts, .text(ts.description))
        put(.type, .text(type))
        switch subject {
        case .occurrence(let occurrence): put(.occ, .text(occurrence.description))
        case .routine(let routine): put(.routine, .text(routine))
        case .all: break
        }
        if let day { put(.day, .text(day.description)) }
        if let lastDay { put(.lastDay, .text(lastDay.description)) }
        switch kind {
        case .prompted(let closes, let reminder):
            if let closes { put(.closes, closes) }
            if reminder { put(.reminder, .bool(true)) }
            if let waited { put(.waited, .text(waited.rawValue)) }
            if let waitedUntil { put(.waitedUntil, waitedUntil) }
        case .done, .skip: if let late { put(.late, .bool(late)) }
        case .held(let reason):
            if let reason { put(.reason, .text(reason.rawValue)) }
            if let heldSince { put(.since, heldSince) }
        case .snooze(let until), .started(let until): put(.until, until)
        case .pause(let from, let until):
            put(.from, from)
            if let until { put(.until, until) }
        case .undo(let ids): put(.ref, .array(ids.map { .text($0.description) }))
        case .known(let stretch): put(.stretch, .text(stretch))
        case .level(let level, let stretch):
            put(.stretch, .text(stretch))
            put(.level, .integer(level))
        case .resume, .unknown: break
        }
        if goal != 1 { put(.goal, .integer(goal)) }
        if let pain { put(.pain, .integer(pain)) }
        if let painBefore { put(.painBefore, .integer(painBefore)) }
        if let note { put(.note, .text(note)) }
        if let via { put(.via, .text(via.rawValue)) }
        return bytes + [UInt8(ascii: "}")]
    }

    /// The word for the kind, in the journal and in the log.
    package var type: String {
        switch kind {
        case .prompted: "prompted"
        case .done: "done"
        case .skip: "skip"
        case .held: "held"
        case .snooze: "snooze"
        case .started: "started"
        case .pause: "pause"
        case .resume: "resume"
        case .undo: "undo"
        case .known: "known"
        case .level: "level"
        case .unknown(let type): type
        }
    }
}
