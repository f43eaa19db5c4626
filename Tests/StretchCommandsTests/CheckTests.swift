import Foundation
import TestHome
import TestSupport
import Testing

/// `check`, with no daemon.
struct CheckTests {
    @Test func checkSaysWhatTheConfigurationMeans() throws {
        let defaults = try CommandLineHome().run("check")
        #expect(defaults.code == 0)
        #expect(defaults.lines.first == "no configuration file: the defaults, 1 routine")
        let home = try CommandLineHome(configuration: twoRoutines)
        let result = try home.run("check")
        #expect(result.code == 0)
        #expect(result.lines.first == "\(home.configurationFile) is fine: 2 routines")
    }

    @Test func checkNamesEveryProblemOnALineOfItsOwn() throws {
        let home = try CommandLineHome()
        let file = home.path + "/draft.toml"
        try home.write("day_start = 4\n[prompt]\nsnoze = \"5min\"\n", to: file)
        let result = try home.run("check", file)
        #expect(result.code == 78)
        #expect(result.out == "")
        let problems = result.err.split(separator: "\n")
        #expect(problems.count == 2)
        #expect(problems.allSatisfy { $0.hasPrefix("stretchd: \(file): ") })
        #expect(try home.run("check", home.path + "/nothing.toml").code == 65)
    }

    private let twoRoutines = routine("morning", "07:30") + routine("desk", "18:00")

    @Test func checkSaysWhatTheConfigurationTakesAway() throws {
        let home = try CommandLineHome(configuration: routine("desk", "daily"))
        try home.sync(
            #"{"v":1,"id":"a","ts":"2026-03-02T07:31:00Z","type":"done","occ":"morning@2026-03-02T07:30","day":"2026-03-02"}"#
        )
        let remarks = try home.run(["check"], adding: ["NO_COLOR": "1"], columns: 80).lines.suffix(4)
        #expect(
            remarks.joined(separator: " ").replacing(#/\s+/#, with: " ").contains(
                "remark: 1 done day of morning, which is not configured any more; was it renamed?"))
        #expect(remarks.allSatisfy { $0.count <= 80 })
        #expect(
            try home.run("check").out.contains(
                "remark: routine \"desk\": schedule: \"daily\""))
    }

    // MARK: What is no file on the disk

    @Test func whatCannotBeReadIsToldWithWhatToDo() throws {
        let home = try CommandLineHome()
        let missing = try home.run("check", "\(home.path)/nothing.toml")
        #expect(missing.code == 65)
        #expect(
            missing.err
                == "stretchd: cannot read \(home.path)/nothing.toml: No such file or directory; check the name\n")
    }

    @Test func ofADirectoryItSaysWhatToName() throws {
        let home = try CommandLineHome()
        let directory = try home.run("check", home.path)
        #expect(directory.code == 65)
        #expect(
            directory.err
                == "stretchd: \(home.path) is a directory; name a file, or none for the one in use, "
                + "\(home.configurationFile)\n")
        try home.write(twoRoutines, to: home.configurationFile)
        let own = "\(home.path)/config/stretchd"
        for name in [own, own + "/"] {
            let result = try home.run("check", name)
            #expect(result.code == 65)
            #expect(result.err == "stretchd: \(name) is a directory; did you mean \(own)/config.toml?\n")
        }
    }
}
