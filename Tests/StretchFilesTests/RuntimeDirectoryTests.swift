import Foundation
import StretchFiles
import TestSupport
import Testing

struct RuntimeDirectoryTests {
    private let scratch: Scratch
    private let runtime: RuntimeDirectory

    init() throws {
        scratch = try Scratch()
        runtime = try RuntimeDirectory(scratch("stretchd"))
    }

    private func permissions(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func aSecondLockSaysWhoHoldsTheFirst() throws {
        let lock = try runtime.lock()
        #expect(throws: FileError.held(by: .daemon(getpid()))) { try runtime.lock() }
        withExtendedLifetime(lock) {}
    }

    /// As an older version made it.
    @Test func theLockIsNotCleanedUp() throws {
        try scratch.makeDirectory("stretchd")
        try scratch.write("", to: "stretchd/lock")
        let lock = try runtime.lock()
        #expect(try permissions(scratch("stretchd/lock")) == 0o1600)
        #expect(lock.isInPlace)
        try scratch.remove("stretchd/lock")
        #expect(!lock.isInPlace)
        let next = try runtime.lock()
        #expect(next.isInPlace)
    }

    @Test func whatTheLockSaysIsBelievedWhenItIsTrue() throws {
        var lock: DaemonLock? = try runtime.lock()
        #expect(runtime.isLocked(by: getpid()))
        #expect(!runtime.isLocked(by: getppid()))
        try "\(getppid())\n".write(toFile: runtime.lockPath, atomically: false, encoding: .utf8)
        #expect(!runtime.isLocked(by: getppid()))
        withExtendedLifetime(lock) {}
        lock = nil
        #expect(!runtime.isLocked(by: getpid()))
    }

    /// A command that asks is not taken for a daemon.
    @Test func whoSharesTheLockDoesNotHoldIt() throws {
        try scratch.makeDirectory("journal")
        let descriptor = open(scratch("journal"), O_RDONLY | O_DIRECTORY)
        defer { close(descriptor) }
        try #require(flock(descriptor, LOCK_SH) == 0)
        #expect(DaemonLock.holder(of: scratch("journal")) == nil)
        try #require(flock(descriptor, LOCK_EX) == 0)
        #expect(DaemonLock.holder(of: scratch("journal")) == .daemon(getpid()))
    }

    @Test func aDirectoryIsLockedWithoutATrace() throws {
        try scratch.makeDirectory("journal")
        try scratch.link("link", to: "journal")
        let lock = try DaemonLock(directory: scratch("journal"))
        #expect(throws: FileError.journalHeld(scratch("link"), by: .daemon(getpid()))) {
            try DaemonLock(directory: scratch("link"), tries: 1)
        }
        #expect(DaemonLock.isTaken(scratch("link")))
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch("journal")).isEmpty)
        withExtendedLifetime(lock) {}
    }

    @Test func anotherProcessSeesTheLock() throws {
        var lock: DaemonLock? = try runtime.lock()
        #expect(try output(of: "flock", "-n", scratch("stretchd/lock"), "true").status == 1)
        #expect(runtime.isLocked)
        withExtendedLifetime(lock) {}
        lock = nil
        #expect(try output(of: "flock", "-n", scratch("stretchd/lock"), "true").status == 0)
        #expect(!runtime.isLocked)
    }

    @Test func theLockOfAnotherProcessIsRespectedUntilItDies() async throws {
        _ = try runtime.lock()
        let lock = scratch("stretchd/lock")
        let holder = Process()
        holder.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        holder.arguments = ["flock", "--no-fork", lock, "sh", "-c", "echo $$ >'\(lock)'; exec cat"]
        holder.standardInput = Pipe()  // Never written: `cat` lives until it is killed, or this process ends.
        try holder.run()
        let process = holder.processIdentifier
        #expect(await eventually { (try? runtime.read("lock")) == Array("\(process)\n".utf8) })
        #expect(throws: FileError.held(by: .stranger(process))) { try runtime.lock() }
        kill(process, SIGKILL)
        holder.waitUntilExit()
        #expect(!runtime.isLocked)
        _ = try runtime.lock()
    }

    @Test func askingForADaemonCreatesNothing() {
        #expect(!runtime.isLocked)
        #expect(!FileManager.default.fileExists(atPath: runtime.path))
    }

    @Test func aFileIsReplacedAsAWholeAndForItsUserOnly() throws {
        #expect(try runtime.read("daemon.json") == nil)
        let long = [UInt8](repeating: 0x20, count: 100_000)
        try runtime.replace("daemon.json", with: long)
        #expect(try runtime.read("daemon.json") == long)
        try runtime.replace("daemon.json", with: Array("{}".utf8))
        #expect(try runtime.read("daemon.json") == Array("{}".utf8))
        #expect(try permissions(runtime.path) == 0o700)
        #expect(try permissions(runtime.path + "/daemon.json") == 0o1600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: runtime.path) == ["daemon.json"])
    }

    @Test func aLinkInItsPlaceIsNotFollowed() throws {
        try scratch.makeDirectory("elsewhere")
        try scratch.link("stretchd", to: "elsewhere")
        #expect(throws: FileError.foreignDirectory(runtime.path)) { try runtime.lock() }
    }

    @Test func noRuntimeDirectorySaysWhatToDo() {
        #expect(throws: FileError.noRuntimeDirectory(user: getuid())) { try RuntimeDirectory(nil) }
        #expect("\(FileError.noRuntimeDirectory(user: 1000))".contains("set XDG_RUNTIME_DIR"))
    }
}
