package import Foundation

/// A private bus, an X server without a screen, and on it dunst: a real notification server that a test can look at and
/// press buttons on.
package final class HeadlessDesktop: Sendable {
    package let bus: PrivateBus
    /// For programs on this desktop.
    package let environment: [String: String]
    private let screen: Subprocess

    package init() async throws {
        bus = try await PrivateBus()
        screen = try Subprocess(
            ["Xvfb", "-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp", "-noreset"],
            environment: bus.environment)
        let display = try await screen.line("")
        environment = bus.environment.merging([
            "DISPLAY": ":\(display)", "GDK_BACKEND": "x11", "PICK_FILE": bus.directory.appending(path: "pick").path,
        ]) { $1 }
        try Self.configuration.write(to: configurationFile, atomically: true, encoding: .utf8)
    }

    package func end() async {
        await screen.end()
        await bus.end()
    }

    /// Starts dunst and waits until it has the name on the bus; ended by the caller.
    package func startDunst() async throws -> Subprocess {
        let dunst = try Subprocess(["dunst", "-config", configurationFile.path], environment: environment)
        let isThere = try await eventually {
            try? await Subprocess.run(["dunstctl", "is-paused"], environment: self.environment)
        }
        guard isThere != nil else { throw SubprocessError.failed("dunst") }
        return dunst
    }

    /// Presses the button with this action key, through dunst's menu.
    package func press(_ action: String) async throws {
        // Lines of the menu look like "#Title [1,done]" or "#Done (title) [1,done]".
        try "\\[.*,?\(action)\\]".write(
            to: bus.directory.appending(path: "pick"), atomically: true, encoding: .utf8)
        try await dunstctl("context")
    }

    /// How many notifications are on the screen.
    package func shown() async throws -> Int {
        try await dunstctl("count", "displayed").first.flatMap { Int($0.trimmingCharacters(in: .whitespaces)) } ?? -1
    }

    /// Waits until so many are on the screen; how many there are then.
    package func settles(at count: Int) async throws -> Int {
        _ = try await eventually(within: .seconds(5)) { try await self.shown() == count ? count : nil }
        return try await shown()
    }

    @discardableResult
    package func dunstctl(_ arguments: String...) async throws -> [String] {
        try await Subprocess.run(["dunstctl"] + arguments, environment: environment)
    }

    private var configurationFile: URL { bus.directory.appending(path: "dunstrc") }

    private static let configuration = """
        [global]
            dmenu = /bin/sh -c 'grep -m1 -E -- "$(cat $PICK_FILE)"'
            history_length = 20
            font = DejaVu Sans 10
        """
}
