internal import StretchBase

/// A line that TOML cannot read, and what was probably meant.
struct TOMLSlip {
    /// The line as it is.
    let line: String
    /// What is wrong with it, in words that follow the line.
    let what: String
    /// The line as it should be.
    let mended: String
    /// The key and the value of the mended line; nil if it has none.
    private var pair: (key: String, value: String)?

    var text: String { "\(Self.shown(line)): \(what); write \(mended)" }

    /// The mended line for the parser.
    ///
    /// The value is put into a table with a mark. So whoever reads the value knows of the slip, and one message says
    /// all that is wrong with the line.
    func reading(at number: Int) -> String {
        pair.map { "\($0.key) = {\"\(Self.mark)\" = \($0.value), line = \(number)}" } ?? mended
    }

    /// The key of the mark; nobody writes such a key.
    static let mark = " was mended"

    static func shown(_ line: String) -> String {
        let text = oneLine(trimmed(line.prefix(200)))
        return text.count <= 80 ? text : text.prefix(79) + "…"
    }

    /// Whether nothing is in the line, or only a comment.
    static func isEmpty(_ line: String) -> Bool { trimmed(line).isEmpty || trimmed(line).hasPrefix("#") }

    // MARK: Guesses, the likeliest first; whoever reads the text on decides which of them is right

    static func candidates(for line: String) -> [TOMLSlip] {
        // Nobody reads an advice that is longer.
        guard line.utf8.count <= 1000 else { return [] }
        let plain = Typing.plain(line)
        let (text, comment) = withoutComment(plain)
        if let slip = foreignComment(line, plain) { return [slip] }
        if let header = header(text) {
            return [TOMLSlip(line: line, what: "is no table's name", mended: header + comment)]
        }
        guard let (key, raw) = pair(text) else { return element(line, text, comment) }
        let inLine = Typing.fault(in: line) ?? separatorFault(text) ?? (plain.contains(" //") ? commentFault : nil)
        let values = values(raw).filter { value, _ in
            (value != raw || inLine != nil) && TOMLDocument.value(value) != nil
        }
        return values.map { value, what in
            let mended = "\(key) = \(value)"
            return TOMLSlip(line: line, what: inLine ?? what, mended: mended, pair: (key, value))
        }
    }

    /// The slips of a line that may be part of a list: the list should end after it, or go on.
    static func continuations(of line: String) -> [TOMLSlip] {
        let (text, comment) = withoutComment(line)
        guard !text.isEmpty, !text.hasPrefix("[") else { return [] }
        let ends = text.hasSuffix(",") || text.hasSuffix("[") ? ["]"] : [",", "]"]
        return ends.map { TOMLSlip(line: line, what: "lacks \($0) at its end", mended: "\(text)\($0)\(comment)") }
    }

    /// What is wrong between the key and its value; nil if nothing is.
    private static func separatorFault(_ text: String) -> String? {
        guard let equals = text.firstIndex(of: "=") else { return "lacks the = between key and value" }
        return trimmed(text[..<equals]).contains(" ") ? "has a blank in its key" : nil
    }

    private static let commentFault = "has a comment that does not begin with #"

    /// The line with the comment of another language in it, such as `// not long`.
    private static func foreignComment(_ line: String, _ plain: String) -> TOMLSlip? {
        let text = trimmed(plain)
        guard let sign = ["//", ";"].first(where: text.hasPrefix) else { return nil }
        let comment = "# " + trimmed(text.dropFirst(sign.count))
        return TOMLSlip(line: line, what: commentFault, mended: comment)
    }

    /// A table's name in its brackets: `[[routine]]` for `[[routine]` and `[Routine]]`.
    private static func header(_ text: String) -> String? {
        let name = text.trimmed { "[]: ".contains($0) }
        guard !text.contains("="), text.first == "[" || text.last == "]" || text.last == ":" else { return nil }
        guard let near = Spelling.nearest(to: name, among: KeyNames.headers.map { $0.trimmed { "[]".contains($0) } })
        else { return nil }
        return KeyNames.headers.first { $0.trimmed { "[]".contains($0) } == near }
    }

    /// The key, and what stands after `=`, or after the blank or colon in its place.
    private static func pair(_ text: String) -> (key: String, value: String)? {
        var parts = text.split(separator: "=", maxSplits: 1).map(trimmed)
        if !text.contains("=") {
            parts = text.split(maxSplits: 1) { " :".contains($0) }.map { trimmed($0.drop { " :".contains($0) }) }
            guard let key = parts.first, KeyNames.all.contains(key) else { return nil }
        }
        guard parts.count == 2 else { return nil }
        let key = parts[0].hasSuffix(":") ? String(parts[0].dropLast()) : parts[0].replacing(" ", with: "_")
        guard !key.isEmpty, key.utf8.allSatisfy({ $0.isOfName || $0 == UInt8(ascii: ".") }) else { return nil }
        return (key, parts[1])
    }

    /// One line of a list that has several.
    private static func element(_ line: String, _ text: String, _ comment: String) -> [TOMLSlip] {
        let isLast = text.hasSuffix("]")
        let inner = text.trimmed { ",] ".contains($0) }
        let isWhole = inner.hasPrefix("\"") && inner.hasSuffix("\"") && inner.count { $0 == "\"" } == 2
        guard !inner.isEmpty, !isWhole, !inner.contains(where: { "[]{}=:".contains($0) }) else { return [] }
        let mended = texts(inner, isList: true).map(toml).joined(separator: ", ") + (isLast ? "]" : ",") + comment
        let what = Typing.fault(in: line) ?? fault(inner)
        return [TOMLSlip(line: line, what: what, mended: mended)]
    }

    // MARK: Values

    private static func values(_ raw: String) -> [(value: String, what: String)] {
        // A list with more brackets in it holds lists or tables, and what they mean cannot be guessed.
        guard !raw.isEmpty, !raw.trimmed(where: { "[]".contains($0) }).contains(where: { "[]{}".contains($0) }) else {
            return []
        }
        let bare = raw.trimmed { ",; ".contains($0) }
        var guesses: [(String, String)] = [(bare, bare == raw ? "" : "has a \(raw.last ?? ",") at its end")]
        if raw.contains("\\") {
            guesses.append((literal(raw.trimmed { "\"'[] ".contains($0) }), "has a \\ in double quotes"))
        }
        let isList = raw.hasPrefix("[")
        let parts = texts(bare, isList: isList)
        let list = "[\(parts.map(toml).joined(separator: ", "))]"
        let isBalanced = raw.count { $0 == "\"" } % 2 == 0
        if isList {
            let what = raw.hasSuffix("]") ? fault(bare) : "lacks ] at its end"
            guesses.append((bare + "]", what))
            guesses.append((list, what))
        } else if parts.count > 1, isBalanced {
            guesses.append((list, "has several texts and no brackets"))
        }
        if !isList {
            let inner = bare.trimmed { $0 == "\"" || $0 == "'" }
            guesses.append((inner.contains("\"") ? literal(inner) : toml(inner), fault(bare)))
        }
        return guesses
    }

    private static func fault(_ text: String) -> String {
        let (first, last) = (text.first ?? " ", text.last ?? " ")
        let quotes = text.count { $0 == "\"" }
        if quotes > 2, first == "\"", last == "\"", quotes % 2 == 0 { return "has quotes inside quotes" }
        if "\"'".contains(first), first != last || text.count == 1 { return "lacks \(first) at the end of the text" }
        if "\"'".contains(last), first != last { return "lacks \(last) before the text" }
        if quotes % 2 == 1 { return "has a text that lacks a quote" }
        if quotes > 2 { return "lacks a comma between two texts" }
        return "is a text without quotes"
    }

    /// The texts in a value.
    ///
    /// It is one text, unless the value is a list or has a comma between two texts in quotes.
    private static func texts(_ value: String, isList: Bool) -> [String] {
        let inner = value.trimmed { "[] ".contains($0) }
        let pieces = inner.split(separator: "\"", omittingEmptySubsequences: false).map(trimmed)
        let between = pieces.indices.dropFirst().dropLast().filter { $0 % 2 == 0 }.map { pieces[$0] }
        if pieces.count > 2, isList || between.allSatisfy({ $0 == "," }) {
            return pieces.map { $0.trimmed { ", ".contains($0) } }.filter { !$0.isEmpty }
        }
        let bare = inner.trimmed { "\"'".contains($0) }
        guard isList else { return [bare] }
        let parts = bare.split(separator: ",").map { $0.trimmed { "\"' ".contains($0) } }
        // `Mon,Thu 07:30` is one event.
        let isOne = parts.contains { CalendarHint.isWeekdays($0) && !$0.contains(" ") }
        return isOne ? [bare] : parts.filter { !$0.isEmpty }
    }

    /// A text in the quotes of TOML.
    static func toml(_ text: some StringProtocol) -> String {
        text.contains { "\"\\".contains($0) } ? literal(String(text)) : "\"\(text)\""
    }

    private static func literal(_ text: String) -> String { "'\(text)'" }

    /// What stands before a comment, and the comment with blanks before it.
    private static func withoutComment(_ line: String) -> (text: String, comment: String) {
        let hash = line.indices.first { index in
            let before = line[..<index]
            guard line[index...].hasPrefix("#") || line[index...].hasPrefix("// "), before.last?.isWhitespace ?? true
            else { return false }
            return before.count { $0 == "\"" } % 2 == 0 || !line[index...].contains("\"")
        }
        guard let hash else { return (trimmed(line), "") }
        return (trimmed(line[..<hash]), "  " + line[hash...].replacing("//", with: "#", maxReplacements: 1))
    }

    private static func trimmed(_ text: some StringProtocol) -> String { text.trimmed(where: \.isWhitespace) }
}

/// What keyboards and word processors write in the place of quotes and blanks.
enum Typing {
    /// The text with the quotes and blanks of TOML.
    static func plain(_ text: String) -> String {
        let characters = Array(text)
        return String(
            characters.indices.map { index in
                isQuote(characters, index) ? "\"" : isOddBlank(characters[index]) ? " " : characters[index]
            })
    }

    /// What is wrong with the quotes or blanks of a line; nil if nothing is.
    static func fault(in line: String) -> String? {
        let characters = Array(line)
        if let place = characters.indices.first(where: { isQuote(characters, $0) }) {
            return "has the quote \(characters[place]), and TOML knows only \" and '"
        }
        return line.contains(where: isOddBlank) ? "has a blank that is none, such as a non-breaking one" : nil
    }

    /// Whether a character is a quote, and not the apostrophe in `don’t`.
    private static func isQuote(_ characters: [Character], _ index: Int) -> Bool {
        guard quotes.contains(characters[index]) else { return false }
        let neighbours = [index - 1, index + 1].filter(characters.indices.contains).map { characters[$0] }
        return neighbours.count < 2 || !neighbours.allSatisfy(\.isLetter)
    }

    private static let quotes: Set<Character> = [
        "“", "”", "„", "«", "»", "‘", "’", "‚", "`", "´",
    ]

    private static func isOddBlank(_ character: Character) -> Bool { !character.isASCII && character.isWhitespace }
}
