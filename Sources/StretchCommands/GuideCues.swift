import StretchCore
import StretchSystem

/// What is to be heard of a guide in the terminal, so that one need not look.
@MainActor
struct GuideCues {
    let settings: Configuration.GuideSettings
    /// The bell of the terminal.
    let ring: () -> Void
    private let player: CuePlayer
    /// The loudspeaker of this machine is somewhere else; the bell comes along with the terminal.
    private let isRemote: Bool

    init(settings: Configuration.GuideSettings, environment: [String: String], ring: @escaping () -> Void) {
        player = CuePlayer(environment: environment)
        isRemote = environment["SSH_CONNECTION"] != nil
        self.settings = settings
        self.ring = ring
    }

    func play(_ cue: Cue) {
        if settings.sound, isRemote || !player.play(cue.soundName) { ring() }
    }

    func speak(_ words: GuideWords) {
        if settings.speech, !isRemote { player.speak(words.spoken) }
    }
}
