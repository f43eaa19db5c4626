import ArgumentParser
import StretchSystem

/// `stretchd cue`: a sound, for `CuePlayer`, in a process that may hang and goes when it has been heard.
struct PlayCue: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cue", abstract: "Plays a sound of the sound theme.", shouldDisplay: false)

    @Argument(help: "Its name in the sound theme.")
    var name: String

    func run() { SoundTheme.play(name) }
}
