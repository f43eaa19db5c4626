import StretchBase

/// An option that a command does not have, with what was probably meant by it.
///
/// ArgumentParser proposes the option with the most similar letters. For `--csv` that would be `--to`.
struct UnknownOption: CustomStringConvertible {
    private let option: String
    private let command: String
    private let remedy: String

    /// Nil if this is another mistake, or if we know nothing better than ArgumentParser.
    ///
    /// - Parameters:
    ///   - message: ArgumentParser's message, with the usage of the command.
    ///   - arguments: the command line, which may have a value after the option.
    init?(in message: String, about arguments: [String]) {
        guard let match = message.firstMatch(of: /Unknown option '([^']*)'/),
            let usage = message.firstMatch(of: /Usage: stretchd ([a-z]+(?: [a-z]+)*)(.*)/),
            let remedy = UnknownOption.remedies[String(match.1)]?.first(where: { usage.2.contains($0.syntax) })
        else { return nil }
        option = String(match.1)
        command = String(usage.1)
        let value = arguments.drop { $0 != match.1 }.dropFirst().first { !$0.hasPrefix("-") } ?? "yesterday"
        let shown = value.contains(" ") ? quoted(value) : oneLine(value)
        self.remedy = remedy.words.replacing("VALUE", with: shown)
    }

    var description: String { "\(command) has no \(option); \(remedy)" }

    /// What to write in place of an option, for commands whose usage has this syntax.
    private typealias Remedy = (syntax: String, words: String)

    private static let remedies: [String: [Remedy]] = [
        "--csv": [("--format", "write --format csv"), ("", "stretchd export writes CSV")],
        "--json": [("--format", "write --format json"), ("", "stretchd status --json says how things stand")],
        "--output": toFile, "-o": toFile,
        "--since": [("--from", "write --from")],
        "--until": [("--to", "write --to"), ("until ", "write it without dashes: until")],
        "--from": [(" from ", "write it without dashes: from")],
        "--for": [("<span>", "give the span alone, such as 20min")],
        "--today": [("--day", "write --day today"), ("--from", "write --from today")],
        "--yesterday": [("--day", "write --day yesterday"), ("--from", "write --from yesterday")],
        "--day": day, "--date": day, "--on": day,
        "--days": [("--from", "name the first day, such as --from yesterday")],
        "--routine": [("<routine>", "name the routine without an option")],
        "--comment": [("--note", "write --note")],
        "--tz": [("--zone", "write --zone")], "--timezone": [("--zone", "write --zone")],
        "-n": [("--count", "write --count")],
    ]
    private static let toFile: [Remedy] = [("", "write it to a file with >, such as stretchd export >history.csv")]
    private static let day: [Remedy] = [
        ("--day", "write --day"), ("--at", "write --at VALUE"), ("--to", "write --from VALUE --to VALUE"),
        ("--from", "write --from VALUE"),
    ]
}
