import Foundation
import StretchFiles
import TestHome
import TestSupport
import Testing

/// A guide whose terminal, output or journal lets it down.
struct GuideTroubleTests {
    /// Shells send SIGTERM to a job that is stopped, and then SIGCONT.
    @Test func stoppedInTheBackgroundItCanBeEnded() async throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        let shell = try PseudoTerminal(["bash", "--norc", "-i"], environment: home.shellEnvironment)
        do {
            shell.type("\(builtProgram("stretchd")) guide\n")
            try await shell.shows("Before you begin")
            shell.type("\u{1A}")
            try await shell.shows("Stopped")
            shell.type("kill %1\n")
            let undone = try await eventually { try home.records().contains { $0["type"] == "undo" } ? true : nil }
            #expect(undone == true)
        } catch {
            await shell.end()
            throw error
        }
        await shell.end()
    }

    @Test func terminalThatHangsDoesNotHoldUpItsEnd() async throws {
        try await GuideTerminal.run { guide in
            try await guide.begin()
            guide.terminal.hold()
            guide.terminal.type("nn")
            for columns in 60...70 { guide.terminal.resize(columns: columns, rows: 24) }
            guide.terminal.signal(SIGTERM)
            #expect(try await guide.terminal.finish() == 128 + SIGTERM)
            #expect(try guide.types() == ["started", "undo"])
        }
    }

    @Test func terminalThatIsHeldDoesNotHoldTheDaemon() async throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        let daemon = try PseudoTerminal([builtProgram("stretchd"), "run", "--now"], environment: home.guideEnvironment)
        do {
            try await daemon.shows("[d] Done")
            daemon.hold()
            #expect(try home.run("done").code == 0)
            daemon.signal(SIGTERM)
            #expect(try await daemon.finish() == 0)
        } catch {
            await daemon.end()
            throw error
        }
        await daemon.end()
    }

    @Test func fullDiskIsNoCleanEnd() async throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        let complaint = try await home.outcome(of: "guide >/dev/full 2>\(home.path)/complaint")
        #expect(
            complaint
                == "74 stretchd: the guide cannot be printed: No space left on device; make room on its file system\n")
        #expect(try home.records().map { $0["type"] } == ["started", "undo"])
    }

    /// Else they are the number of the next file, be it the journal or a connection.
    @Test func closedStreamsAreOpenOnNothing() async throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        let guide = try Subprocess(
            ["sh", "-c", "exec \(builtProgram("stretchd")) guide <&- >&- 2>&-"], environment: home.guideEnvironment)
        _ = try await eventually { try home.records().isEmpty ? nil : true }
        for stream in 0...2 {
            let file = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(guide.pid)/fd/\(stream)")
            #expect(file == "/dev/null")
        }
        await guide.end()
    }

    @Test func lockThatIsHeldKeepsNobodyFromStretching() async throws {
        try await withHeldJournal { home, holder in
            try await GuideTerminal.run(in: home) { guide in
                try await guide.begin()
                #expect(try guide.types() == [], "somebody else holds the lock")
                await holder.end()
                try await guide.record("started")
                guide.goThrough()
                guide.terminal.type("\r")
                #expect(try await guide.terminal.finish() == 0)
                #expect(try guide.types() == ["started", "done"])
            }
        }
    }

    @Test func nothingIsToldAsRecordedWhileTheLockIsHeld() async throws {
        try await withHeldJournal { home, _ in
            try await GuideTerminal.run(in: home) { guide in
                try await guide.begin()
                guide.goThrough()
                guide.terminal.type("\r")
                #expect(try await guide.terminal.finish() == 74)
                try await guide.terminal.shows("another program holds its lock")
                try await guide.terminal.shows("then: stretchd done morning")
                #expect(try guide.types() == [])
            }
        }
    }

    /// Nothing was written, so nothing is to be taken back.
    @Test func endedFromOutsideWhileTheLockIsHeldItHasNothingToSay() async throws {
        try await withHeldJournal { home, _ in
            try await GuideTerminal.run(in: home) { guide in
                try await guide.begin()
                guide.terminal.signal(SIGTERM)
                #expect(try await guide.terminal.finish() == 128 + SIGTERM)
                #expect(!guide.terminal.picture.text.contains("not recorded"))
                #expect(try guide.types() == [])
            }
        }
    }

    /// After a pause it records that it goes on.
    @Test func lockThatIsHeldStopsNoCountdown() async throws {
        let clock = try Clock()
        defer { clock.remove() }
        try await GuideTerminal.run(adding: clock.environment, under: Clock.command) { guide in
            try await guide.begin()
            let holder = try await lockHolder(in: guide.home)
            try clock.set("+1h")
            // Ten seconds to get ready.
            do { try await guide.terminal.shows("Lower yourself to one knee") } catch {
                await holder.end()
                throw error
            }
            await holder.end()
        }
    }

    @Test func whatCouldNotBeRecordedIsNotForgotten() async throws {
        try await GuideTerminal.run { guide in
            try await guide.begin()
            try FileManager.default.removeItem(atPath: guide.home.journal)
            try guide.home.write("a file", to: guide.home.journal)
            guide.goThrough()
            #expect(try await guide.terminal.finish() == 74)
            try await guide.terminal.shows("then: stretchd done morning")
        }
    }

    /// After a pause it records that it goes on.
    @Test func whatCannotBeRecordedHalfwayStopsNobody() async throws {
        let clock = try Clock()
        defer { clock.remove() }
        try await GuideTerminal.run(adding: clock.environment, under: Clock.command) { guide in
            try await guide.begin()
            try FileManager.default.removeItem(atPath: guide.home.journal)
            try guide.home.write("a file", to: guide.home.journal)
            try clock.set("+1h")
            guide.goThrough()
            #expect(try await guide.terminal.finish() == 74)
            try await guide.terminal.shows("then: stretchd done morning")
        }
    }
}

/// Holds the lock of this machine's journal file until it is ended.
private func lockHolder(in home: CommandLineHome) async throws -> Subprocess {
    let file = "\(home.journal)/\(try MachineID.host()).jsonl"
    let holder = try Subprocess(
        ["flock", "--no-fork", file, "sh", "-c", "echo held; exec sleep 120"], environment: ["PATH": "/usr/bin:/bin"])
    try await holder.line("held")
    return holder
}

private func withHeldJournal(
    _ body: (_ home: CommandLineHome, _ holder: Subprocess) async throws -> Void
) async throws {
    let home = try CommandLineHome.atNoon(dueSinceEight)
    let holder = try await lockHolder(in: home)
    do {
        try await body(home, holder)
    } catch {
        await holder.end()
        throw error
    }
    await holder.end()
}

/// A clock that is set while a program runs.
///
/// Whoever makes it removes it.
private struct Clock {
    private let file = FileManager.default.temporaryDirectory.appending(path: "stretchd-clock-\(UUID().uuidString)")
        .path

    init() throws { try set("+0") }

    func remove() { try? FileManager.default.removeItem(atPath: file) }

    func set(_ time: String) throws { try time.write(toFile: file, atomically: true, encoding: .utf8) }

    /// Runs a program with it.
    static let command = ["faketime", "-f", "+0", "env", "-u", "FAKETIME"]

    var environment: [String: String] {
        [
            "PATH": "/usr/bin:/bin", "FAKETIME_TIMESTAMP_FILE": file, "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        ]
    }
}

extension CommandLineHome {
    fileprivate var shellEnvironment: [String: String] {
        guideEnvironment.merging(["PATH": "/usr/bin:/bin", "PS1": "$ "]) { $1 }
    }

    /// The exit code of the program and what it complained of in the file `complaint`.
    fileprivate func outcome(of arguments: String) async throws -> String {
        let command = "\(builtProgram("stretchd")) \(arguments); echo $? >\(path)/status"
        _ = try await Subprocess.run(["sh", "-c", command], environment: guideEnvironment)
        let code = try String(contentsOfFile: "\(path)/status", encoding: .utf8).prefix { $0 != "\n" }
        return try "\(code) " + String(contentsOfFile: "\(path)/complaint", encoding: .utf8)
    }
}
