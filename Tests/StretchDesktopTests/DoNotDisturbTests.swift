import Glibc
import TestSupport
import Testing

/// What heeds "do not disturb" waits for its end, where the server says so; with real servers, and with one that lies.
@Suite struct DoNotDisturbTests {
    @Test func dunstThatIsPausedIsNotPostedTo() async throws {
        try await withDesktop { desktop in
            _ = try await desktop.startDunst()
            let probe = try Probe(on: desktop.bus)
            try await probe.reports("server dunst")
            try await desktop.dunstctl("set-paused", "true")
            try await probe.waits("morning")
            #expect(try await desktop.count("waiting") == 0)
            // The guide and notices go out.
            try await probe.shows("evening")
            try await desktop.dunstctl("set-paused", "false")
            try await probe.reports("do not disturb ended")
            try await probe.heeds("morning")
            #expect(try await desktop.settles(at: 2) == 2)
        }
    }

    @Test func theOlderNotificationStaysUntilItIsWithdrawn() async throws {
        try await withDesktop { desktop in
            _ = try await desktop.startDunst()
            let probe = try Probe(on: desktop.bus)
            try await probe.shows("morning")
            try await desktop.dunstctl("set-paused", "true")
            try await probe.waits("morning")
            probe.process.send("withdraw morning")
            try await desktop.dunstctl("set-paused", "false")
            #expect(try await desktop.settles(at: 0) == 0)
            // Nobody waits any more.
            probe.process.send("post evening")
            #expect(try await probe.reports("").hasPrefix("shown evening"))
        }
    }

    @Test func xfceIsAskedThroughXfconf() async throws {
        try await withDesktop { desktop in
            let probe = try await start("xfce4/notifyd/xfce4-notifyd", on: desktop)
            let set = ["xfconf-query", "-c", "xfce4-notifyd", "-p", "/do-not-disturb"]
            func tell(_ arguments: String...) async throws {
                try await Subprocess.run(
                    set + arguments, environment: desktop.bus.environment.merging(desktop.variables) { $1 })
            }
            // Never set.
            try await probe.heeds("morning")
            try await tell("-n", "-t", "bool", "-s", "true")
            try await probe.waits("morning")
            try await tell("-s", "false")
            try await probe.reports("do not disturb ended")
            try await probe.heeds("morning")
            try await tell("-s", "true")
            try await probe.waits("morning")
            // Back to what it is by itself.
            try await tell("-r")
            try await probe.reports("do not disturb ended")
        }
    }

    // MARK: A server that does it on demand

    @Test func plasmaIsAskedAndHeard() async throws {
        try await withFake("Plasma") { server, probe in
            try await probe.heeds("morning")
            try await server.obeys("inhibit 1")
            try await probe.waits("morning")
            try await probe.waits("evening")
            try await server.obeys("inhibit 0")
            try await probe.reports("do not disturb ended")
            try await probe.heeds("morning")
        }
    }

    @Test func modesOfMakoAreAskedAndHeard() async throws {
        try await withFake("mako") { server, probe in
            try await server.obeys("modes default,away")
            try await probe.heeds("morning")
            try await server.obeys("modes default,do-not-disturb")
            try await probe.waits("morning")
            // Another mode on top changes nothing.
            try await server.obeys("modes default,do-not-disturb,away")
            try await server.line("asked")
            try await server.obeys("modes default")
            try await probe.reports("do not disturb ended")
            try await server.obeys("modes dnd")
            try await probe.waits("morning")
        }
    }

    @Test func serverThatIsNotKnownIsNotAsked() async throws {
        try await withFake("fake") { server, probe in
            try await server.obeys("inhibit 1")
            try await probe.heeds("morning")
            #expect(!server.unread.contains("asked"))
        }
    }

    @Test func serverThatSaysNothingOfItKeepsNothingBack() async throws {
        try await withFake("Plasma") { server, probe in
            try await server.obeys("inhibit 1")
            try await server.obeys("shy")
            let start = ContinuousClock.now
            try await probe.heeds("morning")
            #expect(ContinuousClock.now - start < .seconds(10))
            // Nor does it hold up anything else meanwhile.
            probe.process.send("heed morning")
            try await server.line("asked")
            probe.process.send("guide 10 Hip")
            #expect(try await probe.reports("shown").hasPrefix("shown guide"))
            try await probe.reports("shown morning")
        }
    }

    @Test func serverThatStopsTellingIsNotWaitedFor() async throws {
        try await withFake("Plasma") { server, probe in
            try await server.obeys("inhibit 1")
            try await probe.waits("morning")
            try await server.obeys("shy")
            try await server.obeys("inhibit 1")
            try await probe.reports("do not disturb ended")
        }
    }

    @Test func withdrawnWhileItIsAskedForItIsNotPosted() async throws {
        try await withFake("Plasma") { server, probe in
            try await server.obeys("shy")
            probe.process.send("heed morning")
            try await server.line("asked")
            probe.process.send("withdraw morning")
            try await probe.hasReadCommands()
            try await probe.shows("evening")
            try await server.obeys("open")
            try await probe.heeds("noon")
            #expect(!server.unread.contains { $0.contains("title=Heeding") && $0.hasPrefix("notify 1 ") })
        }
    }

    @Test func nobodyIsListenedToWhenNobodyWaits() async throws {
        try await withFake("Plasma") { server, probe in
            try await server.obeys("inhibit 1")
            try await probe.waits("morning")
            try await probe.waits("evening")
            probe.process.send("withdraw morning")
            try await probe.hasReadCommands()
            try await server.obeys("inhibit 1")
            try await server.line("asked")
            probe.process.send("withdraw evening")
            try await probe.hasReadCommands()
            try await server.obeys("inhibit 0")
            try await server.obeys("inhibit 1")
            // What was said before this answer is heard before it.
            probe.process.send("post noon")
            #expect(try await probe.reports("").hasPrefix("shown noon"))
            #expect(!server.unread.contains("asked"))
        }
    }

    @Test func anotherServerIsAskedAnew() async throws {
        try await withBus { bus in
            let first = try await fakeServer("Plasma", on: bus)
            let probe = try Probe(on: bus)
            try await first.obeys("inhibit 1")
            try await probe.waits("morning")
            await first.end()
            try await probe.reports("server none")
            let second = try await fakeServer("Plasma", on: bus)
            try await probe.reports("server Plasma")
            try await probe.heeds("morning")
            try await second.line("asked")
        }
    }

    private func withFake(_ name: String, _ body: (Subprocess, Probe) async throws -> Void) async throws {
        try await withBus { bus in
            let server = try await fakeServer(name, on: bus)
            let probe = try Probe(on: bus)
            try await probe.reports("server \(name)")
            try await body(server, probe)
        }
    }

    private func fakeServer(_ name: String, on bus: PrivateBus) async throws -> Subprocess {
        let server = try bus.start([builtProgram("fake-server"), name])
        try await server.line("ready")
        return server
    }

    /// Starts a real server, which lies in a directory of its architecture.
    private func start(_ program: String, on desktop: HeadlessDesktop) async throws -> Probe {
        try await desktop.bus.offer("org.xfce.Xfconf", by: librariesPath("xfce4/xfconf/xfconfd"))
        _ = try desktop.bus.start([librariesPath(program)], adding: desktop.variables)
        try await desktop.bus.waitForOwner(of: "org.freedesktop.Notifications")
        let probe = try Probe(on: desktop.bus)
        try await probe.reports("server ")
        return probe
    }
}

/// Where a program lies below `/usr/lib`.
private func librariesPath(_ program: String) -> String {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob("/usr/lib/*/\(program)", 0, nil, &found) == 0, let path = found.gl_pathv[0] else { return program }
    return String(cString: path)
}

extension Probe {
    /// Posts what heeds "do not disturb", and it is shown.
    fileprivate func heeds(_ routine: String) async throws {
        process.send("heed \(routine)")
        try await reports("shown \(routine)")
    }

    /// The same, and it waits.
    fileprivate func waits(_ routine: String) async throws {
        process.send("heed \(routine)")
        try await reports("failed \(routine): do not disturb is on")
    }
}

extension Subprocess {
    /// Tells the fake server something and waits until it has done it.
    fileprivate func obeys(_ command: String) async throws {
        send(command)
        try await line("ok \(command)")
    }
}
