import Foundation
import TestSupport
import Testing

/// A desktop that must not disturb: the prompt waits, everybody is told why, and nothing wakes the daemon for it.
struct DoNotDisturbTests {
    @Test func whatWaitsIsToldAndComesUpOnceWhenDunstMayDisturb() async throws {
        try await withDesktop { desktop in
            let machine = try Machine(on: desktop.bus)
            try machine.configureDue()
            _ = try await desktop.startDunst()
            try await desktop.dunstctl("set-paused", "true")
            _ = try await machine.start()
            try await machine.waits()
            #expect(try await machine.status().due?.reason == "do not disturb")
            #expect(try await machine.property("Reason") == #"s "do not disturb""#)
            #expect(try await machine.property("Due").contains(#""waiting" "do not disturb""#))
            #expect(try machine.records().isEmpty)
            #expect(try await desktop.count("waiting") == 0)

            try await desktop.dunstctl("set-paused", "false")
            try await machine.record("prompted")
            #expect(try await desktop.settles(at: 1) == 1)
            #expect(try machine.records().map(\.reminder) == [nil])
            #expect(try await machine.property("Reason") == #"s """#)
        }
    }

    @Test func answerFromTheCommandLineEndsTheWaiting() async throws {
        try await withDesktop { desktop in
            let machine = try Machine(on: desktop.bus)
            try machine.configureDue()
            _ = try await desktop.startDunst()
            try await desktop.dunstctl("set-paused", "true")
            _ = try await machine.start()
            try await machine.waits()
            #expect(try await machine.stretchd("done").status == 0)
            try await machine.daemon("nothing is due") { $0.due.isEmpty }
            try await desktop.dunstctl("set-paused", "false")
            #expect(try await desktop.settles(at: 0) == 0)
            #expect(try machine.records().map(\.type) == ["done"])
        }
    }

    /// The terminal takes the place of a server that is missing, not of one that is silent.
    @Test func whatWaitsDoesNotComeUpInTheTerminalEither() async throws {
        try await withBus { bus in
            let machine = try Machine(on: bus)
            try machine.configureDue()
            let server = try bus.start([builtProgram("fake-server"), "Plasma"])
            try await server.line("ready")
            server.send("inhibit 1")
            try await server.line("ok")
            let terminal = try machine.launch(["script", "-qfc", "\(builtProgram("stretchd")) run", "/dev/null"])
            try await machine.waits()
            server.send("inhibit 0")
            try await server.line("notify 1 ")
            #expect(!terminal.unread.contains { $0.contains("[d] Done") })
        }
    }

    /// The switch of each desktop that keeps it in dconf, and what it says when nobody must be disturbed.
    @Test(arguments: [
        ("gnome-shell", "org.gnome.desktop.notifications", "show-banners", "false"),
        ("cinnamon", "org.cinnamon.desktop.notifications", "display-notifications", "false"),
    ])
    func switchInDconfIsReadAndItsChangeHeard(server: String, schema: String, key: String, on: String) async throws {
        try await withDconf { machine, bus in
            try await bus.start([builtProgram("fake-server"), server]).line("ready")
            try await machine.set(schema, key, on)
            _ = try await machine.start(adding: dconf)
            try await machine.waits()
            try await machine.set(schema, key, on == "true" ? "false" : "true")
            try await machine.record("prompted")
        }
    }

    @Test func mateIsAskedThroughItsSettings() async throws {
        try await withDconf { machine, bus in
            let desktop = try await HeadlessDesktop(on: bus)
            _ = try bus.start(
                ["/usr/lib/mate-notification-daemon/mate-notification-daemon"],
                adding: desktop.variables.merging(dconf) { $1 })
            try await bus.waitForOwner(of: "org.freedesktop.Notifications")
            try await machine.set("org.mate.NotificationDaemon", "do-not-disturb", "true")
            _ = try await machine.start(adding: dconf)
            try await machine.waits()
            try await machine.set("org.mate.NotificationDaemon", "do-not-disturb", "false")
            try await machine.record("prompted")
        }
    }

    @Test func switchThatIsNotThereKeepsNothingBack() async throws {
        try await withDconf { machine, bus in
            try await bus.start([builtProgram("fake-server"), "gnome-shell"]).line("ready")
            let schemas = bus.directory.appending(path: "no-schemas").path
            _ = try await machine.start(
                adding: dconf.merging(["XDG_DATA_DIRS": schemas, "GSETTINGS_SCHEMA_DIR": schemas]) { $1 })
            try await machine.record("prompted")
        }
    }

    // MARK: Wake-ups

    @Test func nothingElseWakesWhoWaits() async throws {
        try await withDconf { machine, bus in
            try await bus.start([builtProgram("fake-server"), "gnome-shell"]).line("ready")
            try await machine.set("org.gnome.desktop.notifications", "show-banners", "false")
            let daemon = try await machine.start(adding: dconf)
            try await machine.waits()
            try await sleeps(daemon) {
                for size in ["20", "24", "32"] {
                    try await machine.set("org.gnome.desktop.interface", "cursor-size", size)
                }
            }
        }
    }

    @Test func doNotDisturbWakesNobodyWhileNothingIsDue() async throws {
        try await withDconf { machine, bus in
            try machine.configureIdle()
            try await bus.start([builtProgram("fake-server"), "gnome-shell"]).line("ready")
            let daemon = try await machine.start(adding: dconf)
            try await sleeps(daemon) {
                for state in ["false", "true", "false"] {
                    try await machine.set("org.gnome.desktop.notifications", "show-banners", state)
                }
            }
        }
    }

    /// Idle threads of a young process end now and then: what wakes it up does so every time.
    private func sleeps(_ daemon: Subprocess, through what: () async throws -> Void) async throws {
        let slept = try await found("a time that wakes nobody") { () -> Bool? in
            let before = try await daemon.switchesAtRest()
            try await what()
            return try daemon.switches == before ? true : nil
        }
        #expect(slept)
    }

    private let dconf = ["GSETTINGS_BACKEND": "dconf"]

    /// A machine where something is due and settings are kept in dconf.
    private func withDconf(_ body: (Machine, PrivateBus) async throws -> Void) async throws {
        try await withBus { bus in
            let service = ["/usr/libexec/dconf-service", "/usr/lib/dconf-service"]
                .first(where: FileManager.default.isExecutableFile)
            try await bus.offer("ca.desrt.dconf", by: try #require(service, "dconf is not installed: make test"))
            let machine = try Machine(on: bus)
            try machine.configureDue()
            try await body(machine, bus)
        }
    }
}

extension Machine {
    fileprivate func waits() async throws {
        try await daemon("it waits") { $0.due.first?.reason.word == "dnd" }
    }

    /// As the settings of a desktop do it.
    fileprivate func set(_ schema: String, _ key: String, _ value: String) async throws {
        let set = try launch(["gsettings", "set", schema, key, value], adding: ["GSETTINGS_BACKEND": "dconf"])
        #expect(try await set.finish() == 0)
    }
}
