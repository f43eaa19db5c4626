import ArgumentParser
import Glibc
import StretchCore
import StretchSystem

/// `stretchd guide`: a routine step by step.
struct GuideCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "guide",
        abstract: "Leads you through a routine, step by step, and records it as done at the end.",
        discussion: """
            Full screen, with a countdown for each hold; the keys are shown. Stopped halfway, it asks whether that \
            was it. gentle, a routine for a bad day, stands in for what is due.

            Without a terminal, or with --plain, it prints a line for each change.
            """)

    @Argument(help: "The routine, also a built-in one: morning, gentle, desk; not needed when one is due.")
    var routine: String?

    @Flag(help: "Print a line for each change instead of a full screen: for screen readers and pipes.")
    var plain = false

    func run() throws {
        try complaining {
            let situation = try Situation()
            let guided = try GuidedRoutine(routine, in: situation)
            try MainActor.assumeIsolated {
                // From here on a signal ends it in order.
                Signals.hold()
                try GuideRun(
                    guided, in: situation, face: GuideFace(plain: plain), showsWarnings: !situation.ledger.hasGuided
                ).run()
            }
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
    init(plain: Bool, environment: [String: String] = Surroundings.environment) {
        let terminal = environment["TERM"] ?? ""
        let hasPage = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 && !["", "dumb"].contains(terminal)
        self = hasPage && !plain ? .page : .lines(hasKeyboard: TerminalScreen.isInForeground)
    }

    /// Somebody can be asked.
    var hasKeyboard: Bool { if case .lines(false) = self { false } else { true } }
}
