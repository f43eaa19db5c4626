internal import Dispatch
internal import Glibc
internal import StretchCore

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
        write("\u{7}\n\(prompt.title)\n\(prompt.body)\n" + (answers.isEmpty ? "" : "\(answers)\n"))
        // What asks nothing is only told.
        if prompt.buttons.isEmpty { return }
        prompts.removeAll { $0.subject == prompt.subject }
        prompts.append(prompt)
        listen()
    }

    func withdraw(_ subject: Prompt.Subject) {
        guard let index = prompts.firstIndex(where: { $0.subject == subject }) else { return }
        let prompt = prompts.remove(at: index)
        write("(\(prompt.title): no answer needed any more)\n")
        if prompts.isEmpty { restore() }
    }

    /// Gives the terminal back as it was.
    func restore() {
        guard keys != nil else { return }
        keys?.cancel()
        keys = nil
        tcsetattr(STDIN_FILENO, TCSANOW, &settings)
    }

    /// Single keys, unseen; Ctrl-C stays what it is.
    private func listen() {
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
        prompts.removeLast()
        write("\(prompt.title): \(button.label)\n")
        if prompts.isEmpty { restore() }
        pressed(prompt.subject, button.action)
    }

    private func write(_ text: String) {
        let bytes = Array(text.utf8)
        // Nobody is left to tell when this fails.
        _ = Glibc.write(STDOUT_FILENO, bytes, bytes.count)
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
        }
    }
}
