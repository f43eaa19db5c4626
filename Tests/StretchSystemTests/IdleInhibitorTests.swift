import Foundation
import TestSupport
import Testing

/// The idle lock, given by a logind of our own on a private bus.
struct IdleInhibitorTests {
    @Test func lockIsHeldUntilItIsReleased() async throws {
        try await withBus { bus in
            let logind = try await FakeLogind(on: bus)
            let probe = try bus.lockProbe()
            try await probe.obeys("hold")
            try await logind.process.line("inhibited idle by stretchd: guided stretching (block)")
            // Twice is once.
            try await probe.obeys("hold")
            try await logind.obey("noise 1 none")
            try await probe.obeys("release")
            try await logind.process.line("released")
            try await probe.obeys("hold")
            try await logind.process.line("inhibited")
        }
    }

    @Test func lockEndsWithTheProcess() async throws {
        try await withBus { bus in
            let logind = try await FakeLogind(on: bus)
            let probe = try bus.lockProbe()
            try await probe.obeys("hold")
            try await logind.process.line("inhibited")
            probe.signal(9)
            try await logind.process.line("released")
        }
    }

    @Test func answerThatComesAfterTheReleaseIsNotKept() async throws {
        try await withBus { bus in
            let logind = try await FakeLogind(on: bus, ["hold"])
            let probe = try bus.lockProbe()
            try await probe.obeys("hold")
            try await logind.process.line("held Inhibit")
            try await probe.obeys("release")
            try await logind.obey("answer")
            try await logind.process.line("released")
        }
    }

    @Test func lockOutlivesTheBus() async throws {
        try await withBus { bus in
            _ = try await FakeLogind(on: bus)
            let probe = try bus.lockProbe()
            try await probe.line("away")
            let before = try probe.pipes
            try await probe.obeys("hold")
            let held = try await eventually { try probe.pipes.count == before.count + 1 ? probe.pipes : nil }
            #expect(held != nil)
            await bus.die()
            try await probe.obeys("still")
            #expect(try probe.pipes == held)
            try await probe.obeys("release")
            #expect(try probe.pipes == before)
        }
    }

    @Test func refusalIsToldInALine() async throws {
        try await withBus { bus in
            _ = try await FakeLogind(on: bus, ["deny"])
            let probe = try bus.lockProbe()
            probe.send("hold")
            try await probe.line("no lock: logind gives no lock (org.freedesktop.DBus.Error.AccessDenied)")
            try await probe.obeys("release")
        }
    }

    @Test func missingLogindIsToldInALine() async throws {
        try await withBus { bus in
            let probe = try bus.lockProbe()
            probe.send("hold")
            try await probe.line("no lock: logind gives no lock (org.freedesktop.DBus.Error.NameHasNoOwner)")
        }
    }

    @Test func missingSystemBusIsToldInALine() async throws {
        try await withBus { bus in
            let probe = try bus.start([builtProgram("logins-probe"), "600000", "600000"])
            probe.send("hold")
            try await probe.line("no lock: cannot connect to the system bus")
        }
    }
}

extension PrivateBus {
    fileprivate func lockProbe() throws -> Subprocess {
        try start([builtProgram("logins-probe"), "600000", "600000"], adding: asSystemBus)
    }
}

extension Subprocess {
    fileprivate func obeys(_ command: String) async throws {
        send(command)
        try await line(command)
    }

    /// The pipes it has open, but for its standard streams.
    fileprivate var pipes: [String] {
        get throws {
            let directory = "/proc/\(pid)/fd"
            return try FileManager.default.contentsOfDirectory(atPath: directory).compactMap { Int($0) }.sorted()
                .filter { $0 > 2 }
                .compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "\(directory)/\($0)") }
                .filter { $0.hasPrefix("pipe:") }
        }
    }
}
