import ArgumentParser
import StretchCore
import StretchDaemon
import StretchFiles

/// `stretchd run`: the daemon.
struct Run: Command {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Runs the daemon here; the service does that for you.",
        discussion: """
            Without a notification server prompts appear in the terminal, with a key for each \
            answer. SIGHUP reads the settings again; SIGTERM and Ctrl-C end it.

              stretchd run --now    a prompt at once
            """)

    @Flag(help: "Ask at once for what is due or planned next today; when nothing is left, for an extra one.")
    var now = false

    func run(in context: Context) throws {
        let places = try Places(environment: context.environment)
        try MainActor.assumeIsolated { try Daemon(places: places, environment: context.environment, askNow: now).run() }
    }
}
