import Foundation
import TestSupport
import Testing

/// A daemon whose `TZ` cannot be read: its times are in UTC, and it says so.
struct ZoneTroubleTests {
    @Test func theDaemonLogsItAndStatusKnowsItOfTheDaemon() async throws {
        let trouble =
            #"times are in UTC, as TZ cannot be used: no time zone "Europe/Berlim"; did you mean Europe/Berlin?"#
        try await withMachine { machine in
            let daemon = try machine.launch([builtProgram("stretchd"), "run"], adding: ["TZ": "Europe/Berlim"])
            try await daemon.line("stretchd: warning: \(trouble)")
            try await daemon.line("stretchd: running")
            let status = try await machine.stretchd("status")
            #expect(status.output.contains("the daemon's \(trouble)"))
        }
    }

    /// Between the two steps there is no zone, but that is nobody's choice.
    @Test func aZoneFileReplacedInTwoStepsIsNeverUTC() async throws {
        try await withMachine { machine in
            let file = machine.bus.directory.appending(path: "zone").path
            let zones = "/usr/share/zoneinfo/Etc"
            try FileManager.default.copyItem(atPath: "\(zones)/GMT-3", toPath: file)
            let daemon = try await machine.start(adding: ["TZ": file])
            try FileManager.default.removeItem(atPath: file)
            try FileManager.default.copyItem(atPath: "\(zones)/GMT-4", toPath: file)
            #expect(try await daemon.line("stretchd: the time zone is ") == "stretchd: the time zone is \(file) now")
            // One that stays away is missed.
            try FileManager.default.removeItem(atPath: file)
            try await daemon.line("stretchd: the time zone is UTC now")
            try await daemon.line("stretchd: warning: times are in UTC, ")
            // UTC it is still when there is another trouble.
            try Data().write(to: URL(filePath: file))
            let isTold = try await eventually {
                daemon.unread.contains { $0.contains("is no time zone file") } ? true : nil
            }
            #expect(isTold == true)
            #expect(daemon.unread.allSatisfy { !$0.contains("the time zone is ") })
        }
    }
}
