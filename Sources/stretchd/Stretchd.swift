import ArgumentParser
import StretchBase
import StretchCore
import StretchDaemon
import StretchSystem

@main
struct Stretchd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stretchd",
        abstract: "Asks for your stretch at the right moment, leads you through it, and remembers it.",
        version: version,
        subcommands: [
            Run.self, Status.self, HistoryCommand.self, ReportCommand.self, ExportCommand.self, Next.self, Done.self,
            Skip.self,
            Snooze.self, Undo.self, Pause.self, Resume.self, Simulate.self, GuideCommand.self, Stretches.self, Try.self,
            Check.self, JournalCommand.self, Reload.self, PlayCue.self, ReadSetting.self,
        ])

    static func main() {
        StandardStreams.open()
        requireUTF8()
        main(nil)
    }

    /// What is not UTF-8 would be repaired silently, and name another file.
    private static func requireUTF8() {
        for index in 1..<max(1, Int(CommandLine.argc)) {
            guard let argument = CommandLine.unsafeArgv[index], String(validatingCString: argument) == nil else {
                continue
            }
            let text = oneLine(String(cString: argument))
            complain("argument \(index), \(text), is not UTF-8; write it in UTF-8, or choose another name")
            exit(withError: ExitCode.validationFailure)
        }
    }
}
