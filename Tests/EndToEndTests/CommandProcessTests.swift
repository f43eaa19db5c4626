import Foundation
import TestHome
import TestSupport
import Testing

/// Commands as processes: what their streams, arguments and limits are.
struct CommandProcessTests {
    // MARK: Standard input

    private func run(_ script: String, in home: CommandLineHome) async throws -> CommandLineHome.Result {
        try await home.runProgram([], under: ["/bin/bash", "-c", script])
    }

    @Test func aSlowWriterOfAPipeIsWaitedFor() async throws {
        let home = try CommandLineHome(configuration: routine("morning", "07:30") + routine("desk", "18:00"))
        for script in [
            #"exec "$0" check <(sleep 0.3; cat $C)"#,
            #"(head -c 20 $C; sleep 0.3; tail -c +21 $C) | "$0" check /dev/stdin"#,
            #"(sleep 0.3; cat $C) | "$0" check -"#,
            // Somebody who shares the pipe does not want to wait.
            #"(sleep 0.3; cat $C) | python3 -c "$UNWILLING" "$0" check -"#,
        ] {
            let unwilling = "import os, sys; os.set_blocking(0, False); os.execv(sys.argv[1], sys.argv[1:])"
            let result = try await run("C=\(home.configurationFile); UNWILLING='\(unwilling)'; \(script)", in: home)
            #expect(result.err == "")
            #expect(result.out.contains(" is fine: 2 routines"), "\(script)")
        }
    }

    @Test func whatAPipeBringsIsJudgedAsAFileIs() async throws {
        let home = try CommandLineHome()
        let wrong = try await run(#"echo 'day_start = 4' | "$0" check -"#, in: home)
        #expect(wrong.code == 78)
        #expect(wrong.err.hasPrefix("stretchd: standard input: day_start: is the whole number 4; "))
        let including = try await run(#"echo 'include = "physio.toml"' | "$0" check /dev/stdin"#, in: home)
        #expect(including.code == 78)
        #expect(including.err.contains("include: \"physio.toml\": nothing lies beside a pipe; check the file itself"))
    }

    // MARK: Standard output

    @Test(arguments: [
        ["export"], ["export", "--format", "json"], ["report"], ["status"], ["history"], ["history", "--json"],
        ["next"], ["next", "--schedule", "12:00"], ["stretches"], ["stretches", "cat-camel"], ["check"], ["simulate"],
        ["journal", "verify"],
    ])
    func aFullDiskIsToldOf(command: [String]) async throws {
        let result = try await CommandLineHome().runProgram(
            command, under: ["/bin/sh", "-c", #"exec "$@" >/dev/full"#, "sh"])
        #expect(result.code == 74)
        #expect(
            result.err
                == "stretchd: not written to standard output: No space left on device; make room on its file system\n")
    }

    @Test(arguments: [["-o", "-"], ["--output", "-", "--force"]])
    func aDashIsStandardOutput(_ option: [String]) async throws {
        let home = try CommandLineHome()
        let result = try await home.runProgram(
            ["report"] + option, under: ["/bin/sh", "-c", #"cd "$HOME"; exec "$@""#, "sh"])
        #expect(result.code == 0)
        #expect(result.out.hasPrefix("<!DOCTYPE html>"))
        #expect(!FileManager.default.fileExists(atPath: "\(home.path)/-"))
    }

    /// As a program does that shares the pipe.
    @Test func aSlowReaderOfAPipeThatDoesNotWaitGetsAllOfIt() async throws {
        let home = try CommandLineHome()
        let script = """
            import os, subprocess, sys, time
            reader, writer = os.pipe()
            os.set_blocking(writer, False)
            report = subprocess.Popen(sys.argv[1:], stdout=writer)
            os.close(writer)
            time.sleep(0.3)
            size = 0
            while part := os.read(reader, 4096): size += len(part)
            print(size, report.wait())
            """
        // The drawings make it longer than a pipe holds.
        let text = routine("a", "08:00") + "steps = [\"cat-camel\"]\n"
        try home.write(text + (0..<250).map { routine("r\($0)", "08:00") }.joined(), to: home.configurationFile)
        let told = try await home.runProgram(["report"], under: ["python3", "-c", script])
        let whole = try home.run("report")
        #expect(whole.out.utf8.count > 65_536)
        #expect(told.out == "\(whole.out.utf8.count) 0\n")
    }

    /// All that a command knows of its terminal it has asked the kernel.
    @Test(arguments: [40, 80])
    func theTerminalIsMeasured(columns: Int) async throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        let environment = home.environment.merging(["LC_ALL": "C.UTF-8"]) { $1 }
        let terminal = try PseudoTerminal(
            [builtProgram("stretchd"), "status"], environment: environment, columns: columns)
        _ = try await terminal.finish()
        await terminal.end()
        let shown = try home.run(["status"], adding: ["LC_ALL": "C.UTF-8"], columns: columns).out
        #expect(String(decoding: terminal.picture.bytes, as: UTF8.self).replacing("\r\n", with: "\n") == shown)
    }

    // MARK: Arguments, environment, limits

    /// Swift would repair it, and the file would have another name than the person said.
    @Test func anArgumentThatIsNotUTF8IsRefused() async throws {
        let home = try CommandLineHome()
        let command = ["/bin/sh", "-c", #"cd "$HOME" && exec "$@" -o "$(printf 'caf\351.html')""#, "sh"]
        let result = try await home.runProgram(["report"], under: command)
        #expect(result.code == 64)
        #expect(
            result.err == "stretchd: argument 3, caf\u{FFFD}.html, is not UTF-8; "
                + "write it in UTF-8, or choose another name\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: home.path).allSatisfy { !$0.hasPrefix("caf") })
    }

    @Test func aHomeThatIsNotUTF8IsRefused() async throws {
        let home = try CommandLineHome()
        let command = ["/bin/sh", "-c", #"XDG_DATA_HOME="$HOME/$(printf 'B\374ro')" exec "$@""#, "sh"]
        let result = try await home.runProgram(["done"], under: command)
        #expect(result.code == 69)
        #expect(result.err.hasPrefix("stretchd: XDG_DATA_HOME is not UTF-8"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: home.path).allSatisfy { !$0.hasSuffix("ro") })
    }

    @Test func aNameThatIsNotUTF8IsSaidToBe() async throws {
        let result = try await CommandLineHome().runProgram(
            ["next"], under: ["/bin/sh", "-c", #"TZ=/tmp/tok$(printf '\377') exec "$@""#, "sh"])
        #expect(result.code == 0)
        #expect(result.err.hasPrefix("stretchd: times are in UTC, as TZ cannot be used: TZ is not UTF-8, "))
    }

    /// A limit on the size of files stands in for a full disk: the write fails in the middle in the same way.
    @Test(arguments: [true, false])
    func nothingHalfWrittenIsLeft(replacing: Bool) async throws {
        let home = try CommandLineHome()
        let directory = "\(home.path)/documents"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        if replacing { try home.write("the last one", to: "\(directory)/report.html") }
        let result = try await home.runProgram(
            ["report", "-o", "\(directory)/report.html"] + (replacing ? ["--force"] : []),
            under: ["/bin/sh", "-c", #"ulimit -f 8; exec "$@""#, "sh"])
        #expect(result.code == 74)
        let reason = "File too large; it would outgrow the limit for files: raise that (ulimit -f)"
        #expect(result.err == "stretchd: not written to \(directory)/report.html: \(reason)\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == (replacing ? ["report.html"] : []))
        if replacing {
            #expect(try String(contentsOfFile: "\(directory)/report.html", encoding: .utf8) == "the last one")
        }
    }

    /// As in a container that was not booted.
    @Test(
        .enabled(if: getuid() == 0, "an id of its own needs the right to mount"),
        arguments: ["status", "history", "next", "report", "export", "check", "journal verify", "stretches"])
    func withoutAMachineIDOneCanLook(command: String) async throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        try home.sync(#"{"v":1,"id":"1","ts":"2026-11-23T08:31:00Z","type":"done","occ":"morning@2026-11-23T08:00"}"#)
        let nameless = [
            "unshare", "--mount", "sh", "-c", #"mount --bind /dev/null /etc/machine-id && exec "$@""#, "sh",
        ]
        let arguments = command.split(separator: " ").map(String.init)
        let result = try await home.runProgram(arguments, under: nameless)
        #expect(result.code == 0, "\(result.err)")
        let told = try await home.runProgram(["status"], under: nameless)
        #expect(told.out.contains("nothing can be recorded here: no machine id"))
        let done = try await home.runProgram(["done"], under: nameless)
        #expect(done.code == 74)
        #expect(done.err.contains("no machine id"))
    }
}
