import Glibc
import TestSupport
import Testing

/// The board with a real server.
@Suite struct DunstTests {
    @Test func promptIsShownAndWithdrawn() async throws {
        try await withDunst { desktop, probe in
            try await probe.shows("morning")
            #expect(try await desktop.settles(at: 1) == 1)
            probe.process.send("withdraw morning")
            #expect(try await desktop.settles(at: 0) == 0)
        }
    }

    @Test(arguments: ["start", "done", "snooze", "skip"])
    func pressedButtonIsReportedOnce(action: String) async throws {
        try await withDunst { desktop, probe in
            try await probe.shows("morning")
            try await desktop.press(action)
            try await probe.reports("pressed morning \(action)")
            try await desktop.dunstctl("close")
            // dunst has said Closed before it answers this.
            probe.process.send("post evening")
            #expect(try await probe.reports("").hasPrefix("shown evening"))
        }
    }

    @Test func dismissedPromptIsReportedAsClosed() async throws {
        try await withDunst { desktop, probe in
            try await probe.shows("morning")
            try await desktop.dunstctl("close")
            try await probe.reports("closed morning")
        }
    }

    @Test func raisedPromptStaysOneNotification() async throws {
        try await withDunst { desktop, probe in
            let first = try await probe.shows("morning", "First")
            let second = try await probe.shows("morning", "Second")
            #expect(first == second)
            #expect(try await desktop.settles(at: 1) == 1)
        }
    }

    @Test func markupInABodyIsShownAsItIs() async throws {
        try await withDunst { desktop, probe in
            try await probe.shows("morning")
            try await desktop.dunstctl("close")
            let history = try await desktop.dunstctl("history").joined()
            #expect(history.contains("Hips &amp; &lt;back&gt;"))
        }
    }

    @Test func promptsOfTwoSubjectsStandSideBySide() async throws {
        try await withDunst { desktop, probe in
            let morning = try await probe.shows("morning")
            let evening = try await probe.shows("evening", "Neck")
            #expect(morning != evening)
            #expect(try await desktop.settles(at: 2) == 2)
        }
    }

    @Test func stopWithdrawsEverything() async throws {
        try await withDunst { desktop, probe in
            try await probe.shows("morning")
            try await probe.shows("evening")
            probe.process.send("stop")
            try await probe.reports("stopped")
            #expect(try await desktop.settles(at: 0) == 0)
        }
    }

    @Test func killedBoardLeavesItsNotificationToTheNext() async throws {
        try await withDunst { desktop, probe in
            let posted = try await probe.shows("morning")
            probe.process.signal(SIGKILL)
            _ = try await probe.process.finish()

            let next = try Probe(on: desktop.bus, adopted: "morning=\(posted)")
            #expect(try await next.shows("morning", "Again") == posted)
            #expect(try await desktop.settles(at: 1) == 1)
            try await desktop.press("done")
            try await next.reports("pressed morning done")
        }
    }

    @Test func adoptedNotificationCanBeWithdrawn() async throws {
        try await withDunst { desktop, probe in
            let posted = try await probe.shows("morning")
            probe.process.signal(SIGKILL)
            _ = try await probe.process.finish()

            let next = try Probe(on: desktop.bus, adopted: "morning=\(posted)")
            next.process.send("withdraw morning")
            #expect(try await desktop.settles(at: 0) == 0)
        }
    }

    @Test func restartedServerIsReportedAndGetsAFreshNotification() async throws {
        try await withDesktop { desktop in
            let first = try await desktop.startDunst()
            let probe = try Probe(on: desktop.bus)
            try await probe.reports("server dunst")
            try await probe.shows("morning")
            first.signal(SIGKILL)
            try await probe.reports("server none")
            await first.end()

            _ = try await desktop.startDunst()
            let server = try await probe.reports("server dunst").split(separator: " ")[2]
            #expect(try await probe.shows("morning").hasPrefix("\(server)/"))
            #expect(try await desktop.settles(at: 1) == 1)
        }
    }

    @Test func frozenServerShowsOnePromptWhenItThaws() async throws {
        try await withDesktop { desktop in
            let dunst = try await desktop.startDunst()
            let probe = try Probe(on: desktop.bus)
            try await probe.shows("evening")
            dunst.signal(SIGSTOP)
            probe.process.send("post morning")
            probe.process.send("withdraw evening")
            try await probe.reports("failed morning: the notification server does not answer")
            dunst.signal(SIGCONT)
            try await probe.reports("server dunst")
            #expect(try await desktop.settles(at: 0) == 0)
            try await probe.shows("morning")
            #expect(try await desktop.settles(at: 1) == 1)
        }
    }

    private func withDunst(_ body: (HeadlessDesktop, Probe) async throws -> Void) async throws {
        try await withDesktop { desktop in
            _ = try await desktop.startDunst()
            let probe = try Probe(on: desktop.bus)
            try await probe.reports("server dunst")
            try await body(desktop, probe)
        }
    }
}
