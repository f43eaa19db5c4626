import Foundation
import TestHome
import TestSupport
import Testing

/// What a command says and what is in the journal, when the kernel refuses at the worst moment.
///
/// `make torture` tries many more.
struct DurabilityTests {
    @Test func whatCannotBeMadeSafeIsTakenBack() async throws {
        let home = try CommandLineHome.atNoon(daily)
        let refused = try await home.runProgram(["done"], under: inject("fdatasync:error=EIO"))
        #expect(refused.code == 74)
        #expect(refused.err.contains("not recorded: cannot sync "))
        #expect(try home.records().isEmpty)
        #expect(try home.run("done").out.hasPrefix("done: morning 08:00"))
    }

    @Test func itIsSaidWhenItCannotBeTakenBack() async throws {
        let home = try CommandLineHome.atNoon(daily)
        let refused = try await home.runProgram(
            ["done"], under: inject("fdatasync:error=EIO", "ftruncate:error=EIO"))
        #expect(refused.code == 74)
        #expect(refused.err.contains("cannot take back what is not safe in "))
    }

    /// Whoever wrote it may have been killed before it was safe.
    @Test(arguments: ["done", "skip", "pause", "resume"])
    func whatIsSaidToBeSoAlreadyIsMadeSafe(command: String) async throws {
        let home = try CommandLineHome.atNoon(daily)
        if command == "resume" { _ = try home.run("pause") }
        let killed = try await home.runProgram([command], under: inject("fdatasync:signal=KILL"))
        #expect(killed.code == 128 + SIGKILL)
        #expect(try await home.runProgram([command], under: inject("fdatasync:error=EIO")).code == 74)
        let again = try home.run(command)
        #expect(again.out.hasPrefix("already ") || again.out.hasPrefix("nothing was paused"), "\(again)")
    }

    @Test func anAnswerFollowsTheFileThatWasReplacedUnderIt() async throws {
        let home = try CommandLineHome.atNoon(daily)
        _ = try home.run("done")
        let own = try #require(try FileManager.default.contentsOfDirectory(atPath: home.journal).first)
        // It has opened and locked the file, and is about to write to it.
        let trap = Trap(at: "write", on: "\(home.journal)/\(own)", directory: home.path)
        let process = Task { try await home.runProgram(["skip"], under: trap.command) }
        let (file, copy) = ("\(home.journal)/\(own)", "\(home.journal)/copy")
        try await trap.whileStopped {
            try FileManager.default.copyItem(atPath: file, toPath: copy)
            try #require(rename(copy, file) == 0)
        }
        #expect(try await process.value.code == 0)
        #expect(try home.records().map { $0["type"] } == ["done", "skip"])
    }

    @Test func aFileReplacedWhileItIsOpenedIsRead() async throws {
        let home = try CommandLineHome.atNoon(daily)
        let record = #"{"v":1,"id":"1","ts":"2020-01-06T08:00:00Z","type":"resume"}"#
        try home.sync(record)
        let file = "\(home.journal)/other.jsonl"
        // It has looked at the file, and is about to open it.
        let trap = Trap(at: "openat", on: file, directory: home.path)
        let process = Task { try await home.runProgram(["status", "--json"], under: trap.command) }
        try await trap.whileStopped {
            try home.write(record + "\n", to: "\(home.journal)/copy")
            try #require(rename("\(home.journal)/copy", file) == 0)
        }
        let status = try await process.value
        #expect(status.code == 0)
        #expect(status.out.contains(#""records":1"#), "\(status)")
    }

    @Test func aFileThatCannotEvenBeLookedAtIsReported() async throws {
        let home = try CommandLineHome.atNoon(daily)
        _ = try home.run("done")
        let own = try #require(try FileManager.default.contentsOfDirectory(atPath: home.journal).first)
        let verdict = try await home.runProgram(
            ["journal", "verify"], under: inject("newfstatat:error=EIO", on: "\(home.journal)/\(own)"))
        #expect(verdict.code == 65)
        #expect(verdict.lines[0].contains("\(own): cannot be read, Input/output error"))
    }

    private let daily = routine("morning", "08:00", window: "12h")

    /// What goes before a command to whose calls something is to happen; `on`: to those on this file only.
    private func inject(_ troubles: String..., on file: String? = nil) -> [String] {
        ["strace", "-qqq", "-o", "/dev/null"] + (file.map { ["-P", $0] } ?? [])
            + troubles.flatMap { ["-e", "inject=\($0)"] }
    }
}
