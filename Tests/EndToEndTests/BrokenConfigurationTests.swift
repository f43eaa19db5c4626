import Foundation
import TestSupport
import Testing

/// A mistake in the settings, made at night; the machine is restarted in the morning (rule 18).
struct BrokenConfigurationTests {
    @Test func theDaemonStartsWithTheSettingsOfBeforeAndShowsTheMistakeUntilItIsMended() async throws {
        try await withDesktop { desktop in
            let machine = try Machine(on: desktop.bus)
            try machine.configureIdle()
            let evening = try await machine.start()
            evening.signal(SIGTERM)
            #expect(try await evening.finish() == 0)

            try machine.configure("25:00")
            _ = try await desktop.startDunst()
            let morning = try await machine.start()
            try #require(try await desktop.settles(at: 1) == 1)
            let state = try await machine.daemon("it has the problem") { !$0.configuration.problems.isEmpty }
            #expect(state.configuration.problems.first?.contains("schedule") == true)

            // Commands go on, too, and so they do without a daemon.
            let status = try await machine.stretchd("status")
            #expect(status.status == 0)
            #expect(status.output.contains("18:00"))
            #expect(status.output.contains("the daemon goes on with the configuration before it"))
            let reload = try await machine.stretchd("reload")
            #expect(reload.status == 78)
            #expect(try await desktop.settles(at: 1) == 1)

            try await desktop.dunstctl("close")
            let history = try await found("the closed notification") {
                let lines = try await desktop.dunstctl("history").joined(separator: "\n")
                return lines.contains("Your settings have a mistake: routine morning, schedule, 25:00") ? lines : nil
            }
            #expect(history.contains("Until that is mended, your settings from before hold."))

            try machine.configure("24:30")
            try #require(try await desktop.settles(at: 1) == 1)
            try machine.configureIdle()
            try await machine.daemon("it is mended") { $0.configuration.problems.isEmpty }
            #expect(try await desktop.settles(at: 0) == 0)
            morning.signal(SIGTERM)
            #expect(try await morning.finish() == 0)
        }
    }

    /// Nothing is kept: the built-in morning, and the daemon says so.
    @Test func aFirstStartWithABrokenFileIsNoEnd() async throws {
        try await withMachine { machine in
            try machine.configure("25:00")
            let daemon = try await machine.start()
            #expect(try await machine.stretchd("status").output.hasPrefix("morning"))
            daemon.signal(SIGTERM)
            #expect(try await daemon.finish() == 0)
            // A configuration that was never in force is not kept as if it had been.
            let kept = machine.bus.directory.appending(path: ".local/state/stretchd/in-force")
            #expect(!FileManager.default.fileExists(atPath: kept.path))
        }
    }

    @Test func aCopyThatCannotBeWrittenIsTold() async throws {
        try await withMachine { machine in
            let state = machine.bus.directory.appending(path: ".local/state")
            try FileManager.default.createDirectory(
                at: state.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data().write(to: state)
            _ = try await machine.start()
            let status = try await machine.stretchd("status")
            #expect(status.output.contains("the daemon could not keep a copy of the configuration: cannot create"))
            try FileManager.default.removeItem(at: state)
            #expect(try await machine.stretchd("reload").status == 0)
            #expect(try await !machine.stretchd("status").output.contains("could not keep"))
        }
    }
}
