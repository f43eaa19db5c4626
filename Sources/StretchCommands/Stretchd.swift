import ArgumentParser
import Glibc
import StretchBase
import StretchCore
import StretchDaemon
import StretchFiles

struct Stretchd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stretchd",
        abstract: "Asks for your stretch at the right moment, leads you through it, and remembers it.",
        version: version,
        groupedSubcommands: [
            CommandGroup(
                name: "Looking",
                subcommands: [
                    Status.self, LogCommand.self, HistoryCommand.self, Next.self, Simulate.self, ReportCommand.self,
                    ExportCommand.self,
                ]),
            CommandGroup(name: "Stretching", subcommands: [GuideCommand.self, Stretches.self]),
            CommandGroup(
                name: "Answering",
                subcommands: [Done.self, Skip.self, Snooze.self, Undo.self, Pause.self, Resume.self]),
            CommandGroup(name: "Settings", subcommands: [Setup.self, Edit.self, Check.self, Try.self]),
            CommandGroup(name: "Journal", subcommands: [JournalCommand.self, Import.self]),
            CommandGroup(
                name: "Daemon", subcommands: [Run.self, Reload.self, Complete.self, PlayCue.self, ReadSetting.self]),
        ])
}

/// A command that works in a context.
protocol Command: ParsableCommand { func run(in context: Context) throws }

/// Runs a command line, without the program's name; returns its exit code.
package func run(_ arguments: [String], in context: Context) -> Int32 {
    // A file that exceeds the size limit must be an ordinary error and not end the process.
    signal(SIGXFSZ, SIG_IGN)
    defer { context.complainNow() }
    // People type the word as often as the option.
    let arguments = arguments == ["version"] ? ["--version"] : arguments
    // What the shell asks to complete keeps its words.
    let words = arguments.first == "complete" ? arguments : UnquotedDay.joined(arguments)
    do {
        let commands = Stretchd.configuration.subcommands.map { $0.configuration }
        if let word = FirstWord(of: arguments, among: commands.compactMap(\.commandName)) {
            let routines = (try? Installation(context).readConfiguration().configuration.routines.map(\.id)) ?? []
            let displayed = commands.filter(\.shouldDisplay).compactMap(\.commandName)
            throw Complaint(.usage, word.remedy(commands: displayed, routines: routines))
        }
        var command = try Stretchd.parseAsRoot(words.isEmpty ? ["status"] : words)
        if let command = command as? any Command { try command.run(in: context) } else { try command.run() }
        if arguments.isEmpty { context.say("stretchd help lists all commands") }
        return EXIT_SUCCESS
    } catch {
        if let complaint = Complaint(error) {
            context.complain(complaint.description)
            return complaint.code.rawValue
        }
        // The error is ArgumentParser's. Help goes to the output, a usage mistake to stderr.
        let code = Stretchd.exitCode(for: error)
        let message = Stretchd.fullMessage(for: error, columns: nil)
        if message.isEmpty { return code.rawValue }
        if code.isSuccess {
            context.say(HelpPage(for: message)?.text ?? message)
        } else {
            let unknown = UnknownOption(in: message, about: words)
            context.complain(unknown?.description ?? UsageMistake(message).description)
        }
        return code.rawValue
    }
}
