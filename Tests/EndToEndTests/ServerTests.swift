import Glibc
import TestSupport
import Testing

/// What becomes of a prompt when dunst fails.
struct ServerTests {
    @Test func restartedServerGetsThePromptAgain() async throws {
        try await withPrompt { machine, desktop, dunst, _ in
            dunst.signal(SIGKILL)
            _ = try await dunst.finish()
            try await machine.daemon("nothing is on the screen") { $0.posted.isEmpty }
            _ = try await desktop.startDunst()
            try await machine.record("prompted", count: 2)
            #expect(try await desktop.settles(at: 1) == 1)
            try await desktop.press("done")
            try await machine.record("done")
        }
    }

    @Test func serverThatComesLateGetsThePrompt() async throws {
        try await withDesktop { desktop in
            let machine = try Machine(on: desktop.bus)
            try machine.configureDue()
            _ = try await machine.start()
            try await machine.daemon("the prompt waits") { $0.due.first?.reason.word == "no-server" }
            #expect(try machine.records().isEmpty)
            _ = try await desktop.startDunst()
            try await machine.record("prompted")
            #expect(try await desktop.settles(at: 1) == 1)
        }
    }

    @Test func hangingServerStopsNothingAndShowsOnePromptInTheEnd() async throws {
        try await withDesktop { desktop in
            let machine = try Machine(on: desktop.bus)
            try machine.configureIdle()
            let dunst = try await desktop.startDunst()
            let daemon = try machine.launch([builtProgram("stretchd"), "run"])
            _ = try await found("the server is known") {
                let log = daemon.unread.joined()
                return log.contains("running") && log.contains("notifications go to dunst") ? log : nil
            }
            dunst.signal(SIGSTOP)
            try machine.configure(machine.noon.daily(in: 3))
            #expect(try await machine.stretchd("reload").status == 0)

            try await machine.daemon("the server does not answer") {
                $0.due.first?.reason.word == "no-answer"
            }
            #expect(try await machine.stretchd("reload").status == 0)
            #expect(try machine.records().isEmpty)
            dunst.signal(SIGCONT)
            try await machine.record("prompted")
            #expect(try await desktop.settles(at: 1) == 1)
            #expect(try await desktop.count("history") == 0)
        }
    }

    @Test func answerGivenWhileTheServerHangsLeavesNothingOnTheScreen() async throws {
        try await withPrompt { machine, desktop, dunst, _ in
            dunst.signal(SIGSTOP)
            #expect(try await machine.stretchd("done").status == 0)
            try await machine.daemon("nothing is due") { $0.due.isEmpty }
            dunst.signal(SIGCONT)
            #expect(try await desktop.settles(at: 0) == 0)
        }
    }
}
