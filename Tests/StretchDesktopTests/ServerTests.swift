import TestSupport
import Testing

/// What each server gets, by its name: buttons, the click, and words for what it does not draw.
struct ServerTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let server: String
        let actions: String
        /// Before the body, and after it.
        var first = ""
        var last = ""
        static let all = "default,start,done,snooze,skip"
        var testDescription: String { server }
    }

    @Test(arguments: [
        Case(server: "Plasma", actions: Case.all),
        Case(server: "SwayNotificationCenter", actions: Case.all),
        Case(server: "cinnamon", actions: Case.all),
        Case(server: "Xfce Notify Daemon", actions: "start,done,snooze,skip"),
        Case(server: "lxqt-notificationd", actions: "start,done,snooze,skip"),
        Case(server: "gnome-shell", actions: "default,start,done,snooze", last: "|Or: stretchd skip"),
        Case(server: "Budgie Notification Server", actions: "default,start,done,snooze", last: "|Or: stretchd skip"),
        Case(
            server: "dunst", actions: Case.all, first: "Middle click to start · or: stretchd done, snooze, skip|"),
        Case(server: "mako", actions: Case.all, first: "Click to start · or: stretchd done, snooze, skip|"),
        Case(server: "fnott", actions: Case.all, first: "Click to start · or: stretchd done, snooze, skip|"),
        Case(
            server: "cosmic-notifications", actions: Case.all,
            first: "Click to start · or: stretchd done, snooze, skip|"),
        Case(server: "quickshell", actions: Case.all, first: "Click to start · or: stretchd done, snooze, skip|"),
    ])
    func aPromptCanBeAnswered(on it: Case) async throws {
        try await withServer(it.server) { server, probe in
            try await probe.shows("morning")
            let call = try await server.line("notify")
            #expect(call.contains(" actions=\(it.actions) "))
            #expect(call.hasSuffix("body=\(it.first)Hips &amp; &lt;back&gt;\(it.last)"))
        }
    }

    /// For Swift a `<` with a combining mark is no `<`; for a server it begins a tag.
    @Test func noTextBecomesMarkup() async throws {
        try await withServer("Plasma") { server, probe in
            probe.process.send("body Title <\u{301}b> &\u{338} >\u{301}")
            let call = try await server.line("notify")
            #expect(call.hasSuffix("body=&lt;\u{301}b&gt; &amp;\u{338} &gt;\u{301}"))
        }
    }

    @Test(arguments: [
        ("mako", "|None? Go on"), ("dunst", "|None? Go on"), ("gnome-shell", ""), ("Plasma", ""),
    ])
    func whatMayNotBeCutIsBriefAndHasNoPictureBesideIt(name: String, hint: String) async throws {
        try await withServer(name) { server, probe in
            probe.process.send("warnings")
            let call = try await server.line("notify")
            #expect(call.contains(" image= ") && call.hasSuffix("title=Not with body=Numbness.\(hint)"), "\(call)")
        }
    }

    @Test func commandsNameTheRoutineWhereThereAreSeveral() async throws {
        try await withServer("mako") { server, probe in
            probe.process.send("several desk")
            let call = try await server.line("notify")
            #expect(call.contains(" body=Click to start · or: stretchd done desk, snooze desk, skip desk|"))
        }
    }

    @Test func fromTheFirstReminderOnGNOMEHasANoInPlaceOfASnooze() async throws {
        try await withServer("gnome-shell") { server, probe in
            probe.process.send("remind morning")
            let call = try await server.line("notify")
            #expect(call.contains(" actions=default,start,done,skip "))
            #expect(call.hasSuffix("|Or: stretchd snooze"))
        }
    }

    @Test func whatHasNoStepsIsNotStartedByAClick() async throws {
        try await withServer("mako") { server, probe in
            probe.process.send("ask morning")
            try await probe.reports("shown morning")
            let call = try await server.line("notify")
            #expect(call.contains(" actions=default,done,snooze,skip "))
            #expect(call.contains(" body=Run: stretchd done, snooze, skip|"))
            server.send("press 1 default")
            try await probe.reports("closed morning")
            // Not every server closes what was clicked, and its buttons are dead.
            try await server.line("close 1")
        }
    }

    /// LXQt takes the only action for the click.
    @Test(arguments: ["lxqt-notificationd", "Plasma"])
    func aLoneButtonIsNotTheClick(name: String) async throws {
        try await withServer(name) { server, probe in
            probe.process.send("extra morning")
            let call = try await server.line("notify")
            #expect(call.contains(" actions=default,done "))
        }
    }

    @Test(arguments: ["gnome-shell", "mako", "dunst", "Plasma"])
    func aClickOnAPromptStarts(name: String) async throws {
        try await withServer(name) { server, probe in
            try await probe.shows("morning")
            server.send("press 1 default")
            try await probe.reports("pressed morning start")
        }
    }

    @Test func aClickOnTheWarningsShowsThemAgain() async throws {
        try await withServer("fnott") { server, probe in
            probe.process.send("warnings")
            try await probe.reports("shown guide")
            let call = try await server.line("notify")
            #expect(
                call.hasSuffix("body=Numbness|None of these: stretchd guide --next · Not now: stretchd guide --stop"))
            server.send("press 1 default")
            try await probe.reports("pressed guide again")
        }
    }

    @Test(arguments: [
        ("mako", "|Click to go on · or: stretchd guide --pause, --stop"),
        ("dunst", "|Middle click to go on · or: stretchd guide --pause, --stop"), ("Plasma", ""), ("gnome-shell", ""),
    ])
    func eachPageOfTheGuideCanBeLeft(name: String, words: String) async throws {
        try await withServer(name) { server, probe in
            probe.process.send("guide 10 left side")
            try await probe.reports("shown guide")
            #expect(try await server.line("notify").hasSuffix("until you feel it in the hip.\(words)"))
            server.send("press 1 default")
            try await probe.reports("pressed guide next")
        }
    }

    @Test(arguments: [
        ("gnome-shell", 2), ("cinnamon", 2), ("SwayNotificationCenter", 2), ("Plasma", 1), ("dunst", 1),
    ])
    func aGuideIsCriticalWhereAllElseGoes(name: String, urgency: Int) async throws {
        try await withServer(name) { server, probe in
            try await probe.shows("morning")
            #expect(try await server.line("notify").contains(" urgency=1 "))
            probe.process.send("guide 10 left side")
            #expect(try await server.line("notify").contains(" urgency=\(urgency) "))
            probe.process.send("remark")
            #expect(try await server.line("notify").contains(" urgency=1 "))
        }
    }

    // MARK: GNOME up to 45 drops the buttons of what is replaced

    @Test func oldGNOMEGetsANewNotificationAfterTheOldOneWasClosed() async throws {
        try await withServer("gnome-shell", version: "43.9") { server, probe in
            try await probe.shows("morning")
            try await server.line("notify 1 replaces=0")
            try await probe.shows("morning")
            try await server.line("close 1")
            try await server.line("notify 2 replaces=0")
            // What the server says later of the one that was closed means nothing.
            for signal in ["close 1 3", "press 1 done"] {
                server.send(signal)
                try await server.line("ok")
            }
            server.send("press 2 snooze")
            try await probe.reports("pressed morning snooze")
            probe.process.send("withdraw morning")
            try await server.line("close 2")
        }
    }

    @Test func aPressThatIsOnItsWayWhenOldGNOMEGetsAnotherCounts() async throws {
        try await withServer("gnome-shell", version: "43.9") { server, probe in
            try await probe.shows("morning")
            server.send("overtake 1 done")
            try await server.line("ok")
            probe.process.send("post morning Second")
            try await probe.reports("shown morning")
            #expect(try await probe.reports("") == "pressed morning done")
        }
    }

    @Test(arguments: ["46.0", "48.2", "51.beta"])
    func newerGNOMEReplaces(version: String) async throws {
        try await withServer("gnome-shell", version: version) { server, probe in
            try await probe.shows("morning")
            try await probe.shows("morning")
            try await server.line("notify 1 replaces=1")
        }
    }

    @Test func aLateAnswerOfOldGNOMELeavesOneNotification() async throws {
        try await withServer("gnome-shell", version: "43.9") { server, probe in
            try await probe.shows("morning")
            server.send("hold")
            try await server.line("ok")
            probe.process.send("post morning Second")
            try await server.line("close 1")
            try await server.line("held")
            try await probe.reports("failed morning")
            // Before the server has said again who it is, the late answer would let the third prompt fail, too.
            try await probe.reports("server gnome-shell")
            probe.process.send("post morning Third")
            try await probe.reports("failed morning")
            server.send("answer")
            try await server.line("notify 2 replaces=0")
            try await server.line("close 2")
            #expect(try await server.line("notify 3 replaces=0").contains("title=Third"))
            try await probe.reports("shown morning")
        }
    }

    // MARK: GNOME's old notification daemon says that it closed, and does not

    @Test func whereNothingIsClosedItExpires() async throws {
        try await withServer("Notification Daemon", version: "3.20.0") { server, probe in
            try await probe.shows("morning")
            try await server.line("notify 1")
            probe.process.send("withdraw morning")
            #expect(try await server.line("notify").contains("notify 1 replaces=1 actions= app=stretchd "))
            // What has gone by itself is not brought back for that.
            try await probe.shows("evening")
            server.send("press 2 done")
            try await probe.reports("pressed evening done")
            probe.process.send("withdraw evening")
            try await server.line("close 2")
        }
    }

    @Test func whatAKilledDaemonLeftThereExpiresToo() async throws {
        try await withBus { bus in
            let server = try bus.start([builtProgram("fake-server"), "Notification Daemon", "3.20.0"])
            try await server.line("ready")
            // The server's is the first name on this bus. The withdrawal comes before the server has said who it is.
            let probe = try Probe(on: bus, adopted: "morning=:1.0/7")
            probe.process.send("withdraw morning")
            try await server.line("notify 7 replaces=7 actions= ")
        }
    }

    @Test func matesIsAnotherOfThatName() async throws {
        try await withServer("Notification Daemon", version: "1.26.0") { server, probe in
            try await probe.shows("morning")
            probe.process.send("withdraw morning")
            try await server.line("close 1")
        }
    }

    // MARK: What a killed daemon left

    @Test func whatNobodyMayReplaceIsClosed() async throws {
        try await withBus { bus in
            let server = try bus.start([builtProgram("fake-server")])
            try await server.line("ready")
            for command in ["forget", "ids 8"] {
                server.send(command)
                try await server.line("ok")
            }
            // The server's is the first name on this bus.
            let probe = try Probe(on: bus, adopted: "morning=:1.0/7")
            try await probe.reports("server fake :1.0")
            try await probe.shows("morning")
            try await server.line("notify 8 replaces=7")
            try await server.line("close 7")
        }
    }

    @Test func whatIsInDoubtAtTheEndIsClosedWhenItComes() async throws {
        try await withServer("fake") { server, probe in
            server.send("hold")
            try await server.line("ok")
            probe.process.send("post morning Stretch")
            try await probe.reports("failed morning")
            probe.process.send("stop")
            try await probe.hasReadCommands()
            server.send("answer")
            try await server.line("notify 1")
            try await server.line("close 1")
            try await probe.reports("stopped")
        }
    }

    private func withServer(
        _ name: String, version: String = "46.1", _ body: (Subprocess, Probe) async throws -> Void
    ) async throws {
        try await withBus { bus in
            let server = try bus.start([builtProgram("fake-server"), name, version])
            try await server.line("ready")
            let probe = try Probe(on: bus)
            try await probe.reports("server \(name)")
            try await body(server, probe)
        }
    }
}
