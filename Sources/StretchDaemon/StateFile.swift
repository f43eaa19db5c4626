internal import StretchCore
internal import StretchFiles
internal import StretchSystem

/// Keeps `daemon.json` up to date: written whenever what it says changes, never otherwise.
@MainActor
final class StateFile {
    private let directory: RuntimeDirectory
    private let log: DaemonLog
    private(set) var state: DaemonState

    init(_ state: DaemonState, in directory: RuntimeDirectory, log: DaemonLog) {
        self.state = state
        self.directory = directory
        self.log = log
        write()
    }

    /// Somebody may have removed or changed it.
    var isInPlace: Bool { state.isIn(directory) }

    func renew() throws(FileError) { try state.write(to: directory) }

    func update(_ change: (inout DaemonState) -> Void) {
        let before = state
        change(&state)
        if state != before { write() }
    }

    private func write() {
        // Without it the daemon still does its work; only the commands know less.
        do { try state.write(to: directory) } catch { log.write(.warning, "\(error)") }
    }
}
