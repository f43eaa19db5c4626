internal import StretchBase
internal import TOMLKit

/// Reads a text as TOML.
///
/// A line that TOML cannot read is noted. When it is clear what it means, reading goes on with that, so that all
/// problems of a file are found at once.
enum TOMLDocument {
    /// The top table; nil if a line makes no sense, which is noted.
    static func table(_ text: String, noting problems: ProblemList) -> TOMLTable? {
        var text = text
        for _ in 0..<mostSlips {
            do throws(TOMLFlaw) {
                return try parse(text)
            } catch {
                var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
                    .map(String.init)
                guard let mended = mend(lines, error) else {
                    problems.note(error.place, error.text(in: lines))
                    return nil
                }
                problems.keep(mended.slip, at: mended.index + 1)
                lines[mended.index] = mended.slip.reading(at: mended.index + 1)
                text = lines.joined(separator: "\n")
            }
        }
        problems.note("", "more than \(mostSlips) lines are no TOML; mend those above first")
        return nil
    }

    /// The limit on slips in one file, because for each the text is read some ten times.
    private static let mostSlips = 20

    static func parse(_ text: String) throws(TOMLFlaw) -> TOMLTable {
        if let (line, what) = TOMLHazard.first(in: text) { throw TOMLFlaw(line: line, what: what, isHazard: true) }
        do {
            return try TOMLTable(string: text)
        } catch {
            guard let error = error as? TOMLParseError else { throw TOMLFlaw(line: nil, what: "\(error)") }
            let begin = error.source.begin
            throw TOMLFlaw(line: begin.line, column: begin.column, what: error.description)
        }
    }

    /// The value of a text such as `"4h"` or `[1, 2]`; nil if TOML cannot read it.
    static func value(_ text: String) -> (any TOMLValueConvertible)? { (try? parse("x = \(text)"))?["x"] }

    /// The line to mend, and how; nil if no guess gets the reading any further.
    private static func mend(_ lines: [String], _ flaw: TOMLFlaw) -> (index: Int, slip: TOMLSlip)? {
        guard let line = flaw.line, line <= lines.count else { return nil }
        let here = line - 1
        // A string or a list that lacks its end is noticed in a later line only.
        let before = lines[..<here].lastIndex { !TOMLSlip.isEmpty($0) }
        var candidates = TOMLSlip.candidates(for: lines[here]).map { (here, $0) }
        if let before {
            candidates += TOMLSlip.candidates(for: lines[before]).map { (before, $0) }
            candidates += continuations(lines, at: before)
        }
        candidates += continuations(lines, at: here)
        return candidates.first { index, slip in
            var mended = lines
            mended[index] = slip.reading(at: index + 1)
            do throws(TOMLFlaw) {
                _ = try parse(mended.joined(separator: "\n"))
                return true
            } catch {
                return error.comes(after: flaw, mendedIn: index + 1)
            }
        }
    }
}

extension TOMLDocument {
    /// The slips that a line may have if a list is still open after it.
    private static func continuations(_ lines: [String], at index: Int) -> [(Int, TOMLSlip)] {
        guard let start = lines[...index].lastIndex(where: { $0.contains("=") && $0.contains("[") }) else { return [] }
        let list = lines[start...index].joined()
        guard list.utf8.count(where: { $0 == UInt8(ascii: "[") }) > list.utf8.count(where: { $0 == UInt8(ascii: "]") })
        else { return [] }
        return TOMLSlip.continuations(of: lines[index]).map { (index, $0) }
    }
}

/// Why TOML cannot read a text.
struct TOMLFlaw: Error {
    /// The line, counted from 1, as is the column; nil if the flaw concerns the whole text.
    let line: Int?
    var column: Int?
    let what: String
    /// Whether `TOMLHazard` found it, which reads all of the text before the parser sees any.
    var isHazard = false

    var place: String { line.map { "line \($0)" + (column.map { ", column \($0)" } ?? "") } ?? "" }

    func text(in lines: [String]) -> String {
        guard let line, line <= lines.count else { return what }
        let shown = TOMLSlip.shown(lines[line - 1])
        return [shown, isHazard ? what : words(of: shown, below: lines[..<(line - 1)])].filter { !$0.isEmpty }
            .joined(separator: ": ")
    }

    private func words(of shown: String, below lines: ArraySlice<String>) -> String {
        if what.contains("cannot redefine") { return repetition(of: shown, below: lines.map(TOMLSlip.shown)) }
        if shown.hasSuffix("=") { return "has no value; write one, or take the line out" }
        // The message of the parser begins with what it was reading. Only its end says what is wrong.
        let words = what.split(separator: ": ").last.map { String($0.prefix(200)) } ?? what
        return "\(words); allowed: TOML 1.0"
    }

    /// What to do about a key or a table that is there already.
    private func repetition(of shown: String, below lines: [String]) -> String {
        func place(_ index: Int?) -> String { index.map { ", in line \($0 + 1)" } ?? "" }
        let section = lines.lastIndex { $0.hasPrefix("[") } ?? 0
        func first(_ key: Substring) -> Int? {
            lines[section...].firstIndex { line in
                line.hasPrefix(key) && line.dropFirst(key.count).first.map { " =".contains($0) } == true
            }
        }
        if shown.hasPrefix("[[routine.steps]]") {
            return "the steps are there already\(place(first("steps"))); take that line out, or write these steps in it"
        }
        guard shown.hasPrefix("[") else {
            return "is there already\(place(first(shown.prefix { !" =".contains($0) }))); take one of them out"
        }
        let header = lines.firstIndex { $0 == shown }
        return "is there already\(place(header)); take this line out, and write what is below it there"
    }

    /// Whether the parser comes further than before, after a line was mended.
    ///
    /// - Parameter other: the flaw before.
    func comes(after other: TOMLFlaw, mendedIn mended: Int) -> Bool {
        guard let line, let old = other.line else { return false }
        // The line itself is not mended, but one above it. If that took the hazard away, this is a flaw of its own.
        if line == old { return mended < line && other.isHazard && !isHazard }
        return line > old || other.isHazard && !isHazard
    }
}
