import Glibc
import TestSupport
import Testing

/// The notification of a guide: one that changes step by step.
struct GuideTests {
    @Test func stepsReplaceEachOtherWithTheirPictureAndBar() async throws {
        try await withServer("dunst") { server, probe in
            let first = try await probe.guides(25, "1 of 4 · left side")
            let call = try await server.line("notify")
            #expect(call.contains("replaces=0 actions=default,pause,next,stop app=stretchd "))
            #expect(call.contains(" image=/p/hip.png sound= value=25 expires=0 urgency=1 title=1 of 4 · left side "))
            #expect(try await probe.guides(100, "2 of 4 · rest") == first)
            #expect(try await server.line("notify").contains("replaces=1 "))
        }
    }

    /// Where they are installed: by the hint alone Plasma finds the icon, by the icon's name the others.
    @Test func notificationNamesTheDesktopEntryAndTheIcon() async throws {
        try await withBus { bus in
            let server = try bus.start([builtProgram("fake-server")])
            try await server.line("ready")
            let probe = try Probe(on: bus, adding: ["DESKTOP_ENTRY": "org.stretchd.Stretchd", "PICTURE": "/p/hip.png"])
            try await probe.reports("server fake")
            try await probe.shows("morning")
            let call = try await server.line("notify")
            #expect(call.contains(" app=stretchd icon=org.stretchd.Stretchd entry=org.stretchd.Stretchd image="))
            // Beside an icon Cinnamon shows a picture so large that there is no room for the buttons.
            _ = try await probe.guides(25, "1 of 4")
            let guide = try await server.line("notify")
            #expect(guide.contains(" app=stretchd entry=org.stretchd.Stretchd image=/p/hip.png"))
        }
    }

    /// There it would be shown in place of the text.
    @Test(arguments: ["Xfce Notify Daemon", "notify-osd", "gnome-shell"])
    func serverThatDrawsNoBarGetsNone(name: String) async throws {
        try await withServer(name) { server, probe in
            try await probe.guides(25, "1 of 4")
            #expect(try await server.line("notify").contains("image=/p/hip.png sound= value= expires=0 "))
        }
    }

    @Test(arguments: ["nan", "inf", "-5", "1000"])
    func progressOutOfRangeHarmsNobody(percent: String) async throws {
        try await withServer("mako") { server, probe in
            probe.process.send("guide \(percent) Step")
            try await probe.reports("shown guide")
            let call = try await server.line("notify")
            #expect(["value= ", "value=0 ", "value=100 "].contains { call.contains($0) })
        }
    }

    @Test func lastRemarkMayGoByItself() async throws {
        try await withServer("dunst") { server, probe in
            try await probe.guides(100, "4 of 4")
            probe.process.send("remark")
            try await probe.reports("shown guide")
            let call = try await server.line("notify 1 replaces=1")
            #expect(call.contains("actions=default app=stretchd image= sound= value= expires=-1 urgency=1 "))
        }
    }

    // MARK: On dunst

    @Test(arguments: ["pause", "next", "stop"])
    func pressedButtonIsReportedAndTheNextStepComes(action: String) async throws {
        try await withDunst { desktop, probe in
            try await probe.guides(10, "1 of 4 · left side")
            try await desktop.press(action)
            try await probe.reports("pressed guide \(action)")
            try await probe.guides(20, "1 of 4 · change sides")
            #expect(try await desktop.settles(at: 1) == 1)
            // The next thing that is said: nothing was closed meanwhile.
            try await desktop.press("stop")
            #expect(try await probe.reports("") == "pressed guide stop")
        }
    }

    @Test func manyStepsStayOneNotificationThatNobodyClosed() async throws {
        try await withDunst { desktop, probe in
            for percent in 0...50 { try await probe.guides(percent, "1 of 4") }
            #expect(try await desktop.settles(at: 1) == 1)
            probe.process.send("echo")
            #expect(try await probe.reports("") == "echo")
        }
    }

    @Test func killedBoardLeavesItsGuideToTheNext() async throws {
        try await withDunst { desktop, probe in
            let posted = try await probe.guides(10, "1 of 4")
            probe.process.signal(SIGKILL)
            _ = try await probe.process.finish()

            let next = try Probe(on: desktop.bus, adopted: "guide=\(posted)")
            next.process.send("withdraw guide")
            #expect(try await desktop.settles(at: 0) == 0)
        }
    }

    private func withServer(_ name: String, _ body: (Subprocess, Probe) async throws -> Void) async throws {
        try await withBus { bus in
            let server = try bus.start([builtProgram("fake-server"), name])
            try await server.line("ready")
            let probe = try Probe(on: bus, adding: ["PICTURE": "/p/hip.png"])
            try await probe.reports("server \(name)")
            try await body(server, probe)
        }
    }

    private func withDunst(_ body: (HeadlessDesktop, Probe) async throws -> Void) async throws {
        try await withDesktop { desktop in
            _ = try await desktop.startDunst()
            let probe = try Probe(on: desktop.bus)
            try await probe.reports("server dunst")
            try await body(desktop, probe)
        }
    }
}

extension Probe {
    /// Posts a step of the guide and gives the server and id it was shown with.
    @discardableResult
    fileprivate func guides(_ percent: Int, _ title: String) async throws -> String {
        process.send("guide \(percent) \(title)")
        return String(try await reports("shown guide").split(separator: " ")[2])
    }
}
