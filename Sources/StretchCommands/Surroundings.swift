import Glibc
import StretchBase
import StretchCore
import StretchDaemon
import StretchFiles
import StretchSystem

/// What a command finds around it: where things are kept, the zone, and the daemon.
struct Surroundings {
    let context: Context
    let places: Places
    /// Of this process, and what is wrong with it.
    let system: SystemZone
    let now: Instant
    /// The running daemon, if there is one that tells of itself here.
    let daemon: DaemonState?
    /// Where none does.
    let silence: Silence

    enum Silence: Hashable {
        case noDaemon
        /// It has the lock of the runtime directory, and nothing is written there yet.
        case starting
        /// The same, but by this process.
        case stranger(Int32)
        /// Somebody has the journal's lock: a daemon with another runtime directory.
        case elsewhere

        var isDaemon: Bool {
            switch self {
            case .noDaemon, .stranger: false
            case .starting, .elsewhere: true
            }
        }
    }

    init(_ context: Context) throws {
        self.context = context
        places = try Places(environment: context.environment)
        (daemon, silence) = try Surroundings.findDaemon(
            in: try places.runtime.map { try RuntimeDirectory($0) }, journal: places.journal)
        system = ZoneReader(environment: context.environment).system()
        now = context.clock()
    }

    private static func findDaemon(
        in runtime: RuntimeDirectory?, journal: String
    ) throws(FileError) -> (DaemonState?, Silence) {
        // One that begins, or whose files somebody removed, has them there in a moment.
        for _ in 0..<20 {
            if let runtime, let daemon = try DaemonState.ofRunning(in: runtime) { return (daemon, .noDaemon) }
            guard runtime?.isLocked == true else { break }
            usleep(10_000)
        }
        switch runtime?.holder {
        case .stranger(let process): return (nil, .stranger(process))
        case .daemon, .unseen: return (nil, .starting)
        case nil: break
        }
        let isElsewhere = DaemonLock.holder(of: journal).map { !$0.isStranger } ?? false
        return (nil, isElsewhere ? .elsewhere : .noDaemon)
    }

    /// Why there is no `daemon`, as the reason of what is due.
    var noDaemon: Reason {
        switch silence {
        case .noDaemon, .stranger: .noDaemon
        case .starting: .silentDaemon
        case .elsewhere: .distantDaemon
        }
    }

    /// Why there is no `daemon`, and what to do.
    var missingDaemon: String {
        switch silence {
        case .noDaemon: "no daemon is running, so nothing is asked: systemctl --user start stretchd"
        case .starting:
            "the daemon is starting, or cannot write \(places.runtime ?? "")/daemon.json; if that lasts, see its log: "
                + "journalctl --user -u stretchd"
        case .stranger(let process):
            "the lock of the daemon, \(places.runtime ?? "")/lock, is held by process \(process), which is no daemon; "
                + "end that one"
        case .elsewhere:
            "the journal is locked, as by a daemon, but none tells of itself in \(places.runtime ?? "a runtime directory"); "
                + "set XDG_RUNTIME_DIR as that daemon has it, or see who has the lock: fuser -v \(places.journal)"
        }
    }

    /// The daemon's journal where one runs: there must be only one.
    var journalPath: String { daemon?.journal ?? places.journal }

    /// Where the configuration is read from: the daemon's file where one runs.
    var configurationPath: String { daemon?.configuration.path ?? places.configuration }

    /// The zone of this name; without one the system's.
    ///
    /// - Parameter tells: when that is not what was meant.
    func zone(named name: String? = nil, tells: Bool = true) throws -> Zone {
        guard let name else {
            if tells, let trouble = system.trouble { context.complain(trouble) }
            return system.zone
        }
        return try ZoneReader(environment: context.environment).zone(named: name)
    }
}
