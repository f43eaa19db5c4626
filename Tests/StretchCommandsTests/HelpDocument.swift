import Foundation
import TestHome

/// What `--experimental-dump-help` says, as far as it matters here.
struct HelpDocument: Decodable {
    var command: Command

    init(of home: CommandLineHome) throws {
        let result = try home.run("--experimental-dump-help")
        self = try JSONDecoder().decode(HelpDocument.self, from: Data(result.out.utf8))
    }

    struct Command: Decodable {
        var commandName: String
        /// False for what only the program itself calls.
        var shouldDisplay: Bool
        var arguments: [Argument]?
        var subcommands: [Command]?

        /// What can be run below it, with the words to type: `status`, `journal verify`.
        var runnable: [(words: [String], command: Command)] {
            (subcommands ?? []).filter(\.shouldDisplay).flatMap { command in
                let below = command.runnable
                return below.isEmpty
                    ? [([command.commandName], command)]
                    : below.map { ([command.commandName] + $0.words, $0.command) }
            }
        }

        /// As they are written: `--json`, `-c`.
        var options: [String] {
            (arguments ?? []).flatMap { $0.names ?? [] }.compactMap { name in
                switch name.kind {
                case "long": "--\(name.name)"
                case "short": "-\(name.name)"
                default: nil
                }
            }
        }
    }

    struct Argument: Decodable {
        var names: [Name]?
    }

    struct Name: Decodable {
        var kind: String
        var name: String
    }
}
