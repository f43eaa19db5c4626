import TestSupport

/// The program `board-probe`: a board in a process of its own, because a process has one session bus.
struct Probe {
    let process: Subprocess

    init(on bus: PrivateBus, adopted: String..., adding variables: [String: String] = [:]) throws {
        process = try bus.start([builtProgram("board-probe")] + adopted, adding: variables)
    }

    /// What the board reports next that begins so.
    @discardableResult
    func reports(_ prefix: String, within limit: Duration = patience) async throws -> String {
        try await process.line(prefix, within: limit)
    }

    /// Posts and gives the server and id it was shown with, as `:1.2/3`.
    @discardableResult
    func shows(_ routine: String, _ title: String = "Stretch") async throws -> String {
        process.send("post \(routine) \(title)")
        return String(try await reports("shown \(routine)").split(separator: " ")[2])
    }

    /// Waits until it has passed all commands on: what happens from now on happens after them.
    func hasReadCommands() async throws {
        process.send("echo")
        try await process.line("echo")
    }
}
