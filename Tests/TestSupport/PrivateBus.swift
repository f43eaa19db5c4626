package import Foundation
internal import Synchronization

/// A private session bus, with its own directories in place of the home directory.
///
/// It has no system bus, so that the machine's logind cannot affect a test.
package final class PrivateBus: Sendable {
    /// The environment of the programs on this bus.
    ///
    /// Only PATH comes from our own environment.
    package let environment: [String: String]
    /// The home directory of the programs on this bus; `end` removes it.
    package let directory: URL
    private let daemon: Mutex<Subprocess>
    private let started = Mutex<[Subprocess]>([])

    /// - Parameter letsEverybodyIn: whether other users may connect too, which a session bus normally refuses.
    package init(letsEverybodyIn: Bool = false) async throws {
        directory = FileManager.default.temporaryDirectory
            .appending(path: "stretchd-bus-\(UUID().uuidString.prefix(8))")
        let services = directory.appending(path: "services")
        try FileManager.default.createDirectory(at: services, withIntermediateDirectories: true)
        let policy = letsEverybodyIn ? #"<allow user="*"/>"# : ""
        try Self.configuration(directory: directory.path, services: services.path, policy: policy)
            .write(to: directory.appending(path: "bus.conf"), atomically: true, encoding: .utf8)
        var environment = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": directory.path,
            "XDG_RUNTIME_DIR": directory.path, "LC_ALL": "C.UTF-8", "NO_AT_BRIDGE": "1", "GSETTINGS_BACKEND": "memory",
            "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=\(directory.path)/no-system-bus",
        ]
        let daemon = try Self.daemon(in: directory, environment)
        environment["DBUS_SESSION_BUS_ADDRESS"] = try await daemon.line("unix:")
        self.environment = environment
        self.daemon = Mutex(daemon)
    }

    private static func daemon(in directory: URL, _ environment: [String: String]) throws -> Subprocess {
        let configuration = directory.appending(path: "bus.conf").path
        return try Subprocess(
            ["dbus-daemon", "--nofork", "--print-address=1", "--config-file=\(configuration)"], environment: environment
        )
    }

    /// Starts a program on this bus; `end` ends it.
    package func start(_ arguments: [String], adding variables: [String: String] = [:]) throws -> Subprocess {
        let process = try Subprocess(arguments, environment: environment.merging(variables) { $1 })
        started.withLock { $0.append(process) }
        return process
    }

    /// Lets the bus start a program when somebody calls this name.
    package func offer(_ name: String, by command: String) async throws {
        try "[D-BUS Service]\nName=\(name)\nExec=\(command)\n"
            .write(to: directory.appending(path: "services/\(name).service"), atomically: true, encoding: .utf8)
        try await ask("ReloadConfig")
    }

    package func waitForOwner(of name: String) async throws {
        let owner = try await eventually {
            try await ask("NameHasOwner", "string:\(name)").contains { $0.hasSuffix("true") } ? name : nil
        }
        guard owner != nil else { throw SubprocessError.failed("the server of \(name)") }
    }

    /// Calls a method of the bus itself; returns the lines of the answer.
    @discardableResult
    private func ask(_ method: String, _ arguments: String...) async throws -> [String] {
        let call = ["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"]
        return try await Subprocess.run(
            call + ["org.freedesktop.DBus.\(method)"] + arguments, environment: environment)
    }

    /// An address that leads to the bus only after `linkUp` was called.
    package var laterAddress: String { "unix:path=\(directory.appending(path: "later").path)" }

    package func linkUp() throws {
        try FileManager.default.createSymbolicLink(
            at: directory.appending(path: "later"), withDestinationURL: directory.appending(path: "bus"))
    }

    /// Ends the bus, but not the programs on it.
    package func die() async { await daemon.withLock { $0 }.end() }

    /// Starts a new bus at the same address after `die`.
    package func returns() async throws {
        let next = try Self.daemon(in: directory, environment)
        try await next.line("unix:")
        daemon.withLock { $0 = next }
    }

    /// Stops the bus without ending it, until `goOn` is called.
    package func hang() { daemon.withLock { $0 }.signal(SIGSTOP) }
    package func goOn() { daemon.withLock { $0 }.signal(SIGCONT) }

    /// The last lines that the programs printed and no test has read; they may explain why a test failed.
    package var said: String { started.withLock { $0 }.flatMap(\.unread).suffix(20).joined(separator: "\n") }

    package func end() async {
        for process in started.withLock({ $0.reversed() }) { await process.end() }
        await die()
        try? FileManager.default.removeItem(at: directory)
    }

    private static func configuration(directory: String, services: String, policy: String) -> String {
        """
        <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
         "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
        <busconfig>
          <type>session</type>
          <listen>unix:path=\(directory)/bus</listen>
          <servicedir>\(services)</servicedir>
          <auth>EXTERNAL</auth>
          <policy context="default">
            <allow send_destination="*" eavesdrop="true"/>
            <allow eavesdrop="true"/>
            <allow own="*"/>
            \(policy)
          </policy>
        </busconfig>
        """
    }
}

/// Runs `body` with a bus that ends afterwards.
package func withBus(
    letsEverybodyIn: Bool = false, _ body: (PrivateBus) async throws -> Void
) async throws {
    let bus = try await PrivateBus(letsEverybodyIn: letsEverybodyIn)
    do {
        try await body(bus)
        await bus.end()
    } catch {
        await bus.end()
        throw error
    }
}
