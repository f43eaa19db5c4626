internal import Foundation

/// A logind on a system bus of the test's own; see Tests/fake-logind.
package struct FakeLogind: Sendable {
    package let process: Subprocess
    package let bus: PrivateBus

    /// Starts one that has obeyed these commands when it takes its name.
    package init(on bus: PrivateBus, _ commands: [String] = []) async throws {
        self.bus = bus
        process = try bus.start([builtProgram("fake-logind")] + commands, adding: bus.asSystemBus)
        try await process.line("ready")
    }

    /// Everything that this makes it say is on the bus when this returns.
    package func obey(_ command: String) async throws {
        process.send(command)
        try await process.line("ok \(command)")
    }
}

extension PrivateBus {
    /// For programs to which this is the system bus, whichever it is at the time.
    package var asSystemBus: [String: String] { ["DBUS_SYSTEM_BUS_ADDRESS": "unix:path=\(directory.path)/bus"] }
}
