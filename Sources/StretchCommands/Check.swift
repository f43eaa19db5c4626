import ArgumentParser
import Glibc
import StretchBase
import StretchCore
import StretchFiles
import StretchTerminal
import StretchUnix

struct Check: Command {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Says whether your settings are fine, and what they mean.",
        discussion: """
            Exit code 78 when something is wrong with them.

              stretchd check
              stretchd check physio.toml    another file, before you use it
            """)

    @Argument(
        help: "A file to look at instead; - is standard input.", completion: .file(extensions: ["toml"]))
    var file: String?

    func run(in context: Context) throws {
        let installation = try Installation(context)
        // Read the zone first, so that its problems are reported even when the file is wrong.
        let zone = try installation.zone()
        let configuration: Configuration
        do {
            configuration =
                try file.map(ConfigurationFile.read(argument:))
                ?? ConfigurationFile.read(installation.configurationPath)
        } catch FileError.failed(_, on: let path, errno: EISDIR) {
            throw Complaint(.badInput, "\(path) is a directory; \(advice(forDirectory: path, installation))")
        } catch let error as FileError {
            throw Complaint(.badInput, error)
        }
        let summary = ConfigurationSummary(configuration, file: configuration.file, at: installation.now, in: zone)
        var journal = JournalDirectory(path: installation.journalPath, host: nil)
        let diary = Diary(Timetable(configuration, zone: zone), journal.read().whole ?? Ledger())
        let remarks = ConfigurationRemarks(diary, at: installation.now).lines(on: context.terminal)
        try context.tell((summary.lines + remarks).joined(separator: "\n"))
    }

    private func advice(forDirectory path: String, _ installation: Installation) -> String {
        let inside = path.hasSuffix("/") ? "\(path)config.toml" : "\(path)/config.toml"
        if Path.resolved(inside) != nil { return "did you mean \(inside)?" }
        return "name a file, or none for the one in use, \(oneLine(installation.configurationPath))"
    }
}

extension ConfigurationRemarks {
    /// Each on a line of its own, or on more where the terminal is too narrow.
    func lines(on terminal: Terminal) -> [String] {
        lines.flatMap { terminal.wrapped("remark: \($0)", .yellow) }
    }
}
