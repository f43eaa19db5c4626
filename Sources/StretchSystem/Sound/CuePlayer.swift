/// Plays sounds of the desktop, and speaks words, one after the other.
///
/// Each sound has a process of its own, because a player needs threads and megabytes of memory, and may hang.
@MainActor
package final class CuePlayer {
    private let environment: [String: String]
    private let program: String
    private var hasSounds = false
    private var playing: [ChildProcess] = []
    private var speaking: [ChildProcess] = []
    /// The words that wait for a sound to end.
    private let words = Later()

    /// - Parameter program: plays a sound when called with `cue -- NAME`; by default this program.
    package init(environment: [String: String], program: String = "/proc/self/exe") {
        self.environment = environment
        self.program = program
    }

    /// Plays a sound, by its name in the sound theme, and returns at once; it cuts the sound before it short.
    ///
    /// - Returns: false when no sound can be played, so that the caller can ring the bell.
    package func play(_ sound: String) -> Bool {
        // Until sounds are found, we look again each time, because they may be installed while we run.
        hasSounds = hasSounds || SoundTheme.isInstalled(environment)
        words.cancel()
        for sound in playing { sound.end() }
        return hasSounds && start(program, ["cue", "--", sound], among: &playing)
    }

    /// Speaks through speech-dispatcher, if the person has installed it; returns at once.
    ///
    /// New words cut those before them short; this is how speech-dispatcher treats words of the usual priority.
    ///
    /// - Parameter delay: how long the sound before the words lasts.
    package func speak(_ text: String, after delay: Duration = .zero) {
        words.cancel()
        if delay == .zero { return say(text) }
        words.run(after: delay) { [weak self] in self?.say(text) }
    }

    private func say(_ text: String) { _ = start("spd-say", ["--", text], among: &speaking) }

    /// Starts a program, unless two are still running, because then something hangs.
    private func start(_ program: String, _ arguments: [String], among children: inout [ChildProcess]) -> Bool {
        children.removeAll { !$0.isRunning }
        guard children.count < 2, let child = ChildProcess(program, arguments) else { return false }
        children.append(child)
        return true
    }
}
