import Foundation
import TestHome
import TestSupport
import Testing

/// What a terminal makes of what is written; tmux is one that can be asked.
struct RealTerminalTests {
    /// Erasing behind a full line takes its last character: there the cursor still stands on it.
    @Test func aLineAsWideAsTheTerminalIsShownToItsEnd() async throws {
        try await Tmux.run(["guide", "desk"], columns: 20, rows: 6) { tmux in
            let lines = try await tmux.shows("Too small")
            #expect(lines.prefix(3) == ["Too small: make it", "40 x 12 at least, it", "is 20 x 6."])
        }
    }

    @Test func aShorterLineLeavesNothingOfTheOneBefore() async throws {
        try await Tmux.run(["guide", "desk"], columns: 80, rows: 24) { tmux in
            try await tmux.shows("Before you begin")
            try await tmux.type("Enter")
            let lines = try await tmux.shows("hurt now?")
            #expect(!lines.contains { $0.contains("numbness") })
        }
    }
}

/// The program in a tmux of its own, in which nothing is as the person has it.
private struct Tmux {
    private let home: CommandLineHome

    static func run(
        _ arguments: [String], columns: Int, rows: Int, _ body: (Tmux) async throws -> Void
    ) async throws {
        let tmux = Tmux(home: try CommandLineHome.atNoon(dueSinceEight))
        try await tmux.ask(
            ["-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", builtProgram("stretchd")]
                + arguments)
        do { try await body(tmux) } catch {
            _ = try? await tmux.ask(["kill-server"])
            throw error
        }
        try await tmux.ask(["kill-server"])
    }

    /// Waits until a text is on the screen; all the lines there.
    @discardableResult
    func shows(_ text: String) async throws -> [String] {
        let lines = try await eventually {
            let lines = try await ask(["capture-pane", "-p"])
            return lines.contains { $0.contains(text) } ? lines : nil
        }
        return try #require(lines, "no \(text)")
    }

    func type(_ key: String) async throws { try await ask(["send-keys", key]) }

    @discardableResult
    private func ask(_ command: [String]) async throws -> [String] {
        try await Subprocess.run(
            ["/usr/bin/tmux", "-u", "-S", "\(home.path)/tmux"] + command, environment: home.guideEnvironment)
    }
}
