import StretchBase
import StretchCore

extension HistoryExport {
    /// RFC 4180: a header, then a line for each day and routine.
    ///
    /// Columns are only ever added.
    var csv: [UInt8] {
        var lines: [UInt8] = []
        lines.append(line: [
            "date", "routine", "state", "goal", "asked", "prompted", "done", "skipped", "late", "pain_before", "pain",
            "streak", "strength", "notes",
        ])
        for routine in routines {
            let id = cell(routine.routine.id)
            for entry in days(of: routine) {
                let tally = entry.tally
                lines.append(line: [
                    entry.day.description, id, entry.state.rawValue, "\(tally.goal)", "\(tally.asked)",
                    "\(tally.prompted)", "\(tally.done)", "\(tally.skipped)", "\(tally.late)",
                    tally.painBefore.map(String.init) ?? "", tally.pain.map(String.init) ?? "", "\(entry.streak)",
                    JSON.ratio(entry.strength).description,
                    tally.notes.isEmpty ? "" : cell(tally.notes.map(spaced).joined(separator: " | ")),
                ])
            }
        }
        return lines
    }
}

/// A note in a line of its own: what was several lines becomes one.
private func spaced(_ note: String) -> String {
    note.split(whereSeparator: { $0.isNewline || $0 == "\t" }).joined(separator: " ")
}

/// A text as a cell.
///
/// Spreadsheets would compute what begins like a formula, so that begins with an apostrophe; a full-width sign counts for
/// some of them.
private func cell(_ text: String) -> String {
    let text = oneLine(text)
    let isFormula = text.unicodeScalars.first.map { "=+-@＝＋－＠".unicodeScalars.contains($0) } ?? false
    let shown = isFormula ? "'" + text : text
    // By scalars, as it is read: for Swift a quote with a combining mark is another character.
    guard shown.unicodeScalars.contains(where: { $0 == "," || $0 == "\"" }) else { return shown }
    let parts = shown.unicodeScalars.split(separator: "\"", omittingEmptySubsequences: false)
    return "\"" + parts.map { String($0) }.joined(separator: "\"\"") + "\""
}

extension [UInt8] {
    fileprivate mutating func append(line cells: [String]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { append(UInt8(ascii: ",")) }
            append(contentsOf: cell.utf8)
        }
        append(contentsOf: [UInt8(ascii: "\r"), UInt8(ascii: "\n")])
    }
}
