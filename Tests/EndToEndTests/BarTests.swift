import Foundation
import TestSupport
import Testing

/// The script for bars, as docs/dbus.md prints it, run for real.
@Suite(.serialized) struct BarTests {
    @Test(arguments: [
        ("json", #"{"text":"stretchd is off","tooltip":"","class":"idle"}"#), ("text", "stretchd is off"),
    ])
    func barShowsWhatTheDaemonSays(form: String, off: String) async throws {
        try await withMachine { machine in
            let bar = try await Bar(on: machine, form: form)
            try await bar.process.line(off)
            _ = try await machine.start()
            _ = try await found("the next time") { bar.process.unread.contains { $0.contains("18:00") } ? true : nil }
            try machine.configureDue()
            _ = try await found("what is due") { bar.process.unread.contains { $0.contains("Stretch!") } ? true : nil }
            let isJSON = bar.process.unread.allSatisfy { $0.hasPrefix(#"{"text":""#) }
            #expect(isJSON == (form == "json"))
        }
    }

    /// Whatever ends a bar closes its end of the pipe.
    @Test(arguments: [SIGKILL, SIGTERM])
    func nothingIsLeftWhenTheBarEnds(signal: Int32) async throws {
        try await withMachine { machine in
            for _ in 1...3 {
                let bar = try await Bar(on: machine)
                try await bar.runs("gdbus")
                try await bar.runs("tail")
                bar.process.signal(signal)
                try await bar.leavesNothing()
            }
        }
    }

    @Test(arguments: [SIGKILL, SIGTERM])
    func nothingIsLeftWhenTheBarEndsAfterItsScriptWasKilled(signal: Int32) async throws {
        try await withMachine { machine in
            let bar = try await Bar(on: machine)
            try await bar.runs("gdbus")
            try await bar.runs("tail")
            let script = try #require(bar.helpers.first { bar.isChild($0.pid) })
            kill(script.pid, signal)
            bar.process.signal(SIGTERM)
            try await bar.leavesNothing()
        }
    }

    @Test func scriptEndsWithTheBus() async throws {
        try await withMachine { machine in
            let bar = try await Bar(on: machine)
            try await bar.runs("gdbus")
            try await bar.runs("tail")
            await machine.bus.die()
            try await bar.leavesNothing()
        }
    }
}

/// What reads the output of the script, as a bar does.
private struct Bar {
    let process: Subprocess
    private let script: String
    private let home: String

    init(on machine: Machine, form: String = "json") async throws {
        let place = machine.bus.directory
        let document = try String(contentsOf: repository.appending(path: "docs/dbus.md"), encoding: .utf8)
        let lines = document.split(separator: "\n", omittingEmptySubsequences: false)
            .drop { !$0.hasPrefix("    #!/bin/sh") }.prefix { $0.hasPrefix("    ") }
        script = place.appending(path: "stretchd.sh").path
        home = place.path
        try lines.map { $0.dropFirst(4) + "\n" }.joined().write(toFile: script, atomically: true, encoding: .utf8)
        chmod(script, 0o700)
        let pipe = place.appending(path: "pipe-\(UUID().uuidString)").path
        // By its shell: a program just written cannot be executed while another test's child still has it open.
        process = try machine.launch(
            ["sh", "-c", #"mkfifo "$1"; /bin/sh "$0" "$2" >"$1" & exec cat "$1""#, script, pipe, form])
    }

    /// What the script runs, itself included.
    var helpers: [(pid: pid_t, command: String)] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.compactMap { pid_t($0) }.compactMap { pid in
            guard let environment = text("/proc/\(pid)/environ"), environment.contains("HOME=\(home)\0"),
                let command = text("/proc/\(pid)/cmdline")?.replacing("\0", with: " "),
                command.hasPrefix("gdbus ") || command.hasPrefix("tail ") || command.hasPrefix("/bin/sh \(script)")
            else { return nil }
            return (pid, command)
        }
    }

    func isChild(_ pid: pid_t) -> Bool { text("/proc/\(pid)/status")?.contains("PPid:\t\(process.pid)\n") == true }

    private func text(_ file: String) -> String? { try? String(contentsOfFile: file, encoding: .utf8) }

    func runs(_ program: String) async throws {
        _ = try await found("\(program) of the script") {
            helpers.contains { $0.command.hasPrefix(program + " ") } ? true : nil
        }
    }

    func leavesNothing() async throws {
        _ = try await process.finish()
        _ = try await found("the end of all of the script") { helpers.isEmpty ? true : nil }
    }
}
