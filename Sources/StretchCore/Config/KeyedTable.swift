internal import StretchBase
internal import TOMLKit

/// One table of the file, read key by key.
///
/// A good value goes to its target. A missing value leaves the default there. A wrong value is noted and reading goes
/// on, so that all problems are found at once.
final class KeyedTable {
    /// Goes before the keys in messages: `prompt.`, `routine "morning": `, or nothing in the top table.
    var prefix: String
    private let table: TOMLTable?
    private let problems: ProblemList
    private var known: [String] = []
    /// Whether something of this table is wrong.
    private(set) var hasProblems = false
    /// How the keys are written that are tables.
    private var onlyTables: [String: String] = [:]
    /// How the lists are written that may be tables, too.
    private var headers: [String: String] = [:]

    typealias Value = any TOMLValueConvertible

    init(_ table: TOMLTable?, prefix: String, problems: ProblemList) {
        self.table = table
        self.prefix = prefix
        self.problems = problems
    }

    /// The top table of a document; if the text is not valid TOML, notes the problem and returns nil.
    convenience init?(document text: String, problems: ProblemList) {
        guard let table = TOMLDocument.table(text, noting: problems) else { return nil }
        self.init(table, prefix: "", problems: problems)
    }

    /// Whether the table has the key, with any value.
    func has(_ key: String) -> Bool { table?[key] != nil }

    func bool(_ key: String, into target: inout Bool) {
        if let value = take(key, allowed: "true or false", { $0.bool }) { target = value }
    }

    func integer(_ key: String, into target: inout Int, in range: ClosedRange<Int>) {
        let allowed = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        if let value = take(key, allowed: allowed, { $0.int.filter(range.contains) }) { target = value }
    }

    func duration(_ key: String, into target: inout Duration, in range: ClosedRange<Duration>) {
        let ends = "\(TimeSpan.format(range.lowerBound)) to \(TimeSpan.format(range.upperBound))"
        let allowed = "a time span in quotes from \(ends), such as \"\(TimeSpan.format(target))\""
        let usual = target
        let meant = { Meant.spans($0, like: usual) }
        let value = take(key, allowed: allowed, meant: meant) { value throws(TextRefusal) -> Duration? in
            guard let text = value.string else { return nil }
            let span = Result { () throws(SyntaxError) in try TimeSpan.parse(text) }
            return try Optional(span.mapError(TextRefusal.init).get()).filter(range.contains)
        }
        guard let value else { return }
        target = value
        guard let text = table?[key]?.string, let doubt = TimeSpan.doubt(about: text, unit: .seconds(1)) else { return }
        let words = [doubt.problem, doubt.hint].compactMap(\.self).joined(separator: "; ")
        remark(key, "\(quoted(text)) means \(TimeSpan.format(value)), as \(words)")
    }

    /// A time of day such as `"04:00"`, as the time since midnight.
    func timeOfDay(_ key: String, into target: inout Duration, upTo last: Duration) {
        let allowed = "a time in quotes from \"00:00\" to \"\(padded(Int(last.components.seconds) / 3600, 2)):00\""
        let value = take(key, allowed: allowed, meant: Meant.clocks) { value -> Duration? in
            value.string.flatMap { CivilTime("1970-01-01T\($0)") }
                .map { .microseconds($0.microsecondOfDay) }.filter { $0 <= last }
        }
        if let value { target = value }
    }

    func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, into target: inout Choice)
    where Choice.RawValue == String {
        let names = Choice.allCases.map(\.rawValue)
        let allowed = names.map { quoted($0) }.joined(separator: ", ")
        let meant = { Meant.names($0, among: names) }
        if let value = take(key, allowed: allowed, meant: meant, { $0.string.flatMap(Choice.init) }) { target = value }
    }

    func text(
        _ key: String, into target: inout String, required: Bool = false, allowed: String,
        meant: (Value?) -> [String] = Meant.values, where isGood: (String) -> Bool
    ) {
        let value = take(key, allowed: allowed, required: required, meant: meant) { $0.string.filter(isGood) }
        if let value { target = value }
    }

    /// Reads one line of text, which may be empty if `count` contains 0.
    func line(_ key: String, into target: inout String, required: Bool = false, of count: ClosedRange<Int> = 1...1000) {
        let allowed = "one line of \(count.contains(0) ? "up" : "1") to \(count.upperBound) characters"
        text(key, into: &target, required: required, allowed: allowed) { text in
            text.isEmpty ? count.contains(0) : isLine(text, upTo: count.upperBound)
        }
    }

    func lines(_ key: String, into target: inout [String]) {
        let allowed = "lines of text in quotes, each of 1 to 1000 characters, one or a list"
        list(key, into: &target, allowed: allowed) { text throws(TextRefusal) in
            if isLine(text, upTo: 1000) { return text }
            throw TextRefusal("allowed: one line of 1 to 1000 characters")
        }
    }

    private func isLine(_ text: String, upTo most: Int) -> Bool {
        (1...most).contains(text.count) && text == oneLine(text) && !text.allSatisfy(\.isWhitespace)
    }

    /// Reads a list of texts, each converted by `read`; a single text needs no brackets.
    ///
    /// - Parameter readTable: converts a table in the list; nil if tables are not allowed.
    func list<Element>(
        _ key: String, into target: inout [Element], required: Bool = false, allowed: String,
        _ read: (String) throws(TextRefusal) -> Element, table readTable: ((KeyedTable) -> Element)? = nil
    ) {
        if readTable != nil { headers[key] = "[[\(prefix.prefix { $0 != " " }).\(key)]]" }
        // Reading an element may have effects, and only a text is read twice.
        let meant = { (value: Value?) in
            Meant.values(value).filter { TOMLDocument.value($0)?.string.flatMap { try? read($0) } != nil }
        }
        let found = find(key, allowed: allowed, required: required, meant: meant) { value -> [(String, Value)]? in
            if value.type == .string { return [(key, value)] }
            guard let array = value.array, !(required && array.isEmpty) else { return nil }
            return array.enumerated().map { ("\(key)[\($0 + 1)]", $1) }
        }
        guard let (values, slip) = found else { return }
        target = values.compactMap { place, value in
            if let readTable, let table = value.table {
                return readTable(KeyedTable(table, prefix: "\(prefix)\(place): ", problems: problems))
            }
            guard let text = value.string else {
                note(place, "\(describe(value)); allowed: \(allowed)", slip)
                return nil
            }
            do throws(TextRefusal) {
                return try read(text)
            } catch {
                note(place, "\(quoted(text)): \(error.reason)", slip)
                return nil
            }
        }
        if let slip, target.count == values.count { problems.note(slip) }
    }

    /// Reads the id of the routine or stretch; returns an empty text if it is missing or wrong.
    ///
    /// A good id goes into the prefix of later messages. Ids are lower case, because people type them. They have no
    /// `@`, because it separates the id from the time in an occurrence's id. They do not begin with a dash, because
    /// that would be a command-line option.
    func id(of kind: String) -> String {
        var id = ""
        let allowed = "1 to 40 of a-z, 0-9, - and _, beginning with a letter or a digit"
        let meant = { Meant.ids($0 ?? self.table?["title"], of: kind) }
        text("id", into: &id, required: true, allowed: allowed, meant: meant) { text in
            (1...40).contains(text.utf8.count) && text.utf8.allSatisfy(\.isOfName) && text == text.lowercased()
                && !text.hasPrefix("-") && !text.hasPrefix("_")
        }
        if !id.isEmpty { prefix = "\(kind) \(quoted(id)): " }
        return id
    }

    /// The table under a key; if the key is missing, an empty table, so that its defaults are read.
    func table(_ key: String) -> KeyedTable {
        onlyTables[key] = "[\(key)]"
        let value = take(key, allowed: "a table: write [\(key)]", { $0.table })
        return KeyedTable(value, prefix: "\(prefix)\(key).", problems: problems)
    }

    /// The tables written `[[key]]`; nil when there is none.
    func tables(_ key: String) -> [KeyedTable]? {
        let header = "[[\(prefix.isEmpty ? "" : "\(prefix.prefix { $0 != " " }).")\(key)]]"
        onlyTables[key] = header
        return take(key, allowed: "tables, each beginning with a line \(header)") { value in
            guard let array = value.array, !array.isEmpty, array.allSatisfy({ $0.table != nil }) else { return nil }
            return array.enumerated().map {
                KeyedTable($1.table, prefix: "\(prefix)\(key) #\($0 + 1): ", problems: problems)
            }
        }
    }

    /// Notes every key that was not read before this call as unknown.
    func finish(unknown: String = "unknown key") {
        for key in table?.keys ?? [] where !known.contains(key) {
            let value = table?[key]
            let isTable = value?.table != nil || value?.array?.first?.table != nil
            let names = known.map { name in
                KeyNames.Known(
                    name: name, written: onlyTables[name] ?? (isTable ? headers[name] : nil) ?? name,
                    canMean: isTable || onlyTables[name] == nil)
            }
            let isRoutine = value?.table?["schedule"] != nil && Spelling.nearest(to: key, among: known) == nil
            let remedy =
                isRoutine
                ? "a routine begins with [[routine]]; write that, and id = \(quoted(key)) below it"
                : KeyNames.remedy(for: key, among: names, isIncluded: problems.isIncluded)
            note(key, "\(unknown); \(remedy)")
        }
    }

    /// Notes a problem if a list is too long.
    func limit(_ key: String, to most: Int, _ things: String, in count: Int, advice: String = "") {
        if count > most { note(key, "has \(count) \(things); allowed: up to \(most)\(advice)") }
    }

    /// The name of the file that has the table.
    var file: String { problems.file }

    func note(_ key: String, _ text: String) {
        hasProblems = true
        problems.note(prefix + oneLine(key), text)
    }

    func remark(_ key: String, _ text: String) { problems.remark(prefix + oneLine(key), text) }

    private func note(_ key: String, _ text: String, _ slip: (TOMLSlip, line: Int)?) {
        guard let (slip, line) = slip else { return note(key, text) }
        hasProblems = true
        problems.note("line \(line)", "\(TOMLSlip.shown(slip.line)): \(text)")
    }

    private func take<Result>(
        _ key: String, allowed: String, required: Bool = false, meant: (Value?) -> [String] = Meant.values,
        _ read: (Value) throws(TextRefusal) -> Result?
    ) -> Result? {
        guard let (result, slip) = find(key, allowed: allowed, required: required, meant: meant, read) else {
            return nil
        }
        if let slip { problems.note(slip) }
        return result
    }

    /// The value of a key, and the slip in its line, which the caller has to note.
    ///
    /// Nil if the value is missing or wrong; that is noted here.
    ///
    /// - Parameter meant: what to write instead, as TOML, the likeliest first; the first that can be read is told.
    private func find<Result>(
        _ key: String, allowed: String, required: Bool, meant: (Value?) -> [String],
        _ read: (Value) throws(TextRefusal) -> Result?
    ) -> (Result, slip: (TOMLSlip, line: Int)?)? {
        func advice(_ value: Value?) -> String {
            let text = meant(value).first { text in
                TOMLDocument.value(text).flatMap { (try? read($0)) ?? nil } != nil
            }
            return text.map { "; write \(key) = \($0)" } ?? ""
        }
        known.append(key)
        guard let found = table?[key] else {
            let isMisspelt = (table?.keys ?? []).contains { KeyNames.mayMean($0, key) }
            if required, !isMisspelt { note(key, "is missing; allowed: \(allowed)\(advice(nil))") }
            return nil
        }
        let slip = problems.takeSlip(of: found)
        let value = slip.flatMap { _ in found.table?[TOMLSlip.mark] } ?? found
        do throws(TextRefusal) {
            if let result = try read(value) { return (result, slip) }
            note(key, "\(describe(value)); allowed: \(allowed)\(advice(value))", slip)
        } catch {
            note(key, "\(describe(value)): \(error.reason); allowed: \(allowed)\(advice(value))", slip)
        }
        return nil
    }
}

/// Describes a value, in words that follow its key.
private func describe(_ value: KeyedTable.Value) -> String {
    switch value.type {
    case .string: "is \(quoted(value.string ?? ""))"
    case .int: "is the whole number \(value.int ?? 0)"
    case .bool: "is \(value.bool ?? false)"
    case .double: "is a decimal number"
    case .array: value.array?.isEmpty == true ? "is an empty list" : "is a list"
    case .table: "is a table"
    case .date: "is a date without quotes"
    case .time: "is a time without quotes"
    case .dateTime: "is a date and time without quotes"
    }
}

extension Optional {
    fileprivate func filter(_ isGood: (Wrapped) -> Bool) -> Wrapped? { flatMap { isGood($0) ? $0 : nil } }
}

extension [KeyedTable] {
    /// All elements of a kind in the documents, in order; notes an id that is used twice.
    func elements<Kind: Identifiable<String>>(_ kind: String, _ read: (KeyedTable) -> Kind) -> [Kind] {
        var files: [String: String] = [:]
        return flatMap { $0.tables(kind) ?? [] }.map { table in
            let element = read(table)
            if !element.id.isEmpty, let file = files.updateValue(table.file, forKey: element.id) {
                let place = file == table.file ? "" : " in \(file)"
                table.note("id", "is used by an earlier \(kind)\(place) too; allowed: an id of its own for each")
            }
            return element
        }
    }
}
