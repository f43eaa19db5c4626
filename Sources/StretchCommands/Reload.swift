import ArgumentParser
import Glibc
import StretchCore
import StretchDaemon
import StretchUnix

/// `stretchd reload`: makes the daemon read its configuration again.
struct Reload: Command {
    static let configuration = CommandConfiguration(
        commandName: "reload", abstract: "Has the daemon read your settings again.",
        discussion: """
            It does so by itself when the file changes; this waits for what it says.

              stretchd reload
            """)

    func run(in context: Context) throws {
        let before = try daemon(context)
        guard kill(before.pid, SIGHUP) == 0 else {
            throw Complaint(.noDaemon, "cannot signal process \(before.pid): \(KernelRefusal(errno, to: .signal))")
        }
        let after = try verdict(after: before.configuration.reads, context)
        guard after.problems.isEmpty else {
            let advice = "the daemon goes on with \(after.before); mend the file with stretchd edit, then reload again"
            throw Complaint(.badConfiguration, (after.problems + [advice]).joined(separator: "\n"))
        }
        let workspace = try Workspace(in: context, tellsTroubles: false)
        let remarks = ConfigurationRemarks(workspace.diary, at: workspace.now).lines(on: context.terminal)
        context.say(([after.inForce] + remarks).joined(separator: "\n"))
        if let trouble = after.unkept { context.complain("no copy of it could be kept: \(trouble); then reload again") }
    }

    private func daemon(_ context: Context) throws -> DaemonState {
        let installation = try Installation(context)
        if let daemon = installation.daemon { return daemon }
        if installation.silence != .noDaemon { throw Complaint(.noDaemon, installation.missingDaemon) }
        throw Complaint(.noDaemon, "no daemon is running; start it: systemctl --user start stretchd")
    }

    /// Waits up to about five seconds for the result; the daemon needs milliseconds, unless the machine is very busy.
    private func verdict(after reads: Int, _ context: Context) throws -> DaemonState.ConfigurationState {
        for _ in 0..<500 {
            let configuration = try daemon(context).configuration
            if configuration.reads > reads { return configuration }
            usleep(10_000)
        }
        throw Complaint(.noDaemon, "the daemon does not answer; restart it: systemctl --user restart stretchd")
    }
}
