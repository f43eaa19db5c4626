import ArgumentParser
import StretchBase
import StretchCore
import StretchDaemon

struct ExportCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Writes each day as CSV or JSON, for other programs.",
        discussion: """
            In the CSV a text that spreadsheets would take for a formula begins with an \
            apostrophe; the JSON has every text as it was noted.

              stretchd export >history.csv
              stretchd export morning --format json --from '1 Sep'
            """)

    @Argument(help: "Only this routine; also one that is not configured any more.")
    var routine: String?

    enum Format: String, CaseIterable, ExpressibleByArgument { case csv, json }

    @Option(help: ArgumentHelp("How to write it.", valueName: "csv|json"))
    var format = Format.csv

    @Option(help: ArgumentHelp("The first day; otherwise the first recorded one.", valueName: "day"))
    var from: String?

    @Option(help: ArgumentHelp("The last day; otherwise today.", valueName: "day"))
    var to: String?

    func run(in context: Context) throws {
        let workspace = try Workspace(in: context)
        let routines = try workspace.routinesToTell(named: routine)
        let span = try DaySpan(from: from, to: to, workspace)
        let export = HistoryExport(
            routines: routines, first: span.from, last: span.to ?? workspace.today, workspace: workspace)
        switch format {
        case .csv: try Output.write(export.csv, in: context)
        case .json: try context.tell(export.json.description)
        }
    }
}

/// The content of an export, before it is written as CSV or JSON.
struct HistoryExport {
    let routines: [RoutineHistory]
    let first: Day?
    let last: Day
    let workspace: Workspace

    /// CSV (RFC 4180): a header, then a line for each routine and day.
    ///
    /// Columns may be added, but never removed or renamed.
    var csv: [UInt8] {
        let head = [
            "date", "routine", "state", "goal", "asked", "prompted", "done", "skipped", "late", "pain_before", "pain",
            "streak", "strength", "notes",
        ]
        let lines = routines.flatMap { routine in
            let id = cell(routine.routine.id)
            return routine.history.recordedDays(from: first, to: last).map { entry in
                let tally = entry.tally
                return [
                    entry.day.description, id, entry.state.rawValue, "\(tally.goal)", "\(tally.asked)",
                    "\(tally.prompted)", "\(tally.done)", "\(tally.skipped)", "\(tally.late)",
                    tally.painBefore.map(String.init) ?? "", tally.pain.map(String.init) ?? "", "\(entry.streak)",
                    JSON.ratio(entry.strength).description,
                    tally.notes.isEmpty ? "" : cell(tally.notes.map(spaced).joined(separator: " | ")),
                ]
            }
        }
        return Array(([head] + lines).map { $0.joined(separator: ",") + "\r\n" }.joined().utf8)
    }

    /// JSON, as docs/export.schema.json describes it.
    ///
    /// Keys may be added, but never removed or renamed.
    var json: JSON {
        .object([
            "stretchd": .text(version), "made": .text(workspace.now.rfc3339(in: workspace.timetable.zone)),
            "from": .text(first?.description), "to": .text(last.description),
            "routines": .array(routines.map { $0.json(idKey: "id", from: first, to: last) }),
        ])
    }
}

/// A text as a CSV cell, quoted where needed.
///
/// Spreadsheets would compute a text that begins like a formula. So such a text gets an apostrophe in front. Some
/// spreadsheets also take the full-width signs for the beginning of a formula.
private func cell(_ text: String) -> String {
    let text = oneLine(text)
    let isFormula = text.unicodeScalars.first.map { "=+-@＝＋－＠".unicodeScalars.contains($0) } ?? false
    let shown = isFormula ? "'" + text : text
    // Look at scalars, as CSV readers do, because in Swift a quote with a combining mark is another character.
    guard shown.unicodeScalars.contains(where: { $0 == "," || $0 == "\"" }) else { return shown }
    let parts = shown.unicodeScalars.split(separator: "\"", omittingEmptySubsequences: false)
    return "\"" + parts.map { String($0) }.joined(separator: "\"\"") + "\""
}
