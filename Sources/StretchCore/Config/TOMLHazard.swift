internal import StretchBase

/// Text that TOMLKit 0.6.0 (toml++ 3.4.0) must not get: the parser would abort, overflow our stack or cut the text.
///
/// This scan and the parser agree on strings, comments and brackets up to the first mistake in a text. The parser stops
/// there. So this scan finds every hazard before the parser reaches it.
enum TOMLHazard {
    /// The first hazard and its line, counted from 1; the line is nil if the hazard concerns the whole text.
    static func first(in text: String) -> (line: Int?, what: String)? {
        if text.utf8.count > 262_144 { return (nil, "has \(text.utf8.count) bytes; allowed: up to 262144") }
        let bytes = Array(text.utf8.starts(with: "\u{FEFF}".utf8) ? text.utf8.dropFirst(3) : text.utf8[...])
        var scan = TOMLScan(bytes)
        guard let (place, what) = inCharacters(bytes) ?? scan.firstHazard() else { return nil }
        return (place.map { bytes[..<$0].count { $0 == UInt8(ascii: "\n") } + 1 }, what)
    }

    fileprivate typealias Finding = (place: Int?, what: String)

    private static func inCharacters(_ bytes: [UInt8]) -> Finding? {
        // TOMLKit takes and returns C strings, which end at the first NUL. U+FFFD is looked for because `String` has
        // put it in place of bytes that are not UTF-8.
        for (sign, what) in [
            ("\0", "has a NUL byte; allowed: text in UTF-8"),
            ("\\u0000", "has the character NUL; leave \\u0000 out"),
            ("\\U00000000", "has the character NUL; leave \\U00000000 out"),
            ("\u{FFFD}", "has bytes that are not UTF-8; save the file as UTF-8"),
        ] {
            // This searches bytes. A search in the characters of a `String` would take longer than all other reading.
            let sign = Array(sign.utf8)
            let place = bytes.indices.first { bytes[$0] == sign[0] && bytes[$0...].starts(with: sign) }
            if let place { return (place, what) }
        }
        return nil
    }
}

/// Follows the strings, comments and brackets of a TOML text.
private struct TOMLScan {
    private let bytes: [UInt8]
    /// The index of the byte after the present one.
    private var at = 0
    /// The closing brackets that must still come, the innermost last.
    private var closers: [UInt8] = []
    private var dots = 0
    /// True while this line has only blanks so far and no bracket is open.
    private var beginsStatement = true
    /// True where no `=` may come, because the `=` of the key was read and the next key has not begun.
    private var isInValue = false

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func firstHazard() -> TOMLHazard.Finding? {
        while let byte = next {
            at += 1
            switch byte {
            case UInt8(ascii: "#"): while let byte = next, byte != UInt8(ascii: "\n") { at += 1 }
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                guard beginsWord else { return (at, "has a quote in the middle of a word; take it out") }
                skipString(byte)
            case UInt8(ascii: "="):
                let isMisplaced = isInValue || closers.last == UInt8(ascii: "]")
                if isMisplaced { return (at, "has an = where none can stand; take it out or use quotes") }
                isInValue = true
            case UInt8(ascii: ","): isInValue = closers.last != UInt8(ascii: "}")
            case UInt8(ascii: "[") where beginsStatement:
                guard skipHeader() else {
                    return (at, "a table's name cannot begin like this; allowed: [name] or [[name]]")
                }
            case UInt8(ascii: "."):
                // Each dot may nest a table. The parser frees nested tables recursively, and 5000 levels overflow a
                // stack of 512 KiB.
                dots += 1
                if dots > 1000 { return (nil, "has over 1000 dots outside quotes; they nest tables: use headers") }
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                guard beginsWord else { return (at, "has a bracket in the middle of a word; take it out") }
                // In ASCII, a closing bracket comes two after its opening bracket: [ \ ] and { | }.
                closers.append(byte + 2)
                isInValue = byte == UInt8(ascii: "[")
                if closers.count > 32 { return (at, "has more than 32 brackets open; allowed: lists of texts") }
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                guard closers.popLast() == byte else {
                    return (at, "has a \(Character(Unicode.Scalar(byte))) that closes nothing; take it out")
                }
                isInValue = true
            case UInt8(ascii: "\n"):
                beginsStatement = closers.isEmpty
                if beginsStatement { isInValue = false }
                continue
            case UInt8(ascii: " ") where endsAfterDigit:
                return (at, "has a space and a digit after a number or a date; take them out or use quotes")
            case UInt8(ascii: " "), UInt8(ascii: "\t"): continue
            case UInt8(ascii: "\r") where next == UInt8(ascii: "\n"): break
            case UInt8(ascii: "T") where lacksHour, UInt8(ascii: "t") where lacksHour:
                return (at, "has a date that T and no time follow; write it in quotes")
            case ...UInt8(ascii: " "), 0x7F...:
                return (at, "has a character that may only stand between quotes; take it out or use quotes")
            default: break
            }
            beginsStatement = false
        }
        return nil
    }

    private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    /// True if this `T` follows a date and no digit follows it, because then the parser would abort.
    private var lacksHour: Bool {
        at > 10 && Day(bytes.span, at: at - 11) != nil && bytes.span.digits(1, at: at) == nil
    }

    /// True if the parser would take this blank for the one between a date and a time, and abort.
    ///
    /// It aborts because only one digit follows. For the parser, a date is any ten characters with hyphens in the two
    /// usual places, and it does not count underscores.
    private var endsAfterDigit: Bool {
        guard bytes.span.digits(1, at: at) != nil, bytes.span.digits(2, at: at) == nil else { return false }
        let word = bytes[..<(at - 1)].reversed().lazy.prefix { $0 > UInt8(ascii: " ") }
        let date = Array(word.filter { $0 != UInt8(ascii: "_") }.prefix(10).reversed())
        return date.count == 10 && date[4] == UInt8(ascii: "-") && date[7] == UInt8(ascii: "-")
    }

    /// True if a string or a list can begin here.
    private var beginsWord: Bool {
        at == 1 || bytes[at - 2] <= UInt8(ascii: " ") || "=,[{.".utf8.contains(bytes[at - 2])
    }

    /// Skips the beginning of `[name` or `[[name`; false if no name begins there, because then the parser would abort.
    private mutating func skipHeader() -> Bool {
        let isList = next == UInt8(ascii: "[")
        closers += Array(repeating: UInt8(ascii: "]"), count: isList ? 2 : 1)
        at += isList ? 1 : 0
        while let byte = next, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { at += 1 }
        return next.map { $0.isOfName || "\"']".utf8.contains($0) } ?? false
    }

    private mutating func skipString(_ quote: UInt8) {
        let isLong = bytes[at...].starts(with: [quote, quote])
        at += isLong ? 2 : 0
        while let byte = next, isLong || byte != UInt8(ascii: "\n") {
            at += 1
            if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                at += 1
            } else if byte == quote, !isLong {
                return
            } else if byte == quote, bytes[at...].starts(with: [quote, quote]) {
                at += 2
                // The text may itself end with one or two quotes. Then four or five quotes stand in a row.
                for _ in 0..<2 where next == quote { at += 1 }
                return
            }
        }
    }
}
