import Foundation
import StretchCore
import TestHome
import TestSupport
import Testing

/// `stretchd guide` in a terminal, at home.
struct GuideTerminal {
    let home: CommandLineHome
    let terminal: PseudoTerminal

    /// With a routine that has been due since eight, at noon.
    ///
    /// - Parameters:
    ///   - hasGuided: the person knows the warning signs and all stretches.
    ///   - command: runs the program, such as `faketime`.
    static func run(
        _ arguments: String..., in home: CommandLineHome? = nil, configuration: String = dueSinceEight,
        hasGuided: Bool = true, columns: Int = 80, rows: Int = 24, adding: [String: String] = [:],
        under command: [String] = [],
        _ body: (GuideTerminal) async throws -> Void
    ) async throws {
        let home = try home ?? CommandLineHome.atNoon(configuration)
        if hasGuided {
            let known = StretchLibrary.ids.map {
                #"{"v":1,"id":"known \#($0)","ts":"2020-01-06T08:00:00Z","type":"known","stretch":"\#($0)"}"#
            }
            try home.sync(known.joined(separator: "\n"))
        }
        let terminal = try PseudoTerminal(
            command + [builtProgram("stretchd"), "guide"] + arguments,
            environment: home.guideEnvironment.merging(adding) { $1 }, columns: columns, rows: rows)
        do {
            try await body(GuideTerminal(home: home, terminal: terminal))
        } catch {
            await terminal.end()
            throw error
        }
        await terminal.end()
    }

    /// The types of the records that this machine wrote, in order.
    func types() throws -> [String?] { try home.records().map { $0["type"] } }

    /// A record of a type as soon as there is one.
    @discardableResult
    func record(_ type: String) async throws -> [String: String] {
        try #require(try await eventually { try home.records().first { $0["type"] == type } }, "no \(type)")
    }

    /// Through all the phases to the end.
    func goThrough() {
        for _ in 0..<30 { terminal.type("n") }
    }
}

extension CommandLineHome {
    /// Of a person at a terminal.
    var guideEnvironment: [String: String] {
        environment.merging([
            "TERM": "xterm-256color", "LANG": "C.UTF-8",
            // No sounds but the bell, and no logind.
            "XDG_DATA_DIRS": "\(path)/none", "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=\(path)/none",
            // A crash is to end it at once.
            "SWIFT_BACKTRACE": "enable=no",
        ]) { $1 }
    }
}

let dueSinceEight = """
    [[routine]]
    id = "morning"
    title = "Morning stretch"
    schedule = "08:00"
    window = "12h"
    steps = ["half-kneeling-hip-flexor"]

    """
