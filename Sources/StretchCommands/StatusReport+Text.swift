import StretchBase
import StretchCore
import StretchTerminal

extension StatusReport {
    func text(on terminal: Terminal) -> String {
        let rows = routines.map { Row($0, in: workspace) }
        let table = Table(rows, on: terminal)
        let troubles = troubles.flatMap { terminal.wrapped($0, .yellow) }
        return (rows.flatMap(table.lines) + (troubles.isEmpty ? [] : [""]) + troubles).joined(separator: "\n")
    }
}

/// One routine in words.
private struct Row {
    let id: String
    let history: History
    let next: String
    let due: String?

    init(_ status: StatusReport.RoutineStatus, in workspace: Workspace) {
        id = status.routine.id
        history = status.history
        let asked = status.next.map { "next \(workspace.planned($0.opens))" }
        let pause = status.pause
        next =
            pause.map { pause in
                ([pause.words(in: workspace.timetable, at: workspace.now)] + [asked].compactMap(\.self))
                    .joined(separator: ", ")
            } ?? asked ?? "nothing to come"
        due = status.due.map { due in
            let since = due.opens <= workspace.now ? "due since" : "asked early, due from"
            let span = "\(since) \(workspace.planned(due.opens)) until \(workspace.planned(due.closes))"
            // The line above says how long the pause lasts.
            let reason =
                pause == nil
                ? Row.reason(due.state, due.reason.words(in: workspace.timetable, at: workspace.now)) : "paused"
            return ([span] + [reason].compactMap(\.self)).joined(separator: ": ")
        }
    }

    private static func reason(_ state: Due.State, _ words: String?) -> String? {
        switch (state, words) {
        case (.snoozed, let until?): "snoozed \(until)"
        case (.prompted, let reason?): "prompted, \(reason)"
        case (.prompted, nil), (.resting, nil): state.rawValue
        case (_, let reason): reason
        }
    }

    /// Such as `64 %`.
    var strength: String { percent(history.strength) }

    /// The days in groups of seven: `●●●○●●● ●●●·●●●`.
    func marks(on terminal: Terminal) -> String {
        history.states(ofLast: StatusReport.dayCount).enumerated().map { index, entry in
            (index > 0 && index % 7 == 0 ? " " : "") + entry.state.mark(on: terminal)
        }.joined()
    }
}

/// The routines in columns, as many as the terminal has room for.
private struct Table {
    private let terminal: Terminal
    private let shape: Shape
    private let idWidth: Int
    private let streakWidth: Int
    private let strengthWidth: Int
    /// The indent of the lines below a routine.
    private let indent: String

    /// The form of the table, chosen by the room there is.
    ///
    /// With less room, it first drops what `history` shows too. Then it moves `next` below the row, and last the id
    /// above it.
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

        func streak(of row: Row) -> String {
            switch streak {
            case .inFull: row.history.streakWords(relativeTo: row.history.today)
            case .since: row.history.streakSince(relativeTo: row.history.today)
            case .count: row.history.streakCount
            }
        }

        func streakWidth(of rows: [Row]) -> Int { rows.map { streak(of: $0).columns }.max() ?? 0 }

        static let strength = "strength "
        func strengthWidth(of rows: [Row]) -> Int { rows.map(\.strength.columns).max() ?? 0 }

        /// The width of the widest line.
        func width(of rows: [Row]) -> Int {
            // The days are two groups with a blank between them.
            let id = rows.map(\.id.columns).max() ?? 0
            let strength = hasStrength ? [Shape.strength.columns + strengthWidth(of: rows)] : []
            let next = nextIsBelow ? [] : [rows.map(\.next.columns).max() ?? 0]
            let columns = [id, streakWidth(of: rows)] + strength + [StatusReport.dayCount + 1] + next
            return columns.reduce(0, +) + (columns.count - 1) * Terminal.gap.columns
        }
    }

    init(_ rows: [Row], on terminal: Terminal) {
        self.terminal = terminal
        let limit = terminal.width ?? .max
        let shape = Shape.all.first { $0.width(of: rows) <= limit } ?? .narrowest
        let idWidth = rows.map(\.id.columns).max() ?? 0
        let deep = column("", idWidth) + Terminal.gap
        let below = rows.compactMap(\.due) + (shape.nextIsBelow ? rows.map(\.next) : [])
        let isAligned = !shape.idIsAbove && below.allSatisfy { deep.columns + $0.columns <= limit }
        indent = isAligned ? deep : Terminal.gap
        self.shape = shape
        self.idWidth = idWidth
        streakWidth = shape.streakWidth(of: rows)
        strengthWidth = shape.strengthWidth(of: rows)
    }

    func lines(of row: Row) -> [String] {
        let id = terminal.paint(column(row.id, shape.idIsAbove ? 0 : idWidth), .bold)
        var columns = shape.idIsAbove ? [] : [id]
        columns.append(column(shape.streak(of: row), streakWidth))
        if shape.hasStrength { columns.append(Shape.strength + rightColumn(row.strength, strengthWidth)) }
        columns.append(row.marks(on: terminal))
        if !shape.nextIsBelow { columns.append(row.next) }
        let line = columns.joined(separator: Terminal.gap)
        return (shape.idIsAbove ? [id, indent + line] : [line])
            + (shape.nextIsBelow ? terminal.wrapped(row.next, indent: indent) : [])
            + (row.due.map { terminal.wrapped($0, .yellow, indent: indent) } ?? [])
    }
}
