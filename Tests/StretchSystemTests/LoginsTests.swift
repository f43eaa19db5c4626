import Foundation
import TestSupport
import Testing

/// What is made of what logind says, and of its silence.
///
/// In a process of its own, as the address of the system bus is in the environment.
@Suite(.serialized)
struct LoginsTests {
    @Test func sessionsAreFollowed() async throws {
        try await withBus { bus in
            let logind = try await FakeLogind(on: bus, ["session 1 \(desktop)"])
            let probe = try bus.probe()
            try await probe.says("present")
            try await logind.obey("set 1 LockedHint=true")
            try await probe.says("away: locked")
            try await logind.obey("set 1 LockedHint=false IdleHint=true")
            try await probe.says("away: idle")
            try await logind.obey("set 1 IdleHint=false")
            try await probe.says("present")
            try await logind.obey("sleep true")
            try await probe.says("away: asleep")
            try await logind.obey("sleep false")
            try await probe.says("present")
        }
    }

    @Test func sessionsComeAndGo() async throws {
        try await withBus { bus in
            let logind = try await FakeLogind(on: bus)
            let probe = try bus.probe()
            try await probe.says("away: no session")
            try await logind.obey("session 1 \(desktop)")
            try await probe.says("present")
            // Another one comes to the foreground, and is locked; the first stays behind.
            try await logind.obey("session 2 \(desktop)")
            try await logind.process.line("GetAll /org/freedesktop/login1/session/2")
            try await logind.obey("set 1 Active=false")
            try await logind.obey("set 2 LockedHint=true")
            try await probe.says("away: locked")
            try await logind.obey("remove 2")
            try await probe.says("away: switched away")
            try await logind.obey("foreign 3 \(desktop)")
            try await logind.obey("set 3 LockedHint=true")
            try await logind.obey("set 1 Active=true")
            try await probe.says("present")
            try await logind.obey("remove 1")
            try await probe.says("away: no session")
        }
    }

    /// What holds when it begins, not only what changes.
    @Test(arguments: [
        (["session 1 Class=user Type=x11 Active=true LockedHint=true"], "away: locked"),
        (["session 1 Class=user Type=x11 Active=false LockedHint=false"], "away: switched away"),
        (["session 1 Class=user Type=wayland Active=true IdleHint=true"], "away: idle"),
        (["session 1 Class=user Type=tty Active=true IdleHint=true"], "present"),
        (["session 1 Class=user Type=tty Active=true Remote=true"], "away: no session"),
        (["session 1 Class=user Type=x11 Active=true", "sleep true"], "away: asleep"),
        // Hints that nobody sets, and properties that this logind does not know.
        (["session 1 Class=user Type=x11 Active=true"], "present"),
        (["session 1 Type=x11"], "present"),
        (["foreign 1 Class=user Type=x11 Active=true"], "away: no session"),
        (["foreign 1 Class=user LockedHint=true", "session 2 Class=user Active=true"], "present"),
        (["session 1 Class=manager", "session 2 Class=greeter Active=true"], "away: no session"),
        // Gone between the list and the question.
        (["missing 1 Class=user Active=true"], "away: no session"),
        (["missing 1 Class=user", "session 2 Class=user LockedHint=true"], "away: locked"),
        // Whoever may not ask has no logind.
        (["session 1 Class=user LockedHint=true", "deny"], "present"),
    ])
    func stateAtTheBeginningIsRead(_ commands: [String], _ presence: String) async throws {
        try await withBus { bus in
            _ = try await FakeLogind(on: bus, commands)
            let probe = try bus.probe()
            try await probe.says(presence)
        }
    }

    @Test func withoutLogindSomebodyIsThere() async throws {
        try await withBus { bus in
            let probe = try bus.probe()
            try await probe.says("present")
            _ = try await FakeLogind(on: bus, ["session 1 Class=user LockedHint=true"])
            try await probe.says("away: locked")
        }
    }

    @Test func withoutASystemBusSomebodyIsThere() async throws {
        try await withBus { bus in
            let probe = try bus.start([builtProgram("logins-probe"), "600000", "100"])
            try await probe.says("present")
            // Nobody looks for one that never was.
            #expect(try await probe.switchesAtRest() == probe.switches)
        }
    }

    @Test func hangingLogindIsMissingUntilItAnswers() async throws {
        try await withBus { bus in
            let logind = try await FakeLogind(on: bus, ["session 1 Class=user LockedHint=true", "hold"])
            let probe = try bus.probe(patience: 300)
            try await probe.says("present")
            try await logind.obey("answer")
            try await probe.says("away: locked")
        }
    }

    @Test func nothingIsSaidBeforeTheFirstAnswer() async throws {
        try await withBus { bus in
            let logind = try await FakeLogind(on: bus, ["session 1 Class=user LockedHint=true", "hold"])
            let probe = try bus.probe()
            try await logind.process.line("held ListSessions")
            try await probe.saysNothing()
            try await logind.obey("answer")
            try await probe.says("away: locked")
        }
    }

    @Test func whatWasKnownHoldsWhileLogindRestarts() async throws {
        try await withBus { bus in
            let first = try await FakeLogind(on: bus, ["session 1 Class=user LockedHint=true"])
            let probe = try bus.probe()
            try await probe.says("away: locked")
            await first.process.end()
            try await probe.saysNothing()
            let second = try await FakeLogind(on: bus, ["session 1 Class=user LockedHint=true", "hold"])
            try await second.process.line("held ListSessions")
            try await probe.saysNothing()
            try await second.obey("answer")
            try await probe.saysNothing()
            try await second.obey("set 1 LockedHint=false")
            try await probe.says("present")
        }
    }

    @Test func logindThatDiesWhileItIsAskedIsAskedAnew() async throws {
        try await withBus { bus in
            let first = try await FakeLogind(on: bus, ["session 1 Class=user LockedHint=true", "hold"])
            let probe = try bus.probe()
            try await first.process.line("held ListSessions")
            await first.process.end()
            // Nothing is known of it, and it is not there.
            try await probe.says("present")
            _ = try await FakeLogind(on: bus, ["session 1 Class=user LockedHint=true"])
            try await probe.says("away: locked")
        }
    }

    @Test func logindThatStaysAwayIsMissing() async throws {
        try await withBus { bus in
            let logind = try await FakeLogind(on: bus, ["session 1 Class=user LockedHint=true"])
            let probe = try bus.probe(patience: 300)
            try await probe.says("away: locked")
            await logind.process.end()
            try await probe.says("present")
        }
    }

    @Test func hangingSystemBusIsMissingUntilItGoesOn() async throws {
        try await withBus { bus in
            _ = try await FakeLogind(on: bus, ["session 1 Class=user LockedHint=true"])
            bus.hang()
            let probe = try bus.probe(patience: 300)
            try await probe.says("present")
            bus.goOn()
            try await probe.says("away: locked")
        }
    }

    @Test func lostSystemBusMeansThatSomebodyIsThereUntilItIsBack() async throws {
        try await withBus { bus in
            _ = try await FakeLogind(on: bus, ["session 1 Class=user LockedHint=true"])
            let probe = try bus.probe(patience: 300, retryInterval: 100)
            try await probe.says("away: locked")
            await bus.die()
            try await probe.says("present")
            try await bus.returns()
            _ = try await FakeLogind(on: bus, ["session 1 Class=user LockedHint=true"])
            try await probe.says("away: locked")
        }
    }

    @Test func whatWasKnownHoldsWhileTheSystemBusRestarts() async throws {
        try await withBus { bus in
            _ = try await FakeLogind(on: bus, ["session 1 Class=user LockedHint=true"])
            let probe = try bus.probe(retryInterval: 0)
            try await probe.says("away: locked")
            try await probe.stop()
            await bus.die()
            try await bus.returns()
            probe.signal(SIGCONT)
            try await probe.saysNothing()
            _ = try await FakeLogind(on: bus, ["session 1 Class=user IdleHint=true Type=x11"])
            try await probe.says("away: idle")
        }
    }

    /// Whoever is about to decide hears first what logind has said by then.
    @Test func whatHasArrivedIsToldBeforeADecision() async throws {
        try await withBus { bus in
            let logind = try await FakeLogind(on: bus, ["session 1 \(desktop)"])
            let probe = try bus.probe()
            try await probe.says("present")
            try await probe.stop()
            probe.send("now")
            try await logind.obey("set 1 LockedHint=true")
            probe.signal(SIGCONT)
            try await probe.says("away: locked")
            try await probe.says("now")
        }
    }

    @Test func sessionThatAnswersLateCountsFromThen() async throws {
        try await withBus { bus in
            let logind = try await FakeLogind(on: bus, ["session 1 Class=user LockedHint=true"])
            let probe = try bus.probe()
            try await probe.says("away: locked")
            try await logind.obey("missing 2 Class=user Active=false")
            try await logind.process.line("GetAll /org/freedesktop/login1/session/2")
            try await probe.saysNothing()
            try await logind.obey("set 2 Active=true")
            try await probe.says("present")
        }
    }

    @Test func propertiesThatAreOnlyInvalidatedAreAskedFor() async throws {
        try await withBus { bus in
            let logind = try await FakeLogind(on: bus, ["session 1 \(desktop)"])
            let probe = try bus.probe()
            try await probe.says("present")
            try await logind.obey("invalidate 1 LockedHint=true")
            try await probe.says("away: locked")
        }
    }

    /// Whoever wakes up is switched to.
    @Test func signalsThatDoNotConcernUsWakeNobody() async throws {
        try await withBus { bus in
            let logind = try await FakeLogind(on: bus, ["session 1 \(desktop)"])
            let stranger = try await FakeLogind(on: bus, ["nameless"])
            let probe = try bus.probe()
            try await probe.says("present")
            // Idle threads of a young process end now and then: what wakes it up does so every time.
            let slept = try await eventually { () -> Int? in
                let before = try await probe.switchesAtRest()
                try await logind.obey("noise 500 1")
                try await stranger.obey("noise 500 1")
                return try probe.switches == before ? before : nil
            }
            let before = try #require(slept)
            try await logind.obey("set 1 LockedHint=true")
            try await probe.says("away: locked")
            #expect(try probe.switches > before)
        }
    }

    private let desktop = "Class=user Type=x11 Remote=false Active=true LockedHint=false IdleHint=false"
}

extension PrivateBus {
    /// Times in milliseconds.
    fileprivate func probe(patience: Int = 600_000, retryInterval: Int = 600_000) throws -> Subprocess {
        try start([builtProgram("logins-probe"), "\(patience)", "\(retryInterval)"], adding: asSystemBus)
    }
}

extension Subprocess {
    fileprivate func says(_ presence: String) async throws {
        let line = try await line("")
        #expect(line == presence)
    }

    /// Nothing but the answer to what is asked now, when all that has arrived is handled.
    fileprivate func saysNothing() async throws {
        send("now")
        try await says("now")
    }
}
