internal import TOMLKit

extension KeyedTable {
    /// The top table of a document; nil when it is no TOML, which is noted.
    convenience init?(document text: String, problems: ProblemList) {
        if let harm = Harm(in: text) {
            problems.note(harm.line.map { "line \($0)" } ?? "", harm.what)
            return nil
        }
        do {
            self.init(try TOMLTable(string: text), prefix: "", problems: problems)
        } catch let error as TOMLParseError {
            let place = error.source.begin
            problems.note("line \(place.line), column \(place.column)", "\(error.description.prefix(200)); allowed: TOML 1.0")
            return nil
        } catch {
            problems.note("", "\(error)")
            return nil
        }
    }
}

/// What TOMLKit 0.6.0 (toml++ 3.4.0) must not be given: it would cut the text, overflow our stack or abort.
private struct Harm {
    let line: Int?
    let what: String

    init?(in text: String) {
        let bytes = Array(text.utf8)
        if let (at, what) = Harm.inText(bytes) ?? Harm.inCharacters(text) ?? Harm.inHeaders(bytes) {
            line = at.map { bytes[..<$0].count { $0 == newline } + 1 }
            self.what = what
        } else {
            return nil
        }
    }

    private typealias Finding = (at: Int?, what: String)

    private static func inText(_ bytes: [UInt8]) -> Finding? {
        if bytes.count > 262_144 { return (nil, "has \(bytes.count) bytes; allowed: up to 262144") }
        // Each dot may nest a table, and the parser cleans up recursively: 5000 levels overflow a stack of 512 KiB.
        let dots = bytes.count { $0 == UInt8(ascii: ".") }
        if dots > 1000 { return (nil, "has \(dots) dots; allowed: up to 1000 (dots nest tables)") }
        return nil
    }

    private static func inCharacters(_ text: String) -> Finding? {
        // C strings go in and come out: both end at the first NUL. U+FFFD is what `String` puts for what is not UTF-8.
        for (sign, what) in [
            ("\0", "has a NUL byte; allowed: text in UTF-8"),
            ("\\u0000", "has the character NUL; leave \\u0000 out"),
            ("\\U00000000", "has the character NUL; leave \\U00000000 out"),
            ("\u{FFFD}", "has bytes that are not UTF-8; save the file as UTF-8"),
        ] {
            if let range = text.firstRange(of: sign) { return (text[..<range.lowerBound].utf8.count, what) }
        }
        return nil
    }

    /// A header whose name begins with anything but a letter, a digit, a dash or a quote fails an assertion there.
    private static func inHeaders(_ bytes: [UInt8]) -> Finding? {
        for line in bytes.split(separator: newline) {
            let header = line.drop { $0 <= UInt8(ascii: " ") || $0 >= 0x7F }
            guard header.first == bracket else { continue }
            let brackets = header.dropFirst().first == bracket ? 2 : 1
            let name = header.dropFirst(brackets).drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            if let first = name.first, isNameByte(first) || "\"']".utf8.contains(first) { continue }
            return (header.startIndex, "a table's name cannot begin like this; allowed: [name] or [[name]]")
        }
        return nil
    }
}

private let newline = UInt8(ascii: "\n")
private let bracket = UInt8(ascii: "[")
