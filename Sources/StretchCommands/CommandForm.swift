import ArgumentParser
import StretchBase

/// A command of the program with its arguments, as ArgumentParser describes it.
struct CommandForm {
    /// What to type after the program's name, such as `["journal", "verify"]`; empty for the program itself.
    let words: [String]
    let type: any ParsableCommand.Type
    /// What the command takes besides the options that all commands have.
    let arguments: [Argument]

    struct Argument {
        /// Such as `["--output", "-o"]`; empty for an argument without a name.
        let names: [String]
        /// What stands for its value, such as `day`; nil for a flag.
        let placeholder: String?
        let help: String
        let isRepeating: Bool
        /// The values there are, if they are few.
        let values: [String]
        /// The ending of the files that it takes, such as `.toml`; nil if it takes none.
        let fileEnding: String?
    }

    /// The command that is named by the first of these words, or by more of them.
    init(namedBy words: some Sequence<String>) {
        var (type, names): (any ParsableCommand.Type, [String]) = (Stretchd.self, [])
        for word in words {
            guard let next = type.configuration.subcommands.first(where: { $0.configuration.commandName == word })
            else { break }
            type = next
            names.append(word)
        }
        self.words = names
        self.type = type
        // One with commands below it has no arguments, and its description would be that of all of them.
        guard type.configuration.subcommands.isEmpty else {
            arguments = []
            return
        }
        let command = JSONObject(Array(type._dumpHelp().utf8))?.object("command")
        arguments = (command?.objects("arguments") ?? []).map(Argument.init).filter { !$0.names.contains("--help") }
    }

    var subcommands: [CommandConfiguration] {
        type.configuration.subcommands.map { $0.configuration }.filter(\.shouldDisplay)
    }

    /// The options and flags.
    var options: [Argument] { arguments.filter { !$0.names.isEmpty } }

    /// The arguments without a name.
    var positionals: [Argument] { arguments.filter(\.names.isEmpty) }
}

extension CommandForm.Argument {
    fileprivate init(_ argument: JSONObject) {
        names = (argument.objects("names") ?? []).compactMap { name in
            name.text("name").map { (name.text("kind") == "short" ? "-" : "--") + $0 }
        }
        placeholder = argument.text("kind") == "flag" ? nil : argument.text("valueName")
        help = argument.text("abstract") ?? ""
        isRepeating = argument.isTrue("isRepeating")
        let completion = argument.object("completionKind")
        values = argument.texts("allValues") ?? completion?.object("list")?.texts("values") ?? []
        fileEnding = completion?.object("file")?.texts("extensions").map { $0.first.map { ".\($0)" } ?? "" }
    }

    /// Such as `-o, --output <file>`.
    var syntax: String {
        let value = placeholder.map { "<\($0)>" }
        let short = names.filter { !$0.hasPrefix("--") }, long = names.filter { $0.hasPrefix("--") }
        return [(short + long).joined(separator: ", "), value].compactMap(\.self).filter { !$0.isEmpty }
            .joined(separator: " ")
    }
}
