import Foundation
import TestSupport
import Testing

/// How a daemon takes its configuration.
struct ReloadTests {
    @Test func brokenFileStopsTheStart() async throws {
        try await withMachine { machine in
            try machine.configure("25:00")
            let run = try await machine.stretchd("run")
            #expect(run.status == 78)
            #expect(run.output.contains("config.toml"))
            #expect(run.output.contains("schedule"))
        }
    }

    @Test func brokenFileIsRefusedAndTheOldConfigurationStays() async throws {
        try await withMachine { machine in
            try machine.configureDue()
            _ = try await machine.start()
            let occurrence = try await machine.dueOccurrence()
            try machine.configure("25:00")
            let reload = try await machine.stretchd("reload")
            #expect(reload.status == 78)
            #expect(reload.output.contains("schedule"))
            let daemon = try await machine.daemon("it has problems") { !$0.configuration.problems.isEmpty }
            #expect(daemon.due.map(\.occ) == [occurrence])

            try machine.configureIdle()
            #expect(try await machine.stretchd("reload").status == 0)
            try await machine.daemon("all is well") { $0.configuration.problems.isEmpty && $0.due.isEmpty }
        }
    }

    @Test func editedFileTakesForceByItself() async throws {
        try await withMachine { machine in
            try machine.configureDue()
            _ = try await machine.start()
            _ = try await machine.dueOccurrence()
            try machine.configureIdle()
            try await machine.daemon("nothing is due any more") { $0.due.isEmpty && $0.configuration.reads == 2 }
        }
    }

    @Test func replacedFileTakesForceByItself() async throws {
        try await withMachine { machine in
            try machine.configureIdle()
            let draft = machine.configuration.appendingPathExtension("draft")
            try FileManager.default.moveItem(at: machine.configuration, to: draft)
            try machine.configureDue()
            _ = try await machine.start()
            _ = try await machine.dueOccurrence()
            try #require(rename(draft.path, machine.configuration.path) == 0)
            try await machine.daemon("nothing is due any more") { $0.due.isEmpty }
        }
    }

    @Test func promptOfARemovedTimeIsWithdrawn() async throws {
        try await withPrompt { machine, desktop, _, _ in
            try machine.configureIdle()
            #expect(try await machine.stretchd("reload").status == 0)
            #expect(try await desktop.settles(at: 0) == 0)
        }
    }

    @Test func reloadWithoutADaemonSaysSo() async throws {
        try await withMachine { machine in
            let reload = try await machine.stretchd("reload")
            #expect(reload.status == 69)
            #expect(reload.output.contains("no daemon is running"))
        }
    }

    /// Whoever sees daemon.json may signal the daemon.
    @Test func signalDuringTheStartIsNotLost() async throws {
        try await withMachine { machine in
            let daemon = try machine.launch([builtProgram("stretchd"), "run"])
            try await machine.daemon("it exists") { $0.pid == daemon.pid }
            daemon.signal(SIGHUP)
            try await machine.daemon("it was reloaded") { $0.configuration.reads == 2 }
        }
    }
}
