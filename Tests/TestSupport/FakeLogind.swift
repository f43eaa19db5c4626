internal import Foundation

/// A fake logind on a private bus that serves as the system bus; see Tests/fake-logind.
package struct FakeLogind: Sendable {
    package let process: Subprocess
    package let bus: PrivateBus

    /// Starts a logind that carries out these commands before it takes its name on the bus.
    package init(on bus: PrivateBus, _ commands: [String] = []) async throws {
        self.bus = bus
        process = try bus.start([builtProgram("fake-logind")] + commands, adding: bus.asSystemBus)
        try await process.line("ready")
    }

    /// Makes the logind carry out a command; when this returns, all its messages are on the bus.
    package func obey(_ command: String) async throws {
        process.send(command)
        try await process.line("ok \(command)")
    }
}

extension PrivateBus {
    /// The environment for programs that use this bus as their system bus.
    package var asSystemBus: [String: String] { ["DBUS_SYSTEM_BUS_ADDRESS": "unix:path=\(directory.path)/bus"] }
}
