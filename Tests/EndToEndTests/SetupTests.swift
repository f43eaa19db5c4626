import Foundation
import TestHome
import TestSupport
import Testing

/// `stretchd setup` in a terminal.
struct SetupTests {
    @Test func theAnswersBecomeSettings() async throws {
        let home = try CommandLineHome.atNoon()
        try await setUp(in: home) { terminal in
            try await terminal.answer("Any of them? [y/n]", "n")
            try await terminal.answer("osteoporosis, or pregnant? [y/n]", "n")
            try await terminal.answer("down to the floor and up again? [y/n]", "y")
            try await terminal.answer("Can you kneel? [y/n]", "n")
            try await terminal.answer("7 of 10 or more? [y/n]", "n")
            try await terminal.answer("1, 2 or 3? [3]", "1")
            try await terminal.answer("a slipped vertebra? [y/n]", "n")
            try await terminal.shows("If pain moves down the leg, this is not yours.")
            try await terminal.answer("When do you get up? [07:00]", "25:00")
            try await terminal.shows("Please answer with a time such as 7:30.")
            terminal.type("6:45\r")
            try await terminal.answer("On which days? [every day]", "weekdays")
            try await terminal.answer("another machine, too? [y/n]", "n")
            try await terminal.shows("schedule = \"Mon..Fri 06:45\"")
            #expect(!FileManager.default.fileExists(atPath: home.configurationFile))
            try await terminal.answer("Write this to", "y")
            try await terminal.shows("Written. You are asked first on ")
            try await terminal.shows("systemctl --user start stretchd")
            try await terminal.shows("stretchd guide backward")
            #expect(try await terminal.finish() == 0)
        }
        let text = try String(contentsOfFile: home.configurationFile, encoding: .utf8)
        #expect(
            text.hasSuffix(
                "[person]\navoid = [\"kneeling\"]\n\n[[routine]]\nid = \"backward\"\nschedule = \"Mon..Fri 06:45\"\n"))
        let mode = try FileManager.default.attributesOfItem(atPath: home.configurationFile)[.posixPermissions]
        #expect(mode as? Int == 0o600)
        #expect(try home.run("check").out.contains("is fine: 1 routine"))
    }

    @Test func whoHasAWarningSignGetsNoSettings() async throws {
        let home = try CommandLineHome.atNoon()
        try await setUp(in: home) { terminal in
            try await terminal.shows("- numbness or tingling between the legs")
            try await terminal.answer("Any of them? [y/n]", "y")
            try await terminal.shows("Do not stretch. Get urgent care. Nothing is written.")
            #expect(try await terminal.finish() == 65)
        }
        #expect(!FileManager.default.fileExists(atPath: home.configurationFile))
    }

    @Test func afterAnOperationOneAsksFirst() async throws {
        let home = try CommandLineHome.atNoon()
        try await setUp(in: home) { terminal in
            try await terminal.answer("Any of them? [y/n]", "n")
            try await terminal.answer("osteoporosis, or pregnant? [y/n]", "y")
            try await terminal.answer("may do such exercises? [y/n]", "n")
            try await terminal.shows("Ask first")
            #expect(try await terminal.finish() == 65)
        }
        #expect(!FileManager.default.fileExists(atPath: home.configurationFile))
    }

    @Test func whoMayBeginsWithAChairAndWithoutWhatIsNotForThem() async throws {
        let home = try CommandLineHome.atNoon()
        try await setUp(["--print"], in: home) { terminal in
            try await terminal.answer("Any of them? [y/n]", "n")
            try await terminal.answer("osteoporosis, or pregnant? [y/n]", "y")
            try await terminal.answer("may do such exercises? [y/n]", "y")
            try await terminal.answer("Are you pregnant? [y/n]", "n")
            try await terminal.answer("Osteoporosis, or a broken spine? [y/n]", "y")
            try await terminal.answer("An artificial hip? [y/n]", "y")
            try await terminal.answer("down to the floor and up again? [y/n]", "y")
            try await terminal.answer("Can you kneel? [y/n]", "n")
            try await terminal.shows("Begin with a chair, then")
            try await terminal.getsUpEveryDay()
            try await terminal.shows("id = \"chair\"")
            #expect(terminal.picture.text.contains("avoid = [\"kneeling\", \"osteoporosis\", \"hip-replacement\"]"))
            #expect(try await terminal.finish() == 0)
        }
    }

    @Test func whoseLegsWeakenWhenWalkingSeesADoctorFirst() async throws {
        let home = try CommandLineHome.atNoon()
        try await setUp(["--print"], in: home) { terminal in
            try await terminal.toTheDirection("2")
            try await terminal.answer("hurt or weaken when you walk? [y/n]", "y")
            try await terminal.shows("Show that to a doctor first. Nothing is written.")
            #expect(try await terminal.finish() == 65)
        }
    }

    @Test func whoHasASlippedVertebraDoesNotBendBackward() async throws {
        let home = try CommandLineHome.atNoon()
        try await setUp(["--print"], in: home) { terminal in
            try await terminal.toTheDirection("1")
            try await terminal.answer("a slipped vertebra? [y/n]", "y")
            try await terminal.shows("bending backward is not for you")
            // Before the usual beginning of the day.
            try await terminal.getsUpEveryDay(at: "3:30")
            try await terminal.shows("id = \"morning\"")
            #expect(terminal.picture.text.contains("day_start = \"02:00\""))
            #expect(terminal.picture.text.contains("avoid = [\"stenosis\"]"))
            #expect(try await terminal.finish() == 0)
        }
    }

    /// Ctrl-C, and the end of input.
    @Test(arguments: [("\u{3}", 130), ("\u{4}", 65)] as [(String, Int32)])
    func whoLeavesInTheMiddleHasNoSettings(key: String, status: Int32) async throws {
        let home = try CommandLineHome.atNoon()
        try await setUp(in: home) { terminal in
            try await terminal.answer("Any of them? [y/n]", "n")
            try await terminal.shows("osteoporosis, or pregnant? [y/n]")
            terminal.type(key)
            #expect(try await terminal.finish() == status)
        }
        #expect(!FileManager.default.fileExists(atPath: home.configurationFile))
    }

    @Test func settingsThatAreThereStay() async throws {
        let home = try CommandLineHome.atNoon("# mine\n")
        try await setUp(in: home) { terminal in
            try await terminal.shows("your settings are there already")
            #expect(try await terminal.finish() == 65)
        }
        #expect(try String(contentsOfFile: home.configurationFile, encoding: .utf8) == "# mine\n")
    }

    @Test func printOnlyPrints() async throws {
        let home = try CommandLineHome.atNoon("# mine\n")
        try await setUp(["--print"], in: home) { terminal in
            try await terminal.toTheEnd()
            try await terminal.shows("id = \"chair\"")
            #expect(terminal.picture.text.contains("avoid = [\"floor\"]"))
            #expect(try await terminal.finish() == 0)
            #expect(!terminal.picture.text.contains("Write this to"))
        }
        #expect(try String(contentsOfFile: home.configurationFile, encoding: .utf8) == "# mine\n")
    }

    @Test func onAFullDiskNothingIsLeftBehind() async throws {
        let home = try CommandLineHome.atNoon()
        // No file may get longer than nothing.
        try await setUp(in: home, under: ["/bin/sh", "-c", "ulimit -f 0; exec \"$@\"", "sh"]) { terminal in
            try await terminal.toTheEnd()
            try await terminal.answer("Write this to", "y")
            try await terminal.shows("not written to ")
            #expect(try await terminal.finish() == 74)
        }
        let directory = URL(filePath: home.configurationFile).deletingLastPathComponent().path
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == [])
    }

    @Test func whereALinkLeadsNowhereNothingIsWritten() async throws {
        let home = try CommandLineHome.atNoon()
        try FileManager.default.createSymbolicLink(
            atPath: home.configurationFile, withDestinationPath: "\(home.path)/not mounted/config.toml")
        try await setUp(in: home) { terminal in
            try await terminal.shows("a link on the way leads nowhere")
            #expect(try await terminal.finish() == 65)
        }
    }

    @Test func withoutATerminalItAsksNothing() async throws {
        let home = try CommandLineHome.atNoon()
        let result = try await home.runProgram(["setup"])
        #expect(result.code == 65)
        #expect(result.err == "stretchd: setup asks questions and needs a terminal; nothing is written\n")
        #expect(!FileManager.default.fileExists(atPath: home.configurationFile))
    }

    private func setUp(
        _ arguments: [String] = [], in home: CommandLineHome, under command: [String] = [],
        _ body: (PseudoTerminal) async throws -> Void
    ) async throws {
        let environment = ["TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"]
        let terminal = try PseudoTerminal(
            command + [builtProgram("stretchd"), "setup"] + arguments,
            environment: home.environment.merging(environment) { $1 }, columns: 200, rows: 60)
        do { try await body(terminal) } catch {
            await terminal.end()
            throw error
        }
        await terminal.end()
    }
}

extension PseudoTerminal {
    /// Waits for a question and answers it.
    fileprivate func answer(_ question: String, _ answer: String) async throws {
        try await shows(question)
        type("\(answer)\r")
    }

    /// Somebody who can do everything, up to when it is worse.
    fileprivate func toTheDirection(_ direction: String) async throws {
        try await answer("Any of them? [y/n]", "n")
        try await answer("osteoporosis, or pregnant? [y/n]", "n")
        try await answer("down to the floor and up again? [y/n]", "y")
        try await answer("Can you kneel? [y/n]", "y")
        try await answer("7 of 10 or more? [y/n]", "n")
        try await answer("1, 2 or 3? [3]", direction)
    }

    /// The last questions: somebody with one machine gets up every day at the time, or at the usual one.
    fileprivate func getsUpEveryDay(at time: String = "") async throws {
        try await answer("When do you get up? [07:00]", time)
        try await answer("On which days? [every day]", "")
        try await answer("another machine, too? [y/n]", "n")
    }

    /// Somebody who cannot get down to the floor, and takes what is usual.
    fileprivate func toTheEnd() async throws {
        try await answer("Any of them? [y/n]", "n")
        try await answer("osteoporosis, or pregnant? [y/n]", "n")
        try await answer("down to the floor and up again? [y/n]", "n")
        try await getsUpEveryDay()
    }
}
