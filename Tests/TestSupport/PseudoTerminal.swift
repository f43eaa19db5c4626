internal import Foundation
package import Glibc
internal import Synchronization

/// A program in its own terminal; a test can type keys and read the screen.
///
/// The caller must call `end`.
package final class PseudoTerminal: Sendable {
    package let pid: pid_t
    private let master: Int32
    /// Kept open, so that the settings can be read and the program's last output is not lost when it ends.
    private let terminal: Int32
    private let screen: Mutex<TerminalPicture>
    private let isClosed = Mutex(false)
    /// How often the reader found nothing to read.
    private let lulls = Mutex(0)
    private let status = Mutex<Int32?>(nil)

    package init(
        _ arguments: [String], environment: [String: String], columns: Int = 80, rows: Int = 24
    ) throws {
        screen = Mutex(TerminalPicture())
        // The same steps as openpty(3), which Swift's Glibc module lacks.
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var (lock, number): (Int32, UInt32) = (0, 0)
        guard master >= 0, ioctl(master, Self.setLock, &lock) == 0, ioctl(master, Self.getNumber, &number) == 0 else {
            throw SubprocessError.failed("a pseudo-terminal: \(String(cString: strerror(errno)))")
        }
        let name = "/dev/pts/\(number)"
        terminal = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        // The first terminal that the leader of a session opens controls it.
        posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        var attributes = posix_spawnattr_t()
        var noSignals = sigset_t()
        sigemptyset(&noSignals)
        posix_spawnattr_init(&attributes)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | Self.setSession))
        let argv = arguments.map { strdup($0) } + [nil]
        let envp = environment.map { strdup("\($0)=\($1)") } + [nil]
        var pid = pid_t()
        let error = posix_spawnp(&pid, arguments[0], &actions, &attributes, argv, envp)
        posix_spawnattr_destroy(&attributes)
        posix_spawn_file_actions_destroy(&actions)
        for text in argv + envp { free(text) }
        self.pid = pid
        guard error == 0 else {
            throw SubprocessError.notStarted(arguments.joined(separator: " "), String(cString: strerror(error)))
        }
        Thread.detachNewThread { self.read() }
    }

    // TIOCSPTLCK, TIOCGPTN and POSIX_SPAWN_SETSID.
    private static let setLock: UInt = 0x4004_5431
    private static let getNumber: UInt = 0x8004_5430
    private static let setSession: Int32 = 0x80

    // MARK: The person

    package func type(_ keys: String) { _ = keys.withCString { write(master, $0, strlen($0)) } }

    package func resize(columns: Int, rows: Int) {
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    /// Stops the output as Scroll Lock does, until the end.
    package func hold() { tcflow(terminal, TCOOFF) }

    /// Sets the terminal as a shell does while it edits a line.
    package func editLine() {
        var settings = termios()
        tcgetattr(terminal, &settings)
        settings.c_lflag &= ~tcflag_t(ICANON | ECHO)
        tcsetattr(terminal, TCSANOW, &settings)
    }

    package func signal(_ number: Int32) { kill(pid, number) }

    /// Closes the window.
    package func close() { isClosed.withLock { $0 = true } }

    // MARK: What is seen

    package var picture: TerminalPicture { screen.withLock { $0 } }

    /// Waits until the picture meets a condition.
    @discardableResult
    package func shows(
        _ what: String, within limit: Duration = patience, where isSo: (TerminalPicture) -> Bool
    ) async throws -> TerminalPicture {
        let found = try await eventually(within: limit) { isSo(picture) ? picture : nil }
        guard let found else { throw SubprocessError.noLine(what, "the screen", picture.lines) }
        return found
    }

    /// Waits until a text is on the screen.
    package func shows(_ text: String) async throws { try await shows(text) { $0.text.contains(text) } }

    /// The terminal's settings, such as which keys it handles itself.
    package var settings: [tcflag_t] {
        var settings = termios()
        tcgetattr(terminal, &settings)
        return [settings.c_iflag, settings.c_oflag, settings.c_cflag, settings.c_lflag]
            + withUnsafeBytes(of: settings.c_cc) { $0.map { tcflag_t($0) } }
    }

    // MARK: Its end

    /// Waits until the program has ended and the picture is final.
    ///
    /// - Returns: the exit status, or 128 plus the signal.
    package func finish(within limit: Duration = patience) async throws -> Int32 {
        guard let status = try await eventually(within: limit, check: reap) else {
            throw SubprocessError.stillRunning("the program in the terminal (\(picture.lines))")
        }
        // The last output may not have been read yet.
        let before = lulls.withLock { $0 }
        _ = try await eventually { lulls.withLock { $0 > before + 1 } || isClosed.withLock { $0 } ? true : nil }
        return status
    }

    package func end() async {
        if reap() == nil {
            kill(pid, SIGKILL)
            _ = try? await finish()
        }
        close()
        Glibc.close(terminal)
    }

    private func reap() -> Int32? {
        status.withLock { status in
            var raw: Int32 = 0
            if status == nil, waitpid(pid, &raw, WNOHANG) == pid {
                status = raw & 0x7f == 0 ? (raw >> 8) & 0xff : 128 + (raw & 0x7f)
            }
            return status
        }
    }

    private func read() {
        var bytes = [UInt8](repeating: 0, count: 4096)
        while !isClosed.withLock({ $0 }) {
            var query = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
            guard poll(&query, 1, 20) > 0 else {
                lulls.withLock { $0 += 1 }
                continue
            }
            let count = Glibc.read(master, &bytes, bytes.count)
            guard count > 0 else { break }
            screen.withLock { $0.take(bytes.prefix(count)) }
        }
        Glibc.close(master)
    }
}
