internal import StretchBase

/// Text that TOMLKit 0.6.0 (toml++ 3.4.0) must not get, because it would abort, overflow our stack or cut the text.
///
/// This scan and the parser agree on strings, comments and brackets up to the first mistake in a text, and the parser
/// stops there. So this scan finds every hazard before the parser does.
struct TOMLHazard {
    /// Counted from 1; nil: it concerns the whole text.
    let line: Int?
    let what: String

    init?(in text: String) {
        let bytes = Array(text.utf8)
        var scan = TOMLScan(bytes)
        guard let (at, what) = Self.inSize(bytes) ?? Self.inCharacters(bytes) ?? scan.firstHazard() else { return nil }
        line = at.map { bytes[..<$0].count { $0 == UInt8(ascii: "\n") } + 1 }
        self.what = what
    }

    fileprivate typealias Finding = (at: Int?, what: String)

    private static func inSize(_ bytes: [UInt8]) -> Finding? {
        bytes.count > 262_144 ? (nil, "has \(bytes.count) bytes; allowed: up to 262144") : nil
    }

    private static func inCharacters(_ bytes: [UInt8]) -> Finding? {
        // TOMLKit takes and returns C strings, which end at the first NUL. `String` replaces bytes that are not UTF-8
        // by U+FFFD.
        for (sign, what) in [
            ("\0", "has a NUL byte; allowed: text in UTF-8"),
            ("\\u0000", "has the character NUL; leave \\u0000 out"),
            ("\\U00000000", "has the character NUL; leave \\U00000000 out"),
            ("\u{FFFD}", "has bytes that are not UTF-8; save the file as UTF-8"),
        ] {
            if let place = bytes.firstPlace(of: Array(sign.utf8)) { return (place, what) }
        }
        return nil
    }
}

extension [UInt8] {
    /// Searches bytes: searching the characters of a `String` would take longer than all other reading.
    fileprivate func firstPlace(of part: [UInt8]) -> Int? {
        var start = startIndex
        while let place = self[start...].firstIndex(of: part[0]), place + part.count <= count {
            if self[place..<place + part.count].elementsEqual(part) { return place }
            start = place + 1
        }
        return nil
    }
}

/// Follows the strings, comments and brackets of a TOML text.
private struct TOMLScan {
    private let bytes: [UInt8]
    private var at = 0
    /// The brackets that must close, innermost last.
    private var closers: [UInt8] = []
    private var dots = 0
    /// Only blanks so far on this line, and no open bracket.
    private var beginsStatement = true
    /// The `=` after a key was read: no other `=` may come before the next key.
    private var isInValue = false

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: "\u{FEFF}".utf8) { at = 3 }
    }

    mutating func firstHazard() -> TOMLHazard.Finding? {
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "#"): while let byte = peek(), byte != UInt8(ascii: "\n") { at += 1 }
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                guard beginsWord else { return (at, "has a quote in the middle of a word; take it out") }
                skipString(byte)
            case UInt8(ascii: "="):
                let isMisplaced = isInValue || closers.last == UInt8(ascii: "]")
                if isMisplaced { return (at, "has an = where none can stand; take it out or use quotes") }
                isInValue = true
                at += 1
            case UInt8(ascii: ","):
                isInValue = closers.last != UInt8(ascii: "}")
                at += 1
            case UInt8(ascii: "[") where beginsStatement:
                if let hazard = header() { return hazard }
            case UInt8(ascii: "."):
                // Each dot may nest a table, and the parser frees tables recursively: 5000 levels overflow a stack of
                // 512 KiB.
                dots += 1
                if dots > 1000 { return (nil, "has over 1000 dots outside quotes; they nest tables: use headers") }
                at += 1
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                guard beginsWord else { return (at, "has a bracket in the middle of a word; take it out") }
                // ASCII has [ \ ] and { | } in a row.
                closers.append(byte + 2)
                isInValue = byte == UInt8(ascii: "[")
                if closers.count > 32 { return (at, "has more than 32 brackets open; allowed: lists of texts") }
                at += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                guard closers.popLast() == byte else {
                    return (at, "has a \(Character(Unicode.Scalar(byte))) that closes nothing; take it out")
                }
                isInValue = true
                at += 1
            case UInt8(ascii: "\n"):
                beginsStatement = closers.isEmpty
                if beginsStatement { isInValue = false }
                at += 1
                continue
            case UInt8(ascii: " ") where endsAfterDigit:
                return (at, "has a space and a digit after a number or a date; take them out or use quotes")
            case UInt8(ascii: " "), UInt8(ascii: "\t"):
                at += 1
                continue
            case UInt8(ascii: "\r") where at + 1 < bytes.count && bytes[at + 1] == UInt8(ascii: "\n"): at += 1
            case UInt8(ascii: "T") where lacksHour, UInt8(ascii: "t") where lacksHour:
                return (at, "has a date that T and no time follow; write it in quotes")
            case ...UInt8(ascii: " "), 0x7F...:
                return (at, "has a character that may only stand between quotes; take it out or use quotes")
            default: at += 1
            }
            beginsStatement = false
        }
        return nil
    }

    /// The `T` here follows a date, but no digit follows it: the parser would abort.
    private var lacksHour: Bool {
        guard at >= 10, Day(bytes.span, at: at - 10) != nil else { return false }
        return bytes.span.digits(1, at: at + 1) == nil
    }

    /// The parser would take this blank for the one between a date and a time, and abort, because only one digit
    /// follows.
    ///
    /// The parser takes as a date any ten characters with hyphens in the two places, not counting underscores.
    private var endsAfterDigit: Bool {
        guard bytes.span.digits(1, at: at + 1) != nil, bytes.span.digits(2, at: at + 1) == nil else { return false }
        let word = bytes[..<at].reversed().lazy.prefix { $0 > UInt8(ascii: " ") }.filter { $0 != UInt8(ascii: "_") }
        let date = Array(word.prefix(10).reversed())
        return date.count == 10 && date[4] == UInt8(ascii: "-") && date[7] == UInt8(ascii: "-")
    }

    /// A string or a list can begin here.
    private var beginsWord: Bool {
        at == 0 || bytes[at - 1] <= UInt8(ascii: " ") || "=,[{.".utf8.contains(bytes[at - 1]) || isAfterMark
    }

    private var isAfterMark: Bool { at == 3 && bytes.starts(with: "\u{FEFF}".utf8) }

    private func peek() -> UInt8? { at < bytes.count ? bytes[at] : nil }

    /// Checks `[name` or `[[name`: the parser aborts when a name begins with any other character.
    private mutating func header() -> TOMLHazard.Finding? {
        let start = at
        while let byte = peek(), byte == UInt8(ascii: "["), at - start < 2 {
            closers.append(UInt8(ascii: "]"))
            at += 1
        }
        while let byte = peek(), byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { at += 1 }
        if let byte = peek(), byte.isOfName || "\"']".utf8.contains(byte) { return nil }
        return (start, "a table's name cannot begin like this; allowed: [name] or [[name]]")
    }

    private mutating func skipString(_ quote: UInt8) {
        let isLong = bytes[at...].starts(with: [quote, quote, quote])
        at += isLong ? 3 : 1
        while let byte = peek() {
            if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                at += 2
            } else if isLong, bytes[at...].starts(with: [quote, quote, quote]) {
                at += 3
                // Up to two quotes before the closing three belong to the text.
                for _ in 0..<2 where peek() == quote { at += 1 }
                return
            } else if !isLong, byte == quote || byte == UInt8(ascii: "\n") {
                at += byte == quote ? 1 : 0
                return
            } else {
                at += 1
            }
        }
    }
}
