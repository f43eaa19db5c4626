import Glibc
import TestSupport
import Testing

/// The board with what a real server will not do on demand, and without any.
@Suite struct FakeServerTests {
    @Test func withoutAServerPostsFailAndTheDaemonLives() async throws {
        try await withBus { bus in
            let probe = try Probe(on: bus)
            try await probe.reports("server none")
            probe.process.send("post morning")
            try await probe.reports("failed morning: no notification server is running")
            let server = try await fakeServer(on: bus)
            try await probe.reports("server fake")
            try await probe.shows("morning")
            try await server.line("notify 1 replaces=0")
        }
    }

    @Test func withoutABusPostsFail() async throws {
        try await withBus { bus in
            await bus.die()
            let probe = try Probe(on: bus)
            try await probe.reports("no bus: no session bus")
            probe.process.send("post morning")
            try await probe.reports("failed morning: no session bus")
            probe.process.send("stop")
            try await probe.reports("stopped")
        }
    }

    @Test func postFindsABusThatCameLate() async throws {
        try await withBus { bus in
            let probe = try Probe(on: bus, adding: ["DBUS_SESSION_BUS_ADDRESS": bus.laterAddress])
            try await probe.reports("no bus: no session bus")
            let server = try await fakeServer(on: bus)
            try bus.linkUp()
            probe.process.send("post morning")
            try await probe.reports("bus found")
            try await probe.reports("server fake")
            try await probe.reports("shown morning")
            try await server.obeys("press 1 done")
            try await probe.reports("pressed morning done")
            await bus.die()
            try await probe.reports("bus lost")
        }
    }

    /// On another bus the same names are others'.
    @Test func nothingIsTakenOverFromABusThatIsNotThere() async throws {
        try await withBus { bus in
            let server = try await fakeServer(on: bus)
            // The server's is the first name on this bus.
            let probe = try Probe(
                on: bus, adopted: "morning=:1.0/7", adding: ["DBUS_SESSION_BUS_ADDRESS": bus.laterAddress])
            try await probe.reports("no bus")
            try bus.linkUp()
            probe.process.send("post morning")
            #expect(try await probe.reports("server fake") == "server fake :1.0")
            try await server.line("notify 1 replaces=0")
        }
    }

    @Test func lostBusIsReported() async throws {
        try await withBus { bus in
            let probe = try Probe(on: bus)
            try await probe.reports("server none")
            await bus.die()
            try await probe.reports("bus lost")
        }
    }

    @Test func postStartsAServerThatTheBusKnows() async throws {
        try await withBus { bus in
            try await bus.offer("org.freedesktop.Notifications", by: builtProgram("fake-server"))
            let probe = try Probe(on: bus)
            try await probe.reports("server none")
            probe.process.send("post morning")
            try await probe.reports("server fake")
            try await probe.reports("shown morning")
        }
    }

    @Test func serverThatCannotBeStartedIsAFailure() async throws {
        try await withBus { bus in
            try await bus.offer("org.freedesktop.Notifications", by: "/bin/false")
            let probe = try Probe(on: bus)
            try await probe.reports("server none")
            probe.process.send("post morning")
            try await probe.reports("failed morning: the notification server could not be started")
        }
    }

    /// Whoever posted waits for a server and must hear that none is coming.
    @Test func serverThatFailsToStartAfterALongTimeIsReportedAsNone() async throws {
        try await withBus { bus in
            try await bus.offer("org.freedesktop.Notifications", by: "/bin/sh -c 'sleep 6; exit 1'")
            let probe = try Probe(on: bus)
            try await probe.reports("server none")
            probe.process.send("post morning Stretch")
            try await probe.reports("failed morning: the notification server does not answer")
            try await probe.reports("server none")
        }
    }

    @Test func refusalIsReportedWithItsReason() async throws {
        try await withFake { server, probe in
            try await server.obeys("refuse")
            probe.process.send("post morning Stretch")
            let failure = try await probe.reports("failed morning")
            #expect(failure.contains("no room for Stretch"))
            try await server.obeys("accept")
            try await probe.shows("morning")
        }
    }

    @Test func refusedRaiseLeavesTheOldOneToBeWithdrawn() async throws {
        try await withFake { server, probe in
            try await probe.shows("morning")
            try await server.obeys("refuse")
            probe.process.send("post morning")
            try await probe.reports("failed morning")
            probe.process.send("withdraw morning")
            try await server.line("close 1")
        }
    }

    @Test func serverWithoutButtonsGetsTheCommands() async throws {
        try await withFake { server, probe in
            try await server.obeys("capabilities body")
            try await probe.shows("morning")
            let call = try await server.line("notify")
            #expect(
                call.contains("actions= ")
                    && call.hasSuffix("body=Run: stretchd guide, done, snooze, skip|Hips & <back>"))
        }
    }

    @Test func buttonsComeInOrderWithFixedKeysBehindTheClick() async throws {
        try await withFake { server, probe in
            try await probe.shows("morning")
            let call = try await server.line("notify")
            #expect(call.contains("actions=default,start,done,snooze,skip app=stretchd "))
            #expect(call.hasSuffix("body=Hips &amp; &lt;back&gt;"))
        }
    }

    @Test func signalsForOtherIDsAndOtherKeysMeanNothing() async throws {
        try await withFake { server, probe in
            try await probe.shows("morning")
            for signal in ["press 2 done", "press 1 nonsense", "close 7 2"] { try await server.obeys(signal) }
            probe.process.send("post evening")
            #expect(try await probe.reports("").hasPrefix("shown evening"))
        }
    }

    @Test func repeatedSignalsAreReportedOnce() async throws {
        try await withFake { server, probe in
            try await probe.shows("morning")
            for signal in ["press 1 done", "press 1 done", "close 1 2", "close 1 2"] { try await server.obeys(signal) }
            try await probe.reports("pressed morning done")
            probe.process.send("post evening")
            #expect(try await probe.reports("").hasPrefix("shown evening"))
        }
    }

    @Test func idsOfAnotherServerAreNotReused() async throws {
        try await withBus { bus in
            let first = try await fakeServer(on: bus)
            let probe = try Probe(on: bus)
            try await probe.reports("server fake")
            try await probe.shows("morning")
            await first.end()
            try await probe.reports("server none")
            let second = try await fakeServer(on: bus)
            try await probe.reports("server fake")
            // Id 1 is now somebody else's.
            probe.process.send("withdraw morning")
            try await second.obeys("press 1 done")
            try await second.obeys("ids 5")
            #expect(try await probe.shows("morning").hasSuffix("/5"))
            #expect(try await second.line("").hasPrefix("notify 5 replaces=0"))
        }
    }

    @Test func adoptedIDsOfAnotherServerAreDropped() async throws {
        try await withBus { bus in
            let server = try await fakeServer(on: bus)
            let probe = try Probe(on: bus, adopted: "morning=:1.99/7")
            try await probe.reports("server fake")
            try await probe.shows("morning")
            try await server.line("notify 1 replaces=0")
        }
    }

    // MARK: No answer to Notify (libnotify waits one second in the probe)

    @Test func lateAnswerIsAdopted() async throws {
        try await withFake { server, probe in
            try await doubt("morning", server, probe)
            probe.process.send("post morning Stretch")
            try await probe.reports("failed morning")
            server.send("answer")
            try await probe.reports("shown morning")
            try await server.line("notify 1")
            try await server.obeys("press 1 done")
            try await probe.reports("pressed morning done")
            try await probe.shows("morning", "Again")
            #expect(try await server.line("notify").hasPrefix("notify 1 replaces=1"))
        }
    }

    @Test func withdrawnInDoubtIsClosedWhenTheAnswerComes() async throws {
        try await withFake { server, probe in
            try await doubt("morning", server, probe)
            try await probe.reports("server fake")
            probe.process.send("withdraw morning")
            try await probe.hasReadCommands()
            server.send("answer")
            try await server.line("close 1")
            probe.process.send("post evening")
            #expect(try await probe.reports("").hasPrefix("shown evening"))
        }
    }

    @Test func supersededInDoubtIsReplacedWhenTheAnswerComes() async throws {
        try await withFake { server, probe in
            try await doubt("morning", server, probe)
            probe.process.send("post morning Other")
            try await probe.reports("failed morning")
            server.send("answer")
            #expect(try await server.line("notify 1").contains("replaces=0"))
            let second = try await server.line("notify 1")
            #expect(second.contains("replaces=1") && second.contains("title=Other"))
            try await probe.reports("shown morning")
        }
    }

    @Test func doubtEndsWithTheServer() async throws {
        try await withBus { bus in
            let first = try await fakeServer(on: bus)
            let probe = try Probe(on: bus)
            try await probe.reports("server fake")
            try await doubt("morning", first, probe)
            first.signal(SIGKILL)
            try await probe.reports("server none")
            _ = try await fakeServer(on: bus)
            try await probe.reports("server fake")
            try await probe.shows("morning")
        }
    }

    @Test func stopIsQuickAlthoughTheServerHangs() async throws {
        try await withFake { server, probe in
            try await probe.shows("morning")
            server.signal(SIGSTOP)
            probe.process.send("stop")
            try await probe.reports("stopped", within: .seconds(20))
            server.signal(SIGCONT)
            try await server.line("close 1")
        }
    }

    private func withFake(_ body: (Subprocess, Probe) async throws -> Void) async throws {
        try await withBus { bus in
            let server = try await fakeServer(on: bus)
            let probe = try Probe(on: bus)
            try await probe.reports("server fake")
            try await body(server, probe)
        }
    }

    private func fakeServer(on bus: PrivateBus) async throws -> Subprocess {
        let server = try bus.start([builtProgram("fake-server")])
        try await server.line("ready")
        return server
    }

    /// Posts to a server that keeps the answer.
    private func doubt(_ routine: String, _ server: Subprocess, _ probe: Probe) async throws {
        try await server.obeys("hold")
        probe.process.send("post \(routine) Stretch")
        try await server.line("held")
        try await probe.reports("failed \(routine): the notification server does not answer")
    }
}

extension Subprocess {
    /// Tells the fake server something and waits until it has done it.
    fileprivate func obeys(_ command: String) async throws {
        send(command)
        try await line("ok")
    }
}
