import Foundation
import TestSupport
import Testing

/// `check`, with no daemon.
struct CheckTests {
    @Test func checkSaysWhatTheConfigurationMeans() async throws {
        let defaults = try await CommandLineHome().run("check")
        #expect(defaults.code == 0)
        #expect(defaults.lines.first == "no configuration file: the defaults, 1 routine")
        let home = try CommandLineHome(configuration: twoRoutines)
        let result = try await home.run("check")
        #expect(result.code == 0)
        #expect(result.lines.first == "\(home.configurationFile) is fine: 2 routines")
    }

    @Test func checkNamesEveryProblemOnALineOfItsOwn() async throws {
        let home = try CommandLineHome()
        let file = home.path + "/draft.toml"
        try home.write("day_start = 4\n[prompt]\nsnoze = \"5min\"\n", to: file)
        let result = try await home.run("check", file)
        #expect(result.code == 78)
        #expect(result.out == "")
        let problems = result.err.split(separator: "\n")
        #expect(problems.count == 2)
        #expect(problems.allSatisfy { $0.hasPrefix("stretchd: \(file): ") })
        #expect(try await home.run("check", home.path + "/nothing.toml").code == 65)
    }

    private let twoRoutines = routine("morning", "07:30") + routine("desk", "18:00")

    // MARK: What is no file on the disk

    private func run(_ script: String, in home: CommandLineHome) async throws -> CommandLineHome.Result {
        try await home.run([], under: ["/bin/bash", "-c", script])
    }

    @Test func aSlowWriterOfAPipeIsWaitedFor() async throws {
        let home = try CommandLineHome(configuration: twoRoutines)
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

    @Test func whatCannotBeReadIsToldWithWhatToDo() async throws {
        let home = try CommandLineHome()
        let missing = try await home.run("check", "\(home.path)/nothing.toml")
        #expect(missing.code == 65)
        #expect(
            missing.err
                == "stretchd: cannot read \(home.path)/nothing.toml: No such file or directory; check the name\n")
        let directory = try await home.run("check", home.path)
        #expect(directory.code == 65)
        #expect(directory.err.contains("Is a directory; move it away, or name a file"))
    }
}
