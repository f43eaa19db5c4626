import ArgumentParser
import StretchBase

/// A usage mistake that ArgumentParser found, in the style of all complaints: one line that says what is allowed.
struct UsageMistake: CustomStringConvertible {
    let description: String

    /// - Parameter message: ArgumentParser's message, which ends with the usage of the command.
    init(_ message: String) {
        let parts = message.split(separator: "\nUsage: ", maxSplits: 1)
        let lines = (parts.first ?? "").split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("Help: ") }
        var text = lines.flatMap { $0.split(separator: " ") }.joined(separator: " ")
        if text.hasPrefix("Error: ") { text.removeFirst("Error: ".count) }
        // The usage begins with the words of the command; the rest of it may take more lines.
        let usage = (parts.last ?? "").prefix { !$0.isNewline }
        let form = CommandForm(namedBy: usage.split(separator: " ").dropFirst().map { String($0) })
        let command = form.words.isEmpty ? "stretchd" : form.words.joined(separator: " ")
        let help = (["stretchd help"] + form.words).joined(separator: " ")
        let words = UsageMistake.words(for: text, of: command, form)
        description = oneLine(words.hasSuffix("?") ? words : "\(words); see: \(help)")
    }

    private static func words(for text: String, of command: String, _ form: CommandForm) -> String {
        if let match = text.wholeMatch(of: /Unknown option '([^']*)'.*/) {
            let names = form.options.flatMap(\.names) + ["--help"] + (form.words.isEmpty ? ["--version"] : [])
            let near = Spelling.nearest(to: String(match.1), among: names)
            return "\(command) has no \(match.1)" + (near.map { "; did you mean \($0)?" } ?? "")
        }
        if let match = text.wholeMatch(of: /(?:Unexpected argument|[0-9]+ unexpected arguments:) '(.*?)'(?:, '.*)?/) {
            let near = Spelling.nearest(to: String(match.1), among: form.subcommands.compactMap(\.commandName))
            return "\(command) takes no \"\(match.1)\"" + (near.map { "; did you mean \($0)?" } ?? "")
        }
        if let match = text.wholeMatch(of: /Missing expected argument '(.*)'/) { return "\(command) needs \(match.1)" }
        if let match = text.wholeMatch(of: /Missing value for '(\S+) ?(.*)'/) {
            return "\(match.1) needs a value" + (match.2.isEmpty ? "" : ", \(match.2)")
        }
        if let match = text.wholeMatch(of: /The value '(.*)' is invalid for '(?:-., )?(\S+) .*/) {
            let values = form.options.first { $0.names.contains(String(match.2)) }?.values ?? []
            let remedy =
                if let first = values.first, let last = values.last, Int(first) != nil {
                    "allowed: \(first) to \(last)"
                } else {
                    values.isEmpty ? "allowed: a number" : Spelling.remedy(for: String(match.1), among: values)
                }
            return "\(match.2) is \"\(match.1)\"; \(remedy)"
        }
        if let match = text.wholeMatch(of: /Value to be set with flag '(\S+)'.* with flag '(\S+)'.*/) {
            return "\(match.2) and \(match.1) exclude each other"
        }
        // Others of ArgumentParser's messages are sentences.
        var words = text
        if words.hasSuffix(".") { words.removeLast() }
        guard words.dropFirst().first?.isLowercase == true else { return words }
        return words.prefix(1).lowercased() + words.dropFirst()
    }
}
