import Foundation
import TestHome
import TestSupport
import Testing

/// Whatever a message or a page tells somebody to run, to set or to read exists.
struct AdviceTests {
    /// The texts of the program, by file.
    private let messages: [(file: String, texts: [String])]

    init() throws {
        messages = try SwiftSource.literals(below: repository.appending(path: "Sources"))
        // Not silent because nothing was found.
        try #require(messages.map(\.texts.count).reduce(0, +) > 1000)
    }

    @Test func textsOfTheSourceAreFound() {
        let source = SwiftSource(
            ##"""
            let a = "one \(two("three") + (4)) five" // "six"
            let c = #"""# + "twelve"
            let b = #"seven "eight" \(nine)"# + "ten \"eleven\"" /* "thirteen" */
            """##)
        let texts = ["one … five", "three", "\"", "twelve", "seven \"eight\" \\(nine)", "ten \"eleven\""]
        #expect(source.literals == texts)
    }

    // MARK: Commands

    @Test func everyCommandThatAMessageNamesExists() throws {
        let commands = try Commands()
        for (file, texts) in messages {
            for text in texts { #expect(commands.mistakes(in: text) == [], "\(file): \(text)") }
        }
    }

    @Test func everyCommandThatAPageNamesExists() throws {
        let commands = try Commands()
        var pages = ["README.md", "CONTRIBUTING.md", "config.toml.example", "Makefile", "systemd/stretchd.service"]
        for directory in ["docs", "docs/adr", "scripts"] {
            pages += try FileManager.default.contentsOfDirectory(atPath: repository.appending(path: directory).path)
                .filter { $0.hasSuffix(".md") || $0.hasSuffix(".scd") || directory == "scripts" }
                .map { "\(directory)/\($0)" }
        }
        var count = 0
        for page in pages.sorted() where page != "docs/adr" {
            let text = try String(contentsOf: repository.appending(path: page), encoding: .utf8)
            for passage in Self.typed(in: text, of: page) {
                count += passage.ranges(of: "stretchd ").count
                #expect(commands.mistakes(in: passage) == [], "\(page): \(passage)")
            }
        }
        #expect(count > 50)
    }

    /// What a page shows to be typed; in prose "stretchd asks" is a sentence.
    private static func typed(in text: String, of page: String) -> [String] {
        guard page.hasSuffix(".md") || page.hasSuffix(".scd") else {
            return text.split(separator: "\n").map(String.init)
        }
        let fenced = text.matches(of: /(?m)^\s*```[a-z]*\n([\s\S]*?)^\s*```$/).map { String($0.1) }
        let prose = text.replacing(/(?m)^\s*```[a-z]*\n[\s\S]*?^\s*```$/, with: "")
        let indented = prose.matches(of: /(?m)^ {4}.*$/).map { String($0.0) }
        let marked =
            page.hasSuffix(".md")
            ? prose.matches(of: /`([^`]+)`/).map { String($0.1) }
            : prose.matches(of: /\*(stretchd [^*]+)\*/).map { String($0.1) }
        return fenced.flatMap { $0.split(separator: "\n").map(String.init) } + (page.hasSuffix(".md") ? indented : [])
            + marked.map { $0.replacing("\n", with: " ") }
    }

    @Test func theServiceThatAMessageNamesIsInstalled() throws {
        for (file, texts) in messages {
            for match in texts.flatMap({ $0.matches(of: /systemctl --user [a-z]+ ([\w.@-]+)/) }) {
                let unit = repository.appending(path: "systemd/\(match.1).service").path
                #expect(FileManager.default.fileExists(atPath: unit), "\(file): \(match.0)")
            }
        }
    }

    // MARK: Settings, variables and files

    @Test func everySettingThatAMessageNamesExists() throws {
        let keys = try ConfigurationKey.all
        let known = Set(keys.map(\.name)).union(["max_user_watches", "max_user_instances"])
        let tables = Set(keys.compactMap(\.header)).union(["[name]", "[[name]]"])
        for (file, texts) in messages {
            // One word alone is no message.
            for text in texts where text.contains(" ") {
                for match in text.matches(of: /[a-z]+(_[a-z]+)+/) {
                    #expect(known.contains(String(match.0)), "\(file): \(text)")
                }
                for match in text.matches(of: /\[+[a-z]+[a-z.]*\]+/) {
                    #expect(tables.contains(String(match.0)), "\(file): \(text)")
                }
            }
        }
    }

    @Test func everyVariableThatAMessageNamesIsInTheManual() throws {
        let manual = try ManualPage("stretchd.1").section("ENVIRONMENT")
        for (file, texts) in messages {
            for text in texts where text.contains(" ") {
                for match in text.matches(of: /\b[A-Z]+(_[A-Z]+)+\b/) {
                    #expect(manual.contains("*\(match.0)*"), "\(file): \(text)")
                }
            }
        }
    }

    @Test func everyPageAndDocumentThatAMessageNamesExists() throws {
        let pages = Set(try ManualPage.all.map(\.name))
        for (file, texts) in messages {
            for text in texts {
                for match in text.matches(of: /docs\/[\w.\/-]+\w/) {
                    let path = repository.appending(path: String(match.0)).path
                    #expect(FileManager.default.fileExists(atPath: path), "\(file): \(text)")
                }
                for match in text.matches(of: /(stretchd[a-z-]*)\(([0-9])\)/) {
                    #expect(pages.contains("\(match.1).\(match.2)"), "\(file): \(text)")
                }
                for match in text.matches(of: /man ([0-9]) (stretchd[a-z-]*)/) {
                    #expect(pages.contains("\(match.2).\(match.1)"), "\(file): \(text)")
                }
            }
        }
    }
}

/// The commands there are, with their options.
private struct Commands {
    private let options: [[String]: Set<String>]
    private let general: Set<String>

    init() throws {
        let program = try HelpDocument(of: CommandLineHome()).command
        general = Set(program.options)
        let hidden = (program.subcommands ?? []).filter { !$0.shouldDisplay }
            .map { (words: [$0.commandName], command: $0) }
        options = (hidden + program.runnable).reduce(into: [:]) { $0[$1.words] = Set($1.command.options) }
    }

    /// What somebody could not type of the commands that a text names.
    func mistakes(in text: String) -> [String] {
        text.matches(of: /(?:^|[^-\w.\/"])stretchd ((?:[a-z][a-z-]*|--?[a-z-]+)[^;|`"]*)/).flatMap { match in
            mistakes(inArguments: match.1.split(whereSeparator: \.isWhitespace).map(String.init))
        }
    }

    private func mistakes(inArguments words: [String]) -> [String] {
        // The name of the program at the beginning of a sentence.
        if words[0] == "is" { return [] }
        if words[0].hasPrefix("-") { return general.contains(words[0]) ? [] : ["no option \(words[0])"] }
        if words[0].hasPrefix("help") { return [] }
        let bare = words.map { $0.trimmingCharacters(in: .punctuationCharacters.subtracting(["-"])) }
        guard let command = [2, 1].map({ Array(bare.prefix($0)) }).first(where: { options[$0] != nil }) else {
            return ["no command \(words[0])"]
        }
        return bare.filter { $0.hasPrefix("--") && !general.union(options[command] ?? []).contains($0) }
            .map { "no option \($0) of \(command.joined(separator: " "))" }
    }
}
