import Glibc
import StretchBase
import StretchCore
import StretchDaemon
import StretchFiles
import StretchSystem

/// The paths, the zone and the daemon that a command works with.
struct Installation {
    let context: Context
    let places: Places
    /// The zone of this process, and what is wrong with it.
    let system: SystemZone
    let now: Instant
    /// The state of the running daemon; nil when none was found in the runtime directory.
    let daemon: DaemonState?
    /// Why `daemon` is nil.
    let silence: Silence

    enum Silence: Hashable {
        case noDaemon
        /// A daemon holds the lock of the runtime directory, but has not written its state yet.
        case starting
        /// The process with this id holds that lock, and it is no daemon.
        case stranger(Int32)
        /// A daemon with another runtime directory holds the journal's lock.
        case elsewhere

        var isDaemon: Bool { self == .starting || self == .elsewhere }
    }

    init(_ context: Context) throws {
        self.context = context
        places = try Places(environment: context.environment)
        (daemon, silence) = try Installation.findDaemon(
            in: try places.runtime.map { try RuntimeDirectory($0) }, journal: places.journal)
        system = ZoneReader(environment: context.environment).system()
        now = context.clock()
    }

    private static func findDaemon(
        in runtime: RuntimeDirectory?, journal: String
    ) throws(FileError) -> (DaemonState?, Silence) {
        // A daemon that is starting, or whose files were removed, writes its files within moments. So wait for them.
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

    /// Why `daemon` is nil, as the reason for a due occurrence.
    var noDaemon: Reason {
        switch silence {
        case .noDaemon, .stranger: .noDaemon
        case .starting: .silentDaemon
        case .elsewhere: .distantDaemon
        }
    }

    /// Why `daemon` is nil, and what to do.
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

    /// The running daemon's journal, otherwise the environment's, because there must be only one journal.
    var journalPath: String { daemon?.journal ?? places.journal }

    /// The running daemon's configuration file, otherwise the environment's.
    var configurationPath: String { daemon?.configuration.path ?? places.configuration }

    /// The zone of this name; without a name, the system's zone.
    ///
    /// - Parameter tells: whether to warn when the system's zone is wrong or may be wrong.
    func zone(named name: String? = nil, tells: Bool = true) throws -> Zone {
        if let name { return try ZoneReader(environment: context.environment).zone(named: name) }
        if tells, let trouble = system.trouble { context.complain(trouble) }
        return system.zone
    }

    /// The configuration that a running daemon and every command share.
    ///
    /// While the file is wrong, it is the one before it, and the command says so at its end (rule 18).
    func readConfiguration() -> ConfigurationInForce {
        let kept = KeptConfiguration(
            in: daemon?.configuration.state ?? places.state, of: configurationPath, with: journalPath)
        let inForce = ConfigurationInForce(of: configurationPath, orElse: kept)
        if let error = inForce.error { context.complainAtLast(complaint(of: error, inForce)) }
        return inForce
    }

    private func complaint(of error: ConfigurationError, _ inForce: ConfigurationInForce) -> String {
        let own = DaemonState.ConfigurationState.Source(of: inForce.configuration).before
        let going =
            if let daemon, daemon.configuration.before != own || daemon.configuration.unkept != nil {
                "the daemon goes on with \(daemon.configuration.before), which is not kept; this command with \(own)"
            } else {
                "\(daemon == nil ? "this command" : "the daemon") goes on with \(own)"
            }
        let problems = error.problems.map(\.description)
        let more = problems.count > 1 ? " all \(problems.count) mistakes" : " whether it is fine"
        let advice = "\(going); mend the file with stretchd edit; stretchd check says\(more)"
        return ([problems.first, inForce.lack].compactMap(\.self) + [advice]).joined(separator: "\n")
    }

    /// Warns when the environment names another journal than the daemon's, because there must be only one.
    func mentionOtherJournal() {
        guard let daemon, daemon.journal != places.journal else { return }
        context.complain("the journal is the daemon's, \(daemon.journal); this environment names \(places.journal)")
    }
}
