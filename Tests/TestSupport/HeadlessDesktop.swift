internal import Foundation

/// An X server without a screen on a private bus, for dunst: a real notification server that a test can look at and
/// press buttons on.
package final class HeadlessDesktop: Sendable {
    package let bus: PrivateBus
    /// What a program on this desktop needs besides the environment of the bus.
    package let variables: [String: String]

    /// Ends with the bus.
    package init(on bus: PrivateBus) async throws {
        self.bus = bus
        let screen = try bus.start(
            ["Xvfb", "-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp", "-noreset"])
        variables = [
            "DISPLAY": ":\(try await screen.line(""))", "GDK_BACKEND": "x11",
            "PICK_FILE": bus.directory.appending(path: "pick").path,
        ]
        try Self.configuration.write(to: configurationFile, atomically: true, encoding: .utf8)
    }

    /// Starts dunst and waits until it answers.
    package func startDunst() async throws -> Subprocess {
        let dunst = try bus.start(["dunst", "-config", configurationFile.path], adding: variables)
        try await bus.waitForOwner(of: "org.freedesktop.Notifications")
        return dunst
    }

    /// Presses the button with this action key, through dunst's menu.
    package func press(_ action: String) async throws {
        try "\\[.*,?\(action)\\]".write(to: bus.directory.appending(path: "pick"), atomically: true, encoding: .utf8)
        try await dunstctl("context")
    }

    /// Waits until so many notifications are on the screen; how many there are then.
    package func settles(at count: Int) async throws -> Int {
        let settled = try await eventually(within: .seconds(5)) { try await shown() == count ? count : nil }
        if let settled { return settled }
        return try await shown()
    }

    @discardableResult
    package func dunstctl(_ arguments: String...) async throws -> [String] {
        try await Subprocess.run(["dunstctl"] + arguments, environment: bus.environment)
    }

    private func shown() async throws -> Int {
        try await dunstctl("count", "displayed").first.flatMap { Int($0.trimmingCharacters(in: .whitespaces)) } ?? -1
    }

    private var configurationFile: URL { bus.directory.appending(path: "dunstrc") }

    /// Its menu program picks the line that matches the file.
    ///
    /// A line looks like `#Done (Stretch) [3,done]`.
    private static let configuration = """
        [global]
            dmenu = /bin/sh -c 'grep -m1 -E -- "$(cat $PICK_FILE)"'
            markup = full
            font = DejaVu Sans 10
        """
}

/// A desktop for the time of `body`.
package func withDesktop(_ body: (HeadlessDesktop) async throws -> Void) async throws {
    try await withBus { try await body(HeadlessDesktop(on: $0)) }
}
