import Foundation
import TestSupport
import Testing

/// Who is the daemon, and how it is found.
struct OnlyDaemonTests {
    @Test(arguments: ["stretchd", "stretchd/lock", "stretchd/daemon.json"])
    func cleanedRuntimeDirectoryHidesNoDaemon(gone: String) async throws {
        try await withMachine { machine in
            let daemon = try await machine.start()
            try FileManager.default.removeItem(at: machine.bus.directory.appending(path: gone))
            #expect(try await !machine.stretchd("status").output.contains("no daemon is running"))
            #expect(try await machine.stretchd("run").status == 69)

            try await daemon.line("stretchd: \(machine.runtime.path) is complete")
            try await machine.daemon("it tells of itself again") { $0.pid == daemon.pid }
            #expect(try await machine.stretchd("reload").status == 0)
            for name in ["lock", "daemon.json"] {
                let file = machine.runtime.appending(path: name)
                let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
                #expect(attributes[.posixPermissions] as? Int == 0o1600, "the sticky bit keeps \(name)")
            }
        }
    }

    @Test func runtimeDirectoryThatIsMovedAwayIsMadeAnew() async throws {
        try await withMachine { machine in
            let daemon = try await machine.start()
            let elsewhere = machine.bus.directory.appending(path: "elsewhere")
            try FileManager.default.moveItem(at: machine.runtime, to: elsewhere)
            try await machine.daemon("it tells of itself again") { $0.pid == daemon.pid }
            #expect(try await machine.stretchd("reload").status == 0)
        }
    }

    /// A login that ended may begin again.
    @Test func runtimeDirectoryThatIsAwayForAWhileIsFilledAgain() async throws {
        try await withMachine { machine in
            let runtime = machine.bus.directory.appending(path: "login")
            try FileManager.default.createDirectory(at: runtime, withIntermediateDirectories: true)
            let daemon = try await machine.start(adding: ["XDG_RUNTIME_DIR": runtime.path])
            for _ in 1...2 {
                try FileManager.default.removeItem(at: runtime)
                try await daemon.line("stretchd: warning: cannot create \(runtime.path)/stretchd")
                try FileManager.default.createDirectory(at: runtime, withIntermediateDirectories: true)
                try await daemon.line("stretchd: \(runtime.path)/stretchd is complete")
            }
        }
    }

    @Test func secondDaemonOfAJournalIsRefusedWhateverItsRuntimeDirectory() async throws {
        try await withMachine { machine in
            let daemon = try await machine.start()
            let link = machine.bus.directory.appending(path: "link")
            try FileManager.default.createSymbolicLink(
                at: link, withDestinationURL: machine.bus.directory.appending(path: ".local/share"))
            for variables: [String: String] in [[:], ["XDG_DATA_HOME": link.path]] {
                let second = try machine.launch(
                    [builtProgram("stretchd"), "run"],
                    adding: variables.merging(try machine.otherRuntime()) { $1 })
                #expect(try await second.finish() == 69)
                let said = try await second.rest().joined()
                #expect(said.contains("is running already as process \(daemon.pid);"))
            }
        }
    }

    /// On a fresh account no journal is there yet.
    @Test func theFirstStartHoldsItsJournalToo() async throws {
        try await withMachine { machine in
            let fresh = ["XDG_DATA_HOME": machine.bus.directory.appending(path: "fresh").path]
            _ = try await machine.start(adding: fresh)
            let second = try machine.launch(
                [builtProgram("stretchd"), "run"], adding: fresh.merging(try machine.otherRuntime()) { $1 })
            #expect(try await second.finish() == 69)
        }
    }

    /// What the file says is no reason to kill anybody.
    @Test func aStrangerNamedInTheLockIsNotTakenForTheDaemon() async throws {
        try await withMachine { machine in
            try FileManager.default.createDirectory(at: machine.runtime, withIntermediateDirectories: true)
            try #require(chmod(machine.runtime.path, 0o700) == 0)
            let lock = machine.runtime.appending(path: "lock")
            try "1\n".write(to: lock, atomically: false, encoding: .utf8)
            let holder = try machine.launch(["flock", "--no-fork", lock.path, "sh", "-c", "echo held; exec sleep 60"])
            try await holder.line("held")
            let second = try await machine.stretchd("run")
            #expect(second.status == 69)
            #expect(second.output.contains("process \(holder.pid) has its lock; end that one"))
            await holder.end()
        }
    }

    /// Two would ask for the same.
    @Test func theDaemonWhoseJournalIsAnotherOnesNowEnds() async throws {
        try await withMachine { machine in
            for name in ["first", "second"] {
                try FileManager.default.createDirectory(
                    at: machine.bus.directory.appending(path: "\(name)/stretchd/journal"),
                    withIntermediateDirectories: true)
            }
            let link = machine.bus.directory.appending(path: "link").path
            try #require(symlink("first", link) == 0)
            let daemon = try await machine.start(adding: ["XDG_DATA_HOME": link])
            let other = try await machine.start(
                adding: try machine.otherRuntime().merging([
                    "XDG_DATA_HOME": machine.bus.directory.appending(path: "second").path
                ]) { $1 })
            try #require(unlink(link) == 0 && symlink("second", link) == 0)
            daemon.signal(SIGHUP)
            #expect(try await daemon.finish() == 0)
            #expect(try await daemon.rest().contains { $0.contains("of the daemon with process id \(other.pid), too") })
            other.signal(SIGTERM)
            #expect(try await other.finish() == 0)
        }
    }

    /// It has the lock of a new journal's directory for a moment.
    @Test func aSecondDaemonThatIsRefusedEndsNotTheFirst() async throws {
        try await withMachine { machine in
            let daemon = try await machine.start()
            try FileManager.default.removeItem(at: machine.journal.deletingLastPathComponent())
            for _ in 1...3 { #expect(try await machine.stretchd("run").status == 69) }
            #expect(try await machine.stretchd("reload").status == 0)
            #expect(kill(daemon.pid, 0) == 0)
        }
    }

    /// A backup, say.
    @Test func aStrangersLockOfTheJournalSilencesNobody() async throws {
        try await withMachine { machine in
            let holder = try machine.launch(
                ["flock", "--no-fork", machine.journal.path, "sh", "-c", "echo held; exec sleep 60"])
            try await holder.line("held")
            let daemon = try await machine.start()
            #expect(try await machine.stretchd("status").status == 0)
            await holder.end()
            #expect(try await machine.stretchd("reload").status == 0)
            let probe = try machine.launch(["flock", "--nonblock", machine.journal.path, "true"])
            #expect(try await probe.finish() == 1, "held by process \(daemon.pid)")
        }
    }

    @Test func whatTheDaemonTellsIsMendedWhenSomebodyOverwritesIt() async throws {
        try await withMachine { machine in
            let daemon = try await machine.start()
            let state = machine.runtime.appending(path: "daemon.json")
            let overwritten = try String(contentsOf: state, encoding: .utf8)
                .replacing("\"pid\":\(daemon.pid)", with: "\"pid\":1")
            try overwritten.write(to: state, atomically: false, encoding: .utf8)
            daemon.signal(SIGHUP)
            try await machine.daemon("it tells of itself again") { $0.pid == daemon.pid }
        }
    }

    @Test func aTrialWithAJournalOfItsOwnRunsBesideIt() async throws {
        try await withMachine { machine in
            let daemon = try await machine.start()
            var variables = try machine.otherRuntime()
            variables["XDG_DATA_HOME"] = machine.bus.directory.appending(path: "trial").path
            let trial = try await machine.start(adding: variables)
            for daemon in [trial, daemon] {
                daemon.signal(SIGTERM)
                #expect(try await daemon.finish() == 0)
            }
        }
    }

    @Test func aDaemonWithAnotherRuntimeDirectoryIsNotDenied() async throws {
        try await withMachine { machine in
            _ = try await machine.start()
            let command = ["sh", "-c", "\(builtProgram("stretchd")) status; \(builtProgram("stretchd")) reload"]
            let status = try machine.launch(command, adding: try machine.otherRuntime())
            #expect(try await status.finish() == 69)
            let lines = try await status.rest().filter { $0.contains("the journal is locked, as by a daemon") }
            #expect(lines.count == 2)
        }
    }

    @Test func journalThatIsReplacedStaysTheDaemons() async throws {
        try await withMachine { machine in
            let daemon = try await machine.start()
            let elsewhere = machine.bus.directory.appending(path: "elsewhere")
            try FileManager.default.moveItem(at: machine.journal, to: elsewhere)
            try FileManager.default.copyItem(at: elsewhere, to: machine.journal)
            let copy = try FileManager.default.attributesOfItem(atPath: machine.journal.path)
            let inode = try #require(copy[.systemFileNumber] as? Int)
            // Not by flock(1): it would hold the lock just when the daemon tries to take it.
            let isHeld = try await eventually {
                let locks = try String(contentsOfFile: "/proc/locks", encoding: .utf8)
                return locks.split(separator: "\n").contains {
                    $0.contains("WRITE \(daemon.pid) ") && $0.contains(":\(inode) ")
                } ? true : nil
            }
            #expect(isHeld == true, "by process \(daemon.pid)")
        }
    }

    /// The process id that a killed daemon had may be a stranger's by now.
    @Test(arguments: [true, false])
    func reloadSignalsNobodyButTheHolderOfTheLock(isNamedInLock: Bool) async throws {
        try await withMachine { machine in
            let daemon = try await machine.start()
            daemon.signal(SIGKILL)
            _ = try await daemon.finish()
            let stranger = try machine.launch(["sleep", "60"])
            let state = machine.runtime.appending(path: "daemon.json")
            let left = try String(contentsOf: state, encoding: .utf8)
                .replacing("\"pid\":\(daemon.pid)", with: "\"pid\":\(stranger.pid)")
            try left.write(to: state, atomically: false, encoding: .utf8)
            let lock = machine.runtime.appending(path: "lock")
            if isNamedInLock { try "\(stranger.pid)\n".write(to: lock, atomically: false, encoding: .utf8) }
            let holder = try machine.launch(["flock", "--no-fork", lock.path, "sh", "-c", "echo held; exec sleep 60"])
            try await holder.line("held")

            let reload = try await machine.stretchd("reload")
            #expect(reload.status == 69)
            #expect(reload.output.contains("is held by process \(holder.pid), which is no daemon"))
            #expect(kill(stranger.pid, 0) == 0, "the stranger lives")
            for process in [holder, stranger] { await process.end() }
        }
    }
}

extension Machine {
    fileprivate var runtime: URL { bus.directory.appending(path: "stretchd") }

    /// What names a runtime directory in which no daemon is.
    fileprivate func otherRuntime() throws -> [String: String] {
        let directory = bus.directory.appending(path: "other-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        return ["XDG_RUNTIME_DIR": directory.path]
    }
}
