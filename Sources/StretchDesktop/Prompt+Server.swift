internal import StretchCore

/// How a prompt is adapted to a server.
extension Prompt {
    /// The actions as the server gets them, in order.
    func actions(on server: Server) -> [(key: String, label: String)] {
        guard server.hasActions else { return [] }
        // The click comes first, because some servers take the first action for the click. A server without clicks gets
        // it, too, if there is only one other button, because it might take that button for the click. It draws the
        // click as a button.
        let hasClick = server.habits.click != nil || buttons.count == 1
        let first = hasClick ? [(Prompt.clickKey, clickLabel)] : []
        // If no buttons are drawn, all actions go into a menu, such as that of dunst or mako.
        let drawn = drawn(on: server)
        return first + (drawn.isEmpty ? buttons : drawn).map { ($0.action.rawValue, $0.label) }
    }

    /// The label of the click, which menus of actions show.
    private var clickLabel: String {
        guard let click else { return "Close" }
        return buttons.first { $0.action == click }?.label ?? "Show again"
    }

    /// What the key of an action stands for; nil if it stands for nothing.
    func action(of key: String) -> Action? { key == Prompt.clickKey ? click : Action(rawValue: key) }

    private static let clickKey = "default"

    func title(on server: Server) -> String { shownBrief(on: server)?.title ?? title }

    /// The body for this server, with words in place of the buttons that it does not draw.
    func body(on server: Server) -> String {
        let brief = shownBrief(on: server).map { drawn(on: server).isEmpty ? "\($0.body)\n\($0.hint)" : $0.body }
        let text = brief ?? fullBody(on: server)
        return server.readsMarkup ? text.escapedForMarkup : text
    }

    /// The picture for this server; nil with a brief body, because the picture would take the room of what must be in
    /// sight.
    func picture(on server: Server) -> Picture? { shownBrief(on: server) == nil ? picture : nil }

    private func shownBrief(on server: Server) -> Brief? { server.habits.cutsBody ? brief : nil }

    private func fullBody(on server: Server) -> String {
        let words = substitute(on: server) ?? ""
        // Without buttons, how to answer comes before what a routine consists of. In a guide it comes before what to do
        // in a hold, but only if the server cuts the body.
        let leads = drawn(on: server).isEmpty && (subject != .guide || server.habits.cutsBody && click == .again)
        return (leads ? [words, body] : [body, words]).filter { !$0.isEmpty }.joined(separator: "\n")
    }

    func urgency(on server: Server) -> Urgency {
        // A person waits for the pages of a guide. Other prompts that are so urgent would interrupt a talk on the full
        // screen.
        subject == .guide && !isPassing && server.habits.hidesWhatIsNotCritical ? .critical : urgency
    }

    private func drawn(on server: Server) -> [Button] {
        let room = server.hasActions ? server.habits.buttons : 0
        if buttons.count <= room { return buttons }
        return Array(buttons.filter { $0.action != dispensable }.prefix(room))
    }

    /// Words in place of the buttons that are not drawn, such as `Click to start · or: stretchd done, snooze, skip`.
    ///
    /// Nil if every button is drawn, or if there is no command for those that are not.
    private func substitute(on server: Server) -> String? {
        let drawn = drawn(on: server)
        let missing = buttons.filter { !drawn.contains($0) }
        let clicked = server.hasActions && server.habits.click != nil ? missing.first { $0.action == click } : nil
        let commands = commands(for: missing.filter { $0 != clicked || $0.purpose == nil })
        guard let gesture = server.habits.click, let purpose = clicked?.purpose else {
            guard let first = missing.first(where: { $0.command(for: self) != nil }) else { return nil }
            // The label already says what the command is for.
            return first.needsLabel(in: self) ? commands : (drawn.isEmpty ? "Run: " : "Or: ") + commands
        }
        return "\(gesture) to \(purpose)" + (commands.isEmpty ? "" : " · or: \(commands)")
    }

    /// The commands for the buttons, with labels where a command does not say what it is for.
    private func commands(for buttons: [Button]) -> String {
        var parts: [String] = []
        var joins: String?
        for button in buttons {
            guard let command = button.command(for: self) else { continue }
            let isLabelled = button.needsLabel(in: self)
            if !isLabelled, joins == command.program {
                parts[parts.count - 1] += ", \(command.word)"
            } else {
                parts.append((isLabelled ? "\(button.label): " : "") + "\(command.program) \(command.word)")
            }
            joins = isLabelled ? nil : command.program
        }
        return parts.joined(separator: " · ")
    }
}

extension Prompt.Button {
    /// The command that does the same as the button; nil if there is none.
    fileprivate func command(for prompt: Prompt) -> (program: String, word: String)? {
        let routine = prompt.routine.map { " \($0)" } ?? ""
        return switch action {
        case .start: ("stretchd", "guide\(routine)")
        case .done where prompt.subject != .guide: ("stretchd", "done\(routine)")
        case .snooze: ("stretchd", "snooze\(routine)")
        case .skip: ("stretchd", "skip\(routine)")
        case .pause, .info, .resume, .next, .stop, .done, .later, .gentle, .rest, .yes:
            ("stretchd guide", "--\(action.rawValue)")
        case .less, .more, .answer, .again: nil
        }
    }

    /// Whether the button's command does not say by itself what it is for.
    fileprivate func needsLabel(in prompt: Prompt) -> Bool {
        guard prompt.subject == .guide, let command = command(for: prompt) else { return false }
        return label.lowercased() != command.word.drop { $0 == "-" }
    }

    /// What the click is for, as in `Click to start`; nil if the click is not worth mentioning.
    fileprivate var purpose: String? {
        switch action {
        case .start: "start"
        case .next, .resume: "go on"
        case .gentle: "take the gentle routine"
        default: nil
        }
    }
}

extension String {
    /// The text with `& < >` escaped, scalar by scalar, as servers read it.
    ///
    /// For Swift, a `<` with a combining mark is another character.
    fileprivate var escapedForMarkup: String {
        unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
    }
}
