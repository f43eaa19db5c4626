import StretchBase
import StretchCore
import TestSupport
import Testing

/// Servers that take a click for an action, and the commands that stand in for buttons.
struct ClickTests {
    /// COSMIC invokes the first action where there is no default one; others draw nothing that could be pressed.
    @Test(
        arguments: ["first", "default"], ["cosmic-notifications", "mako", "gnome-shell", "Plasma"])
    func aServerThatClicksByItselfRecordsNoVerdict(click: String, name: String) async throws {
        try await withServer(name) { machine, server in
            for steps in [["half-kneeling-hip-flexor"], []] {
                server.send("click \(click)")
                try await server.line("ok")
                try machine.configure(machine.noon.daily(in: -1), steps: steps)
                let daemon = try await machine.start()
                for _ in 0..<(steps.isEmpty ? 1 : 4) { try await server.line("notify") }
                await daemon.end()
            }
            let answers = try machine.records().map(\.type).filter { !["prompted", "started", "undo"].contains($0) }
            #expect(answers == [])
        }
    }

    @Test func theGuideOnTheDesktopIsSteeredByCommands() async throws {
        try await withServer("mako") { machine, server in
            try machine.configureDue()
            _ = try await machine.start()
            #expect(try await machine.stretchd("guide", "--next").status == 69)
            try await server.line("notify 1")
            server.send("press 1 default")
            try await server.title("Urgent care")
            for (button, title) in [
                ("--next", "Morning stretch"),
                ("--next", "1 of 1 · Half-kneeling hip-flexor stretch: take care"),
                ("--next", "1 of 1 · Half-kneeling hip-flexor stretch"),
                ("--info", "1 of 1 · Half-kneeling hip-flexor stretch: take care"),
                ("--resume", "1 of 1 · Half-kneeling hip-flexor stretch"),
                ("--next", "1 of 1 · left side, round 1 of 3"),
                ("--pause", "Paused · 1 of 1 · left side, round 1 of 3"),
                ("--resume", "1 of 1 · left side, round 1 of 3"), ("--stop", "Stopped at 1 of 1"),
                ("--resume", "1 of 1 · left side, round 1 of 3"),
                ("--stop", "Stopped at 1 of 1"),
            ] {
                let answer = try await machine.stretchd("guide", button)
                #expect(answer.status == 0 && answer.output == title)
            }
            #expect(try await machine.stretchd("guide", "--done").output == "the guide is over")
            #expect(try await machine.record("done").first?.via == "guide")
            let late = try await machine.stretchd("guide", "--pause")
            #expect(late.status == 69 && late.output.contains("no guide is running on the desktop"))
        }
    }

    @Test func aButtonOfTheGuideNeedsADaemon() async throws {
        try await withBus { bus in
            let machine = try Machine(on: bus)
            let answer = try await machine.stretchd("guide", "--pause")
            #expect(answer.status == 69)
            #expect(answer.output.contains("it is not running; start it: systemctl --user start stretchd"))
            #expect(try await machine.stretchd("guide", "morning", "--pause").status == 64)
        }
    }

    private func withServer(_ name: String, _ body: (Machine, Subprocess) async throws -> Void) async throws {
        try await withBus { bus in
            let server = try bus.start([builtProgram("fake-server"), name])
            try await server.line("ready")
            try await body(try Machine(on: bus), server)
        }
    }
}

extension Subprocess {
    /// Waits until it was given a notification whose title begins so.
    fileprivate func title(_ title: String) async throws {
        _ = try await found("\(title) on the screen") {
            try await self.line("notify").contains(" title=\(title)") ? true : nil
        }
    }
}
