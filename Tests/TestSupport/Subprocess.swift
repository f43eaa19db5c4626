internal import Foundation
package import Glibc
internal import Synchronization

/// A child process whose output is read line by line.
///
/// The caller must call `end`.
package final class Subprocess: Sendable {
    package let pid: pid_t
    private let command: String
    private let input: Int32
    private let output = Mutex<[String]>([])
    private let isRead = Mutex(false)
    private let status = Mutex<Int32?>(nil)

    /// Starts the process; it shares our standard error.
    package init(_ arguments: [String], environment: [String: String]) throws(SubprocessError) {
        command = arguments.joined(separator: " ")
        Self.spawning.lock()
        let (childInput, input) = Self.pipe()
        let (output, childOutput) = Self.pipe()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, childInput, 0)
        posix_spawn_file_actions_adddup2(&actions, childOutput, 1)
        let argv = arguments.map { strdup($0) } + [nil]
        let envp = environment.map { strdup("\($0)=\($1)") } + [nil]
        // Threads of Swift's pool block signals, and a child would inherit that.
        var attributes = posix_spawnattr_t()
        var noSignals = sigset_t()
        sigemptyset(&noSignals)
        posix_spawnattr_init(&attributes)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var pid = pid_t()
        let error = posix_spawnp(&pid, arguments[0], &actions, &attributes, argv, envp)
        posix_spawnattr_destroy(&attributes)
        Self.spawning.unlock()
        posix_spawn_file_actions_destroy(&actions)
        for text in argv + envp { free(text) }
        for end in [childInput, childOutput] { close(end) }
        self.pid = pid
        self.input = input
        guard error == 0 else {
            for end in [input, output] { close(end) }
            let advice = error == ENOENT ? "; run `make test`, which installs what the tests need" : ""
            throw .notStarted(command, String(cString: strerror(error)) + advice)
        }
        Thread.detachNewThread { self.read(output) }
    }

    /// Runs a command to its end; returns the lines that it printed.
    @discardableResult
    package static func run(_ arguments: [String], environment: [String: String]) async throws -> [String] {
        let process = try Subprocess(arguments, environment: environment)
        guard try await process.finish() == 0 else { throw SubprocessError.failed(process.command) }
        return try await process.rest()
    }

    /// Waits for the end of the output; returns the lines that were not read yet.
    package func rest() async throws -> [String] {
        _ = try await eventually { self.isRead.withLock { $0 ? true : nil } }
        return unread
    }

    package func send(_ line: String) { _ = (line + "\n").withCString { write(input, $0, strlen($0)) } }

    /// Waits for the next line with this prefix, and skips the lines before it.
    @discardableResult
    package func line(_ prefix: String, within limit: Duration = patience) async throws -> String {
        var skipped: [String] = []
        let found = try await eventually(within: limit) {
            self.output.withLock { lines in
                while !lines.isEmpty {
                    let line = lines.removeFirst()
                    if line.hasPrefix(prefix) { return line }
                    skipped.append(line)
                }
                return nil
            }
        }
        guard let found else { throw SubprocessError.noLine(prefix, command, skipped) }
        return found
    }

    /// The lines that were printed but not read yet.
    package var unread: [String] { output.withLock { $0 } }

    package func signal(_ number: Int32) { kill(pid, number) }

    /// Waits until the process has ended; returns the exit status, or 128 plus the signal.
    package func finish(within limit: Duration = patience) async throws -> Int32 {
        guard let status = try await eventually(within: limit, check: reap) else {
            throw SubprocessError.stillRunning(command)
        }
        return status
    }

    /// Ends the process, if needed with SIGKILL.
    package func end() async {
        guard reap() == nil else { return }
        kill(pid, SIGTERM)
        kill(pid, SIGCONT)
        if (try? await finish(within: .seconds(2))) == nil {
            kill(pid, SIGKILL)
            _ = try? await finish()
        }
    }

    deinit { close(input) }

    private func reap() -> Int32? {
        status.withLock { status in
            var raw: Int32 = 0
            if status == nil, waitpid(pid, &raw, WNOHANG) == pid {
                status = raw & 0x7f == 0 ? (raw >> 8) & 0xff : 128 + (raw & 0x7f)
            }
            return status
        }
    }

    private func read(_ descriptor: Int32) {
        let file = fdopen(descriptor, "r")
        defer { fclose(file) }
        var buffer: UnsafeMutablePointer<CChar>?
        var size = 0
        defer { free(buffer) }
        while getline(&buffer, &size, file) > 0, let buffer {
            let line = String(cString: buffer).trimmingCharacters(in: .newlines)
            output.withLock { $0.append(line) }
        }
        isRead.withLock { $0 = true }
    }

    /// Held from the creation of a pipe until it is marked close-on-exec.
    ///
    /// A child started in between would keep it open.
    private static let spawning = NSLock()

    /// A pipe's read end and write end, both close-on-exec.
    private static func pipe() -> (Int32, Int32) {
        var ends: [Int32] = [-1, -1]
        Glibc.pipe(&ends)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}

package enum SubprocessError: Error, CustomStringConvertible {
    case notStarted(String, String)
    case failed(String)
    case noLine(String, String, [String])
    case stillRunning(String)

    package var description: String {
        switch self {
        case .notStarted(let command, let reason): "cannot start \(command): \(reason)"
        case .failed(let command): "\(command) failed"
        case .noLine(let prefix, let command, let lines): "\(command) printed no '\(prefix)', but \(lines)"
        case .stillRunning(let command): "\(command) does not end"
        }
    }
}

/// How long a test waits for what must happen; on a busy machine Syncthing alone may try again only after a minute.
package let patience = Duration.seconds(120)

/// Calls `check` until it finds something, and returns that; nil: the time is over.
package func eventually<Found>(
    within limit: Duration = patience, isolation: isolated (any Actor)? = #isolation,
    check: () async throws -> Found?
) async throws -> Found? {
    let deadline = ContinuousClock.now + limit
    while ContinuousClock.now < deadline {
        if let found = try await check() { return found }
        try await Task.sleep(for: .milliseconds(5))
    }
    return try await check()
}

/// The path of a program of this package; it lies beside the tests.
package func builtProgram(_ name: String) -> String {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: name).path
}
