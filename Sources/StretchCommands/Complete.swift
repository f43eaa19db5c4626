import ArgumentParser
import StretchBase
import StretchCore
import StretchFiles
import StretchSystem

/// `stretchd complete`: what can be typed next, for the shells' completions.
struct Complete: Command {
    static let configuration = CommandConfiguration(
        commandName: "complete", abstract: "Prints what the last word can become.", shouldDisplay: false)

    @Argument(parsing: .captureForPassthrough, help: "The words up to the cursor, without the program's name.")
    var words: [String] = []

    func run(in context: Context) throws {
        let lines = Completion(of: words, in: try Installation(context)).lines
        if !lines.isEmpty { try context.tell(lines.joined(separator: "\n")) }
    }
}

/// What the last word of a command line can become.
///
/// It must be there before a person notices, so the journal is not read.
struct Completion {
    /// A candidate a line, with a tab and what it means.
    ///
    /// A line that begins with a tab asks the shell for files, and has the ending of their names.
    private(set) var lines: [String] = []
    private let installation: Installation
    private let form: CommandForm

    init(of words: [String], in installation: Installation) {
        self.installation = installation
        let (given, word) = (words.dropLast(), words.last ?? "")
        if given.first == "help" {
            form = CommandForm(namedBy: given.dropFirst())
            offer(form.subcommands.map { ($0.commandName ?? "", $0.abstract) }, for: word)
            return
        }
        form = CommandForm(namedBy: given)
        // An option's value may be a word of its own, or stand behind a `=`.
        if let option = form.options.first(where: { $0.placeholder != nil && $0.names.contains(given.last ?? "") }) {
            offerValues(of: option, after: [], for: word)
            return
        }
        if let equals = word.firstIndex(of: "="), word.hasPrefix("--") {
            guard let option = form.options.first(where: { $0.names.contains(String(word[..<equals])) }) else { return }
            offerValues(of: option, after: [], for: String(word[word.index(after: equals)...]))
            // The shell asks for files itself, and knows what it asks for.
            lines = lines.map { $0.hasPrefix("\t") ? $0 : word[...equals] + $0 }
            return
        }
        let before = positionals(of: Array(given.dropFirst(form.words.count)))
        // What follows a word that is no command is unknown.
        guard form.subcommands.isEmpty || before.isEmpty else { return }
        if !word.hasPrefix("-") {
            offer(form.subcommands.map { ($0.commandName ?? "", $0.abstract) }, for: word)
            let positional =
                before.count < form.positionals.count ? form.positionals[before.count] : form.positionals.last
            if let positional, before.count < form.positionals.count || positional.isRepeating {
                offerValues(of: positional, after: before, for: word)
            }
        }
        // Where nothing else can follow, the options are what is left.
        guard lines.isEmpty, word.isEmpty || word.hasPrefix("-") else { return }
        let unused = form.options.filter { $0.isRepeating || !given.contains(where: $0.names.contains) }
        let version = form.words.isEmpty ? [("--version", "Says which version this is.")] : []
        let general = word.isEmpty ? [] : [("--help", "Explains the command.")] + version
        offer(
            unused.flatMap { option in option.names.filter { $0.hasPrefix("--") }.map { ($0, option.help) } } + general,
            for: word)
    }

    /// The words that are neither options nor their values.
    private func positionals(of words: [String]) -> [String] {
        let withValue = form.options.filter { $0.placeholder != nil }.flatMap(\.names)
        return words.indices.filter { index in
            !words[index].hasPrefix("-") && !(index > 0 && withValue.contains(words[index - 1]))
        }.map { words[$0] }
    }

    private mutating func offer(_ candidates: [(text: String, meaning: String)], for word: String) {
        lines += candidates.filter { $0.text.lowercased().hasPrefix(word.lowercased()) }
            .map { $0.meaning.isEmpty ? $0.text : "\($0.text)\t\($0.meaning)" }
    }

    // MARK: Values

    private mutating func offerValues(of argument: CommandForm.Argument, after given: [String], for word: String) {
        if let ending = argument.fileEnding { return lines.append("\t\(ending)") }
        let values: [(String, String)] =
            switch (argument.placeholder, form.words.first) {
            case ("routine", "guide"): given.isEmpty ? routines(orAlso: Routine.builtIn) : []
            case ("routine", _): given.isEmpty ? routines() : []
            case ("stretch", _): StretchList(configuration).entries.map { ($0.stretch.id, $0.stretch.title) }
            case ("day", _): days(["today", "yesterday"], for: word)
            case ("time", _): days(["today", "yesterday", "tomorrow"], for: word)
            case ("zone", _):
                ZoneReader(environment: installation.context.environment).names().sorted().map { ($0, "") }
            case ("span", "pause"): words(ofPauseAfter: given)
            case ("span", "snooze"): words(ofSnoozeAfter: given)
            default: argument.values.map { ($0, "") }
            }
        offer(values, for: word)
    }

    private var configuration: Configuration { installation.readConfiguration().configuration }

    private func routines(orAlso others: [Routine] = []) -> [(String, String)] {
        let own = configuration.routines
        return (own + others.filter { other in !own.contains { $0.id == other.id } }).map { ($0.id, oneLine($0.title)) }
    }

    /// Some words and the weekdays; the last two weeks for somebody who begins a date.
    private func days(_ names: [String], for word: String) -> [(String, String)] {
        guard word.first?.isNumber == true else {
            return (names + DayArgument.weekdays).map { ($0, "") }
        }
        guard let zone = try? installation.zone(tells: false) else { return [] }
        let today = Timetable(configuration, zone: zone).day(at: installation.now)
        return (0..<14).map { ((today - $0).description, HumanTime.weekday(today - $0)) }
    }

    private func words(ofPauseAfter given: [String]) -> [(String, String)] {
        let days = days(["today", "tomorrow"], for: "")
        return switch given.last {
        case nil: Self.spans(["1d", "3d", "1w"]) + [("today", "until tomorrow")] + Self.clauses(["from", "until"])
        case "from": [("yesterday", "")] + days
        case "until": days
        case "for": Self.spans(["1d", "3d", "1w"])
        default: given.contains { ["until", "for"].contains($0) } ? [] : Self.clauses(["until", "for"])
        }
    }

    private func words(ofSnoozeAfter given: [String]) -> [(String, String)] {
        let spans = Self.spans(["10min", "20min", "30min", "1h"])
        switch given.last {
        case nil: return routines() + spans + Self.clauses(["until"])
        case "for": return spans
        case "until":
            guard let zone = try? installation.zone(tells: false) else { return [] }
            // The coming full hours.
            return (1...6).map { hours in
                let time = zone.civil(installation.now + .hours(hours))
                return ("\(HumanTime.clock(time).prefix(2)):00", "")
            }
        case let word?: return configuration.routine(word) == nil ? [] : spans + Self.clauses(["until"])
        }
    }

    private static func spans(_ spans: [String]) -> [(String, String)] { spans.map { ($0, "how long") } }
    private static func clauses(_ words: [String]) -> [(String, String)] {
        words.map { ($0, "a day or a time follows") }
    }
}
