import StretchCore
import StretchSystem

/// What is to be heard of a guide in the terminal, so that one need not look.
@MainActor
struct GuideCues {
    let settings: Configuration.GuideSettings
    /// The bell of the terminal.
    let ring: () -> Void

    func play(_ cue: Cue) {
        guard settings.sound else { return }
        ring()
    }

    func speak(_ words: GuideWords) {
        guard settings.speech else { return }
    }
}
