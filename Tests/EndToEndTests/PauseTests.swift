import Foundation
import TestSupport
import Testing

/// Pauses with everything real: clock, files, bus and dunst.
struct PauseTests {
    @Test func pauseWithdrawsThePromptAndResumeAsksAgain() async throws {
        try await withPrompt { machine, desktop, _, _ in
            let occurrence = try await machine.dueOccurrence()
            let paused = try await machine.stretchd("pause")
            let start = ContinuousClock.now
            #expect(try await desktop.settles(at: 0) == 0)
            print("withdrawn \(ContinuousClock.now - start) after `stretchd pause` had ended, dunstctl included")
            #expect(paused.output == "paused until stretchd resume")
            #expect(paused.status == 0)
            let status = try await machine.status()
            #expect(status.due?.occ == occurrence)
            #expect(status.due?.state == "waiting")
            #expect(status.due?.reason == "paused until stretchd resume")
            #expect(status.today == "free")
            try await machine.daemon("it waits") { daemon in
                daemon.posted.isEmpty && daemon.due.map(\.reason.word) == ["paused"]
            }

            let resumed = try await machine.stretchd("resume")
            #expect(resumed.output.hasPrefix("resumed; due: morning "))
            #expect(try await machine.record("prompted", count: 2).last?.occ == occurrence)
            #expect(try await desktop.settles(at: 1) == 1)
            #expect(try await machine.status().due?.state == "prompted")
        }
    }

    @Test func pauseOfAnotherMachineIsEndedFromHereThoughItsClockIsAhead() async throws {
        try await withPrompt { machine, desktop, _, _ in
            let ahead = Date(timeIntervalSinceNow: 600).formatted(.iso8601)
            try machine.receive(#"{"v":1,"id":"1","ts":"\#(ahead)","type":"pause"}"#, as: "other")
            #expect(try await desktop.settles(at: 0) == 0)

            #expect(try await machine.stretchd("resume").output.hasPrefix("resumed; due: morning "))
            #expect(try await desktop.settles(at: 1) == 1)
            let resume = try #require(try await machine.record("resume").first)
            let ts = try Date(resume.ts, strategy: withMilliseconds)
            #expect(ts > (try Date(ahead, strategy: .iso8601)))
        }
    }

    @Test func endOfAPauseAsksAgainAtItsTime() async throws {
        try await withPrompt { machine, desktop, _, _ in
            let (from, until) = (Date.now, Date(timeIntervalSinceNow: 4).formatted(.iso8601))
            try machine.receive(
                #"{"v":1,"id":"1","ts":"\#(from.formatted(.iso8601))","type":"pause","until":"\#(until)"}"#, as: "other"
            )
            let again = try #require(try await machine.record("prompted", count: 2).last)
            #expect(try Date(again.ts, strategy: withMilliseconds) >= Date(until, strategy: .iso8601))
            #expect(try await desktop.settles(at: 1) == 1)
        }
    }

    @Test func serviceManagerIsToldThatAllIsPaused() async throws {
        try await withMachine { machine in
            let socket = try NotifySocket(machine.bus.directory.appending(path: "notify").path)
            _ = try await machine.start(adding: ["NOTIFY_SOCKET": socket.path])
            try await socket.receives("READY=1\nSTATUS=Next: morning ")
            #expect(try await machine.stretchd("pause", "until", "tomorrow").status == 0)
            try await socket.receives("STATUS=Paused until ")
            #expect(try await machine.stretchd("pause").status == 0)
            try await socket.receives("STATUS=Paused until stretchd resume")
            let resumed = try await machine.stretchd("resume")
            #expect(resumed.output == "resumed; next: morning 18:00")
            try await socket.receives("STATUS=Next: morning ")
        }
    }

    private let withMilliseconds = Date.ISO8601FormatStyle.iso8601.year().month().day()
        .time(includingFractionalSeconds: true).timeZone(separator: .colon)
}
