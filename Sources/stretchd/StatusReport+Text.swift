import StretchCore

extension StatusReport {
    func text(on terminal: Terminal) -> String {
        let rows = routines.map { Row($0, in: situation) }
        let idWidth = rows.map(\.id.count).max() ?? 0
        let streakWidth = rows.map(\.streak.count).max() ?? 0
        let indent = String(repeating: " ", count: idWidth + 3)
        // The columns with three blanks between them; the days are two groups and the blank between these.
        let width = idWidth + 3 + streakWidth + 3 + Row.strengthWidth + 3 + StatusReport.dayCount + 1
        let fits = terminal.width.map { limit in rows.allSatisfy { width + 3 + $0.next.count <= limit } } ?? true
        var lines: [String] = []
        for row in rows {
            let columns = [
                terminal.paint(column(row.id, idWidth), .bold), column(row.streak, streakWidth), row.strength,
                marks(row.days, on: terminal),
            ]
            lines.append((columns + (fits ? [row.next] : [])).joined(separator: "   "))
            if !fits { lines.append(indent + row.next) }
            if let due = row.due { lines.append(indent + terminal.paint(due, .yellow)) }
        }
        let troubles = troubles.map { terminal.paint($0, .yellow) }
        return (lines + (troubles.isEmpty ? [] : [""]) + troubles).joined(separator: "\n")
    }

    /// The days in groups of seven: `●●●○●●● ●●●·●●●`.
    private func marks(_ days: [History.State], on terminal: Terminal) -> String {
        days.enumerated().map { index, state in
            (index > 0 && index % 7 == 0 ? " " : "") + terminal.paint(mark(state, on: terminal), colour(state))
        }.joined()
    }

    private func mark(_ state: History.State, on terminal: Terminal) -> String {
        switch state {
        case .done: terminal.hasSymbols ? "●" : "D"
        case .skipped: terminal.hasSymbols ? "–" : "-"
        case .free: terminal.hasSymbols ? "·" : "."
        case .pending: terminal.hasSymbols ? "◌" : "~"
        case .missed: terminal.hasSymbols ? "○" : "o"
        }
    }

    private func colour(_ state: History.State) -> Terminal.Colour? {
        switch state {
        case .done: .green
        case .missed: .red
        case .pending: .yellow
        case .skipped, .free: .faint
        }
    }
}

/// One routine in words.
private struct Row {
    let id: String
    let streak: String
    let strength: String
    static let strengthWidth = "strength 100 %".count
    let days: [History.State]
    let next: String
    let due: String?

    init(_ status: StatusReport.RoutineStatus, in situation: Situation) {
        let history = status.history
        id = status.routine.id
        days = history.states(ofLast: StatusReport.dayCount).map(\.state)
        strength = "strength \(rightColumn("\(Int((history.strength * 100).rounded()))", 3)) %"
        let asked = status.next.map { "next \(situation.planned($0.opens))" }
        let pause = status.pause
        next =
            pause.map { pause in
                ([pause.words(in: situation.timetable, at: situation.now)] + [asked].compactMap(\.self))
                    .joined(separator: ", ")
            } ?? asked ?? "nothing to come"
        let count = history.streak == 1 ? "1 day" : "\(history.streak) days"
        let since = history.since.map { " since \(HumanTime.date($0, relativeTo: history.today))" } ?? ""
        streak = history.longest == 0 ? "no days yet" : "\(count)\(since) (longest \(history.longest))"
        due = status.due.map { due in
            let (opens, closes) = (due.occurrence.opens, due.occurrence.closes)
            let since = opens <= situation.now ? "due since" : "asked early, due from"
            let span = "\(since) \(situation.planned(opens)) until \(situation.planned(closes))"
            // Until when it is paused stands above it.
            let reason = pause == nil ? Row.reason(due) : "paused"
            return ([span] + [reason].compactMap(\.self)).joined(separator: ": ")
        }
    }

    private static func reason(_ due: StatusReport.Due) -> String? {
        switch (due.state, due.reason) {
        case (.snoozed, let until?): "snoozed \(until)"
        case (.prompted, let reason?): "prompted, \(reason)"
        case (.prompted, nil), (.resting, nil): due.state.rawValue
        case (_, let reason): reason
        }
    }
}
