import Foundation
import TestSupport
import Testing

/// Prompts and the people who are there or not: with a logind that says so, and everything else real.
struct PresenceTests {
    @Test func whatIsDueBehindTheLockScreenComesAfterTheUnlockAndSettle() async throws {
        try await withLogind(["session 1 \(locked)"]) { machine, desktop, logind in
            try machine.configure(machine.noon.daily(in: 2), settle: "2s")
            _ = try await desktop.startDunst()
            _ = try await machine.start(adding: logind.bus.asSystemBus)
            try await machine.daemon("it waits") { $0.why == "away locked" }
            #expect(try await desktop.settles(at: 0) == 0)
            #expect(try machine.records().isEmpty)

            let unlocked = Date.now
            try await logind.obey("set 1 LockedHint=false")
            try await machine.daemon("it settles") { $0.why == "settling" }
            let prompted = try #require(try await machine.record("prompted").first)
            #expect(try prompted.moment >= unlocked + 2)
            #expect(try await desktop.settles(at: 1) == 1)
        }
    }

    @Test func promptStaysWhenThePersonLeavesAndIsRaisedOnceMoreWhenTheyAreBack() async throws {
        try await withLogind(["session 1 \(unlocked)"]) { machine, desktop, logind in
            try machine.configureDue()
            _ = try await desktop.startDunst()
            let daemon = try await machine.start(adding: logind.bus.asSystemBus)
            try await machine.record("prompted")
            try #require(try await desktop.settles(at: 1) == 1)

            try await logind.obey("set 1 LockedHint=true")
            try await daemon.line("stretchd: the person is away: locked")
            #expect(try await desktop.settles(at: 1) == 1)
            try await logind.obey("set 1 LockedHint=false")
            let raises = try await machine.record("prompted", count: 2)
            #expect(raises.map(\.reminder) == [nil, nil])
            #expect(try await desktop.settles(at: 1) == 1)
        }
    }

    @Test func withoutASessionNothingIsAsked() async throws {
        try await withLogind(["session 1 Class=user Type=tty Active=true Remote=true"]) { machine, _, logind in
            try machine.configureDue()
            _ = try await machine.start(adding: logind.bus.asSystemBus)
            try await machine.daemon("it waits") { $0.why == "away no session" }
            #expect(try machine.records().isEmpty)
        }
    }

    /// Whoever has not arrived yet must not find that we started half the desktop.
    @Test func beforeTheyHaveSettledNoServerIsStarted() async throws {
        try await withLogind(["session 1 \(locked)"]) { machine, desktop, logind in
            let mark = desktop.bus.directory.appending(path: "started").path
            try await desktop.bus.offer("org.freedesktop.Notifications", by: "/usr/bin/touch \(mark)")
            try machine.configure(machine.noon.daily(in: -1), settle: "2s")
            let daemon = try await machine.start(adding: logind.bus.asSystemBus)
            try await machine.daemon("it waits") { $0.why == "away locked" }
            try await logind.obey("set 1 LockedHint=false")
            try await daemon.line("stretchd: the person is present")
            #expect(!FileManager.default.fileExists(atPath: mark))
            _ = try await found("the server is started") {
                FileManager.default.fileExists(atPath: mark) ? true : nil
            }
        }
    }

    /// Both have happened when the daemon looks, the timer first: the lock counts.
    @Test func timerDoesNotOvertakeTheLock() async throws {
        try await withLogind(["session 1 \(locked)"]) { machine, desktop, logind in
            try machine.configure(machine.noon.daily(in: -1), settle: "5s")
            _ = try await desktop.startDunst()
            let daemon = try await machine.start(adding: logind.bus.asSystemBus)
            try await logind.obey("set 1 LockedHint=false")
            try await machine.daemon("it settles") { $0.why == "settling" }
            try await daemon.stop()
            let settled = Date.now + 5
            _ = try await found("the time of the prompt") { Date.now > settled ? true : nil }
            try await logind.obey("set 1 LockedHint=true")
            daemon.signal(SIGCONT)
            try await machine.daemon("it waits") { $0.why == "away locked" }
            #expect(try machine.records().isEmpty)
            #expect(try await desktop.settles(at: 0) == 0)
        }
    }

    // MARK: The start

    @Test func nothingBeginsBeforeLogindHasAnswered() async throws {
        try await withLogind(["session 1 \(locked)", "hold"]) { machine, _, logind in
            try machine.configureDue()
            let socket = try NotifySocket(machine.bus.directory.appending(path: "notify").path)
            let daemon = try machine.launch(
                [builtProgram("stretchd"), "run"],
                adding: logind.bus.asSystemBus.merging(["NOTIFY_SOCKET": socket.path]) { $1 })
            try await logind.process.line("held ListSessions")
            #expect(socket.receive() == nil)
            try await logind.obey("answer")
            try await socket.receives("READY=1")
            try await daemon.line("stretchd: running")
            try await machine.daemon("it waits") { $0.why == "away locked" }
        }
    }

    @Test func hangingLogindDoesNotStopTheDaemon() async throws {
        try await withLogind(["session 1 \(locked)", "hold"]) { machine, desktop, logind in
            try machine.configureIdle()
            _ = try await desktop.startDunst()
            let daemon = try machine.launch([builtProgram("stretchd"), "run"], adding: logind.bus.asSystemBus)
            try await logind.process.line("held ListSessions")
            // A reload in the meantime is answered, and counts. The file that changed may have been read before it.
            try machine.configureDue()
            daemon.signal(SIGHUP)
            try await machine.daemon("it is read") { $0.configuration.reads >= 2 && $0.due.isEmpty }
            try await daemon.line("stretchd: the person is present")
            try await daemon.line("stretchd: running")
        }
    }

    @Test func signalEndsTheDaemonThatWaitsForLogind() async throws {
        try await withLogind(["session 1 \(locked)", "hold"]) { machine, _, logind in
            let daemon = try machine.launch([builtProgram("stretchd"), "run"], adding: logind.bus.asSystemBus)
            try await logind.process.line("held ListSessions")
            daemon.signal(SIGTERM)
            let status = try await daemon.finish()
            #expect(status == 0)
        }
    }

    // MARK: Wake-ups

    @Test func lockedItSleepsThroughABusyBus() async throws {
        try await withLogind(["session 1 \(locked)"]) { machine, _, logind in
            let stranger = try await FakeLogind(on: logind.bus, ["nameless"])
            try machine.configureDue()
            let daemon = try await machine.start(adding: logind.bus.asSystemBus)
            try await machine.daemon("it waits") { $0.why == "away locked" }
            // Idle threads of a young process end now and then: what wakes it up does so every time.
            let slept = try await found("a burst that wakes nobody") { () -> Bool? in
                let before = try await daemon.switchesAtRest()
                try await logind.obey("noise 500 1")
                try await stranger.obey("noise 500 1")
                return try daemon.switches == before ? true : nil
            }
            #expect(slept)
        }
    }

    private let locked = "Class=user Type=x11 Remote=false Active=true LockedHint=true IdleHint=false"
    private let unlocked = "Class=user Type=x11 Remote=false Active=true LockedHint=false IdleHint=false"

    /// A machine with a logind that has obeyed these commands; one bus is both the system's and the session's.
    private func withLogind(
        _ commands: [String],
        _ body: (_ machine: Machine, _ desktop: HeadlessDesktop, _ logind: FakeLogind) async throws -> Void
    ) async throws {
        try await withDesktop { desktop in
            let machine = try Machine(on: desktop.bus)
            try machine.configureIdle()
            try await body(machine, desktop, FakeLogind(on: desktop.bus, commands))
        }
    }
}

extension DaemonDocument {
    fileprivate var why: String? { due.first?.reason.why }
}

extension JournalLine {
    fileprivate var moment: Date {
        get throws {
            let style = Date.ISO8601FormatStyle.iso8601.year().month().day().time(includingFractionalSeconds: true)
                .timeZone(separator: .colon)
            return try Date(ts, strategy: style)
        }
    }
}
