import Foundation
import StretchCore
import StretchSystem
import Testing

struct ZoneReaderTests {
    @Test(arguments: [
        ("Europe/Berlin", 1_774_745_999, 3600), ("Europe/Berlin", 1_774_746_000, 7200),
        ("Europe/Berlin", 4_099_000_000, 3600), ("America/New_York", 0, -18_000),
        ("Asia/Kathmandu", 504_901_799, 19_800), ("Asia/Kathmandu", 504_901_800, 20_700),
        ("Pacific/Apia", 1_325_239_199, -36_000), ("Pacific/Apia", 1_325_239_200, 50_400),
        ("Australia/Lord_Howe", 1_783_000_000, 37_800), ("Antarctica/Troll", 1_783_000_000, 7200),
        ("Europe/Dublin", 1_767_225_600, 0), ("Europe/Dublin", 1_783_000_000, 3600), ("UTC", 1_783_000_000, 0),
    ])
    func offsetsAreThoseOfTzdata(name: String, second: Int64, offset: Int) throws {
        #expect(try #require(ZoneReader.zone(named: name)).offset(at: Instant(seconds: second)) == offset)
    }

    @Test func offsetsAreThoseOfDateInEveryZone() throws {
        let table = try String(contentsOfFile: "/usr/share/zoneinfo/zone1970.tab", encoding: .utf8)
        let names = table.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { $0.split(separator: "\t")[2] }
        // Every 97 days up to 2037: GLib and glibc read Dublin's rule for later years differently.
        let seconds = stride(from: Int64(3), to: 2_114_380_800, by: 97 * 86_400 + 5)
        for name in names {
            let zone = try #require(ZoneReader.zone(named: String(name)))
            let expected = try offsetsOfDate(Array(seconds), zone: String(name))
            #expect(seconds.map { zone.offset(at: Instant(seconds: $0)) } == expected, "\(name)")
        }
    }

    @Test(arguments: [
        "", "Nowhere/Town", "Europe/berlin", "CEST", "../../etc/passwd", "/etc/passwd", "Europe/", "+01:00",
    ])
    func namesThatTzdataDoesNotKnowGiveNothing(name: String) {
        #expect(ZoneReader.zone(named: name) == nil)
    }

    @Test(arguments: [
        (["TZ": "Europe/Berlin"], "Europe/Berlin", 7200), (["TZ": ":Europe/Berlin"], "Europe/Berlin", 7200),
        (["TZ": "CET-1CEST,M3.5.0,M10.5.0/3"], "CET-1CEST,M3.5.0,M10.5.0/3", 7200),
        (["TZ": "<+03>-3"], "<+03>-3", 10_800),
        (["TZ": ""], "UTC", 0), (["TZ": "Nowhere/Town"], "UTC", 0),
        (["TZ": ":/usr/share/zoneinfo/Asia/Tokyo"], "/usr/share/zoneinfo/Asia/Tokyo", 32_400),
    ])
    func theEnvironmentNamesTheZone(environment: [String: String], identifier: String, offset: Int) {
        let zone = ZoneReader.system(environment: environment)
        #expect(zone.identifier == identifier)
        #expect(zone.offset(at: Instant(seconds: 1_783_000_000)) == offset)
    }

    @Test func withoutTZTheZoneIsThatOfEtcLocaltime() throws {
        let zone = ZoneReader.system(environment: [:])
        let seconds = Array(stride(from: Int64(0), to: 2_114_380_800, by: 97 * 86_400))
        #expect(seconds.map { zone.offset(at: Instant(seconds: $0)) } == (try offsetsOfDate(seconds, zone: nil)))
    }

    /// What date(1) says, in one call.
    private func offsetsOfDate(_ seconds: [Int64], zone: String?) throws -> [Int] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/date")
        process.arguments = ["-f", "-", "+%::z"]
        process.environment = zone.map { ["TZ": $0, "LC_ALL": "C"] } ?? ["LC_ALL": "C"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        // Less than a pipe holds, so nobody waits for the other.
        try input.fileHandleForWriting.write(contentsOf: Data(seconds.map { "@\($0)\n" }.joined().utf8))
        try input.fileHandleForWriting.close()
        let lines = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return lines.split(separator: "\n").map { line in
            let parts = line.dropFirst().split(separator: ":").compactMap { Int($0) }
            return (line.hasPrefix("-") ? -1 : 1) * ((parts[0] * 60 + parts[1]) * 60 + parts[2])
        }
    }
}
