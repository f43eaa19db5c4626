import ArgumentParser
import Glibc
import StretchBase
import StretchCore
import StretchFiles
import StretchUnix

/// `stretchd edit`: the person's own editor, and `check` after it.
struct Edit: Command {
    static let configuration = CommandConfiguration(
        commandName: "edit", abstract: "Opens your settings in your editor, then checks them.",
        discussion: """
            Without settings you start from the example, which has every setting with its \
            default; if you change nothing in it, there are none afterwards either.

              stretchd edit
              EDITOR=nano stretchd edit    in another editor than yours
            """)

    func run(in context: Context) throws {
        let installation = try Installation(context)
        let path = installation.configurationPath
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
            throw Complaint(.badInput, "edit needs a terminal; your settings are \(oneLine(path))")
        }
        let zone = try installation.zone()
        let editor = try Editor(environment: context.environment)
        let isNew = try makeFromExample(path)
        while true {
            do { try editor.edit(path) } catch {
                if isNew { removeIfUnchanged(path) }
                throw error
            }
            if isNew, removeIfUnchanged(path) { return try context.tell("nothing changed; the defaults stay in force") }
            do {
                let configuration = try ConfigurationFile.read(path)
                let summary = ConfigurationSummary(
                    configuration, file: configuration.file, at: installation.now, in: zone)
                return try context.tell(summary.lines.joined(separator: "\n"))
            } catch let error as ConfigurationError {
                context.complain("\(error)")
                guard wantsToGoOn(in: context) else {
                    throw Complaint(.badConfiguration, "left as it is; it is not in force before it is mended")
                }
            }
        }
    }

    /// Writes the example where no settings are; returns false if there are some.
    private func makeFromExample(_ path: String) throws -> Bool {
        // A link to a missing file stays, because the editor creates that file.
        guard access(path, F_OK) != 0, errno == ENOENT, Path.isAbsent(path) else { return false }
        try Complaint.ifFailed(.notWritten, "not written") { try ConfigurationFile.makeDirectory(for: path) }
        try Output.write(Self.example, toFile: path, replacing: false)
        return true
    }

    private static let example = PackageResources.config_toml_example

    /// Removes new settings that are still the example; returns false if they are not.
    @discardableResult
    private func removeIfUnchanged(_ path: String) -> Bool {
        guard let file = try? Descriptor(path, O_RDONLY), let text = try? file.readToEnd(atMost: Self.example.count + 1)
        else { return false }
        return text == Self.example && unlink(path) == 0
    }

    private func wantsToGoOn(in context: Context) -> Bool {
        print("Edit again? [Y/n] ", terminator: "")
        fflush(nil)
        // Without an answer, such as at Ctrl-D, the file stays as it is.
        guard let answer = readLine() else { return false }
        return !answer.lowercased().hasPrefix("n")
    }
}

/// The person's editor.
private struct Editor {
    /// As the shell reads it: a program, perhaps with arguments.
    private let command: String

    /// Takes the editor of VISUAL or EDITOR, or else the first one of a short list that is in PATH.
    init(environment: [String: String]) throws {
        let named = ["VISUAL", "EDITOR"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        let directories = (environment["PATH"] ?? "").split(separator: ":")
        let found = ["sensible-editor", "editor", "nano", "vim", "vi"].first { name in
            directories.contains { access("\($0)/\(name)", X_OK) == 0 }
        }
        guard let command = named ?? found else {
            throw Complaint(.badInput, "no editor was found; name yours, such as: EDITOR=nano stretchd edit")
        }
        self.command = command
    }

    /// Returns when the editor has ended.
    func edit(_ path: String) throws {
        // system(3) leaves the terminal to the editor, and Ctrl-C as well.
        let status = system("\(command) '\(path.replacing("'", with: "'\\''"))'")
        let (signal, code) = (status & 0x7f, status >> 8 & 0xff)
        // The shell around the editor may end with Ctrl-C, too.
        guard status != 0, signal != SIGINT else { return }
        let how =
            status < 0 ? "could not be started" : signal != 0 ? "was ended by signal \(signal)" : "failed with \(code)"
        throw Complaint(
            .badInput, "the editor, \(oneLine(command)), \(how); name another, such as: EDITOR=nano stretchd edit")
    }
}
