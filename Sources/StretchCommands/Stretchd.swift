import ArgumentParser
import Glibc
import StretchBase
import StretchCore
import StretchDaemon

struct Stretchd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stretchd",
        abstract: "Asks for your stretch at the right moment, leads you through it, and remembers it.",
        version: version,
        subcommands: [
            Run.self, Status.self, HistoryCommand.self, ReportCommand.self, ExportCommand.self, Next.self, Done.self,
            Skip.self, Snooze.self, Undo.self, Pause.self, Resume.self, Simulate.self, GuideCommand.self,
            Stretches.self, Try.self, Edit.self, Check.self, JournalCommand.self, Import.self,
            Reload.self, PlayCue.self, ReadSetting.self,
        ])
}

/// A command that works in a context.
protocol Command: ParsableCommand { func run(in context: Context) throws }

/// Runs a command line, without the program's name; returns its exit code.
package func run(_ arguments: [String], in context: Context) -> Int32 {
    // A file that exceeds the size limit must be an ordinary error and not end the process.
    signal(SIGXFSZ, SIG_IGN)
    do {
        var command = try Stretchd.parseAsRoot(arguments)
        if let command = command as? any Command { try command.run(in: context) } else { try command.run() }
        return EXIT_SUCCESS
    } catch {
        if let complaint = Complaint(error) {
            context.complain(complaint.description)
            return complaint.code.rawValue
        }
        // The error is ArgumentParser's. Help goes to the output, a usage mistake to stderr.
        let code = Stretchd.exitCode(for: error)
        let message = Stretchd.fullMessage(for: error, columns: nil)
        if let option = UnknownOption(in: message) {
            context.complain("\(option)")
            return code.rawValue
        }
        if !message.isEmpty { context.say(message, to: code.isSuccess ? context.output : context.error) }
        return code.rawValue
    }
}
