import Foundation
import TestSupport
import Testing

/// A machine with a home of its own and the real program, where it is noon.
struct Machine {
    let bus: PrivateBus
    let noon: Noon
    /// For programs on this machine, besides the environment of the bus.
    let variables: [String: String]
    /// Runs a program on this machine; empty: nothing is needed.
    private let prefix: [String]
    /// What its own file is called, where others have names like it.
    var ownName: String?

    /// Its journal has one old record: this is not the first start.
    ///
    /// `under`: its programs run by means of this command.
    init(on bus: PrivateBus, noon: Noon = Noon(), under prefix: [String] = []) throws {
        self.bus = bus
        self.noon = noon
        self.prefix = prefix
        variables = ["TZ": noon.zone]
        for directory in [journal, configuration.deletingLastPathComponent()] {
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        }
        try receive(
            #"{"v":1,"id":"0","ts":"2020-01-06T08:00:00Z","type":"resume"}"#, as: "old")
    }

    // MARK: The program

    /// Starts a daemon that can be signalled; `under`: by means of this command.
    func start(_ arguments: String..., under command: [String] = [], adding: [String: String] = [:]) async throws
        -> Subprocess
    {
        let daemon = try launch(command + [builtProgram("stretchd"), "run"] + arguments, adding: adding)
        try await daemon.line("stretchd: running")
        return daemon
    }

    /// Starts a program; what it says on stderr is output too.
    func launch(_ command: [String], adding: [String: String] = [:]) throws -> Subprocess {
        try bus.start(
            ["sh", "-c", #"exec "$@" 2>&1"#, "sh"] + prefix + command, adding: variables.merging(adding) { $1 })
    }

    /// Runs `stretchd` to its end.
    func stretchd(_ arguments: String...) async throws -> (status: Int32, output: String) {
        let process = try launch([builtProgram("stretchd")] + arguments)
        let status = try await process.finish()
        return (status, try await process.rest().joined(separator: "\n"))
    }

    func status() async throws -> StatusDocument.Routine {
        let document = try JSONDecoder().decode(StatusDocument.self, from: try await statusInJSON())
        return try #require(document.routines.first)
    }

    /// What `status --json` prints, without the complaints about files that are just being exchanged.
    func statusInJSON() async throws -> Data {
        let output = try await stretchd("status", "--json").output
        let document = try #require(output.split(separator: "\n").first { $0.hasPrefix("{") }, "\(output)")
        return Data(document.utf8)
    }

    // MARK: Its files

    var journal: URL { bus.directory.appending(path: ".local/share/stretchd/journal") }
    var configuration: URL { bus.directory.appending(path: ".config/stretchd/config.toml") }

    /// One routine that is due every day at this time.
    func configure(
        _ schedule: String, settle: String = "0s", steps: [String] = ["half-kneeling-hip-flexor"], more: String = ""
    ) throws {
        let text = """
            presence.settle = "\(settle)"
            [[routine]]
            id = "morning"
            title = "Morning stretch"
            schedule = "\(schedule)"
            steps = \(steps)
            \(more)
            """
        try text.write(to: configuration, atomically: false, encoding: .utf8)
    }

    /// One routine that has been due for a second.
    func configureDue() throws { try configure(noon.daily(in: -1)) }

    /// One routine that is not due for hours.
    func configureIdle() throws { try configure("18:00") }

    /// The file of another machine arrives as sync tools bring it.
    func receive(_ line: String, as name: String) throws {
        let draft = journal.appending(path: ".\(name).tmp")
        try Data((line + "\n").utf8).write(to: draft)
        try #require(rename(draft.path, journal.appending(path: "\(name).jsonl").path) == 0)
    }

    /// This machine's own file, when there is one.
    func ownFile(in directory: URL? = nil) throws -> URL? {
        try FileManager.default.contentsOfDirectory(at: directory ?? journal, includingPropertiesForKeys: nil)
            .first { file in
                let name = file.lastPathComponent
                return ownName.map { name == $0 } ?? (name.wholeMatch(of: /[0-9a-f]{8}\.jsonl/) != nil)
            }
    }

    /// The records of this machine.
    func records(in directory: URL? = nil) throws -> [JournalLine] {
        guard let file = try ownFile(in: directory) else { return [] }
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            .map { try JSONDecoder().decode(JournalLine.self, from: Data($0.utf8)) }
    }

    /// The records of a type as soon as there are so many.
    @discardableResult
    func record(_ type: String, count: Int = 1, in directory: URL? = nil) async throws -> [JournalLine] {
        let found = try await eventually {
            let records = try records(in: directory).filter { $0.type == type }
            return records.count >= count ? records : nil
        }
        return try #require(found, "\(count) × \(type) in the journal; \(state); \(bus.said)")
    }

    /// What `daemon.json` says as soon as it says this.
    @discardableResult
    func daemon(_ what: String, where says: (DaemonDocument) -> Bool) async throws -> DaemonDocument {
        let found = try await eventually { () -> DaemonDocument? in
            guard let data = try? Data(contentsOf: stateFile) else { return nil }
            let document = try JSONDecoder().decode(DaemonDocument.self, from: data)
            return says(document) ? document : nil
        }
        return try #require(found, "\(what); \(state); \(bus.said)")
    }

    private var stateFile: URL { bus.directory.appending(path: "stretchd/daemon.json") }

    /// For the message of a test that fails.
    private var state: String {
        "`daemon.json` says \((try? String(contentsOf: stateFile, encoding: .utf8)) ?? "nothing")"
    }

    /// The occurrence that is due.
    func dueOccurrence() async throws -> String {
        try #require(try await daemon("something is due") { !$0.due.isEmpty }.due.first?.occ)
    }
}

/// What `check` finds before patience ends.
func found<Found>(_ what: Comment, check: () async throws -> Found?) async throws -> Found {
    try #require(try await eventually(check: check), what)
}

/// A machine with a desktop and dunst, and a prompt on the screen.
func withPrompt(
    _ body: (_ machine: Machine, _ desktop: HeadlessDesktop, _ dunst: Subprocess, _ daemon: Subprocess) async throws ->
        Void
) async throws {
    try await withDesktop { desktop in
        let machine = try Machine(on: desktop.bus)
        try machine.configureDue()
        let dunst = try await desktop.startDunst()
        let daemon = try await machine.start()
        try await machine.record("prompted")
        try #require(try await desktop.settles(at: 1) == 1)
        try await body(machine, desktop, dunst, daemon)
    }
}

/// A machine with a session bus and no notification server, where nothing is due.
func withMachine(letsEverybodyIn: Bool = false, _ body: (Machine) async throws -> Void) async throws {
    try await withBus(letsEverybodyIn: letsEverybodyIn) { bus in
        let machine = try Machine(on: bus)
        try machine.configureIdle()
        try await body(machine)
    }
}
