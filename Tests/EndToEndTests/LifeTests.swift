import Foundation
import TestSupport
import Testing

/// How daemons end, and what the next one finds.
struct LifeTests {
    @Test func nextDaemonTakesThePromptOfAKilledOneOver() async throws {
        try await withPrompt { machine, desktop, _, daemon in
            let before = try await machine.daemon("the prompt is known") { !$0.posted.isEmpty }
            daemon.signal(SIGKILL)
            #expect(try await daemon.finish() == 128 + SIGKILL)
            _ = try await machine.start()
            try await machine.record("prompted", count: 2)
            let after = try await machine.daemon("the prompt is known again") {
                $0.pid != daemon.pid && !$0.posted.isEmpty
            }
            #expect(after.due.map(\.occ) == before.due.map(\.occ))
            #expect(after.posted == before.posted)
            #expect(try await desktop.settles(at: 1) == 1)

            try await desktop.press("done")
            try await machine.record("done")
            #expect(try await desktop.settles(at: 0) == 0)
            #expect(try machine.records().map(\.type) == ["prompted", "prompted", "done"])
        }
    }

    @Test func promptAnsweredWithoutADaemonIsWithdrawnByTheNext() async throws {
        try await withPrompt { machine, desktop, _, daemon in
            daemon.signal(SIGKILL)
            _ = try await daemon.finish()
            #expect(try await machine.stretchd("done").status == 0)
            _ = try await machine.start()
            #expect(try await desktop.settles(at: 0) == 0)
        }
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func signalEndsTheDaemonAndWithdrawsThePrompt(signal: Int32) async throws {
        try await withPrompt { _, desktop, _, daemon in
            daemon.signal(signal)
            let status = try await daemon.finish()
            #expect(status == 0)
            #expect(try await desktop.settles(at: 0) == 0)
        }
    }

    @Test func signalEndsTheDaemonWhileTheServerHangs() async throws {
        try await withPrompt { _, desktop, dunst, daemon in
            dunst.signal(SIGSTOP)
            daemon.signal(SIGTERM)
            let status = try await daemon.finish()
            #expect(status == 0)
            dunst.signal(SIGCONT)
            #expect(try await desktop.settles(at: 0) == 0)
        }
    }

    @Test func secondDaemonSaysWhoIsInItsWay() async throws {
        try await withMachine { machine in
            let daemon = try await machine.start()
            let second = try await machine.stretchd("run")
            #expect(second.status == 69)
            #expect(second.output.contains("\(daemon.pid)"))
        }
    }

    @Test func daemonEndsWithTheSessionBus() async throws {
        try await withMachine { machine in
            try machine.configureDue()
            let daemon = try await machine.start()
            try await machine.daemon("the bus is known") { $0.due.first?.reason.word == "no-server" }
            await machine.bus.die()
            #expect(try await daemon.finish() == 1)
            // The daemon has two connections to it.
            let complaints = try await daemon.rest().filter { $0.contains("error") }
            #expect(complaints.count == 1)
            #expect(complaints.first?.contains("the session bus is gone") == true)
        }
    }

    /// On the next bus another server may have the unique name of this one.
    @Test func promptsOfALostBusAreNotTakenOver() async throws {
        try await withPrompt { machine, _, _, daemon in
            try await machine.daemon("the prompt is known") { !$0.posted.isEmpty }
            await machine.bus.die()
            let status = try await daemon.finish()
            #expect(status == 1)
            try await machine.daemon("it is forgotten") { $0.posted.isEmpty }
        }
    }

    @Test func daemonWithoutASessionBusRunsAndSaysSo() async throws {
        try await withMachine { machine in
            try machine.configureDue()
            let daemon = try await machine.start(adding: ["DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"])
            try await machine.daemon("the prompt waits") { $0.due.first?.reason.word == "no-bus" }
            #expect(try await machine.status().due?.reason == "no session bus")
            let status = try await machine.stretchd("status", "--json").output
            #expect(status.contains(#""daemon":{"running":true,"reason":"no session bus"}"#))
            #expect(try await machine.stretchd("done").status == 0)
            try await machine.daemon("the answer counts") { $0.due.isEmpty }
            daemon.signal(SIGTERM)
            #expect(try await daemon.finish() == 0)
        }
    }

    @Test func busThatComesLateIsFoundByTheNextPrompt() async throws {
        try await withDesktop { desktop in
            let machine = try Machine(on: desktop.bus)
            _ = try await desktop.startDunst()
            try machine.configureDue()
            let daemon = try await machine.start(adding: ["DBUS_SESSION_BUS_ADDRESS": desktop.bus.laterAddress])
            try await machine.daemon("the prompt waits") { $0.due.first?.reason.word == "no-bus" }

            try desktop.bus.linkUp()
            // The waiting one is tried every minute; another is sooner.
            try machine.configure(machine.noon.daily(in: 3))
            try await machine.record("prompted")
            #expect(try await desktop.settles(at: 1) == 1)
            #expect(try await machine.property("Reason") == #"s """#)

            await desktop.bus.die()
            #expect(try await daemon.finish() == 1)
        }
    }

    @Test func serviceManagerIsToldEverything() async throws {
        try await withMachine { machine in
            let socket = try NotifySocket(machine.bus.directory.appending(path: "notify").path)
            let daemon = try await machine.start(adding: ["NOTIFY_SOCKET": socket.path])
            try await socket.receives("READY=1\nSTATUS=Next: morning ")
            daemon.signal(SIGHUP)
            try await socket.receives("RELOADING=1\nMONOTONIC_USEC=")
            try await socket.receives("READY=1")
            daemon.signal(SIGTERM)
            try await socket.receives("STOPPING=1")
            #expect(try await daemon.finish() == 0)
        }
    }
}
