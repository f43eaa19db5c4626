internal import CSystemd
internal import Dispatch
internal import Glibc
internal import StretchBase
internal import StretchCore
internal import StretchSystem

/// Prompts in the terminal the daemon was started in, with a key for each answer; for when no notification server runs.
@MainActor
final class TerminalBoard {
    var pressed: (Prompt.Subject, Prompt.Action) -> Void = { _, _ in }

    /// The newest last: keys answer that one.
    private var prompts: [Prompt] = []
    private var keys: (any DispatchSourceRead)?
    private var settings = termios()

    /// Nil without a terminal that is ours to read.
    init?() {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1, tcgetpgrp(STDIN_FILENO) == getpgrp() else {
            return nil
        }
        tcgetattr(STDIN_FILENO, &settings)
    }

    /// Its window was closed, or the shell that it belongs to has ended: it controls us no longer.
    var isGone: Bool { tcgetpgrp(STDIN_FILENO) < 0 }

    func show(_ prompt: Prompt) {
        let answers = prompt.buttons.map { "[\($0.action.key)] \($0.label)" }.joined(separator: "   ")
        // A guide's sound is left to the bell where nothing else could play it.
        let bell = prompt.subject == .guide && prompt.sound.isEmpty ? "" : "\u{7}"
        let parts = [prompt.title, prompt.body, answers].filter { !$0.isEmpty }
        write("\(bell)\n")
        say(parts.joined(separator: "\n"))
        prompts.removeAll { $0.subject == prompt.subject }
        // What asks nothing is only told.
        if !prompt.buttons.isEmpty { prompts.append(prompt) }
        listen()
    }

    func withdraw(_ subject: Prompt.Subject) {
        guard let index = prompts.firstIndex(where: { $0.subject == subject }) else { return }
        let prompt = prompts.remove(at: index)
        // A guide has said what became of it.
        if subject != .guide { say("(\(prompt.title): no answer needed any more)") }
        listen()
    }

    /// Gives the terminal back as it was.
    func restore() {
        guard keys != nil else { return }
        keys?.cancel()
        keys = nil
        tcsetattr(STDIN_FILENO, TCSANOW, &settings)
    }

    /// While something is asked: single keys, unseen; Ctrl-C stays what it is.
    private func listen() {
        if prompts.isEmpty { return restore() }
        guard keys == nil else { return }
        var raw = settings
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
        tcsetattr(STDIN_FILENO, TCSANOW, &raw)
        let source = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: .main)
        source.setEventHandler { [weak self] in self?.readKey() }
        source.activate()
        keys = source
    }

    private func readKey() {
        var key: UInt8 = 0
        // The terminal is gone: nobody answers here any more.
        guard read(STDIN_FILENO, &key, 1) == 1 else { return restore() }
        guard let prompt = prompts.last,
            let button = prompt.buttons.first(where: { $0.action.key.utf8.first == key })
        else { return }
        // The next block of a guide says what the key did. Until that is there its keys are no one else's.
        if prompt.subject != .guide {
            prompts.removeLast()
            say("\(prompt.title): \(button.label)")
            listen()
        }
        pressed(prompt.subject, button.action)
    }

    /// In columns, such that a line is read with ease.
    private var width: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return min(Int(size.ws_col), 80)
    }

    /// Line by line; an empty line stays one.
    private func say(_ text: String) {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        write(lines.map { String($0).wrapped(to: width).joined(separator: "\n") + "\n" }.joined())
    }

    private func write(_ text: String) {
        // A terminal held by Ctrl-S must not hold the daemon; and nobody is left to tell when this fails.
        _ = TerminalScreen.write(text, patience: 100)
    }
}

extension Prompt.Action {
    fileprivate var key: String {
        switch self {
        case .start: "g"
        case .done: "d"
        case .snooze: "s"
        case .skip: "n"
        case .pause: "p"
        case .resume: "c"
        case .next: "f"
        case .stop: "q"
        case .later: "l"
        case .less: "-"
        case .more: "+"
        case .answer: "a"
        case .gentle: "e"
        case .rest: "r"
        // A click, which a terminal does not have.
        case .again: ""
        }
    }
}
