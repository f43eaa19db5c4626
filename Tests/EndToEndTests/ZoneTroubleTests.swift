import Foundation
import TestSupport
import Testing

/// A `TZ` that cannot be read: times are in UTC, and who looks at them is told.
struct ZoneTroubleTests {
    private static let trouble =
        #"times are in UTC, as TZ cannot be used: no time zone "Europe/Berlim"; did you mean Europe/Berlin?"#
    private let home: CommandLineHome

    init() throws { home = try CommandLineHome(zone: "Europe/Berlim") }

    @Test(arguments: [["next"], ["simulate"], ["check"], ["history"], ["done"], ["status", "--json"], ["export"]])
    func commandsThatReckonWithTheZoneSaySo(command: [String]) async throws {
        let result = try await home.run(command)
        #expect(result.code == 0)
        let told = result.err.split(separator: "\n").filter { $0 == "stretchd: \(Self.trouble)" }
        #expect(told.count == 1, "\(result.err)")
        #expect(!result.out.isEmpty && !result.out.contains("Berlim"))
    }

    @Test func statusShowsItAmongItsTroubles() async throws {
        let result = try await home.run("status")
        #expect(result.out.replacing(#/\s+/#, with: " ").contains(Self.trouble))
        #expect(result.err == "")
    }

    @Test(arguments: [
        ["next", "--zone", "Europe/Berlin"], ["simulate", "--zone", "Europe/Berlin"], ["stretches"],
        ["journal", "verify"],
    ])
    func commandsThatDoWithoutItDoNot(command: [String]) async throws {
        #expect(try await home.run(command).err == "")
    }

    @Test(arguments: [
        ("Europe/Berlim", "did you mean Europe/Berlin?"), ("CET-1CEST", "zones are named like Europe/Berlin"),
        ("/usr/share/zoneinfo/Europe/Berlin", "zones are named like Europe/Berlin"),
        ("../zoneinfo/Europe/Berlin", "zones are named like Europe/Berlin"),
        ("localtime", "zones are named like Europe/Berlin"),
    ])
    func anOptionTakesNamesOfTheDatabaseOnly(zone: String, advice: String) async throws {
        for command in [["next"], ["simulate"]] {
            let result = try await home.run(command + ["--zone", zone])
            #expect(result.code == 65)
            #expect(result.err == "stretchd: no time zone \"\(zone)\"; \(advice)\n")
        }
    }

    @Test func withoutTzdataTheErrorSaysWhatToInstall() async throws {
        let result = try await home.run(
            ["next", "--zone", "Europe/Berlin"], under: ["/usr/bin/env", "TZDIR=\(home.path)", "TZ=UTC"])
        #expect(result.code == 65)
        #expect(result.err == "stretchd: there are no time zones in \(home.path); install the package tzdata\n")
    }

    @Test func theDaemonLogsItAndStatusKnowsItOfTheDaemon() async throws {
        try await withMachine { machine in
            let daemon = try machine.launch([builtProgram("stretchd"), "run"], adding: ["TZ": "Europe/Berlim"])
            try await daemon.line("stretchd: warning: \(Self.trouble)")
            try await daemon.line("stretchd: running")
            let status = try await machine.stretchd("status")
            #expect(status.output.contains("the daemon's \(Self.trouble)"))
        }
    }
}
