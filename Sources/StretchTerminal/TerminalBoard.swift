internal import Glibc
internal import StretchBase
package import StretchCore

/// Prompts in the terminal the daemon was started in, with a key for each answer; for when no notification server runs.
@MainActor
package final class TerminalBoard {
    package var pressed: (Prompt.Subject, Prompt.Action) -> Void = { _, _ in }

    /// The newest last: keys answer that one.
    private var prompts: [Prompt] = []
    /// While something is asked.
    private var keyboard: TerminalScreen?

    /// Nil without a terminal that is ours to read.
    package init?() {
        guard TerminalScreen.isInForeground, isatty(STDOUT_FILENO) == 1 else { return nil }
    }

    package func show(_ prompt: Prompt) {
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

    package func withdraw(_ subject: Prompt.Subject) {
        guard let index = prompts.firstIndex(where: { $0.subject == subject }) else { return }
        let prompt = prompts.remove(at: index)
        // A guide has said what became of it.
        if subject != .guide { say("(\(prompt.title): no answer needed any more)") }
        listen()
    }

    /// Gives the terminal back as it was.
    package func restore() {
        keyboard?.restore()
        keyboard = nil
    }

    /// While something is asked: single keys, unseen.
    private func listen() {
        if prompts.isEmpty { return restore() }
        keyboard = keyboard ?? TerminalScreen(.answers) { [weak self] in self?.received($0) }
    }

    private func received(_ event: TerminalScreen.Event) {
        switch event {
        case .key(.character(let key)): answer(with: key)
        // Nobody answers here any more.
        case .gone: restore()
        case .key, .resized, .suspended, .continued: break
        }
    }

    private func answer(with key: Character) {
        guard let prompt = prompts.last,
            let button = prompt.buttons.first(where: { $0.action.key == String(key) })
        else { return }
        // The next block of a guide says what the key did. Until that is there its keys are no one else's.
        if prompt.subject != .guide {
            prompts.removeLast()
            say("\(prompt.title): \(button.label)")
            listen()
        }
        pressed(prompt.subject, button.action)
    }

    /// Line by line, each as wide as is read with ease; an empty line stays one.
    private func say(_ text: String) {
        let width = min(TerminalScreen.size?.columns ?? 80, 80)
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
