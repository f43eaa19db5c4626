import Foundation
import TestSupport
import Testing

/// Prompts where no notification server is but a terminal, made by script(1).
struct TerminalTests {
    @Test func promptIsAnsweredWithAKey() async throws {
        try await withMachine { machine in
            let terminal = try machine.launch(["script", "-qfc", "\(builtProgram("stretchd")) run --now", "/dev/null"])
            try await terminal.line("Morning stretch")
            try await terminal.line("[g] Start   [d] Done   [s] Snooze 10 min   [t] Not today")
            terminal.send("d")
            let done = try await machine.record("done")
            #expect(done.map(\.via) == ["notification"])
        }
    }

    @Test func controlCEndsItAndRestoresTheTerminal() async throws {
        try await withMachine { machine in
            let commands = "trap : INT; stty -g; \(builtProgram("stretchd")) run --now; echo status $?; stty -g"
            let terminal = try machine.launch(["script", "-qfc", commands, "/dev/null"])
            let before = try await terminal.line("")
            try await terminal.line("[g] Start   [d] Done")
            terminal.send("\u{3}")
            #expect(try await terminal.line("status") == "status 0")
            #expect(try await terminal.line("") == before)
        }
    }

    /// A shell that edits its line while the daemon is in the background changes the settings for that.
    @Test func theSettingsFromTheStartOfTheDaemonComeBack() async throws {
        try await withMachine { machine in
            try machine.configure(machine.noon.daily(in: 5))
            let terminal = try PseudoTerminal(
                [builtProgram("stretchd"), "run"],
                environment: machine.bus.environment.merging(machine.variables) { $1 })
            let before = terminal.settings
            try await terminal.shows("stretchd: running")
            terminal.editLine()
            #expect(terminal.settings != before)
            try await terminal.shows("[d] Done")
            terminal.type("d")
            try await machine.record("done")
            #expect(try await eventually { terminal.settings == before ? true : nil } == true)
            await terminal.end()
        }
    }

    @Test func terminalWillDoWithoutASessionBus() async throws {
        try await withMachine { machine in
            let terminal = try machine.launch(
                ["script", "-qfc", "\(builtProgram("stretchd")) run --now", "/dev/null"],
                adding: ["DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"])
            try await terminal.line("[g] Start   [d] Done")
            terminal.send("t")
            try await machine.record("skip")
        }
    }

    @Test func closingTheTerminalEndsIt() async throws {
        try await withMachine { machine in
            let terminal = try machine.launch(
                ["script", "-qfc", "\(builtProgram("stretchd")) run --now", "/dev/null"],
                adding: ["DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"])
            try await terminal.line("[g] Start   [d] Done")
            let daemon = try await machine.daemon("it runs") { _ in true }.pid
            terminal.signal(SIGKILL)
            _ = try await found("the end of process \(daemon)") { kill(daemon, 0) == 0 ? nil : true }
        }
    }

    @Test func doneElsewhereTakesThePromptBack() async throws {
        try await withMachine { machine in
            let terminal = try machine.launch(["script", "-qfc", "\(builtProgram("stretchd")) run --now", "/dev/null"])
            try await terminal.line("[g] Start   [d] Done")
            #expect(try await machine.stretchd("done").status == 0)
            try await terminal.line("(Morning stretch: no answer needed any more)")
        }
    }
}
