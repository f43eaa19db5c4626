import Foundation
import TestSupport
import Testing

// The daemon as others see it on the session bus.

extension Machine {
    static let name = "org.stretchd.Daemon"
    static let path = "/org/stretchd/Daemon"

    /// Runs busctl to its end; `user`: as somebody else.
    func busctl(_ arguments: String..., user: UInt32? = nil) async throws -> (status: Int32, output: String) {
        let address = try #require(bus.environment["DBUS_SESSION_BUS_ADDRESS"])
        return try await run(["busctl", "--address=\(address)"] + arguments, user: user)
    }

    /// Runs a program to its end; `user`: as somebody else.
    func run(_ command: [String], user: UInt32? = nil) async throws -> (status: Int32, output: String) {
        let other = user.map { ["setpriv", "--reuid=\($0)", "--regid=\($0)", "--clear-groups"] } ?? []
        let process = try launch(other + command)
        let status = try await process.finish()
        return (status, try await process.rest().joined(separator: "\n"))
    }

    /// Asks the bus itself; gives its answer as busctl prints it.
    func askBus(_ method: String, _ arguments: String..., of interface: String = "org.freedesktop.DBus") async throws
        -> String
    {
        var call = ["busctl", "--user", "call", "org.freedesktop.DBus", "/org/freedesktop/DBus", interface, method]
        if !arguments.isEmpty { call += [String(repeating: "s", count: arguments.count)] + arguments }
        return try await run(call).output
    }

    /// A property of the daemon's object as soon as it is there, as busctl prints it.
    func property(_ name: String) async throws -> String {
        try await found("the property \(name)") {
            let answer = try await busctl("get-property", Self.name, Self.path, Self.name, name)
            return answer.status == 0 ? answer.output : nil
        }
    }

    /// Calls `Reload`, as soon as there is somebody to call.
    func reloadByBus(user: UInt32? = nil) async throws -> (status: Int32, output: String) {
        _ = try await property("Version")
        return try await busctl("call", Self.name, Self.path, Self.name, "Reload", user: user)
    }
}

/// What `busctl monitor` hears of the daemon's properties.
final class PropertyMonitor {
    private let process: Subprocess
    private var heard: [Change] = []

    /// One PropertiesChanged; its values as JSON of busctl.
    struct Change {
        var values: [String: String]
        var invalidated: [String]
    }

    /// Hears everything from now on.
    init(on machine: Machine) async throws {
        let rule = "type=signal,interface=org.freedesktop.DBus.Properties,path=\(Machine.path)"
        process = try machine.launch(["busctl", "--user", "--json=short", "monitor", "--match=\(rule)"])
        try await process.line("Monitoring")
    }

    /// The next change that is so; those before it are skipped.
    @discardableResult
    func hears(_ what: String, where isSo: (Change) -> Bool) async throws -> Change {
        let change = try await eventually { () -> Change? in
            guard let line = try? await process.line("{", within: .milliseconds(100)) else { return nil }
            guard let change = try Change(line) else { return nil }
            heard.append(change)
            return isSo(change) ? change : nil
        }
        return try #require(change, "\(what); heard was \(heard)")
    }
}

extension PropertyMonitor.Change {
    /// Nil when it concerns another interface.
    init?(_ line: String) throws {
        let message = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        let payload = message?["payload"] as? [String: Any]
        guard let body = payload?["data"] as? [Any], body.count == 3, body[0] as? String == Machine.name,
            let values = body[1] as? [String: [String: Any]], let invalidated = body[2] as? [String]
        else { return nil }
        self.invalidated = invalidated
        self.values = try values.mapValues { value in
            let data = try JSONSerialization.data(withJSONObject: value["data"] ?? "", options: .fragmentsAllowed)
            return String(decoding: data, as: UTF8.self)
        }
    }
}
