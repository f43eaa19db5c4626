import Glibc
import StretchBase
import StretchCore
import StretchDaemon
import StretchJournal
import StretchSystem

/// What a command finds around it: where things are kept, the zone, and the daemon.
struct Surroundings {
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

    init() throws {
        let environment = Surroundings.environment
        do throws(SystemError) {
            places = try Places(environment: environment)
            let runtime = try places.runtime.map { path throws(SystemError) in try RuntimeDirectory(path) }
            (daemon, silence) = try Surroundings.findDaemon(in: runtime, journal: places.journal)
        } catch {
            throw Complaint(.noDaemon, error)
        }
        system = ZoneReader(environment: environment).system()
        now = SystemClock.now()
    }

    private static func findDaemon(
        in runtime: RuntimeDirectory?, journal: String
    ) throws(SystemError) -> (DaemonState?, Silence) {
        // One that begins, or whose files somebody removed, has them there in a moment.
        for _ in 0..<20 {
            if let runtime, let daemon = try DaemonState.ofRunning(in: runtime) { return (daemon, .noDaemon) }
            guard runtime?.isLocked == true else { break }
            usleep(10_000)
        }
        if let runtime, runtime.isLocked {
            return (nil, stranger(holding: runtime.lockPath).map { .stranger($0) } ?? .starting)
        }
        let isElsewhere = DaemonLock.isTaken(directory: journal) && stranger(holding: journal) == nil
        return (nil, isElsewhere ? .elsewhere : .noDaemon)
    }

    /// A process that has the lock and is no daemon.
    private static func stranger(holding lock: String) -> Int32? {
        DaemonLock.holder(of: lock).flatMap { DaemonLock.isDaemon($0) ? nil : $0 }
    }

    /// Why there is no `daemon`, as the reason of what is due.
    var noDaemon: String {
        switch silence {
        case .noDaemon: "no daemon is running"
        case .starting: "the daemon tells nothing yet"
        case .stranger: "no daemon is running"
        case .elsewhere: "the daemon tells nothing here"
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
            if tells, let trouble = system.trouble { complain(trouble) }
            return system.zone
        }
        do throws(ZoneError) {
            return try ZoneReader(environment: Surroundings.environment).zone(named: name)
        } catch {
            throw Complaint(.badInput, error)
        }
    }

    static var environment: [String: String] {
        var variables: [String: String] = [:]
        var entry = environ
        while let variable = entry.pointee {
            let text = String(cString: variable)
            if let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) {
                variables[String(text[..<equals])] = String(text[text.utf8.index(after: equals)...])
            }
            entry += 1
        }
        return variables
    }
}
