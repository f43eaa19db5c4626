import Foundation
import TestSupport
import Testing

/// A prompt with everything real: clock, files, bus and dunst.
struct PromptTests {
    @Test func promptComesWhenItsTimeComes() async throws {
        try await withDesktop { desktop in
            let machine = try Machine(on: desktop.bus)
            _ = try await desktop.startDunst()
            try machine.configure(machine.noon.daily(in: 3))
            _ = try await machine.start()

            let prompted = try #require(try await machine.record("prompted").first)
            let opened = try #require(prompted.occ?.split(separator: "T").last)
            let recorded = try #require(prompted.ts.split(separator: "T").last)
            #expect(recorded.prefix(8) >= opened)
            #expect(try await desktop.settles(at: 1) == 1)
        }
    }

    @Test func promptHasItsTitleItsTextAndItsButtons() async throws {
        try await withPrompt { _, desktop, _, _ in
            let menu = try await desktop.menu()
            // dunst's menu has an order of its own.
            #expect(
                Set(menu.map { $0.replacing(/\[\d+,/, with: "[") }) == [
                    "#Start (Morning stretch) [default]", "#Start (Morning stretch) [start]",
                    "#Done (Morning stretch) [done]",
                    "#Snooze 10 min (Morning stretch) [snooze]", "#Not today (Morning stretch) [skip]",
                ])
            try await desktop.dunstctl("close")
            let history = try await found("the closed prompt") {
                let lines = try await desktop.dunstctl("history").joined(separator: "\n")
                return lines.contains("Morning stretch") ? lines : nil
            }
            #expect(history.contains("Half-kneeling hip-flexor stretch"))
        }
    }

    @Test func doneIsRecordedAndShownByStatus() async throws {
        try await withPrompt { machine, desktop, _, _ in
            let occurrence = try await machine.dueOccurrence()
            try await desktop.press("done")
            let done = try #require(try await machine.record("done").first)
            #expect(done.via == "notification")
            #expect(done.occ == occurrence)
            let status = try await machine.status()
            #expect(status.today == "done")
            #expect(status.due == nil)
            #expect(status.streak == 1)
            #expect(try await desktop.settles(at: 0) == 0)
        }
    }

    @Test func snoozeHidesThePrompt() async throws {
        try await withPrompt { machine, desktop, _, _ in
            try await desktop.press("snooze")
            try await machine.record("snooze")
            #expect(try await desktop.settles(at: 0) == 0)
            #expect(try await machine.status().due?.state == "snoozed")
        }
    }

    /// Ten minutes are too long for a test: the end of the snooze is brought forward by hand.
    ///
    /// By the next daemon: the running one would keep to one new prompt a minute.
    @Test func snoozedPromptComesBack() async throws {
        try await withPrompt { machine, desktop, _, daemon in
            try await desktop.press("snooze")
            let until = try #require(try await machine.record("snooze").first?.until)
            await daemon.end()
            let file = try #require(try machine.ownFile())
            let soon = Date(timeIntervalSinceNow: 2).formatted(.iso8601)
            try String(contentsOf: file, encoding: .utf8).replacing(until, with: soon)
                .write(to: file, atomically: true, encoding: .utf8)

            _ = try await machine.start()
            let again = try #require(try await machine.record("prompted", count: 2).last)
            #expect(try again.time >= Date(soon, strategy: .iso8601))
            #expect(try await desktop.settles(at: 1) == 1)
        }
    }

    @Test func doneFromAShellWithdrawsThePrompt() async throws {
        try await withPrompt { machine, desktop, _, _ in
            let answer = try await machine.stretchd("done")
            #expect(answer.status == 0)
            let start = ContinuousClock.now
            #expect(try await desktop.settles(at: 0) == 0)
            print("withdrawn \(ContinuousClock.now - start) after `stretchd done` had ended, dunstctl included")
        }
    }

    @Test func answerOfAnotherMachineWithdrawsThePrompt() async throws {
        try await withPrompt { machine, desktop, _, _ in
            let occurrence = try await machine.dueOccurrence()
            let now = Date.now.formatted(.iso8601)
            try machine.receive(
                #"{"v":1,"id":"1","ts":"\#(now)","type":"done","occ":"\#(occurrence)"}"#, as: "other")
            #expect(try await desktop.settles(at: 0) == 0)
            try await machine.daemon("nothing is due") { $0.due.isEmpty && $0.posted.isEmpty }
        }
    }

    @Test func dismissedPromptStaysDue() async throws {
        try await withPrompt { machine, desktop, _, _ in
            try await desktop.dunstctl("close")
            try await machine.daemon("the prompt is closed, and comes again") {
                $0.posted.isEmpty && $0.due.map(\.reason.word) == ["closed"]
            }
            #expect(try machine.records().map(\.type) == ["prompted"])
        }
    }

    @Test func firstStartIsAnnounced() async throws {
        try await withDesktop { desktop in
            let machine = try Machine(on: desktop.bus)
            try machine.configureIdle()
            try FileManager.default.removeItem(at: machine.journal)
            _ = try await desktop.startDunst()
            _ = try await machine.start()
            try #require(try await desktop.settles(at: 1) == 1)
            try await desktop.dunstctl("close")
            let history = try await desktop.dunstctl("history").joined(separator: "\n")
            #expect(history.contains(/Your first stretch: \w+( \d+ \w+)? at 18:00/))
        }
    }
}
