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
    package func press(_ action: String) async throws { _ = try await menu(picking: "\\[.*,?\(action)\\]") }

    /// What dunst's menu offers, a line each such as `#Done (Stretch) [3,done]`; nothing is pressed.
    package func menu() async throws -> [String] { try await menu(picking: "^$") }

    /// Returns when what is to be picked was taken: the next menu may pick something else.
    private func menu(picking pattern: String) async throws -> [String] {
        try pattern.write(to: pickFile, atomically: true, encoding: .utf8)
        let file = bus.directory.appending(path: "pick.menu")
        try? FileManager.default.removeItem(at: file)
        // It appears when it is complete; without any button never. While dunst closes the last one it opens none.
        let menu = try await eventually(within: .seconds(4)) {
            try await dunstctl("context")
            return try await eventually(within: .milliseconds(500)) { try? String(contentsOf: file, encoding: .utf8) }
        }
        return (menu ?? "").split(separator: "\n").map(String.init)
    }

    /// Waits until so many notifications are on the screen; how many there are then.
    package func settles(at count: Int) async throws -> Int {
        let settled = try await eventually(within: .seconds(15)) {
            try await self.count("displayed") == count ? count : nil
        }
        if let settled { return settled }
        return try await self.count("displayed")
    }

    @discardableResult
    package func dunstctl(_ arguments: String...) async throws -> [String] {
        try await Subprocess.run(["dunstctl"] + arguments, environment: bus.environment)
    }

    /// How many notifications are `displayed`, `waiting` or in the `history`.
    package func count(_ place: String) async throws -> Int {
        try await dunstctl("count", place).first.flatMap { Int($0.trimmingCharacters(in: .whitespaces)) } ?? -1
    }

    private var pickFile: URL { bus.directory.appending(path: "pick") }
    private var configurationFile: URL { bus.directory.appending(path: "dunstrc") }

    /// Its menu program keeps the menu and picks the line that matches the file.
    private static let configuration = """
        [global]
            dmenu = /bin/sh -c 'cat > $PICK_FILE.new && mv $PICK_FILE $PICK_FILE.taken && cp $PICK_FILE.new $PICK_FILE.open && mv $PICK_FILE.open $PICK_FILE.menu && grep -m1 -E -f $PICK_FILE.taken $PICK_FILE.new'
            markup = full
            max_icon_size = 128
            font = DejaVu Sans 10
        """
}

/// A desktop for the time of `body`.
package func withDesktop(_ body: (HeadlessDesktop) async throws -> Void) async throws {
    try await withBus { try await body(HeadlessDesktop(on: $0)) }
}
