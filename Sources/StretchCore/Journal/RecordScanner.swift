internal import StretchBase

/// Reads lines of the journal (stretchd-journal(5)) by scanning their bytes.
///
/// Use one scanner for many lines, because it reuses its memory.
package struct RecordScanner: Sendable {
    /// The result of reading one line.
    package enum Line: Hashable, Sendable {
        case record(Record)
        /// The line is no valid record; the reason is for a person who wants to fix the line.
        case quarantined(String)
        /// The line was written by a newer version of the program; the value is the `v` of the line.
        case newer(Int)
        case blank
    }

    /// The version of the format that is read and written.
    package static let version = 1

    /// The values of the known members, indexed by `RecordMember.rawValue`.
    private var values = [25 of JSONValue](repeating: .null)
    /// Which members the line has, one bit each.
    private var present: UInt32 = 0

    package init() {}

    /// Reads one line, without its newline.
    ///
    /// Accepts a byte order mark before the line and a carriage return after it.
    package mutating func scan(_ line: Span<UInt8>) -> Line {
        var own = OwnLine()
        if let record = own.record(in: line) { return .record(record) }
        return scanFully(line)
    }

    /// Reads one line without the fast path for our own lines.
    package mutating func scanFully(_ line: Span<UInt8>) -> Line {
        do throws(LineFlaw) {
            guard try findMembers(in: line) else { return .blank }
            let version = try required(.v, integer(.v, in: line, 1...))
            if version > Self.version { return .newer(version) }
            return .record(try record(in: line))
        } catch {
            return .quarantined(error.reason)
        }
    }

    /// Finds the known members of the whole line; false if the line is blank.
    ///
    /// If a member is written twice, the last one counts.
    private mutating func findMembers(in line: Span<UInt8>) throws(LineFlaw) -> Bool {
        present = 0
        let hasByteOrderMark = line.count >= 3 && line[0] == 0xEF && line[1] == 0xBB && line[2] == 0xBF
        var index = hasByteOrderMark ? 3 : 0
        line.skipBlanks(&index)
        if index >= line.count { return false }
        guard line.has("{", at: index) else { throw LineFlaw(reason: "not a JSON object") }
        try line.forEachMember(&index) { name, value in
            guard let member = RecordMember(name, in: line) else { return }
            values[member.rawValue] = value
            // Null counts as missing.
            let bit = UInt32(1) << UInt32(member.rawValue)
            present = value.kind == .null ? present & ~bit : present | bit
        }
        line.skipBlanks(&index)
        guard index == line.count else { throw line.flaw("something follows the object", at: index) }
        return true
    }

    private func record(in line: Span<UInt8>) throws(LineFlaw) -> Record {
        let id = try required(.id, id(in: line))
        let ts = try required(.ts, timestamp(.ts, in: line))
        let type = try required(.type, string(.type, in: line))
        let kind = try kind(type, at: ts.instant, in: line)
        if case .unknown = kind {
            return Record(read: id, ts: ts, kind: kind, subject: (try? subject(in: line)) ?? .all)
        }
        var record = Record(read: id, ts: ts, kind: kind, subject: try subject(of: kind, in: line))
        record.day = try day(.day, in: line)
        switch kind {
        case .pause: record.lastDay = try day(.lastDay, in: line)
        case .prompted:
            record.waited = try hindrance(.waited, in: line)
            record.waitedUntil = try timestamp(.waitedUntil, in: line)?.instant
        case .held: record.heldSince = try timestamp(.since, in: line)?.instant
        case .done, .skip: record.late = try flag(.late)
        default: break
        }
        record.goal = try integer(.goal, in: line, 1...) ?? 1
        record.pain = try integer(.pain, in: line, 0...10)
        record.painBefore = try integer(.painBefore, in: line, 0...10)
        record.note = try string(.note, in: line)
        // An unknown `via` may come from a later version. The answer counts all the same.
        record.via = try string(.via, in: line).flatMap(Record.Via.init)
        return record
    }

    private func kind(_ type: String, at ts: Instant, in line: Span<UInt8>) throws(LineFlaw) -> Record.Kind {
        switch type {
        case "prompted":
            .prompted(closes: try timestamp(.closes, in: line)?.instant, reminder: try flag(.reminder) ?? false)
        case "done": .done
        case "skip": .skip
        case "held": .held(try hindrance(.reason, in: line))
        case "snooze": .snooze(until: try required(.until, timestamp(.until, in: line)).instant)
        case "started": .started(until: try required(.until, timestamp(.until, in: line)).instant)
        case "pause":
            .pause(from: try timestamp(.from, in: line)?.instant ?? ts, until: try timestamp(.until, in: line)?.instant)
        case "resume": .resume
        case "undo": .undo(try required(.ref, ids(.ref, in: line)))
        case "known": .known(stretch: try required(.stretch, string(.stretch, in: line)))
        case "level":
            .level(
                try required(.level, integer(.level, in: line, 0...)),
                stretch: try required(.stretch, string(.stretch, in: line)))
        default: .unknown(type)
        }
    }

    /// What a record of this kind is about; some are about a stretch, in any routine.
    private func subject(of kind: Record.Kind, in line: Span<UInt8>) throws(LineFlaw) -> Record.Subject {
        switch kind {
        case .known, .level: .all
        default: try subject(in: line)
        }
    }

    private func subject(in line: Span<UInt8>) throws(LineFlaw) -> Record.Subject {
        if let occurrence = try occurrence(in: line) { return .occurrence(occurrence) }
        guard let routine = try string(.routine, in: line) else { return .all }
        guard !routine.isEmpty else { throw unusable(.routine, "is empty") }
        return .routine(routine)
    }

    // MARK: Single members: nil when one is missing or null, a flaw when its value is unusable

    private func value(_ member: RecordMember) -> JSONValue? {
        present >> UInt32(member.rawValue) & 1 == 1 ? values[member.rawValue] : nil
    }

    private func required<Value>(_ member: RecordMember, _ value: Value?) throws(LineFlaw) -> Value {
        guard let value else { throw unusable(member, "is missing") }
        return value
    }

    private func string(_ member: RecordMember, in line: Span<UInt8>) throws(LineFlaw) -> String? {
        guard let value = value(member) else { return nil }
        guard value.kind == .string else { throw unusable(member, "is no string") }
        guard let string = line.string(value) else { throw unusable(member, "holds half a surrogate pair") }
        return string
    }

    private func id(in line: Span<UInt8>) throws(LineFlaw) -> RecordID? {
        if let value = value(.id), value.isPlain, let id = RecordID(canonical: line.extracting(value.range)) {
            return id
        }
        guard let text = try string(.id, in: line) else { return nil }
        guard !text.isEmpty else { throw unusable(.id, "is empty") }
        return RecordID(text)
    }

    private func ids(_ member: RecordMember, in line: Span<UInt8>) throws(LineFlaw) -> [RecordID]? {
        guard let value = value(member) else { return nil }
        guard value.kind == .array else { throw unusable(member, "is no list of strings") }
        var ids: [RecordID] = []
        var index = value.range.lowerBound
        try line.forEachElement(&index) { element throws(LineFlaw) in
            guard element.kind == .string, let string = line.string(element) else {
                throw unusable(member, "is no list of strings")
            }
            ids.append(RecordID(string))
        }
        return ids
    }

    private func timestamp(_ member: RecordMember, in line: Span<UInt8>) throws(LineFlaw) -> Timestamp? {
        guard let value = value(member) else { return nil }
        let timestamp =
            value.isPlain
            ? Timestamp(line.extracting(value.range)) : try string(member, in: line).flatMap(Timestamp.init)
        guard let timestamp else { throw unusable(member, "is no time like 2026-11-23T07:31:24.890+01:00") }
        return timestamp
    }

    private func occurrence(in line: Span<UInt8>) throws(LineFlaw) -> OccurrenceID? {
        guard let value = value(.occ) else { return nil }
        let occurrence =
            value.isPlain
            ? OccurrenceID(line.extracting(value.range)) : try string(.occ, in: line).flatMap(OccurrenceID.init)
        guard let occurrence else { throw unusable(.occ, "is no occurrence like morning@2026-11-23T07:30") }
        return occurrence
    }

    private func day(_ member: RecordMember, in line: Span<UInt8>) throws(LineFlaw) -> Day? {
        guard let value = value(member) else { return nil }
        let day = value.isPlain ? Day(line.extracting(value.range)) : try string(member, in: line).flatMap(Day.init)
        guard let day else { throw unusable(member, "is no date like 2026-11-23") }
        return day
    }

    /// Why a prompt waited; nil also for an unknown word, which may come from a later version.
    private func hindrance(_ member: RecordMember, in line: Span<UInt8>) throws(LineFlaw) -> Hindrance? {
        try string(member, in: line).flatMap(Hindrance.init)
    }

    private func flag(_ member: RecordMember) throws(LineFlaw) -> Bool? {
        switch value(member)?.kind {
        case nil: nil
        case .false: false
        case .true: true
        default: throw unusable(member, "is neither true nor false")
        }
    }

    /// A whole number, also one written like 3.0, because some tools write only such numbers.
    ///
    /// A number too large for `Int` reads as the largest `Int`.
    private func integer(
        _ member: RecordMember, in line: Span<UInt8>, _ allowed: some RangeExpression<Int>
    ) throws(LineFlaw) -> Int? {
        guard let value = value(member) else { return nil }
        // The kind is checked first, because `wholeNumber` would read an empty string as 0.
        guard value.kind == .number, let number = line.wholeNumber(in: value.range) else {
            throw unusable(member, "is no whole number")
        }
        guard allowed.contains(number) else { throw unusable(member, "is \(number), out of its range") }
        return number
    }

    private func unusable(_ member: RecordMember, _ what: String) -> LineFlaw {
        LineFlaw(reason: "`\(member.name)` \(what)")
    }
}

extension JSONValue {
    /// True for a string without escapes, whose bytes are its text.
    fileprivate var isPlain: Bool { kind == .string && !escaped }
}

extension RecordMember {
    /// The member with this name in a line; nil for an unknown one.
    fileprivate init?(_ name: JSONValue, in line: Span<UInt8>) {
        guard name.escaped else {
            self.init(name: line.extracting(name.range))
            return
        }
        guard let text = line.string(name) else { return nil }
        let bytes = Array(text.utf8)
        self.init(name: bytes.span)
    }
}

extension Span<UInt8> {
    /// The value of a JSON number, if it is whole and not negative.
    fileprivate func wholeNumber(in range: Range<Int>) -> Int? {
        var number = 0
        for index in range where number < .max {
            guard let digit = digits(1, at: index) else { return wholeFraction(in: range) }
            let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
            number = overflow || tens > .max - digit ? .max : tens + digit
        }
        return number
    }

    private func wholeFraction(in range: Range<Int>) -> Int? {
        let text = String(decoding: range.map { self[$0] }, as: UTF8.self)
        // A number of at most 15 characters is not rounded when it becomes a `Double`. A tiny number such as 1e-999
        // becomes 0, but is not whole.
        guard text.utf8.count <= 15, let number = Double(text), number >= 0, number.rounded() == number,
            number > 0 || text.prefix(while: { $0.lowercased() != "e" }).allSatisfy({ "-0.".contains($0) })
        else { return nil }
        return Int(exactly: number) ?? .max
    }
}
