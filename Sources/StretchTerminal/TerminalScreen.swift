internal import CSystemd
internal import Dispatch
internal import Glibc

/// The terminal as a screen of our own, or as a keyboard alone: raw keys, and the terminal as it was on every way out.
///
/// Its keyboard is standard input, its screen standard output. Ctrl-C is a key; Ctrl-Z works as everywhere.
@MainActor
package final class TerminalScreen {
    package enum Use {
        case screen
        /// Keys alone, while lines are written.
        case keyboard
        /// The same, and what the terminal does by itself stays: Ctrl-C, Ctrl-S.
        case answers
    }

    package enum Event: Hashable, Sendable {
        case key(TerminalKey)
        /// Everything is to be drawn again.
        case resized
        /// Ctrl-Z: the terminal belongs to somebody else until `continued`.
        case suspended
        case continued
        /// The window was closed, or nobody reads what is written.
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

    /// Whether standard input is a terminal, and we are those whom its keys are for.
    package static var isInForeground: Bool { isatty(STDIN_FILENO) == 1 && tcgetpgrp(STDIN_FILENO) == getpgrp() }

    /// Its window was closed, or the shell that it belongs to has ended: it controls us no longer.
    package static var isGone: Bool { tcgetpgrp(STDIN_FILENO) < 0 }

    /// The terminal's keys are for others; where it does not control us, nobody says so.
    private static var isInBackground: Bool {
        let group = tcgetpgrp(STDIN_FILENO)
        return group >= 0 && group != getpgrp()
    }

    /// Standard output; where that is a terminal, opened once more: so one that hangs does not hang us, and what
    /// others write to it still waits.
    private static let output: Int32 = {
        guard isatty(STDOUT_FILENO) == 1 else { return STDOUT_FILENO }
        let own = open("/proc/self/fd/\(STDOUT_FILENO)", O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        return own >= 0 ? own : STDOUT_FILENO
    }()

    /// Nil where standard input is no terminal.
    package init?(_ use: Use, received: @escaping @MainActor (Event) -> Void) {
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return nil }
        before = settings
        self.use = use
        self.received = received
        listen()
        takeOver()
    }

    // MARK: The screen

    /// In columns and rows; nil where standard output cannot say.
    package static var size: (columns: Int, rows: Int)? {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Shows these lines from the top; only those that changed are written.
    package func draw(_ lines: [String]) {
        guard isOurs, use == .screen else { return }
        var output = ""
        for (row, line) in lines.enumerated() where row >= shown.count || shown[row] != line {
            // Cleared first: behind a line as wide as the terminal the cursor still stands on its last character.
            output += "\u{1B}[\(row + 1);1H\u{1B}[K\(line)\u{1B}[0m"
        }
        shown = lines
        write(output)
    }

    private func write(_ text: String) {
        guard !text.isEmpty, !TerminalScreen.write(text, patience: 100) else { return }
        // What a terminal that hangs, or is held by Scroll Lock, has missed is drawn with the next page.
        if errno == EAGAIN { return shown = [] }
        received(.gone)
    }

    /// Writes to standard output at once; false when nobody can read it any more, or (EAGAIN) nobody does now.
    ///
    /// - Parameter patience: how many milliseconds a terminal may take nothing.
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
        // Ctrl-S would hold the whole program.
        if use != .answers { raw.c_iflag &= ~tcflag_t(IXON) }
        withUnsafeMutableBytes(of: &raw.c_cc) { characters in
            if use != .answers { characters[Int(VINTR)] = 0 }  // none
            characters[Int(VMIN)] = 1
            characters[Int(VTIME)] = 0
        }
        var settings = before
        stretchd_restore_after_crash(STDIN_FILENO, &settings, Self.output, use == .screen ? Self.leave : "")
        // At once: a terminal held by Ctrl-S would never have written all.
        tcsetattr(STDIN_FILENO, TCSANOW, &raw)
        if use == .screen { write(isOurs ? Self.clear : Self.enter) }
        isOurs = true
        shown = []
    }

    /// Gives the terminal back as it was; what is drawn afterwards goes nowhere.
    package func restore() {
        guard isOurs else { return }
        isOurs = false
        // Not `write`: where the terminal is gone, there is nothing to restore.
        if use == .screen { _ = Self.write(Self.leave) }
        var settings = before
        // In the background the settings are somebody else's, and to change them would stop us.
        if !Self.isInBackground { tcsetattr(STDIN_FILENO, TCSANOW, &settings) }
        stretchd_forget_crash()
    }

    /// A page of its own, no cursor, no line that goes on in the next one.
    private static let enter = "\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l" + clear
    private static let clear = "\u{1B}[2J"
    /// Cleared first: not every terminal has two pages.
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
        source.setEventHandler { [weak self] in
            if let self { happened(self) }
        }
        source.activate()
        signals.append(source)
    }

    isolated deinit {
        restore()
        keyboard?.cancel()
        for source in signals { source.cancel() }
    }

    private func readKeys() {
        // Woken too often, it must not wait.
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
        // The signal was caught, so it stopped nobody; this one cannot be. What comes after being stopped is SIGCONT.
        kill(getpid(), SIGSTOP)
    }

    private func resume() {
        if Self.isInBackground, use == .screen { return resumeInBackground() }
        // Also where somebody else stopped it: then the settings may be the shell's now.
        if !Self.isInBackground { takeOver() }
        received(.continued)
    }

    /// Put into the background it cannot be seen: it stops again, as one that reads there would.
    ///
    /// But not at once: `kill %1` and a shell that ends send SIGCONT together with what is to end it.
    private func resumeInBackground() {
        restore()
        DispatchQueue.main.asyncAfter(deadline: .now() + .milliseconds(200)) { [weak self] in
            if self?.isOurs == false, Self.isInBackground { kill(getpid(), SIGSTOP) }
        }
    }
}
