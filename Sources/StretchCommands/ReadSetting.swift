import ArgumentParser
import StretchSystem

/// `stretchd setting`: reads a desktop setting for `DesktopSettings`; a process of its own, because reading may hang.
struct ReadSetting: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "setting", abstract: "Prints a switch of the desktop's settings.", shouldDisplay: false)

    @Argument(help: "The schema.")
    var schema: String

    @Argument(help: "The key.")
    var key: String

    func run() { DesktopSettings.write(schema, key) }
}
