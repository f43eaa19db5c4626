import Foundation
import TestHome
import Testing

/// A `TZ` that cannot be read: times are in UTC, and who looks at them is told.
struct ZoneTroubleTests {
    private static let trouble =
        #"times are in UTC, as TZ cannot be used: no time zone "Europe/Berlim"; did you mean Europe/Berlin?"#
    private let home: CommandLineHome

    init() throws { home = try CommandLineHome(zone: "Europe/Berlim") }

    @Test(arguments: [["next"], ["simulate"], ["check"], ["history"], ["done"], ["status", "--json"], ["export"]])
    func commandsThatReckonWithTheZoneSaySo(command: [String]) throws {
        let result = try home.run(command)
        #expect(result.code == 0)
        let told = result.err.split(separator: "\n").filter { $0 == "stretchd: \(Self.trouble)" }
        #expect(told.count == 1, "\(result.err)")
        #expect(!result.out.isEmpty && !result.out.contains("Berlim"))
    }

    @Test func statusShowsItAmongItsTroubles() throws {
        let result = try home.run("status")
        #expect(result.out.replacing(#/\s+/#, with: " ").contains(Self.trouble))
        #expect(result.err == "")
    }

    @Test(arguments: [
        ["next", "--zone", "Europe/Berlin"], ["simulate", "--zone", "Europe/Berlin"], ["stretches"],
        ["journal", "verify"],
    ])
    func commandsThatDoWithoutItDoNot(command: [String]) throws {
        #expect(try home.run(command).err == "")
    }

    @Test(arguments: [
        ("Europe/Berlim", "did you mean Europe/Berlin?"), ("CET-1CEST", "zones are named like Europe/Berlin"),
        ("/usr/share/zoneinfo/Europe/Berlin", "zones are named like Europe/Berlin"),
        ("../zoneinfo/Europe/Berlin", "zones are named like Europe/Berlin"),
        ("localtime", "zones are named like Europe/Berlin"),
    ])
    func anOptionTakesNamesOfTheDatabaseOnly(zone: String, advice: String) throws {
        for command in [["next"], ["simulate"]] {
            let result = try home.run(command + ["--zone", zone])
            #expect(result.code == 65)
            #expect(result.err == "stretchd: no time zone \"\(zone)\"; \(advice)\n")
        }
    }

    @Test func withoutTzdataTheErrorSaysWhatToInstall() throws {
        let result = try home.run(
            ["next", "--zone", "Europe/Berlin"], adding: ["TZDIR": home.path, "TZ": "UTC"])
        #expect(result.code == 65)
        #expect(result.err == "stretchd: there are no time zones in \(home.path); install the package tzdata\n")
    }

    @Test(arguments: ["check", "status", "done", "next", "history", "export", "simulate", "pause", "undo"])
    func aBrokenConfigurationDoesNotHideIt(command: String) throws {
        try home.write("x = [", to: home.configurationFile)
        let result = try home.run(command)
        #expect(result.code == (["check": 78, "undo": 65][command] ?? 0))
        // `status` has it among its troubles.
        let told = (result.out + result.err).replacing(#/\s+/#, with: " ")
        #expect(told.contains(Self.trouble), "\(told)")
        #expect(told.matches(of: /Berlim/).count == 1)
        #expect(result.err.contains("x = ["))
    }

    @Test func aMalformedRuleShowsTheTimeOfDateAndIsSaid() throws {
        let result = try home.run(
            ["next", "--schedule", "2026-07-01 12:00", "--from", "2026-01-01 00:00", "--count", "1"],
            adding: ["TZ": "EST5EDT,M3.2.0"])
        #expect(result.code == 0)
        #expect(result.out.contains("-04:00  16:00 UTC"))
        #expect(
            result.err == "stretchd: times may be wrong, as the rule in TZ is malformed at its end: "
                + "\"EST5EDT,M3.2.0\"; set TZ to a name like Europe/Berlin\n")
    }

    /// A path may have any bytes.
    @Test func aZoneIsShownInOneLine() throws {
        let file = "\(home.path)/a\nb\u{1B}[31m"
        try FileManager.default.copyItem(atPath: "/usr/share/zoneinfo/Pacific/Apia", toPath: file)
        for command in [
            ["next", "--schedule", "daily", "--count", "1"], ["next", "--from", "2011-12-30 12:00"],
        ] {
            let result = try home.run(command, adding: ["TZ": file])
            #expect((result.out + result.err).contains("/a\u{FFFD}b\u{FFFD}[31m"), "\(result)")
            #expect(!(result.out + result.err).contains("\u{1B}"))
        }
    }

    @Test(arguments: [("ABC-24", "+24:00  12:00 UTC"), ("ABC24", "-24:00  12:00 UTC")])
    func anOffsetOfADayIsShownAsItIs(rule: String, words: String) throws {
        let result = try home.run(
            ["next", "--schedule", "*-*-* 12:00", "--count", "1"], adding: ["TZ": rule])
        #expect(result.out.contains(words), "\(result.out)")
    }
}
