internal import StretchBase

extension Record {
    /// The record as a line of the journal (stretchd-journal(5)), without a newline.
    package var line: [UInt8] {
        var writer = RecordWriter()
        writer.put(.v, number: RecordScanner.version)
        writer.put(.id, id.description)
        writer.put(.ts, ts)
        writer.put(.type, type)
        switch subject {
        case .occurrence(let occurrence): writer.put(.occ, occurrence.description)
        case .routine(let routine): writer.put(.routine, routine)
        case .all: break
        }
        if let day { writer.put(.day, day.description) }
        if let lastDay { writer.put(.lastDay, lastDay.description) }
        putOwnMembers(into: &writer)
        if goal != 1 { writer.put(.goal, number: goal) }
        if let pain { writer.put(.pain, number: pain) }
        if let painBefore { writer.put(.painBefore, number: painBefore) }
        if let note { writer.put(.note, note) }
        if let via { writer.put(.via, via.rawValue) }
        return writer.finished
    }

    /// The word for the kind, in the journal and in the log.
    package var type: String {
        switch kind {
        case .prompted: "prompted"
        case .done: "done"
        case .skip: "skip"
        case .snooze: "snooze"
        case .started: "started"
        case .pause: "pause"
        case .resume: "resume"
        case .undo: "undo"
        case .unknown(let type): type
        }
    }

    /// Writes the members of this kind; instants get the UTC offset of `ts`.
    private func putOwnMembers(into writer: inout RecordWriter) {
        func here(_ instant: Instant) -> Timestamp { Timestamp(instant, offset: ts.offset) }
        switch kind {
        case .prompted(let closes, let reminder):
            if let closes { writer.put(.closes, here(closes)) }
            if reminder { writer.put(.reminder, flag: true) }
        case .snooze(let until), .started(let until): writer.put(.until, here(until))
        case .pause(let from, let until):
            writer.put(.from, here(from))
            if let until { writer.put(.until, here(until)) }
        case .undo(let ids): writer.put(.ref, ids.map(\.description))
        case .done, .skip, .resume, .unknown: break
        }
    }
}

/// Writes the members of one JSON object.
private struct RecordWriter {
    private var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(256) }

    mutating func put(_ member: RecordMember, _ text: String) {
        begin(member)
        bytes.append(quoted: text)
    }

    mutating func put(_ member: RecordMember, _ texts: [String]) {
        begin(member)
        bytes.append(UInt8(ascii: "["))
        for (index, text) in texts.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(quoted: text)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    mutating func put(_ member: RecordMember, _ timestamp: Timestamp) { put(member, timestamp.description) }

    mutating func put(_ member: RecordMember, number: Int) {
        begin(member)
        bytes.append(contentsOf: String(number).utf8)
    }

    mutating func put(_ member: RecordMember, flag: Bool) {
        begin(member)
        bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    }

    var finished: [UInt8] { bytes + [UInt8(ascii: "}")] }

    private mutating func begin(_ member: RecordMember) {
        bytes.append(UInt8(ascii: bytes.isEmpty ? "{" : ","))
        bytes.append(quoted: member.name)
        bytes.append(UInt8(ascii: ":"))
    }
}
