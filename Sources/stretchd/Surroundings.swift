import Glibc
import StretchCore
import StretchDaemon
import StretchJournal
import StretchSystem

/// What a command finds around it: where things are kept, the zone, and the daemon.
struct Surroundings {
    let places: Places
    let zone: Zone
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
        zone = ZoneReader.system(environment: environment)
        now = SystemClock.now()
    }

    /// The daemon's journal where one runs: there must be only one.
    var journalPath: String { daemon?.journal ?? places.journal }

    /// Where the configuration is read from: the daemon's file where one runs.
    var configurationPath: String { daemon?.configuration.path ?? places.configuration }

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
