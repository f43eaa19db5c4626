internal import StretchBase
internal import TOMLKit

/// One table of the file, read key by key.
///
/// A good value goes to its target. A missing value leaves the default there. A wrong value is noted and reading goes
/// on, so that all problems are found at once.
final class KeyedTable {
    /// Goes before the keys in messages: `prompt.`, `routine "morning": `, or nothing at the top.
    var prefix: String
    private let table: TOMLTable?
    private let problems: ProblemList
    private var known: [String] = []

    init(_ table: TOMLTable?, prefix: String, problems: ProblemList) {
        self.table = table
        self.prefix = prefix
        self.problems = problems
    }

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
        let value = take(key, allowed: allowed) { value throws(Refusal) -> Duration? in
            guard let text = value.string else { return nil }
            do throws(SyntaxError) {
                return try Optional(TimeSpan.parse(text)).filter(range.contains)
            } catch {
                throw Refusal(error)
            }
        }
        if let value { target = value }
    }

    /// A time of day such as `"04:00"`, as the time since midnight.
    func timeOfDay(_ key: String, into target: inout Duration, upTo last: Duration) {
        let allowed = "a time in quotes from \"00:00\" to \"\(padded(Int(last.components.seconds) / 3600, 2)):00\""
        let value = take(key, allowed: allowed) { value -> Duration? in
            value.string.flatMap { CivilTime("1970-01-01T\($0)") }
                .map { .microseconds($0.microsecondOfDay) }.filter { $0 <= last }
        }
        if let value { target = value }
    }

    func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, into target: inout Choice)
    where Choice.RawValue == String {
        let allowed = Choice.allCases.map { quoted($0.rawValue) }.joined(separator: ", ")
        if let value = take(key, allowed: allowed, { $0.string.flatMap(Choice.init) }) { target = value }
    }

    func text(
        _ key: String, into target: inout String, required: Bool = false, allowed: String,
        where isGood: (String) -> Bool
    ) {
        let value = take(key, allowed: allowed, required: required) { $0.string.filter(isGood) }
        if let value { target = value }
    }

    /// Reads a list of texts, each converted by `read`; a single text may stand without brackets.
    ///
    /// - Parameter readTable: converts a table in the list; nil: tables are not allowed.
    func list<Element>(
        _ key: String, into target: inout [Element], required: Bool = false, allowed: String,
        _ read: (String) throws(Refusal) -> Element, table readTable: ((KeyedTable) -> Element)? = nil
    ) {
        let values = take(key, allowed: allowed, required: required) { value -> [(String, any TOMLValueConvertible)]? in
            if value.type == .string { return [(key, value)] }
            guard let array = value.array, !(required && array.isEmpty) else { return nil }
            return array.enumerated().map { ("\(key)[\($0 + 1)]", $1) }
        }
        guard let values else { return }
        target = values.compactMap { place, value in
            if let readTable, let table = value.table {
                return readTable(KeyedTable(table, prefix: "\(prefix)\(place): ", problems: problems))
            }
            guard let text = value.string else {
                note(place, "\(describe(value)); allowed: \(allowed)")
                return nil
            }
            do throws(Refusal) {
                return try read(text)
            } catch {
                note(place, "\(quoted(text)): \(error.reason)")
                return nil
            }
        }
    }

    /// The table under a key; an empty one if the key is missing, so that its defaults are read.
    func table(_ key: String) -> KeyedTable {
        let value = take(key, allowed: "a table: write [\(key)]", { $0.table })
        return KeyedTable(value, prefix: "\(prefix)\(key).", problems: problems)
    }

    /// The tables written `[[key]]`; nil when there is none.
    func tables(_ key: String) -> [KeyedTable]? {
        take(key, allowed: "tables, each beginning with a line [[\(key)]]") { value in
            guard let array = value.array, !array.isEmpty else { return nil }
            let tables = array.compactMap { $0.table }
            guard tables.count == array.count else { return nil }
            return tables.enumerated().map {
                KeyedTable($1, prefix: "\(prefix)\(key) #\($0 + 1): ", problems: problems)
            }
        }
    }

    /// Notes all keys as unknown that were not read before this call.
    func finish(unknown: String = "unknown key") {
        for key in table?.keys ?? [] where !known.contains(key) {
            let remedy =
                Spelling.nearest(to: key, among: known).map { "did you mean \($0)?" }
                ?? "allowed: \(known.joined(separator: ", "))"
            note(key, "\(unknown); \(remedy)")
        }
    }

    /// The name of the file that has the table.
    var file: String { problems.file }

    func note(_ key: String, _ text: String) {
        problems.note(prefix + oneLine(key), text)
    }

    /// Why a text is refused; messages show it after the text and a colon.
    struct Refusal: Error {
        let reason: String
        init(_ reason: String) { self.reason = reason }
        init(_ error: SyntaxError) {
            reason = "column \(error.offset + 1): \(error.problem)" + (error.hint.map { "; \($0)" } ?? "")
        }
    }

    private func take<Value>(
        _ key: String, allowed: String, required: Bool = false,
        _ read: (any TOMLValueConvertible) throws(Refusal) -> Value?
    ) -> Value? {
        known.append(key)
        guard let value = table?[key] else {
            if required { note(key, "is missing; allowed: \(allowed)") }
            return nil
        }
        do throws(Refusal) {
            if let result = try read(value) { return result }
            note(key, "\(describe(value)); allowed: \(allowed)")
        } catch {
            note(key, "\(describe(value)): \(error.reason); allowed: \(allowed)")
        }
        return nil
    }
}

/// Describes a value, in words that follow its key.
private func describe(_ value: any TOMLValueConvertible) -> String {
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

extension KeyedTable {
    /// The top table of a document; nil, with a note, when it is not valid TOML.
    convenience init?(document text: String, problems: ProblemList) {
        if let hazard = TOMLHazard(in: text) {
            problems.note(hazard.line.map { "line \($0)" } ?? "", hazard.what)
            return nil
        }
        do {
            self.init(try TOMLTable(string: text), prefix: "", problems: problems)
        } catch let error as TOMLParseError {
            let place = error.source.begin
            problems.note(
                "line \(place.line), column \(place.column)", "\(error.description.prefix(200)); allowed: TOML 1.0")
            return nil
        } catch {
            problems.note("", "\(error)")
            return nil
        }
    }
}

extension KeyedTable {
    /// Reads the id of the routine or stretch, and puts it into the prefix of later messages; empty: missing or wrong.
    func id(of kind: String) -> String {
        var id = ""
        text("id", into: &id, required: true, allowed: ConfigurationReader.idRule, where: ConfigurationReader.isID)
        if !id.isEmpty { prefix = "\(kind) \(quoted(id)): " }
        return id
    }
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
