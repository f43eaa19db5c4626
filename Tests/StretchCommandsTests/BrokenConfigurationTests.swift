import Foundation
import StretchFiles
import TestHome
import TestSupport
import Testing

/// What commands do while the configuration file is wrong (rule 18).
struct BrokenConfigurationTests {
    private let home: CommandLineHome
    private let broken = "snooze = 3\nday_start = 4\n"
    private let advice =
        "this command goes on with the configuration before it; mend the file with stretchd edit; "
        + "stretchd check says all 2 mistakes"

    init() throws { home = try CommandLineHome.atNoon(routine("walk", "08:00", window: "12h")) }

    /// Keeps the present file, as a daemon does, and breaks it then.
    private func breakFile() throws {
        let kept = KeptConfiguration(
            in: "\(home.path)/.local/state/stretchd", of: home.configurationFile, with: home.journal)
        try kept.keep(try ConfigurationFile.files(home.configurationFile))
        try home.write(broken, to: home.configurationFile)
    }

    @Test(arguments: [
        ["status"], ["status", "--json"], ["done"], ["skip"], ["snooze"], ["pause"], ["resume"], ["next"],
        ["history"], ["export"], ["simulate"], ["stretches"],
        ["report", "--output", "/dev/null", "--force"],
    ])
    func everyCommandGoesOnWithTheOneBeforeAndComplainsAtItsEnd(_ command: [String]) throws {
        let fine = try home.run(command)
        try breakFile()
        let result = try home.run(command)
        #expect(result.code == fine.code, "\(result.err)")
        let complaints = result.err.split(separator: "\n")
        #expect(
            complaints.suffix(2).first?.hasPrefix("stretchd: \(home.configurationFile): day_start: is the whole")
                == true)
        #expect(complaints.last == "stretchd: \(advice)")
        #expect(complaints.count { $0.contains("day_start") } == 1)
    }

    @Test func anAnswerGoesToTheRoutineOfBefore() throws {
        try breakFile()
        let done = try home.run("done", "walk")
        #expect(done.code == 0)
        #expect(done.out.hasPrefix("done: walk 08:00"))
        #expect(try home.records().map { $0["type"] } == ["done"])
    }

    @Test func aCommandThatFailsComplainsOfItBelowItsError() throws {
        try breakFile()
        let result = try home.run("done", "wlak")
        #expect(result.code == 65)
        let lines = result.err.split(separator: "\n")
        #expect(lines.first == "stretchd: no routine \"wlak\"; did you mean walk?")
        #expect(lines.last == "stretchd: \(advice)")
    }

    @Test func withoutACopyTheDefaultsAreUsedAndThatIsSaid() throws {
        try home.write(broken, to: home.configurationFile)
        let result = try home.run("status")
        #expect(result.code == 0)
        #expect(result.out.hasPrefix("morning  "))
        let lines = result.err.split(separator: "\n").suffix(2)
        #expect(
            Array(lines) == [
                "stretchd: no settings from before are kept",
                "stretchd: this command goes on with the defaults; mend the file with stretchd edit; "
                    + "stretchd check says all 2 mistakes",
            ])
    }

    @Test(arguments: [40, 60, 80])
    func onATerminalTheComplaintFits(columns: Int) throws {
        try breakFile()
        let lines = try home.run(["status"], columns: columns).err.split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= columns })
        #expect(lines.first?.hasPrefix("stretchd: ~/config/stretchd/config.toml:") == true)
        #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("stretchd: this ") || $0.hasPrefix("          ") })
        let words = lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
        #expect(words.hasSuffix(advice))
    }

    @Test func checkStillFails() throws {
        try breakFile()
        let result = try home.run("check")
        #expect(result.code == 78)
        #expect(result.out == "")
        #expect(result.err.split(separator: "\n").count == 2)
    }

    @Test func commandsWriteNoCopy() throws {
        try home.write(routine("walk", "08:00"), to: home.configurationFile)
        _ = try home.run("status")
        #expect(!FileManager.default.fileExists(atPath: "\(home.path)/.local/state"))
    }
}
