internal import StretchBase

/// Reads the lines that this program writes most often: prompts, guides, snoozes and verdicts of an occurrence, and
/// that it was held.
///
/// The members must be in our order, without blanks. Comparing with expected bytes takes half the time of a full scan,
/// and nearly all lines are like this. Every other line goes to `RecordScanner`. It reads these lines, too, with the
/// same result.
struct OwnLine {
    private var index = 0

    /// The record in a line; nil if the line must go to the scanner.
    mutating func record(in line: Span<UInt8>) -> Record? {
        guard skip(Self.begin, in: line), let id = RecordID(canonical: line.extracting(next(36, in: line))),
            skip(Self.ts, in: line), let ts = timestamp(in: line), skip(Self.type, in: line), let type = word(in: line),
            skip(Self.occ, in: line), let occurrence = occurrence(in: line), skip(Self.day, in: line),
            let day = Day(line.extracting(next(10, in: line))), skip(Self.quote, in: line)
        else { return nil }
        let kind: Record.Kind
        var late: Bool?
        var waited: (reason: Hindrance, until: Instant)?
        switch type {
        case .prompted:
            guard skip(Self.closes, in: line), let closes = timestamp(in: line), skip(Self.quote, in: line) else {
                return nil
            }
            kind = .prompted(closes: closes.instant, reminder: skip(Self.reminder, in: line))
            if skip(Self.waited, in: line) {
                guard let reason = hindrance(in: line), skip(Self.waitedUntil, in: line),
                    let until = timestamp(in: line), skip(Self.quote, in: line)
                else { return nil }
                waited = (reason, until.instant)
            }
        case .started, .snooze:
            guard skip(Self.until, in: line), let until = timestamp(in: line), skip(Self.quote, in: line) else {
                return nil
            }
            kind = type == .started ? .started(until: until.instant) : .snooze(until: until.instant)
        case .done, .skip:
            kind = type == .done ? .done : .skip
            late = skip(Self.late, in: line) ? true : skip(Self.inTime, in: line) ? false : nil
        case .held:
            guard skip(Self.reason, in: line), let reason = hindrance(in: line) else { return nil }
            kind = .held(reason)
        }
        var record = Record(read: id, ts: ts, kind: kind, subject: .occurrence(occurrence))
        record.day = day
        record.late = late
        record.waited = waited?.reason
        record.waitedUntil = waited?.until
        for (text, via) in Self.vias where record.via == nil && skip(text, in: line) { record.via = via }
        guard line.has("}", at: index), index + 1 == line.count else { return nil }
        return record
    }

    private enum Word: CaseIterable { case prompted, done, skip, started, snooze, held }

    private static let begin = Array(#"{"v":1,"id":""#.utf8)
    private static let ts = Array(#"","ts":""#.utf8)
    private static let type = Array(#"","type":""#.utf8)
    private static let occ = Array(#"","occ":""#.utf8)
    private static let day = Array(#"","day":""#.utf8)
    private static let closes = Array(#","closes":""#.utf8)
    private static let until = Array(#","until":""#.utf8)
    private static let reminder = Array(#","reminder":true"#.utf8)
    private static let waited = Array(#","waited":""#.utf8)
    private static let waitedUntil = Array(#","waited_until":""#.utf8)
    private static let reason = Array(#","reason":""#.utf8)
    private static let late = Array(#","late":true"#.utf8)
    private static let inTime = Array(#","late":false"#.utf8)
    private static let quote = Array(#"""#.utf8)
    private static let words = Word.allCases.map { (Array("\($0)".utf8), $0) }
    private static let hindrances = Hindrance.allCases.map { (Array("\($0.rawValue)\"".utf8), $0) }
    private static let vias: [([UInt8], Record.Via)] = [.notification, .cli, .guide].map {
        (Array(#","via":"\#($0.rawValue)""#.utf8), $0)
    }

    /// Moves past the expected bytes; if other bytes follow, returns false and does not move.
    private mutating func skip(_ text: [UInt8], in line: Span<UInt8>) -> Bool {
        guard index + text.count <= line.count else { return false }
        for place in text.indices where line[index + place] != text[place] { return false }
        index += text.count
        return true
    }

    /// Moves past the next `count` bytes, or to the end of the line if that is nearer, and returns their range.
    private mutating func next(_ count: Int, in line: Span<UInt8>) -> Range<Int> {
        let start = index
        index = min(start + count, line.count)
        return start..<index
    }

    private mutating func timestamp(in line: Span<UInt8>) -> Timestamp? {
        Timestamp(line.extracting(next(29, in: line)))
    }

    private mutating func word(in line: Span<UInt8>) -> Word? {
        for (text, word) in Self.words where skip(text, in: line) { return word }
        return nil
    }

    /// Reads a known word with the quote behind it.
    private mutating func hindrance(in line: Span<UInt8>) -> Hindrance? {
        for (text, hindrance) in Self.hindrances where skip(text, in: line) { return hindrance }
        return nil
    }

    /// Reads an occurrence up to the next quote; nil unless it is plain ASCII without escapes.
    private mutating func occurrence(in line: Span<UInt8>) -> OccurrenceID? {
        var end = index
        while end < line.count, line[end] != UInt8(ascii: "\"") {
            guard (0x20..<0x7F).contains(line[end]), line[end] != UInt8(ascii: "\\") else { return nil }
            end += 1
        }
        return OccurrenceID(line.extracting(next(end - index, in: line)))
    }
}
