import ArgumentParser
import StretchCore
import StretchDaemon
import StretchSystem

/// `stretchd run`: the daemon.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs the daemon in the foreground; what the systemd unit starts.",
        discussion: """
            Without a notification server but in a terminal, prompts appear there, with a key for each answer. \
            SIGHUP reads the configuration again; SIGTERM and Ctrl-C end it within two seconds.
            """)

    @Flag(help: "Raise today's next occurrence at once; when none is left today, an extra prompt.")
    var now = false

    func run() throws {
        try complaining {
            do {
                let environment = Surroundings.environment
                let places = try Places(environment: environment)
                try MainActor.assumeIsolated {
                    try Daemon(places: places, environment: environment, askNow: now).run()
                }
            } catch let error as ConfigurationError {
                throw Complaint(.badConfiguration, error)
            } catch let error as SystemError {
                throw Complaint(error.isForeignHome ? .badInput : .noDaemon, error)
            }
        }
    }
}
