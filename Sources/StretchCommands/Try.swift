import ArgumentParser
import Dispatch
import Glibc
import StretchCore
import StretchDesktop

/// `stretchd try`: shows a sample prompt.
struct Try: Command {
    static let configuration = CommandConfiguration(
        commandName: "try", abstract: "Shows a sample prompt; nothing is recorded.",
        discussion: """
            It waits for the answer, and says which it was. Ctrl-C ends it.

              stretchd try
            """)

    func run(in context: Context) {
        MainActor.assumeIsolated {
            let sample = SamplePrompt(context)
            sample.post()
            dispatchMain()
        }
    }
}

/// A prompt on its own bus connection; the process ends with the prompt.
@MainActor
private final class SamplePrompt {
    private lazy var board = NotificationBoard { event in
        DispatchQueue.main.async { MainActor.assumeIsolated { self.received(event) } }
    }
    private lazy var interrupt = DispatchSource.makeSignalSource(signal: SIGINT, queue: .main)
    private var exitCode = EXIT_SUCCESS
    private let context: Context

    private static let prompt = Prompt(
        subject: .notice(.welcome), title: "This is how you are asked",
        body: "A sample: press a button, nothing is recorded.",
        buttons: [
            Prompt.Button(.done, "Done"), Prompt.Button(.snooze, "Snooze 10 min"),
            Prompt.Button(.skip, "Not today"),
        ])

    init(_ context: Context) { self.context = context }

    func post() {
        signal(SIGINT, SIG_IGN)
        interrupt.setEventHandler { self.end("no answer") }
        interrupt.activate()
        board.post(Self.prompt)
    }

    private func received(_ event: BoardEvent) {
        switch event {
        case .server(let server?): context.say("asking through \(server.name) \(server.version)")
        case .shown: context.say("the prompt is on the screen: answer it there, or end with Ctrl-C")
        case .pressed(_, let action): end("answered: \(action.rawValue)")
        case .closed: end("closed without an answer")
        case .failed(_, let failure): fail("\(failure)")
        case .busLost: fail("the session bus is gone")
        case .stopped: exit(exitCode)
        case .server, .doNotDisturbEnded, .busFound, .noBus: break
        }
    }

    private func fail(_ complaint: String) {
        context.complain(complaint)
        exitCode = Complaint.Code.noDaemon.rawValue
        end(nil)
    }

    /// Withdraws the prompt and ends the process, even if the server hangs.
    private func end(_ result: String?) {
        if let result { context.say(result) }
        board.stop()
        DispatchQueue.main.asyncAfter(deadline: .now() + .milliseconds(1500)) { exit(self.exitCode) }
    }
}
