import StretchBase
import StretchCore
import StretchTerminal

extension StatusReport {
    /// The routines in columns, as many as the terminal has room for, the pauses to come, and the troubles.
    ///
    /// Above them is the moment that the report is about, if that is not the present.
    func text(on terminal: Terminal) -> String {
        let strengthWidth = routines.map { percent($0.history.strength).columns }.max() ?? 0
        let rows = routines.map { Row($0, strengthWidth: strengthWidth, in: workspace) }
        let limit = terminal.width ?? .max
        let shape = Shape.all.first { $0.width(of: rows) <= limit } ?? .narrowest
        let table = shape.table(of: rows)
        let below = rows.compactMap(\.due) + (shape.nextIsBelow ? rows.map(\.next) : [])
        // The lines below a routine begin under the second column, if they fit there.
        let second = table.width(before: 1)
        let isAligned = !shape.idIsAbove && below.allSatisfy { second + $0.columns <= limit }
        let indent = isAligned ? blanks(second) : Terminal.gap
        let lines = rows.flatMap { row in
            let end = [row.marks(on: terminal)] + (shape.nextIsBelow ? [] : [row.next])
            let line = terminal.paint(table.line(shape.cells(of: row) + end.map { Terminal.Piece($0) }))
            return (shape.idIsAbove ? [terminal.paint(row.id, .bold), indent + line] : [line])
                + (shape.nextIsBelow ? terminal.wrapped(row.next, indent: indent) : [])
                + (row.due.map { terminal.wrapped($0, .yellow, indent: indent) } ?? [])
        }
        // Outside a terminal the signs are letters, which nobody can guess.
        let legend = terminal.isTerminal || routines.isEmpty ? [] : ["", legend(on: terminal)]
        let heading = heading.map { terminal.wrapped($0) + [""] } ?? []
        let pauses = comingPauses.flatMap { terminal.wrapped($0.words) }
        let troubles = troubles.flatMap { terminal.wrapped($0, .yellow) }
        return (heading + lines + pauses + (troubles.isEmpty ? [] : [""]) + troubles + legend).joined(separator: "\n")
    }

    /// The signs of the days that are shown, and what they mean.
    private func legend(on terminal: Terminal) -> String {
        let shown = Set(routines.flatMap { $0.history.states(ofLast: StatusReport.dayCount).map(\.state) })
        let signs = History.State.inOrder.filter(shown.contains)
            .map { "\($0.mark(on: terminal)) \($0.rawValue)" }
        return "the days: \(signs.joined(separator: ", "))"
    }

    /// The same for screen readers: one thing a line, a line for each day, and no sign that would have to be spelt out.
    var plainText: String {
        let blocks = routines.map { status in
            let row = Row(status, strengthWidth: 0, in: workspace)
            let history = status.history
            let today = history.today
            return [
                row.id, history.streakWords(relativeTo: today), row.strength, row.next, row.due,
            ].compactMap(\.self)
                + history.states(ofLast: StatusReport.dayCount).map { $0.state.words(of: $0.day, relativeTo: today) }
        }
        return ([heading.map { [$0] } ?? []] + blocks + [comingPauses.map(\.words), troubles]).filter { !$0.isEmpty }
            .map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }
}

/// One routine in words.
private struct Row {
    let id: String
    let history: History
    let strength: String
    let next: String
    let due: String?

    init(_ status: StatusReport.RoutineStatus, strengthWidth: Int, in workspace: Workspace) {
        id = status.routine.id
        history = status.history
        strength = "strength " + rightColumn(percent(history.strength), strengthWidth)
        let pause = status.pause?.words(in: workspace.timetable, at: workspace.now)
        let coming = [pause, status.next.map { "next \(workspace.planned($0.opens))" }].compactMap(\.self)
        next = coming.isEmpty ? "nothing to come" : coming.joined(separator: ", ")
        due = status.due.flatMap { due in
            // It is not due any more if the pause lasts until it closes.
            if let pause = status.pause, due.closes <= pause.end { return nil }
            let since = due.opens <= workspace.now ? "due since" : "asked early, due from"
            let span = "\(since) \(workspace.planned(due.opens)) until \(workspace.planned(due.closes))"
            let reason = Row.reason(due.state, due.reason.words(in: workspace.timetable, at: workspace.now))
            // The line above says how long the pause lasts.
            let state = pause == nil ? reason : "paused"
            return [span, state].compactMap(\.self).joined(separator: ": ")
        }
    }

    private static func reason(_ state: Due.State, _ words: String?) -> String? {
        switch (state, words) {
        case (.snoozed, let until?): "snoozed \(until)"
        case (.prompted, nil): "on the screen"
        case (_, let reason): reason
        }
    }

    /// The days in groups of seven: `●●●○●●● ●●●·●●●`.
    func marks(on terminal: Terminal) -> String {
        history.states(ofLast: StatusReport.dayCount).enumerated().map { index, entry in
            (index > 0 && index % 7 == 0 ? " " : "") + entry.state.mark(on: terminal)
        }.joined()
    }
}

/// The form of the table, chosen by the room there is.
///
/// With less room, it drops more and more of what `history` shows too. If that is not enough, it moves `next` below
/// the row, where it may drop less. At last it moves the id above the row.
private struct Shape {
    enum Streak { case inFull, since, count }

    var streak = Streak.inFull
    var hasStrength = true
    var nextIsBelow = false
    var idIsAbove = false

    static let all = [false, true].flatMap { nextIsBelow in
        [
            Shape(nextIsBelow: nextIsBelow), Shape(streak: .since, nextIsBelow: nextIsBelow),
            Shape(streak: .count, nextIsBelow: nextIsBelow),
            Shape(streak: .count, hasStrength: false, nextIsBelow: nextIsBelow),
        ]
    }
    static let narrowest = Shape(streak: .count, hasStrength: false, nextIsBelow: true, idIsAbove: true)

    /// What stands before the days.
    func cells(of row: Row) -> Terminal.Line {
        let words =
            switch streak {
            case .inFull: row.history.streakWords(relativeTo: row.history.today)
            case .since: row.history.streakSince(relativeTo: row.history.today)
            case .count: row.history.streakCount
            }
        return (idIsAbove ? [] : [Terminal.Piece(row.id, .bold)]) + [Terminal.Piece(words)]
            + (hasStrength ? [Terminal.Piece(row.strength)] : [])
    }

    func table(of rows: [Row]) -> Table { Table(rows.map { cells(of: $0).map(\.text) }) }

    /// The width of the widest line.
    func width(of rows: [Row]) -> Int {
        // The days are two groups with a blank between them.
        let next = nextIsBelow ? 0 : Terminal.gap.columns + (rows.map(\.next.columns).max() ?? 0)
        return table(of: rows).width() + StatusReport.dayCount + 1 + next
    }
}
