import ArgumentParser
import Glibc
import StretchBase
import StretchCore
import StretchSystem
import StretchTerminal

/// `stretchd guide`: leads through a routine step by step.
struct GuideCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "guide", abstract: "Leads you through a routine, step by step.",
        usage: "stretchd guide [<routine>] [--plain], or one of the buttons below",
        discussion: """
            The options below --plain press the buttons of a guide that runs on the desktop.

              stretchd guide desk      two minutes, standing
            """)

    @Argument(help: "Yours, or a built-in one: morning, desk, gentle for a bad day ...")
    var routine: String?

    @Flag(help: "Lines instead of a full screen: for screen readers.")
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
        let workspace = try Workspace(in: context)
        let guided = try GuidedRoutine(routine, in: workspace)
        try MainActor.assumeIsolated {
            // From here on, a signal ends the guide in an orderly way.
            Signals.hold()
            try GuideRun(guided, in: workspace, face: GuideFace(plain: plain, environment: context.environment)).run()
        }
    }

    /// Presses a button of the guide on the desktop; returns the line for the person.
    private func press(_ button: GuideButton) throws -> String {
        guard let title = try MainActor.assumeIsolated({ try DaemonCall.steerGuide(button.rawValue) }) else {
            throw Complaint(.noDaemon, "no guide is running on the desktop; one in this terminal: stretchd guide")
        }
        return title.isEmpty ? "the guide is over" : title
    }
}

/// The buttons of a guide's notification that can also be pressed by command.
enum GuideButton: String, EnumerableFlag {
    case pause, info, resume, next, stop, done, later, gentle, rest, yes

    static func help(for value: GuideButton) -> ArgumentHelp? {
        switch value {
        case .pause: "Pause the guide on the desktop."
        case .info: "Show what to take care of in this stretch."
        case .resume: "Go on with it."
        case .next: "Go on to its next page."
        case .stop: "Stop it; it asks whether that was it."
        case .done: "After --stop: that was it."
        case .later: "After --stop: ask me later."
        case .gentle: "Where the pain is high: take the gentle routine."
        case .rest: "Where the pain is high: a rest day."
        case .yes: "Where more or less is offered: yes."
        }
    }
}

/// How a guide shows itself.
enum GuideFace {
    /// A page on the full screen, with keys.
    case page
    /// A line for each change, with keys.
    case lines
    /// A line for each change, without keys; the guide can ask nothing, because we may not read the keyboard.
    case linesAlone

    @MainActor
    init(plain: Bool, environment: [String: String]) {
        let terminal = environment["TERM"] ?? ""
        let hasPage = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 && !["", "dumb"].contains(terminal)
        self = hasPage && !plain ? .page : TerminalScreen.isInForeground ? .lines : .linesAlone
    }
}

/// The steps of a guide, and the routine they count for.
struct GuidedRoutine {
    /// The routine whose verdict is recorded.
    let routine: Routine
    let title: String
    let steps: [Step]
    /// What is swapped or left out of the steps.
    let swaps: [Swap]
    /// The routine to offer when the pain is high; nil when `steps` are the gentle ones already.
    let gentle: Routine?

    /// - Parameter name: that of a configured or built-in routine; nil means the routine that is due, or the only one.
    init(_ name: String?, in workspace: Workspace) throws {
        let configuration = workspace.timetable.configuration
        let others = Routine.builtIn.filter { configuration.routine($0.id) == nil }
            .compactMap { configuration.builtIn($0.id) }
        let chosen = try name.map { try workspace.routine(named: $0, or: others) } ?? workspace.routineToAnswer()
        guard !chosen.steps.isEmpty else {
            if !chosen.swaps.isEmpty {
                let reasons = Avoidance.allCases.filter { reason in
                    chosen.swaps.contains { $0.reasons.contains(reason) }
                }
                throw Complaint(
                    .badInput,
                    "\(chosen.id) has no steps that are for you: you avoid \(reasons.map(\.rawValue).joined(separator: ", ")); "
                        + "give it others in the configuration: stretchd stretches")
            }
            let filled = (configuration.routines + others).filter { !$0.steps.isEmpty }.map(\.id)
            throw Complaint(
                .badInput,
                "\(chosen.id) has no steps to lead you through; give it some in the configuration, or take another: "
                    + filled.joined(separator: ", "))
        }
        title = chosen.title
        steps = workspace.diary.steps(of: chosen)
        swaps = chosen.swaps
        gentle = chosen.id == "gentle" ? nil : configuration.gentle
        if configuration.routine(chosen.id) != nil {
            routine = chosen
        } else if chosen.id == "gentle", let due = workspace.dueSoonestOver {
            // On a bad day, the gentle routine counts for the one that is due.
            routine = due
        } else {
            // The routine is not configured, so its built-in schedule must not count.
            routine = Routine(
                id: chosen.id, title: chosen.title, schedule: Schedule([]), window: chosen.window, steps: chosen.steps)
        }
    }
}

extension Workspace {
    /// The routine that is due and whose window ends first; nil when none is due.
    fileprivate var dueSoonestOver: Routine? {
        routines.compactMap { routine in due(routine).map { (routine, $0.occurrence.closes) } }.min { $0.1 < $1.1 }?.0
    }
}
