import Foundation
import TestSupport
import Testing

/// What the daemon hears of files to which its paths lead now, and did not before.
struct WatchTests {
    /// As stow and home-manager have it: a link, and one of generations behind it.
    @Test(arguments: [".config", ".config/stretchd", ".config/stretchd/config.toml"])
    func aConfigurationBehindATurnedLinkTakesForce(name: String) async throws {
        try await withMachine { machine in
            let inside = ".config/stretchd/config.toml".dropFirst(name.count)
            let home = machine.bus.directory
            for (generation, schedule) in [("1", "18:00"), ("2", machine.noon.daily(in: -1))] {
                try machine.configure(schedule)
                let file = home.appending(path: generation + inside)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try FileManager.default.copyItem(at: machine.configuration, to: file)
            }
            try machine.turn("profile", to: "1")
            try FileManager.default.removeItem(at: home.appending(path: name))
            try machine.turn(name, to: home.appending(path: "profile").path)
            _ = try await machine.start()
            try machine.turn("profile", to: "2")
            try await machine.daemon("the second one is in force") { $0.configuration.reads == 2 && !$0.due.isEmpty }
            try machine.configureIdle()
            try await machine.daemon("its edit is in force") { $0.configuration.reads == 3 && $0.due.isEmpty }
        }
    }

    /// Root may read everything, so the daemon is somebody else's.
    @Test(.enabled(if: getuid() == 0, "only root can become somebody else"), arguments: [0o644, 0o444])
    func aConfigurationThatBecomesReadableAgainTakesForce(mode: mode_t) async throws {
        try await withMachine { machine in
            try machine.configureIdle()
            let program = machine.bus.directory.appending(path: "program").path
            // By another process: a file that this one writes may be open in another test's child, and cannot be run then.
            _ = try await Subprocess.run(
                ["sh", "-c", #"cp "$1" "$2" && chown -R nobody "$3""#, "sh", builtProgram("stretchd"), program]
                    + [machine.bus.directory.path], environment: ["PATH": "/usr/bin:/bin"])
            let daemon = try machine.launch(["setpriv", "--reuid=nobody", "--clear-groups", program, "run"])
            try await daemon.line("stretchd: running")
            try #require(chmod(machine.configuration.path, 0) == 0)
            try await daemon.line("stretchd: warning: going on with")
            try #require(chmod(machine.configuration.path, mode) == 0)
            try await daemon.line("stretchd: \(machine.configuration.path) is in force")
            await daemon.end()
        }
    }

    /// As nano and `rsync --inplace` write: the end of what was read before is as it was.
    @Test func aLineThatIsEditedInPlaceWhileAnotherIsAddedCountsNoMore() async throws {
        try await withMachine { machine in
            try machine.configureDue()
            _ = try await machine.start()
            let due = try await machine.dueOccurrence()
            let old = #"{"v":1,"id":"2","ts":"2020-01-06T08:00:00Z","type":"resume"}"#
            let done = #"{"v":1,"id":"1","ts":"2026-01-01T08:00:00Z","type":"done","occ":"\#(due)"}"#
            try machine.receive("\(done)\n\(old)", as: "other")
            try await machine.daemon("it is answered") { $0.due.isEmpty }
            let file = try FileHandle(forWritingTo: machine.journal.appending(path: "other.jsonl"))
            let edited = "\(done.replacing("done", with: "dome"))\n\(old)\n\(old.replacing("\"2\"", with: "\"3\""))\n"
            try file.write(contentsOf: Data(edited.utf8))
            try file.close()
            #expect(try await machine.dueOccurrence() == due)
        }
    }

    @Test func anAnswerInAnotherJournalIsKnownOnceTheLinkWasTurned() async throws {
        try await withMachine { machine in
            try machine.configureDue()
            try FileManager.default.moveItem(at: machine.journal, to: machine.bus.directory.appending(path: "one"))
            let name = ".local/share/stretchd/journal"
            try machine.turn(name, to: "../../../one")
            _ = try await machine.start()
            _ = try await machine.dueOccurrence()
            try FileManager.default.createDirectory(
                at: machine.bus.directory.appending(path: "two"), withIntermediateDirectories: false)
            try machine.turn(name, to: "../../../two")
            #expect(try await machine.stretchd("done").status == 0)
            try await machine.daemon("it is answered") { $0.due.isEmpty }
        }
    }

    /// The daemon itself holds the directory open, for its lock.
    @Test func anAnswerInAJournalMadeAnewIsKnown() async throws {
        try await withMachine { machine in
            try machine.configureDue()
            _ = try await machine.start()
            _ = try await machine.dueOccurrence()
            try FileManager.default.removeItem(at: machine.journal.deletingLastPathComponent())
            #expect(try await machine.stretchd("done").status == 0)
            try await machine.daemon("it is answered") { $0.due.isEmpty }
        }
    }

    @Test func whatIsMountedOverTheConfigurationTakesForceAtAReloadAndIsWatchedThen() async throws {
        guard try await MountNamespace.isAllowed() else { return }
        try await withMachine { machine in
            let daemon = try await machine.start(under: MountNamespace.command)
            let directory = machine.configuration.deletingLastPathComponent().path
            func inside(_ script: String) async throws {
                let enter = ["nsenter", "--target", "\(daemon.pid)", "--mount"] + MountNamespace.joining
                let shell = try machine.launch(enter + ["sh", "-ec", script, directory])
                let (status, complaints) = (try await shell.finish(), try await shell.rest())
                try #require(status == 0, "\(complaints)")
            }
            try await inside(#"cp -r "$0" "$0.copy"; mount -t tmpfs tmpfs "$0"; cp "$0.copy"/* "$0""#)
            #expect(try await machine.stretchd("reload").status == 0)
            let before = try await machine.daemon("it was read") { $0.configuration.reads >= 2 }.configuration.reads
            try await inside(#"echo 'daily_goal = "x"' > "$0/config.toml""#)
            try await machine.daemon("an edit there is seen") {
                $0.configuration.reads > before && !$0.configuration.problems.isEmpty
            }
            try await inside(#"umount "$0""#)
            try await machine.daemon("what lay below is in force again") { $0.configuration.problems.isEmpty }
        }
    }

    @Test func whereNoWatchIsLeftTheLogAndStatusSayWhatToRaise() async throws {
        guard try await canTrace() else { return }
        try await withMachine { machine in
            let daemon = try machine.launch(WatchTests.fewWatches + [builtProgram("stretchd"), "run"])
            let warning = try await daemon.line("stretchd: warning: cannot watch")
            #expect(warning.contains("no inotify watch is left; raise fs.inotify.max_user_watches (sysctl); until"))
            try await daemon.line("stretchd: running")
            let told = try await machine.stretchd("status").output.split(separator: "\n").filter {
                $0.hasPrefix("the daemon cannot watch ")
            }
            #expect(told.count == 1)
            #expect(told.first?.hasSuffix("(sysctl); until then changes there are seen late") == true)
            #expect(told.first?.contains(machine.configuration.path) == true)

            // Somebody raises it.
            _ = try await found("all is watched") {
                _ = try await machine.stretchd("reload")
                return try await machine.daemon("something") { _ in true }.unwatched.isEmpty ? true : nil
            }
            try await daemon.line("stretchd: changes of all files are seen at once again")
            #expect(try await !machine.stretchd("status").output.contains("cannot watch"))
            try machine.configureDue()
            try await machine.daemon("an edit is seen") { !$0.due.isEmpty }
        }
    }

    /// Runs a program to which the kernel gives no watch for some time.
    private static let fewWatches = [
        "strace", "-D", "-f", "-qq", "-o", "/dev/null", "-e", "trace=inotify_add_watch", "-e",
        "inject=inotify_add_watch:error=ENOSPC:when=1..200",
    ]

    /// Without the right to trace there is nothing to test, except where all must be tested.
    private func canTrace() async throws -> Bool {
        let environment = ProcessInfo.processInfo.environment
        if environment["CI"] == "true" { return true }
        let probe = try Subprocess(WatchTests.fewWatches + ["true"], environment: environment)
        if try await probe.finish() == 0 { return true }
        print("no test without watches: tracing is not allowed here")
        return false
    }
}

extension Machine {
    /// As `ln -sfn` does it, below the home.
    fileprivate func turn(_ name: String, to target: String) throws {
        let link = bus.directory.appending(path: name).path
        try FileManager.default.createSymbolicLink(atPath: link + ".new", withDestinationPath: target)
        try #require(rename(link + ".new", link) == 0)
    }
}
