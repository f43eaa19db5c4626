internal import Glibc
internal import StretchBase
package import StretchCore

/// Prompts in the daemon's own terminal, with a key for each answer; used when no notification server runs.
@MainActor
package final class TerminalBoard {
    package var pressed: (Prompt.Subject, Prompt.Action) -> Void = { _, _ in }

    /// The prompts that wait for an answer, the newest last; keys answer the newest.
    private var prompts: [Prompt] = []
    /// Reads the keys while a prompt waits for an answer; otherwise nil.
    private var keyboard: TerminalScreen?
    /// The terminal's settings at the start of the daemon; later ones may be those with which a shell edits its line.
    private let settings: TerminalScreen.Settings
    private let bell = TerminalBell()

    /// Nil when there is no terminal, or when we may not read from it.
    package init?() {
        guard TerminalScreen.isInForeground, isatty(STDOUT_FILENO) == 1, let settings = TerminalScreen.Settings() else {
            return nil
        }
        self.settings = settings
    }

    package func show(_ prompt: Prompt) {
        let answers = prompt.buttons.map { "[\($0.action.keyName)] \($0.label)" }.joined(separator: "   ")
        let parts = [prompt.title, prompt.body, answers].filter { !$0.isEmpty }
        // A guide rings the bell only if its sound could not be played otherwise.
        if prompt.subject != .guide || !prompt.sound.isEmpty { bell.ring(Cue(rawValue: prompt.sound)?.rings ?? 1) }
        write("\n")
        say(parts.joined(separator: "\n"))
        prompts.removeAll { $0.subject == prompt.subject }
        // A prompt without buttons needs no answer.
        if !prompt.buttons.isEmpty { prompts.append(prompt) }
        listen()
    }

    package func withdraw(_ subject: Prompt.Subject) {
        guard let index = prompts.firstIndex(where: { $0.subject == subject }) else { return }
        let prompt = prompts.remove(at: index)
        // A guide has already said how it ended.
        if subject != .guide { say("(\(prompt.title): no answer needed any more)") }
        listen()
    }

    /// Gives the terminal back as it was.
    package func restore() {
        keyboard?.restore()
        keyboard = nil
    }

    /// Reads single keys without echo while a prompt waits; otherwise gives the terminal back.
    private func listen() {
        if prompts.isEmpty { return restore() }
        keyboard = keyboard ?? TerminalScreen(.answers, restoring: settings) { [weak self] in self?.received($0) }
    }

    private func received(_ event: TerminalScreen.Event) {
        if case .key(.character(let key)) = event { answer(with: key) }
        // The terminal is gone, so no more answers come.
        if event == .gone { restore() }
    }

    private func answer(with key: Character) {
        let key = key.lowercased()
        guard let prompt = prompts.last, let button = prompt.buttons.first(where: { $0.action.key == key })
        else { return }
        // Keep a guide's prompt: its next prompt says what the key did. Until then, no other prompt may get keys.
        if prompt.subject != .guide {
            prompts.removeLast()
            say("\(prompt.title): \(button.label)")
            listen()
        }
        pressed(prompt.subject, button.action)
    }

    /// Writes a text wrapped to at most 80 columns, and keeps its empty lines.
    private func say(_ text: String) {
        let width = min(TerminalScreen.size.columns, 80)
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        write(lines.map { String($0).wrapped(to: width).joined(separator: "\n") + "\n" }.joined())
    }

    private func write(_ text: String) {
        // A terminal stopped by Ctrl-S must not block the daemon. If the write fails, there is nowhere to report it.
        _ = TerminalScreen.write(text, patience: 100)
    }
}

extension Prompt.Action {
    /// The key of a button.
    ///
    /// A key means the same here and in `stretchd guide`, whose keys are in `Guide.choices`.
    package var key: String {
        switch self {
        case .start: "g"
        case .done: "d"
        case .snooze: "s"
        case .skip: "t"
        case .pause, .resume: " "
        case .info: "i"
        case .next: "n"
        case .stop: "q"
        case .later: "l"
        case .less: "-"
        case .more: "+"
        case .answer: "a"
        case .gentle: "e"
        case .rest: "r"
        case .yes: "y"
        // This action is never a button, only a click on a notification, which a terminal does not have.
        case .again: ""
        }
    }

    fileprivate var keyName: String { key == " " ? "space" : key }
}
