import StretchBase
import StretchCore
import StretchTerminal

extension History.State {
    func mark(on terminal: Terminal) -> String { terminal.paint([sign(on: terminal)]) }

    /// One character, in its colour.
    func sign(on terminal: Terminal) -> Terminal.Piece {
        let (symbol, letter, colour): (String, String, Terminal.Colour) =
            switch self {
            case .done: ("●", "D", .green)
            case .skipped: ("–", "-", .faint)
            case .free: ("·", ".", .faint)
            case .pending: ("◌", "~", .yellow)
            case .missed: ("○", "o", .red)
            }
        return Terminal.Piece(terminal.hasSymbols ? symbol : letter, colour)
    }
}

extension History.State {
    /// A day in words, such as `Mon 23 Nov: done`.
    func words(of day: Day, relativeTo today: Day) -> String {
        "\(HumanTime.weekday(day)) \(HumanTime.date(day, relativeTo: today)): \(rawValue)"
    }
}

extension History.Entry {
    /// The day in words, with its pain, such as `Mon 23 Nov: done, pain 5 before, 3 after`.
    func words(relativeTo today: Day) -> String {
        let pain = [tally.painBefore.map { "\($0) before" }, tally.pain.map { "\($0) after" }].compactMap(\.self)
        let words = state.words(of: day, relativeTo: today)
        return words + (pain.isEmpty ? "" : ", pain \(pain.joined(separator: ", "))")
    }
}

extension History {
    /// Such as `13 days since 9 Nov (longest 31)`.
    func streakWords(relativeTo today: Day) -> String {
        longest == 0 ? "no days yet" : "\(streakSince(relativeTo: today)) (longest \(longest))"
    }

    /// Such as `13 days since 9 Nov`.
    func streakSince(relativeTo today: Day) -> String {
        streakCount + (since.map { " since \(HumanTime.date($0, relativeTo: today))" } ?? "")
    }

    /// Such as `13 days`.
    var streakCount: String { longest == 0 ? "no days yet" : counted(streak, "day") }
}

/// Such as `1 file` and `2 files`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// The line without trailing blanks.
func trimmed(_ line: String) -> String {
    var line = line[...]
    while line.last == " " { line.removeLast() }
    return String(line)
}

/// A note on one line: newlines and tabs become spaces.
func spaced(_ note: String) -> String {
    note.split(whereSeparator: { $0.isNewline || $0 == "\t" }).joined(separator: " ")
}

/// A ratio from 0 to 1 in percent, such as `64 %`.
func percent(_ ratio: Double) -> String { "\(Int((ratio * 100).rounded())) %" }

extension RoutineHistory {
    /// A routine and its days, as `history` and `export` write it in JSON; the numbers are those of the last day.
    ///
    /// Keys may be added, but never removed or renamed.
    func json(idKey: String, from: Day?, to: Day) -> JSON {
        let closing = history.upTo(to)
        return .object([
            idKey: .text(routine.id), "title": .text(title), "streak": .integer(closing.streak),
            "since": .text(closing.since?.description), "longest": .integer(closing.longest),
            "strength": .ratio(closing.strength), "rate": closing.rate.map { .ratio($0) } ?? .null,
            "days": .array(history.recordedDays(from: from, to: to).map(\.json)),
        ])
    }
}

extension History.Entry {
    /// A day, as `history` and `export` write it in JSON.
    ///
    /// Keys may be added, but never removed or renamed.
    var json: JSON {
        .object([
            "date": .text(day.description), "state": .text(state.rawValue), "goal": .integer(tally.goal),
            "asked": .integer(tally.asked), "prompted": .integer(tally.prompted), "done": .integer(tally.done),
            "skipped": .integer(tally.skipped), "late": .integer(tally.late),
            "pain_before": tally.painBefore.map { .integer($0) } ?? .null,
            "pain": tally.pain.map { .integer($0) } ?? .null, "streak": .integer(streak),
            "strength": .ratio(strength), "notes": .array(tally.notes.map { .text($0) }),
        ])
    }
}
