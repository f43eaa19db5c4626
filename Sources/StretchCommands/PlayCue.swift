import ArgumentParser
import StretchSystem

/// `stretchd cue`: plays a sound for `CuePlayer`; a process of its own, because playing may hang.
struct PlayCue: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cue", abstract: "Plays a sound of the sound theme.", shouldDisplay: false)

    @Argument(help: "Its name in the sound theme.")
    var name: String

    func run() { SoundTheme.play(name) }
}
