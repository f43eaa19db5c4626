internal import Glibc

/// What is to be heard: sounds of the desktop, and words.
///
/// Each is played by a program of its own: what plays brings threads and megabytes with it, and may hang.
package final class CuePlayer {
    private let environment: [String: String]
    private let program: String
    private var hasSounds = false
    private var playing: [ChildProcess] = []
    private var speaking: [ChildProcess] = []

    /// - Parameter program: what plays a sound, called with `cue -- NAME`: this program.
    package init(environment: [String: String], program: String = "/proc/self/exe") {
        self.environment = environment
        self.program = program
    }

    /// Plays a sound, by its name in the sound theme, and returns at once.
    ///
    /// - Returns: false: there is no way, ring the bell yourself.
    package func play(_ sound: String) -> Bool {
        // Installed while we run is early enough.
        hasSounds = hasSounds || SoundTheme.isInstalled(environment)
        return hasSounds && start(program, ["cue", "--", sound], among: &playing)
    }

    /// Speaks, with what a person installed for it (speech-dispatcher), if they have; returns at once.
    package func speak(_ words: String) { _ = start("spd-say", ["--", words], among: &speaking) }

    /// Two that have not ended are a sign that something hangs: no third one is started.
    private func start(_ program: String, _ arguments: [String], among children: inout [ChildProcess]) -> Bool {
        children.removeAll { !$0.isRunning }
        guard children.count < 2, let child = ChildProcess(program, arguments) else { return false }
        children.append(child)
        return true
    }
}
