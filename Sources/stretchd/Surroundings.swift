import Glibc
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
    /// The running daemon, if there is one.
    let daemon: DaemonState?

    init() throws {
        let environment = Surroundings.environment
        do throws(SystemError) {
            places = try Places(environment: environment)
            let runtime = try places.runtime.map { path throws(SystemError) in try RuntimeDirectory(path) }
            daemon = try runtime.flatMap { directory throws(SystemError) in
                directory.isLocked ? try DaemonState.read(from: directory) : nil
            }
        } catch {
            throw Complaint(.noDaemon, error)
        }
        system = ZoneReader(environment: environment).system()
        now = SystemClock.now()
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
