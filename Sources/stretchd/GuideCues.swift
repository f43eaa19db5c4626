import StretchCore
import StretchSystem

/// What is to be heard of a guide in the terminal, so that one need not look.
@MainActor
struct GuideCues {
    let settings: Configuration.GuideSettings
    /// The bell of the terminal.
    let ring: () -> Void
    private let player = CuePlayer(environment: Surroundings.environment)

    init(settings: Configuration.GuideSettings, ring: @escaping () -> Void) {
        self.settings = settings
        self.ring = ring
    }

    func play(_ cue: Cue) {
        if settings.sound, !player.play(cue.soundName) { ring() }
    }

    func speak(_ words: GuideWords) {
        if settings.speech { player.speak(words.spoken) }
    }
}
