import Foundation
import TestSupport
import Testing

/// How a daemon takes its configuration.
struct ReloadTests {
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

    @Test func aDeletedFileLeavesTheDefaults() async throws {
        try await withMachine { machine in
            try machine.configureIdle()
            let daemon = try await machine.start()
            try FileManager.default.removeItem(at: machine.configuration)
            let reload = try await machine.stretchd("reload")
            #expect(reload.status == 0)
            let told = "\(machine.configuration.path) is not there: the defaults are in force"
            #expect(reload.output == told)
            try await daemon.line("stretchd: \(told)")
            #expect(try await machine.stretchd("check").output.hasPrefix("no configuration file: the defaults"))

            try machine.configure("25:00")
            let broken = try await machine.stretchd("reload")
            #expect(broken.output.contains("the daemon goes on with the defaults; mend the file"))
            let status = try await machine.stretchd("status")
            #expect(status.status == 0)
            #expect(status.output.contains("the daemon goes on with the defaults"))

            try machine.configureIdle()
            #expect(try await machine.stretchd("reload").output == "\(machine.configuration.path) is in force")
        }
    }

    @Test func reloadSaysWhatTheSettingsTakeAway() async throws {
        try await withMachine { machine in
            _ = try await machine.start()
            let text = "[[routine]]\nid = \"desk\"\nschedule = \"18:00\""
            try text.write(to: machine.configuration, atomically: false, encoding: .utf8)
            let lines = try await machine.stretchd("reload").output.split(separator: "\n")
            #expect(lines.first == "\(machine.configuration.path) is in force")
            #expect(lines.dropFirst().map { $0.hasPrefix("remark: the built-in morning is not asked for, ") } == [true])
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

    @Test func includedFileTakesForceByItself() async throws {
        try await withMachine { machine in
            func write(_ text: String, to name: String) throws {
                let file = machine.configuration.deletingLastPathComponent().appending(path: name)
                try text.write(to: file, atomically: false, encoding: .utf8)
            }
            func daemon(names name: String) async throws {
                try await machine.daemon("\(name) is named") { daemon in
                    daemon.configuration.problems.contains { $0.contains(name) }
                }
            }
            let routine = "[[routine]]\nid = \"desk\"\nschedule = "
            try write("presence.settle = \"0\"\ninclude = \"physio.toml\"", to: "config.toml")
            try write("\(routine)\"18:00\"", to: "physio.toml")
            _ = try await machine.start()
            try write("\(routine)\"\(machine.noon.daily(in: -1))\"", to: "physio.toml")
            try await machine.daemon("it was read again") { $0.configuration.reads == 2 }
            try write("\(routine)7", to: "physio.toml")
            try await daemon(names: "physio.toml: routine")

            // Missing or broken at the last load: mending it is enough.
            try write("include = [\"physio.toml\", \"own.toml\"]", to: "config.toml")
            try await daemon(names: "own.toml")
            try write("", to: "own.toml")
            try await machine.daemon("only one is broken") {
                $0.configuration.problems.count == 1 && $0.configuration.problems[0].contains("physio.toml: routine")
            }
            try write("\(routine)\"18:00\"", to: "physio.toml")
            try await machine.daemon("all is well") { $0.configuration.problems.isEmpty }
            #expect(try await machine.stretchd("check").output.contains("with    physio.toml, own.toml"))
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
