import Foundation
import StretchCore
import TestHome
import TestSupport
import Testing

/// How `guide` treats its terminal, and how it gives it back.
struct GuideScreenTests {
    @Test(arguments: [SIGSEGV, SIGABRT, SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGQUIT])
    func crashRestoresTheTerminal(signal: Int32) async throws {
        try await GuideTerminal.run { guide in
            let terminal = guide.terminal
            let before = try await terminal.settingsTaken()
            terminal.signal(signal)
            #expect(try await terminal.finish() == 128 + signal)
            try await terminal.shows("the first page") { $0.isAsBefore }
            #expect(terminal.settings == before)
        }
    }

    @Test(arguments: [SIGTERM, SIGHUP])
    func signalRestoresTheTerminalAndTakesTheBeginBack(signal: Int32) async throws {
        try await GuideTerminal.run { guide in
            let terminal = guide.terminal
            let before = try await terminal.settingsTaken()
            terminal.signal(signal)
            #expect(try await terminal.finish() == 128 + signal)
            try await terminal.shows("the first page") { $0.isAsBefore }
            #expect(terminal.settings == before)
            #expect(try guide.types() == ["started", "undo"])
        }
    }

    @Test func endInOrderRestoresTheTerminal() async throws {
        try await GuideTerminal.run { guide in
            let before = try await guide.terminal.settingsTaken()
            guide.terminal.type("q")
            #expect(try await guide.terminal.finish() == 0)
            try await guide.terminal.shows("the first page") { $0.isAsBefore }
            #expect(guide.terminal.settings == before)
        }
    }

    @Test func closingTheWindowTakesTheBeginBack() async throws {
        try await GuideTerminal.run { guide in
            try await guide.begin()
            guide.terminal.close()
            #expect(try await guide.terminal.finish() == 128 + SIGHUP)
            #expect(try guide.types() == ["started", "undo"])
        }
    }

    @Test func controlZGivesTheTerminalBackAndPauses() async throws {
        try await GuideTerminal.run { guide in
            let terminal = guide.terminal
            let before = try await terminal.settingsTaken()
            try await guide.begin()
            terminal.type("\u{1A}")
            try await terminal.shows("the first page") { $0.isAsBefore }
            #expect(terminal.settings == before)
            _ = try await found("the guide stopped") { try terminal.isStopped ? true : nil }
            terminal.signal(SIGCONT)
            try await terminal.shows("space go on")
            #expect(!terminal.picture.isAsBefore)
            #expect(terminal.settings != before)
            terminal.type(" ")
            try await terminal.shows("space pause")
        }
    }

    @Test func pageFollowsTheSizeOfTheWindow() async throws {
        try await GuideTerminal.run { guide in
            let terminal = guide.terminal
            try await guide.begin()
            terminal.type("nn")
            try await terminal.shows("███")
            terminal.resize(columns: 40, rows: 12)
            try await terminal.shows("a page of 40 columns") { picture in
                picture.lines.count == 12 && picture.lines.allSatisfy { $0.count <= 40 }
                    && picture.text.contains("space pause   n next   b back   i info")
                    && picture.text.contains("q stop")
            }
            terminal.resize(columns: 30, rows: 10)
            try await terminal.shows("Too small")
            terminal.resize(columns: 120, rows: 40)
            try await terminal.shows("a page of 40 lines") { $0.lines.count == 40 && $0.text.contains("Next: ") }
        }
    }

    @Test func arrowKeysWorkEvenInPieces() async throws {
        try await GuideTerminal.run { guide in
            try await guide.begin()
            guide.terminal.type("\u{1B}[C")
            try await guide.terminal.shows("Lower yourself to one knee")
            guide.terminal.type("\u{1B}")
            guide.terminal.type("[")
            guide.terminal.type("C")
            try await guide.terminal.shows("left side, round 1 of 3")
            guide.terminal.type("\u{1B}[D")
            try await guide.terminal.shows("Lower yourself to one knee")
        }
    }

    @Test func onlyASCIIAndNoColourWhereNothingElseIsWanted() async throws {
        try await GuideTerminal.run(adding: ["LANG": "C", "NO_COLOR": "1"]) { guide in
            try await guide.begin()
            guide.terminal.type("nn")
            try await guide.terminal.shows("1 of 1, left side, round 1 of 3")
            try await guide.terminal.shows("####")
            let bytes = guide.terminal.picture.bytes
            #expect(bytes.allSatisfy { $0 < 128 })
            #expect(!String(decoding: bytes, as: UTF8.self).contains("\u{1B}[32m"))
        }
    }

    @Test func theNumberOfRingsTellsWhatIsNext() async throws {
        try await GuideTerminal.run { guide in
            try await guide.begin()
            guide.terminal.type("nn")
            try await guide.terminal.shows("a bell") { $0.bells == 1 }
            guide.terminal.type("n")
            try await guide.terminal.shows("three more, to change sides") { $0.bells == 1 + 3 }
            guide.terminal.type("n")
            try await guide.terminal.shows("one more, for the right side") { $0.bells == 4 + 1 }
            guide.terminal.type("n")
            try await guide.terminal.shows("two more, to rest") { $0.bells == 5 + 2 }
        }
    }

    /// Without a key: two holds of a second, each on its time.
    @Test func timePassesByItselfToTheEnd() async throws {
        let quick = dueSinceEight.replacing(
            "steps = [\"half-kneeling-hip-flexor\"]",
            with: """
                steps = [{ stretch = "half-kneeling-hip-flexor", sides = "none", hold = "1s", repeats = 2, rest = "1s" }]
                [guide]
                pain = "never"
                """)
        try await GuideTerminal.run("--plain", configuration: quick) { guide in
            try await guide.terminal.shows("Get ready.")
            guide.terminal.type("nn")
            #expect(try await guide.terminal.finish() == 0)
            let lines = guide.terminal.picture.text
            for line in ["round 1 of 2: 1 s", "rest: 1 s", "round 2 of 2: 1 s", "done: morning 08:00"] {
                #expect(lines.contains(line))
            }
            #expect(try guide.types() == ["started", "done"])
        }
    }

    @Test func countdownWakesItAtMostThreeTimesASecond() async throws {
        try await GuideTerminal.run { guide in
            try await guide.begin()
            guide.terminal.type("nn")
            // A busy machine may not see every second.
            let toGo = { (text: String) in
                text.firstMatch(of: /([0-9]):([0-9][0-9]) to go/).map { (Int($0.1) ?? 0) * 60 + (Int($0.2) ?? 0) }
            }
            var (first, last) = (0, 0)
            try await guide.terminal.shows("the hold") {
                first = toGo($0.text) ?? 0
                return (1...138).contains(first)
            }
            let before = try guide.terminal.wakeUps
            try await guide.terminal.shows("six seconds later") {
                last = toGo($0.text) ?? first
                return last <= first - 6
            }
            #expect(try guide.terminal.wakeUps - before <= 3 * (first - last) + 3)
        }
    }
}

/// `guide` without a screen.
struct GuidePlainTests {
    @Test func plainGuidePrintsALineForEachChangeAndTakesKeys() async throws {
        try await GuideTerminal.run("--plain") { guide in
            let terminal = guide.terminal
            try await terminal.shows("How much does your back hurt now? From 0")
            terminal.type("2")
            try await terminal.shows("Morning stretch: 10 s. Get ready.")
            try await terminal.shows("Keys: space pause, n next, b back, i info, q stop.")
            terminal.type("nn")
            try await terminal.shows("1 of 1 · left side, round 1 of 3: 15 s. Keep the tailbone tucked")
            terminal.type("q")
            try await terminal.shows("Keys: d done, l later, space go on.")
            terminal.type("d")
            #expect(try await terminal.finish() == 0)
            try await terminal.shows("done: morning 08:00, ")
            #expect(!terminal.picture.bytes.contains(0x1B))
        }
    }

    @Test func nobodyIsAskedThroughAPipe() async throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        let guide = try Subprocess([builtProgram("stretchd"), "guide"], environment: home.guideEnvironment)
        do {
            try await guide.line("Before you begin. Do not stretch, and get urgent care, with any of these:")
            for sign in Safety.warningSigns { try await guide.line("- \(sign)") }
            try await guide.line(Safety.stopRule)
            try await guide.line("Morning stretch: 10 s. Get ready.")
            guide.signal(SIGINT)
            #expect(try await guide.finish() == 0)
            let rest = try await guide.rest()
            #expect(rest.count == 1)
            #expect(rest.first?.hasPrefix("snoozed until ") == true)
            #expect(try home.records().map { $0["type"] } == ["started", "undo", "snooze"])
        } catch {
            await guide.end()
            throw error
        }
    }

    @Test func closedPipeEndsIt() async throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        let status = "\(home.path)/status"
        let commands = "{ \(builtProgram("stretchd")) guide </dev/null; echo $? >\(status); } | head -n 1"
        let lines = try await Subprocess.run(["sh", "-c", commands], environment: home.guideEnvironment)
        #expect(lines.count == 1)
        #expect(try String(contentsOfFile: status, encoding: .utf8) == "0\n")
        #expect(try home.records().map { $0["type"] } == ["started", "undo"])
    }
}

extension PseudoTerminal {
    /// The settings that the terminal had; the guide has taken it over when this returns.
    fileprivate func settingsTaken() async throws -> [UInt32] {
        // Before the program could change them nobody can look; a fresh terminal has the same ones.
        let other = try PseudoTerminal(["true"], environment: [:])
        let fresh = other.settings
        await other.end()
        try await shows("hurt now?")
        #expect(settings != fresh)
        return fresh
    }

    fileprivate var isStopped: Bool {
        get throws {
            try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8).contains("State:\tT")
        }
    }

    /// How often a thread of it was woken by now.
    fileprivate var wakeUps: Int {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task").reduce(0) { sum, thread in
                let status = try String(contentsOfFile: "/proc/\(pid)/task/\(thread)/status", encoding: .utf8)
                let line = status.split(separator: "\n").first { $0.hasPrefix("voluntary_ctxt_switches:") }
                return sum + (line?.split(separator: "\t").last.flatMap { Int($0) } ?? 0)
            }
        }
    }
}
