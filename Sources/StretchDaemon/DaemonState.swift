internal import FoundationEssentials
package import StretchCore
package import StretchSystem

/// What `daemon.json` says: all that the commands, and a successor, can know of a running daemon only from itself.
package struct DaemonState: Codable, Hashable, Sendable {
    package var pid: Int32
    package var version: String
    /// The directory of the journal the daemon writes.
    package var journal: String
    package var configuration: ConfigurationState
    package var zone: String
    package var due: [Due] = []
    package var posted: [Notification] = []
    /// Why answers are not on the disk yet.
    package var trouble: String?

    package struct ConfigurationState: Codable, Hashable, Sendable {
        package var path: String
        /// How often the file was read: the verdict is new when this has grown.
        package var reads: Int
        /// What is wrong with the file, a line each; the configuration before it is in force.
        package var problems: [String]
    }

    package struct Due: Codable, Hashable, Sendable {
        package var occ: String
        package var state: String
        package var reason: String?
    }

    package struct Notification: Codable, Hashable, Sendable {
        /// An occurrence id.
        package var occ: String
        package var on: Posted
    }

    private static let name = "daemon.json"

    /// What the last daemon left, running or not; nil when there is nothing, or nothing of use.
    package static func read(from directory: RuntimeDirectory) throws(SystemError) -> DaemonState? {
        guard let bytes = try directory.read(name) else { return nil }
        // A file of another version, or half a file after a power cut, says nothing worth an error.
        return try? JSONDecoder().decode(DaemonState.self, from: Data(bytes))
    }

    package func write(to directory: RuntimeDirectory) throws(SystemError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { preconditionFailure("strings and numbers always encode") }
        try directory.replace(DaemonState.name, with: Array(data) + [0x0A])
    }
}
