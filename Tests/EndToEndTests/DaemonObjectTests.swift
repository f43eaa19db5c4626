import Foundation
import TestSupport
import Testing

/// The daemon on the session bus, seen with busctl (docs/dbus.md).
///
/// One after the other: all suites together have 128 instances of inotify, and each daemon and each bus takes some.
@Suite(.serialized) struct DaemonObjectTests {
    @Test func interfaceIsAsPromised() async throws {
        try await withMachine { machine in
            _ = try await machine.start()
            _ = try await machine.property("Version")
            let answer = try await machine.busctl("introspect", Machine.name, Machine.path, Machine.name)
            let members = answer.output.split(separator: "\n").dropFirst().map { line in
                let columns = line.split(separator: " ").map(String.init)
                return (columns.prefix(3) + columns.suffix(1)).joined(separator: " ")
            }
            #expect(
                members == [
                    ".Reload method - -", ".SteerGuide method s -", ".Due property a(sssxx) emits-change",
                    ".Next property (sx) emits-change",
                    ".Reason property s emits-change", ".Streaks property a{su} emits-invalidation",
                    ".Version property s const",
                ])
        }
    }

    @Test func everyPropertyCanBeRead() async throws {
        try await withMachine { machine in
            try machine.configureDue()
            _ = try await machine.start()
            let daemon = try await machine.daemon("it waits") { $0.due.first?.reason.word == "no-server" }
            let occurrence = try #require(daemon.due.first?.occ)
            let due = try await machine.property("Due")
            #expect(due.hasPrefix(#"a(sssxx) 1 "\#(occurrence)" "waiting" "no notification server" "#))
            let span = due.split(separator: " ").suffix(2).compactMap { Int($0) }
            try #require(span.count == 2)
            #expect(span[1] - span[0] == 4 * 3600)
            #expect(abs(span[0] - Int(Date.now.timeIntervalSince1970)) < 120)
            #expect(try await machine.property("Next").hasPrefix(#"(sx) "morning@"#))
            #expect(try await machine.property("Next").hasSuffix(" \(span[0] + 86_400)"))
            #expect(try await machine.property("Streaks") == #"a{su} 1 "morning" 0"#)
            #expect(try await machine.property("Version") == #"s "\#(try await version(machine))""#)
            #expect(try await machine.property("Reason").hasPrefix("s "))
        }
    }

    private func version(_ machine: Machine) async throws -> String {
        let file = machine.bus.directory.appending(path: "stretchd/daemon.json")
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
        return try #require(object?["version"] as? String)
    }

    @Test func promptAndAnswerAreAnnounced() async throws {
        try await withDesktop { desktop in
            let machine = try Machine(on: desktop.bus)
            try machine.configure(machine.noon.daily(in: 3))
            _ = try await desktop.startDunst()
            let monitor = try await PropertyMonitor(on: machine)
            _ = try await machine.start()
            try await monitor.hears("a prompt") { $0.values["Due"]?.contains("prompted") == true }
            try await desktop.press("done")
            let answer = try await monitor.hears("nothing is due") { $0.values["Due"] == "[]" }
            #expect(answer.invalidated == ["Streaks"])
            #expect(try await machine.property("Streaks") == #"a{su} 1 "morning" 1"#)
        }
    }

    @Test func whatDidNotChangeIsNotAnnounced() async throws {
        try await withMachine { machine in
            _ = try await machine.start()
            _ = try await machine.property("Next")
            let monitor = try await PropertyMonitor(on: machine)
            let now = Date.now.formatted(.iso8601)
            try machine.receive(#"{"v":1,"id":"1","ts":"\#(now)","type":"done","routine":"morning"}"#, as: "other")
            let change = try await monitor.hears("the bonus") { _ in true }
            #expect(change.values.isEmpty)
            #expect(change.invalidated == ["Streaks"])
        }
    }

    @Test func reloadTakesAGoodFileAndRefusesABrokenOne() async throws {
        try await withMachine { machine in
            _ = try await machine.start()
            let before = try await machine.property("Next")
            try machine.configure("19:00")
            #expect(try await machine.reloadByBus() == (0, #"bs true """#))
            #expect(try await machine.property("Next") != before)

            try machine.configure("25:00")
            let answer = try await machine.reloadByBus()
            #expect(answer.status == 0)
            #expect(answer.output.hasPrefix("bs false \""))
            #expect(answer.output.contains("schedule"))
            #expect(try await machine.property("Next").contains("T19:00"))
            try await machine.daemon("its verdict is known") { !$0.configuration.problems.isEmpty }
        }
    }

    @Test func propertiesCannotBeSet() async throws {
        try await withMachine { machine in
            _ = try await machine.start()
            _ = try await machine.property("Reason")
            let answer = try await machine.busctl(
                "set-property", Machine.name, Machine.path, Machine.name, "Reason", "s", "no")
            #expect(answer.status != 0)
        }
    }

    @Test func serverThatHangsAtTheStartHidesNothing() async throws {
        try await withDesktop { desktop in
            let machine = try Machine(on: desktop.bus)
            try machine.configureIdle()
            let dunst = try await desktop.startDunst()
            dunst.signal(SIGSTOP)
            _ = try await machine.start()
            #expect(try await machine.property("Due") == "a(sssxx) 0")
        }
    }

    /// The second daemon has a runtime directory and a journal of its own.
    @Test func takenNameIsSaidAndComesWithTheEndOfItsOwner() async throws {
        try await withMachine { machine in
            let first = try await machine.start()
            _ = try await machine.property("Version")
            let runtime = machine.bus.directory.appending(path: "second")
            try FileManager.default.createDirectory(
                at: runtime, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let second = try machine.launch(
                [builtProgram("stretchd"), "run"],
                adding: ["XDG_RUNTIME_DIR": runtime.path, "XDG_DATA_HOME": runtime.path])
            _ = try await found("it says so and runs") {
                let words = ["stretchd: warning: org.stretchd.Daemon", "stretchd: running"]
                return words.allSatisfy { word in second.unread.contains { $0.hasPrefix(word) } } ? true : nil
            }
            #expect(try await owner(on: machine) == "u \(first.pid)")
            await first.end()
            _ = try await found("the second daemon has the name") {
                try await owner(on: machine) == "u \(second.pid)" ? true : nil
            }
            _ = try await machine.property("Version")
        }
    }

    private func owner(on machine: Machine) async throws -> String {
        try await machine.askBus("GetConnectionUnixProcessID", Machine.name)
    }

    /// No signal of others can wake it through this connection.
    @Test func itAsksTheBusForNoSignals() async throws {
        try await withMachine { machine in
            _ = try await machine.start()
            _ = try await machine.property("Version")
            let owner = try await machine.askBus("GetNameOwner", Machine.name).dropFirst(2)
            let rules = try await machine.askBus("GetAllMatchRules", of: "org.freedesktop.DBus.Debug.Stats")
            #expect(rules.contains("\(owner) 0"))
        }
    }

    // MARK: Other users

    private static let isRoot = geteuid() == 0
    private static let nobody: UInt32 = 65_534

    @Test(.enabled(if: isRoot, "only root can call as another user"))
    func callOfAnotherUserIsRefusedByTheBus() async throws {
        try await withMachine { machine in
            _ = try await machine.start()
            // It is not the file system that keeps them out.
            let socket = machine.bus.directory.appending(path: "bus").path
            #expect(try await machine.run(["test", "-w", socket], user: Self.nobody).status == 0)
            let answer = try await machine.reloadByBus(user: Self.nobody)
            #expect(answer.status == 1)
            #expect(answer.output == "Call failed: Transport endpoint is not connected")
            try await machine.daemon("nothing was read") { $0.configuration.reads == 1 }
        }
    }

    @Test(.enabled(if: isRoot, "only root can call as another user"))
    func callOfAnotherUserIsRefusedByTheDaemonWhereTheBusIsOpen() async throws {
        try await withMachine(letsEverybodyIn: true) { machine in
            _ = try await machine.start()
            #expect(try await machine.reloadByBus(user: Self.nobody) == (1, "Call failed: Access denied"))
            for property in ["Due", "Streaks", "Version"] {
                let answer = try await machine.busctl(
                    "get-property", Machine.name, Machine.path, Machine.name, property, user: Self.nobody)
                #expect(answer.status == 1)
                #expect(answer.output.hasSuffix("Access denied"))
            }
            try await machine.daemon("nothing was read") { $0.configuration.reads == 1 }
            #expect(try await machine.reloadByBus() == (0, #"bs true """#))
        }
    }
}
