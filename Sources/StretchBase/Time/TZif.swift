/// Why the bytes of a time zone file cannot be used.
package enum TZifError: Error, Hashable, Sendable {
    /// The bytes are no TZif file.
    case foreign
    case damaged
    /// The zone counts leap seconds, like those of the directory `zoneinfo/right`. The clock of Linux does not count them.
    case leapSeconds
}

extension Zone {
    /// Reads a TZif file of any version (RFC 9636), fat or slim.
    ///
    /// It uses the 64-bit data if there are any. After the last change in these data, the rule at the end of the file
    /// holds.
    package init(identifier: String, tzif bytes: [UInt8]) throws(TZifError) {
        var reader = TZifReader(bytes)
        var header = try reader.header()
        let hasLongTimes = header.version > 0
        if hasLongTimes {
            _ = try reader.take(header.length(ofTime: 4))
            header = try reader.header()
        }
        var (offset, changes) = try reader.data(header, ofTime: hasLongTimes ? 8 : 4)
        guard header.leapSeconds == 0 else { throw .leapSeconds }
        let rule = hasLongTimes ? try reader.rule() : nil

        if let rule, let last = changes.last, last.start < Zone.end {
            // The rule holds from one second after the file's last change on, even if that is within daylight time.
            let year = Day(ordinal: Int(floorDivide(last.start, by: 86_400))).components.year
            let first = min(max(year - 1, Zone.years.lowerBound), Zone.years.upperBound)
            let years = first...Zone.years.upperBound
            let after = max(last.start, Zone.beginning) + 1
            let all = rule.changes(in: years)
            let before = all.last { $0.start <= after }?.offset ?? rule.offset(before: years)
            changes.append(Period(start: after, offset: before))
            changes += all.filter { $0.start > after }
        } else if let rule, changes.isEmpty {
            offset = rule.offset(before: Zone.years)
            changes = rule.changes(in: Zone.years)
        }
        self.init(identifier: identifier, offset: offset, changes: changes)
    }

    /// The zone of a rule that holds in all years.
    package init(identifier: String, rule: ZoneRule) {
        self.init(
            identifier: identifier, offset: rule.offset(before: Zone.years), changes: rule.changes(in: Zone.years))
    }

    /// - Parameter changes: in ascending order; some may change nothing, or be too far away to matter.
    private init(identifier: String, offset: Int, changes: [Period]) {
        var offset = offset
        var transitions: [Period] = []
        for change in changes where change.start < Zone.end {
            if change.start < Zone.beginning {
                offset = change.offset
                continue
            }
            if transitions.last?.start == change.start { transitions.removeLast() }
            if change.offset != transitions.last?.offset ?? offset { transitions.append(change) }
        }
        self.init(identifier: identifier, offset: offset, transitions: transitions)
    }

    /// The years in which a rule is applied; calendar events end with 2199.
    private static let years = 1900...2200
    /// The beginning of 1800 and the end of 2200, in seconds since the epoch.
    ///
    /// No zone needs changes outside, and times that are very far away would overflow when counted in microseconds.
    private static let (beginning, end): (Int64, Int64) = (-5_364_662_400, 7_289_654_400)
}

/// Reads the parts of a TZif file in order, and checks each count against the bytes that are left.
private struct TZifReader {
    struct Header {
        let version: UInt8
        let utIndicators, standardIndicators, leapSeconds, times, types, characters: Int

        /// The length in bytes of the data block after the header.
        func length(ofTime width: Int) -> Int {
            times * (width + 1) + types * 6 + characters + leapSeconds * (width + 4) + standardIndicators + utIndicators
        }
    }

    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    mutating func take(_ count: Int) throws(TZifError) -> ArraySlice<UInt8> {
        guard count <= rest.count else { throw .damaged }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    mutating func header() throws(TZifError) -> Header {
        guard rest.starts(with: "TZif".utf8) else { throw rest.startIndex == 0 ? .foreign : .damaged }
        let bytes = try take(44)
        // Version 1 has a zero here. Readers may ignore what versions after 4 add.
        let version = bytes[bytes.startIndex + 4]
        guard version == 0 || version >= UInt8(ascii: "2") else { throw .damaged }
        let counts = (0..<6).map { Int(UInt32(truncatingIfNeeded: bytes.dropFirst(20 + $0 * 4).bigEndian(4))) }
        return Header(
            version: version, utIndicators: counts[0], standardIndicators: counts[1],
            leapSeconds: counts[2], times: counts[3], types: counts[4], characters: counts[5])
    }

    /// The offset before the first change, and the changes.
    ///
    /// Names and indicators are skipped, because no offset depends on them.
    mutating func data(_ header: Header, ofTime width: Int) throws(TZifError) -> (Int, [Zone.Period]) {
        guard (1...256).contains(header.types) else { throw .damaged }
        let times = try take(header.length(ofTime: width))
        let indices = times.dropFirst(header.times * width).prefix(header.times)
        let types = times.dropFirst(header.times * (width + 1))
        let offsets = (0..<header.types).map { Int(types.dropFirst($0 * 6).bigEndian(4)) }
        // The range in RFC 9636, on which `Zone.resolve` relies.
        guard offsets.allSatisfy((-89_999...93_599).contains) else { throw .damaged }
        var changes: [Zone.Period] = []
        changes.reserveCapacity(header.times)
        for (number, index) in indices.enumerated() {
            let start = times.dropFirst(number * width).bigEndian(width)
            guard index < offsets.count, changes.last.map({ $0.start < start }) ?? true else { throw .damaged }
            changes.append(Zone.Period(start: start, offset: offsets[Int(index)]))
        }
        return (offsets[0], changes)
    }

    /// The rule in the last line; nil if the line is empty.
    mutating func rule() throws(TZifError) -> ZoneRule? {
        let newline = UInt8(ascii: "\n")
        guard rest.first == newline, let end = rest.dropFirst().firstIndex(of: newline) else { throw .damaged }
        let line = rest[rest.startIndex + 1..<end]
        if line.isEmpty { return nil }
        if let rule = ZoneRule(asGlibcReads: Array(line)), rule.fault == nil { return rule }
        throw .damaged
    }
}

extension ArraySlice<UInt8> {
    /// The signed number in the first `width` bytes.
    fileprivate func bigEndian(_ width: Int) -> Int64 {
        let bits = prefix(width).reduce(0 as Int64) { $0 << 8 | Int64($1) }
        return width == 4 ? Int64(Int32(truncatingIfNeeded: bits)) : bits
    }
}
