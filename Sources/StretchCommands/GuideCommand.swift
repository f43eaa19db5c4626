import ArgumentParser
import Glibc
import StretchCore
import StretchSystem

/// `stretchd guide`: a routine step by step.
struct GuideCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "guide",
        abstract: "Leads you through a routine, step by step, and records it as done at the end.",
        discussion: """
            Full screen, with a countdown for each hold; the keys are shown. Stopped halfway, it asks whether that \
            was it. gentle, a routine for a bad day, stands in for what is due.

            Without a terminal, or with --plain, it prints a line for each change.

            With the name of a button, such as --pause, it presses that button of the guide on the desktop, for \
            desktops that draw none and for keyboard shortcuts.
            """)

    @Argument(help: "The routine, also a built-in one: morning, gentle, desk; not needed when one is due.")
    var routine: String?

    @Flag(help: "Print a line for each change instead of a full screen: for screen readers and pipes.")
    var plain = false

    @Flag(exclusivity: .exclusive)
    var button: GuideButton?

    func validate() throws {
        if let button, routine != nil || plain {
            throw ValidationError("--\(button.rawValue) stands alone: it belongs to the guide that is running")
        }
    }

    func run(in context: Context) throws {
        if let button { return context.say(try press(button)) }
        let situation = try Situation(in: context)
        let guided = try GuidedRoutine(routine, in: situation)
        try MainActor.assumeIsolated {
            // From here on a signal ends it in order.
            Signals.hold()
            try GuideRun(guided, in: situation, face: GuideFace(plain: plain, environment: context.environment)).run()
        }
    }
}

extension GuideCommand {
    /// Returns what comes of it.
    private func press(_ button: GuideButton) throws -> String {
        guard let title = try MainActor.assumeIsolated({ try DaemonCall.steerGuide(button.rawValue) }) else {
            throw Complaint(.noDaemon, "no guide is running on the desktop; one in this terminal: stretchd guide")
        }
        return title.isEmpty ? "the guide is over" : title
    }
}

/// The buttons of a guide's notification, as far as a command stands in for them.
enum GuideButton: String, EnumerableFlag {
    case pause, resume, next, stop, done, later, gentle, rest

    static func help(for value: GuideButton) -> ArgumentHelp? {
        switch value {
        case .pause: "Pause the guide on the desktop."
        case .resume: "Go on with it."
        case .next: "Go on to its next page."
        case .stop: "Stop it; it asks whether that was it."
        case .done: "After --stop: that was it."
        case .later: "After --stop: ask me later."
        case .gentle: "Where the pain is high: take the gentle routine."
        case .rest: "Where the pain is high: a rest day."
        }
    }
}

/// How a guide shows itself.
enum GuideFace {
    /// A page on the full screen, with keys.
    case page
    /// A line for each change; with keys where the keyboard is ours.
    case lines(hasKeyboard: Bool)

    @MainActor
    init(plain: Bool, environment: [String: String]) {
        let terminal = environment["TERM"] ?? ""
        let hasPage = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 && !["", "dumb"].contains(terminal)
        self = hasPage && !plain ? .page : .lines(hasKeyboard: TerminalScreen.isInForeground)
    }

    /// Somebody can be asked.
    var hasKeyboard: Bool { if case .lines(false) = self { false } else { true } }
}
