internal import CSystemd
internal import Dispatch
internal import Glibc

/// The terminal as a full screen or only as a keyboard; it reads raw keys, and restores the terminal on every exit.
///
/// Its keyboard is standard input, its screen standard output. Ctrl-C is an ordinary key. Ctrl-Z works as in other
/// programs.
@MainActor
package final class TerminalScreen {
    package enum Use {
        case screen
        /// Only keys; the program writes ordinary lines meanwhile.
        case keyboard
        /// Like `keyboard`, but the terminal itself still handles Ctrl-C and Ctrl-S.
        case answers
    }

    package enum Event: Hashable, Sendable {
        case key(TerminalKey)
        /// The size changed, so everything must be drawn again.
        case resized
        /// Ctrl-Z: the terminal belongs to another program until `continued`.
        case suspended
        case continued
        /// The window was closed, or the output cannot be written any more.
        case gone
    }

    private let use: Use
    private let received: @MainActor (Event) -> Void
    private let before: termios
    private var isOurs = false
    private var keys = TerminalKeys()
    private var keyboard: (any DispatchSourceRead)?
    private var signals: [any DispatchSourceSignal] = []
    /// What the screen shows, by row.
    private var shown: [String] = []

    /// Whether standard input is a terminal and we are its foreground process group.
    package static var isInForeground: Bool { isatty(STDIN_FILENO) == 1 && tcgetpgrp(STDIN_FILENO) == getpgrp() }

    /// Whether we have no controlling terminal any more: its window was closed, or its shell has ended.
    package static var isGone: Bool { tcgetpgrp(STDIN_FILENO) < 0 }

    /// Whether another process group has the terminal's keys; false if the terminal does not control us.
    private static var isInBackground: Bool {
        let group = tcgetpgrp(STDIN_FILENO)
        return group >= 0 && group != getpgrp()
    }

    /// The descriptor to write to: standard output or, if that is a terminal, a non-blocking copy.
    ///
    /// The terminal is opened once more for the copy. So it cannot block us, and other programs still write to it in
    /// blocking mode.
    private static let output: Int32 = {
        guard isatty(STDOUT_FILENO) == 1 else { return STDOUT_FILENO }
        let own = open("/proc/self/fd/\(STDOUT_FILENO)", O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        return own >= 0 ? own : STDOUT_FILENO
    }()

    /// The present settings of a terminal.
    package struct Settings {
        fileprivate var value = termios()

        /// Nil when standard input is no terminal.
        package init?() { if tcgetattr(STDIN_FILENO, &value) != 0 { return nil } }
    }

    /// Takes the terminal over; nil when standard input is no terminal.
    ///
    /// - Parameter before: the settings that `restore` brings back.
    package init?(
        _ use: Use, restoring before: Settings? = Settings(), received: @escaping @MainActor (Event) -> Void
    ) {
        guard let before else { return nil }
        self.before = before.value
        self.use = use
        self.received = received
        listen()
        takeOver()
    }

    // MARK: The screen

    /// The size of the terminal; 80 columns and 24 rows if it is unknown.
    package static var size: GuidePage.Size {
        var size = winsize()
        let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 && size.ws_row > 0
        return GuidePage.Size(columns: isKnown ? Int(size.ws_col) : 80, rows: isKnown ? Int(size.ws_row) : 24)
    }

    /// Shows these lines from the top; only those that changed are written.
    package func draw(_ lines: [String]) {
        guard isOurs, use == .screen else { return }
        var output = ""
        for (row, line) in lines.enumerated() where row >= shown.count || shown[row] != line {
            // Clear before writing: after a line of full width, the cursor still stands on its last character.
            output += "\u{1B}[\(row + 1);1H\u{1B}[K\(line)\u{1B}[0m"
        }
        shown = lines
        write(output)
    }

    private func write(_ text: String) {
        guard !text.isEmpty, !TerminalScreen.write(text, patience: 100) else { return }
        // A terminal that hangs or is stopped by Scroll Lock has missed this page. Draw all of the next page.
        if errno == EAGAIN { return shown = [] }
        received(.gone)
    }

    /// Writes to standard output; returns false when that is no longer possible, or not now (EAGAIN).
    ///
    /// - Parameter patience: how long to wait for a terminal that takes nothing, in milliseconds.
    package static func write(_ text: String, patience: Int32 = 1000) -> Bool {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(output, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN, mayWrite(within: patience) { continue }
            guard count > 0 else { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }

    private static func mayWrite(within milliseconds: Int32) -> Bool {
        var query = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
        return poll(&query, 1, milliseconds) != 0
    }

    // MARK: Taking and giving back

    private func takeOver() {
        var raw = before
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
        // Ctrl-S must not block the whole program.
        if use != .answers { raw.c_iflag &= ~tcflag_t(IXON) }
        withUnsafeMutableBytes(of: &raw.c_cc) { characters in
            if use != .answers { characters[Int(VINTR)] = 0 }  // none
            characters[Int(VMIN)] = 1
            characters[Int(VTIME)] = 0
        }
        var settings = before
        stretchd_restore_after_crash(STDIN_FILENO, &settings, Self.output, use == .screen ? Self.leave : "")
        // Do not wait for pending output (TCSANOW): a terminal stopped by Ctrl-S would never write it.
        tcsetattr(STDIN_FILENO, TCSANOW, &raw)
        if use == .screen { write(isOurs ? Self.clear : Self.enter) }
        isOurs = true
        shown = []
    }

    /// Gives the terminal back as it was; later calls of `draw` do nothing.
    package func restore() {
        guard isOurs else { return }
        isOurs = false
        // Use the static `write`, because the other one would report `gone`, which does not matter here.
        if use == .screen { _ = Self.write(Self.leave) }
        var settings = before
        // In the background, the settings belong to another program, and changing them would stop us.
        if !Self.isInBackground { tcsetattr(STDIN_FILENO, TCSANOW, &settings) }
        stretchd_forget_crash()
    }

    /// Switches to the alternate screen, without cursor and line wrap.
    private static let enter = "\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l" + clear
    private static let clear = "\u{1B}[2J"
    /// Switches back; it clears first, because not every terminal has an alternate screen.
    private static let leave = "\u{1B}[0m\u{1B}[?7h\u{1B}[H\u{1B}[2J\u{1B}[?1049l\u{1B}[?25h"

    // MARK: What happens to it

    private func listen() {
        let source = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: .main)
        source.setEventHandler { [weak self] in self?.readKeys() }
        source.activate()
        keyboard = source
        guard use != .answers else { return }
        follow(SIGWINCH) { $0.resized() }
        follow(SIGTSTP) { $0.suspend() }
        follow(SIGCONT) { $0.resume() }
    }

    private func follow(_ signal: Int32, _ happened: @escaping @MainActor (TerminalScreen) -> Void) {
        let source = DispatchSource.makeSignalSource(signal: signal, queue: .main)
        source.setEventHandler { [weak self] in if let self { happened(self) } }
        source.activate()
        signals.append(source)
    }

    isolated deinit {
        restore()
        keyboard?.cancel()
        for source in signals { source.cancel() }
    }

    private func readKeys() {
        // The source may fire without input. The read must not block then.
        var query = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        guard poll(&query, 1, 0) > 0 else { return }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = read(STDIN_FILENO, &bytes, bytes.count)
        if count < 0, errno == EINTR || errno == EAGAIN { return }
        guard count > 0 else {
            keyboard?.cancel()
            return received(.gone)
        }
        for key in keys.keys(in: bytes.prefix(count)) { received(.key(key)) }
    }

    private func resized() {
        guard isOurs, use == .screen else { return }
        shown = []
        write(Self.clear)
        received(.resized)
    }

    private func suspend() {
        restore()
        received(.suspended)
        // SIGTSTP was caught and stopped nothing. SIGSTOP cannot be caught. The process goes on with SIGCONT.
        kill(getpid(), SIGSTOP)
    }

    private func resume() {
        if Self.isInBackground, use == .screen { return resumeInBackground() }
        // Take the terminal over even if another process stopped us, because the settings may be the shell's now.
        if !Self.isInBackground { takeOver() }
        received(.continued)
    }

    /// Stops the process again, because in the background a full screen cannot be seen.
    ///
    /// It waits a little, because `kill %1` and a shell that ends send SIGCONT together with the signal that ends us.
    private func resumeInBackground() {
        restore()
        DispatchQueue.main.asyncAfter(deadline: .now() + .milliseconds(200)) { [weak self] in
            if self?.isOurs == false, Self.isInBackground { kill(getpid(), SIGSTOP) }
        }
    }
}
