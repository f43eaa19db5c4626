package import StretchBase

/// The file Checkmarks.csv of an export of Loop Habit Tracker: of one habit, or the one with a column for each.
///
/// Source: HabitsCSVExporter.kt and Entry.kt of iSoron/uhabits. Older versions write numbers in place of the words.
package struct LoopCheckmarks {
    /// The habits in the order of the file; the name is nil in the file of a single habit.
    package private(set) var habits: [(name: String?, marks: [Day: Mark])] = []

    /// What a habit's day says; the app was asking on each of these days.
    package struct Mark: Hashable, Sendable {
        package enum State: String, Sendable { case done, skipped, missed }

        package let state: State
        package let note: String?
    }

    package init(parsing text: String) throws(TextRefusal) {
        let rows = csvRows(text).filter { $0.contains { !$0.isEmpty } }
        guard let head = rows.first, head.first == "Date" || head.first.flatMap({ Day($0) }) != nil else {
            throw TextRefusal("this is no Checkmarks.csv of Loop Habit Tracker, which begins with Date")
        }
        let isSingle = head.dropFirst().first == "Value" || head.first != "Date"
        // The file of all habits has a comma at the end of each line.
        let names = isSingle ? [nil] : head.dropFirst().map(Optional.some).prefix { $0 != "" }
        habits = names.map { ($0, [:]) }
        for (index, row) in rows.enumerated() where index > 0 || head.first != "Date" {
            guard let day = Day(row[0]) else {
                let place = "row \(index + 1) begins with \"\(oneLine(row[0]))\""
                throw TextRefusal("\(place); allowed: a date such as 2026-11-22")
            }
            // A habit whose name has a comma makes two columns of the head, and one of the other lines.
            guard row.count > 1, isSingle || row.count == head.count else {
                throw TextRefusal(
                    "row \(index + 1) has fewer columns than the first row, as when the name of a habit "
                        + "has a comma; take the Checkmarks.csv in the directory of that habit instead")
            }
            for habit in habits.indices {
                guard let state = Self.state(row[habit + 1]) else { continue }
                let note = isSingle && row.count > 2 && !row[2].isEmpty ? row[2] : nil
                habits[habit].marks[day] = Mark(state: state, note: note)
            }
        }
    }

    /// What a value means; nil if nothing was recorded or expected on that day.
    private static func state(_ value: String) -> Mark.State? {
        switch value {
        case "YES_MANUAL", "2": .done
        case "SKIP", "3": .skipped
        case "NO", "0": .missed
        // A day that needed nothing more, or one without an answer.
        case "YES_AUTO", "1", "UNKNOWN", "-1", "": nil
        // A number of something, times a thousand.
        default: Int(value).map { $0 > 0 ? .done : .missed }
        }
    }
}

extension LoopCheckmarks {
    private static let idPrefix = "loop "

    /// Whether a record was imported from Loop; then its time of day, noon, means nothing.
    package static func isSource(of record: Record.ID) -> Bool { record.description.hasPrefix(idPrefix) }

    /// The records for the journal, in order of days, at noon.
    ///
    /// The same day of the same habit always has the same ids, so what is imported twice counts once.
    package static func records(of marks: [Day: Mark], for routine: String, in zone: Zone) -> [Record] {
        marks.sorted { $0.key < $1.key }.compactMap { day, mark in
            let noon = CivilTime(day: day, hour: 12, minute: 0)
            // A date that the zone skips has no noon.
            guard let instant = zone.resolve(noon)?.instant else { return nil }
            let kind: Record.Kind =
                switch mark.state {
                case .done: .done
                case .skipped: .skip
                // It was asked for and not done.
                case .missed: .prompted(closes: nil, reminder: false)
                }
            let occurrence = OccurrenceID(routine: routine, nominal: noon)
            var record = Record(
                id: RecordID("\(idPrefix)\(occurrence) \(mark.state)"), ts: Timestamp(instant, in: zone), kind: kind,
                subject: .occurrence(occurrence))
            record.day = day
            record.note = mark.note
            return record
        }
    }
}

/// The rows of a text in CSV (RFC 4180), whose lines may end in CR LF or LF.
private func csvRows(_ text: String) -> [[String]] {
    var (rows, row, cell): ([[String]], [String], String) = ([], [], "")
    var isQuoted = false
    var rest = text.unicodeScalars[...]
    if rest.first == "\u{FEFF}" { rest.removeFirst() }
    while let scalar = rest.popFirst() {
        switch scalar {
        case "\"" where isQuoted && rest.first == "\"":
            rest.removeFirst()
            cell.unicodeScalars.append(scalar)
        case "\"": isQuoted.toggle()
        case "," where !isQuoted:
            row.append(cell)
            cell = ""
        case "\r" where !isQuoted: break
        case "\n" where !isQuoted:
            rows.append(row + [cell])
            (row, cell) = ([], "")
        default: cell.unicodeScalars.append(scalar)
        }
    }
    return row.isEmpty && cell.isEmpty ? rows : rows + [row + [cell]]
}
