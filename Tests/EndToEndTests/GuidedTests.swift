import Foundation
import TestSupport
import Testing

/// A guide by notifications with everything real: from Start on dunst to the verdict in the journal.
struct GuidedTests {
    /// Two short stretches; getting ready is left to Next.
    private static let stretches = """
        [[stretch]]
        id = "hip"
        title = "Hip"
        movement = "Lean forward."
        sides = "both"
        hold = "1s"
        [[stretch]]
        id = "bridge"
        title = "Bridge"
        movement = "Lift."
        hold = "1s"
        """

    /// A machine on whose screen a guided routine is asked for.
    private func withGuidedPrompt(_ body: (Machine, HeadlessDesktop, Subprocess) async throws -> Void) async throws {
        try await withDesktop { desktop in
            let machine = try Machine(on: desktop.bus)
            try machine.configure(machine.noon.daily(in: -1), steps: ["hip", "bridge"], more: Self.stretches)
            _ = try await desktop.startDunst()
            let daemon = try await machine.start()
            try await machine.record("prompted")
            try #require(try await desktop.settles(at: 1) == 1)
            try await body(machine, desktop, daemon)
        }
    }

    @Test func startLeadsToDone() async throws {
        try await withGuidedPrompt { machine, desktop, _ in
            let occurrence = try await machine.dueOccurrence()
            try await desktop.press("start")
            #expect(try await machine.record("started").first?.occ == occurrence)
            try await desktop.shows("Urgent care, not stretching")
            try await desktop.press("next")
            try await desktop.shows("Morning stretch")
            try await desktop.press("next")
            try await desktop.shows("Hip · 1 of 2")
            try await desktop.press("next")
            try await desktop.shows("change sides · 1 of 2")
            #expect(try await desktop.settles(at: 1) == 1)
            #expect(try await machine.status().due?.reason == "a guide is running")
            try await desktop.press("next")
            try await desktop.shows("Bridge · 2 of 2")
            try await desktop.press("next")

            let done = try #require(try await machine.record("done").first)
            #expect(done.via == "guide" && done.occ == occurrence)
            // A slow machine records twice that it began.
            let types = try machine.records().map(\.type).filter { $0 != "started" }
            #expect(types == ["prompted", "done", "known", "known"])
            #expect(try await machine.status().streak == 1)
            #expect(try await desktop.settles(at: 1) == 1)
            let last = try await found("the last word") {
                try await desktop.dunstctl("close")
                let history = try await desktop.dunstctl("history").joined(separator: "\n")
                return history.contains("Done · day 1") ? history : nil
            }
            #expect(last.contains("Done · day 1"))
        }
    }

    @Test func whoStopsAndSaysLaterIsAskedAgainLater() async throws {
        try await withGuidedPrompt { machine, desktop, _ in
            try await desktop.pressThroughToTheFirstHold()
            try await desktop.press("stop")
            try await desktop.shows("Stopped at 1 of 2")
            try await desktop.press("later")
            try await machine.record("snooze")
            #expect(try await desktop.settles(at: 0) == 0)
            #expect(try machine.records().map(\.type) == ["prompted", "started", "undo", "snooze"])
            #expect(try await machine.status().due?.state == "snoozed")
        }
    }

    @Test func aKilledDaemonLeavesNothingOnTheScreenAndNothingAnswered() async throws {
        try await withGuidedPrompt { machine, desktop, daemon in
            try await desktop.pressThroughToTheFirstHold()
            daemon.signal(SIGKILL)
            _ = try await daemon.finish()
            _ = try await machine.start()
            try await machine.record("undo")
            try await machine.record("prompted", count: 2)
            #expect(try await desktop.settles(at: 1) == 1)
            try await desktop.shows("Morning stretch")
            #expect(try await machine.status().due?.state == "prompted")
        }
    }

    @Test func doneFromAShellEndsTheGuide() async throws {
        try await withGuidedPrompt { machine, desktop, _ in
            try await desktop.pressThroughToTheFirstHold()
            #expect(try await machine.stretchd("done").status == 0)
            #expect(try await desktop.settles(at: 0) == 0)
            #expect(try machine.records().map(\.type) == ["prompted", "started", "done", "undo"])
        }
    }
}

extension HeadlessDesktop {
    /// Waits for a notification with buttons whose title begins so.
    fileprivate func shows(_ title: String) async throws {
        _ = try await found("\(title) on the screen") {
            try await self.menu().contains { $0.contains("(\(title)") } ? true : nil
        }
    }

    fileprivate func pressThroughToTheFirstHold() async throws {
        try await press("start")
        try await shows("Urgent care, not stretching")
        try await press("next")
        try await shows("Morning stretch")
        try await press("next")
        try await shows("Hip · 1 of 2")
        try await press("next")
        try await shows("change sides · 1 of 2")
    }
}
