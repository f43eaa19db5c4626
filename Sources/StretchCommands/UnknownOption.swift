/// An option that a command does not have, with what was probably meant by it.
///
/// ArgumentParser proposes the option with the most similar letters. For `--csv` that would be `--to`.
struct UnknownOption: CustomStringConvertible {
    private let option: String
    private let command: String
    private let remedy: String

    /// Nil if this is another mistake, or if we know nothing better than ArgumentParser.
    ///
    /// - Parameter message: ArgumentParser's message, with the usage of the command.
    init?(in message: String) {
        guard let match = message.firstMatch(of: /Unknown option '([^']*)'/),
            let usage = message.firstMatch(of: /Usage: stretchd ([a-z]+(?: [a-z]+)*)(.*)/),
            let remedy = UnknownOption.remedies[String(match.1)]?.first(where: { usage.2.contains($0.syntax) })
        else { return nil }
        option = String(match.1)
        command = String(usage.1)
        self.remedy = remedy.words
    }

    var description: String { "\(command) has no \(option); \(remedy)" }

    /// What to write in place of an option, for commands whose usage has this syntax.
    private typealias Remedy = (syntax: String, words: String)

    private static let remedies: [String: [Remedy]] = [
        "--csv": [("--format", "write --format csv"), ("", "stretchd export writes CSV")],
        "--json": [("--format", "write --format json"), ("", "stretchd status --json says how things stand")],
        "--html": [("--output", "a report is always HTML"), ("", "stretchd report writes HTML")],
        "--pdf": [("", "stretchd report writes HTML, which a browser prints")],
        "--output": toFile, "-o": toFile,
        "--since": first, "--after": first, "--start": first,
        "--until": last, "--till": last, "--before": last, "--end": last,
        "--from": [(" from ", "write it without dashes: from")],
        "--for": span, "--span": span, "--duration": span,
        "--today": [("--day", "write --day today"), ("--from", "write --from today")],
        "--yesterday": [("--day", "write --day yesterday"), ("--from", "write --from yesterday")],
        "--date": day, "--on": day,
        "--days": length, "--weeks": length, "--last": length,
        "--routine": [("<routine>", "name the routine without an option")],
        "--comment": [("--note", "write --note")], "--message": [("--note", "write --note")],
        "--tz": [("--zone", "write --zone")], "--timezone": [("--zone", "write --zone")],
        "--number": [("--count", "write --count")], "-n": [("--count", "write --count")],
    ]
    private static let toFile: [Remedy] = [("", "write it to a file with >, such as stretchd export >history.csv")]
    private static let first: [Remedy] = [("--from", "write --from")]
    private static let last: [Remedy] = [("--to", "write --to"), ("until ", "write it without dashes: until")]
    private static let span: [Remedy] = [("<span>", "give the span alone, such as 20min")]
    private static let day: [Remedy] = [
        ("--day", "write --day"), ("--at", "write --at"), ("--from", "write --from and --to"),
    ]
    private static let length: [Remedy] = [("--from", "name the first day, such as --from yesterday")]
}
