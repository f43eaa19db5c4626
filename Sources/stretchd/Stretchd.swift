import ArgumentParser
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
        main(nil)
    }
}
