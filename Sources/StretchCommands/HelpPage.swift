import ArgumentParser
import StretchBase
import StretchTerminal

/// What `help` shows: all commands, or one of them.
///
/// Either fits a terminal of 80 columns and 24 lines.
struct HelpPage {
    private let form: CommandForm

    init(of form: CommandForm) { self.form = form }

    /// The page that ArgumentParser wants to show; nil if its message is no help.
    init?(for message: String) {
        guard let usage = message.firstMatch(of: /(?m)^USAGE: stretchd(.*)$/) else { return nil }
        form = CommandForm(namedBy: usage.1.split(separator: " ").map { String($0) })
    }

    private static let width = 80

    var text: String { (form.words.isEmpty ? overview : page).joined(separator: "\n") }

    /// A line for each command, with its group in front of the first one.
    private var overview: [String] {
        let rows = Stretchd.configuration.groupedSubcommands.flatMap { group in
            group.subcommands.map { $0.configuration }.filter(\.shouldDisplay).enumerated().map { index, command in
                [index == 0 ? group.name : "", command.commandName ?? "", command.abstract]
            }
        }
        let table = Table(rows, gap: "  ")
        return ["Usage: stretchd <command>; more: stretchd help <command>, man stretchd"]
            + rows.map { trimmed(table.text($0)) }
    }

    /// A command with its arguments and examples.
    private var page: [String] {
        let configuration = form.type.configuration
        let below = form.subcommands.map { ((form.words + [$0.commandName ?? ""]).joined(separator: " "), $0.abstract) }
        let entries = form.arguments.filter { !$0.help.isEmpty }.map { ($0.syntax, $0.help) } + below
        let indent = 2 + (entries.map(\.0.columns).max() ?? 0) + 2
        var lines = configuration.abstract.wrapped(to: HelpPage.width) + [""] + usage
        if !entries.isEmpty { lines.append("") }
        for (syntax, help) in entries {
            for (index, line) in help.wrapped(to: HelpPage.width - indent).enumerated() {
                lines.append(column(index == 0 ? "  \(syntax)" : "", indent) + line)
            }
        }
        // What is indented are examples, and stays as it is.
        for part in configuration.discussion.split(separator: "\n\n") {
            lines.append("")
            if part.hasPrefix(" ") {
                lines += ["Examples:"] + part.split(separator: "\n").map { String($0) }
            } else {
                lines += part.split(separator: "\n").joined(separator: " ").wrapped(to: HelpPage.width)
            }
        }
        return lines + ["", "All of it: man stretchd"]
    }

    /// The usage of the command, whose second line stands below the first argument.
    private var usage: [String] {
        let command = (["stretchd"] + form.words).joined(separator: " ")
        let head = "Usage: \(command)"
        let rest = Stretchd.usageString(for: form.type).dropFirst(command.count).drop { $0 == " " }
        // An option stays together with its value.
        let joint = "\u{A0}"
        let parts = String(rest).replacing(/\[[^\[\]]*\]/) { String($0.output).replacing(" ", with: joint) }
        let lines = parts.wrapped(to: HelpPage.width - head.columns - 1)
        if lines.isEmpty { return [head] }
        return lines.enumerated().map { index, line in
            (index == 0 ? head : blanks(head.columns)) + " " + line.replacing(joint, with: " ")
        }
    }
}
