internal import Foundation

/// An X server without a screen on a private bus.
///
/// It runs dunst, a real notification server whose buttons a test can read and press.
package final class HeadlessDesktop: Sendable {
    package let bus: PrivateBus
    /// The variables that a program on this desktop needs, besides the environment of the bus.
    package let variables: [String: String]

    /// Starts the X server; it ends with the bus.
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
    package func press(_ action: String) async throws { _ = try await menu(picking: "\\[.*,?\(action)\\]") }

    /// The lines of dunst's menu, such as `#Done (Stretch) [3,done]`; presses nothing.
    package func menu() async throws -> [String] { try await menu(picking: "^$") }

    /// Returns when dunst has read the pattern, so that the next call may write another one.
    private func menu(picking pattern: String) async throws -> [String] {
        try pattern.write(to: pickFile, atomically: true, encoding: .utf8)
        let file = bus.directory.appending(path: "pick.menu")
        try? FileManager.default.removeItem(at: file)
        // The file appears when the menu is complete, and never if there is no button. While dunst closes the last
        // menu, it opens no new one.
        let menu = try await eventually(within: .seconds(4)) {
            try await dunstctl("context")
            return try await eventually(within: .milliseconds(500)) { try? String(contentsOf: file, encoding: .utf8) }
        }
        return (menu ?? "").split(separator: "\n").map(String.init)
    }

    /// Waits until `count` notifications are on the screen; returns how many there are at the end.
    package func settles(at count: Int) async throws -> Int {
        let settled = try await eventually {
            try await self.count("displayed") == count ? count : nil
        }
        if let settled { return settled }
        return try await self.count("displayed")
    }

    @discardableResult
    package func dunstctl(_ arguments: String...) async throws -> [String] {
        try await Subprocess.run(["dunstctl"] + arguments, environment: bus.environment)
    }

    /// The number of notifications in a place: `displayed`, `waiting` or `history`.
    package func count(_ place: String) async throws -> Int {
        try await dunstctl("count", place).first.flatMap { Int($0.trimmingCharacters(in: .whitespaces)) } ?? -1
    }

    private var pickFile: URL { bus.directory.appending(path: "pick") }
    private var configurationFile: URL { bus.directory.appending(path: "dunstrc") }

    /// The menu program saves the menu and picks the line that matches the pattern in the file.
    private static let configuration = """
        [global]
            dmenu = /bin/sh -c 'cat > $PICK_FILE.new && mv $PICK_FILE $PICK_FILE.taken && cp $PICK_FILE.new $PICK_FILE.open && mv $PICK_FILE.open $PICK_FILE.menu && grep -m1 -E -f $PICK_FILE.taken $PICK_FILE.new'
            markup = full
            max_icon_size = 128
            font = DejaVu Sans 10
        """
}

/// Runs `body` with a desktop that ends afterwards.
package func withDesktop(_ body: (HeadlessDesktop) async throws -> Void) async throws {
    try await withBus { try await body(HeadlessDesktop(on: $0)) }
}
