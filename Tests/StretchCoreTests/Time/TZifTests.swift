import TestSupport
import Testing

@testable import StretchBase
@testable import StretchCore

/// Files of time zones, byte by byte; that all zones of the world are right is a matter of `ZoneReaderTests`.
struct TZifTests {
    @Test(arguments: [UInt8(ascii: "2"), UInt8(ascii: "3"), UInt8(ascii: "4"), UInt8(ascii: "5")])
    func ofTheLaterVersionsTheLongTimesCount(version: UInt8) throws {
        let old = TZifFile(version: version, times: [0], offsets: [60, 120])
        let new = TZifFile(version: version, times: [-4_000_000_000, 100], offsets: [1800, 3600], types: [1, 0])
        let zone = try Zone(identifier: "X", tzif: old.bytes(4) + new.bytes(8) + Array("\n\n".utf8))
        #expect(
            zone
                == Zone(
                    identifier: "X", offset: 1800,
                    transitions: [.init(start: -4_000_000_000, offset: 3600), .init(start: 100, offset: 1800)]))
    }

    @Test func ofTheFirstVersionTheShortTimesCount() throws {
        let file = TZifFile(version: 0, times: [-100, 100], offsets: [0, 7200], types: [1, 0])
        let zone = try Zone(identifier: "X", tzif: file.bytes(4))
        #expect(zone.periods.map(\.start) == [.min, -100, 100])
        #expect(zone.periods.map(\.offset) == [0, 7200, 0])
    }

    @Test func afterTheLastTimeTheRuleHolds() throws {
        let file = TZifFile(times: [1_606_000_000], offsets: [0, 3600], rule: "CET-1CEST,M3.5.0,M10.5.0/3")
        let zone = try Zone(identifier: "X", tzif: file.whole)
        let after = zone.periods.dropFirst(2).prefix(2)
        #expect(after.map(\.start) == [1_616_893_200, 1_635_642_000])
        #expect(after.map(\.offset) == [7200, 3600])
        #expect(zone.periods.last?.offset == 3600)
        #expect(zone.offset(at: Instant(seconds: 7_247_000_000)) == 7200)
    }

    /// Old zic(8) left out that Ojinaga did not go back to summer time in November 2022; all take its file at its word.
    @Test func aRuleHoldsFromTheSecondAfterTheLastTime() throws {
        let file = TZifFile(times: [0, 1_667_116_800], offsets: [0, -21_600], rule: "CST6CDT,M3.2.0,M11.1.0")
        let zone = try Zone(identifier: "X", tzif: file.whole)
        #expect(zone.periods.dropFirst(2).prefix(2).map(\.start) == [1_667_116_801, 1_667_718_000])
        #expect(zone.periods.dropFirst(2).prefix(2).map(\.offset) == [-18_000, -21_600])
    }

    @Test func withoutAnyTimeTheRuleHoldsAlways() throws {
        let file = TZifFile(times: [], offsets: [0], rule: "EST5EDT,M3.2.0,M11.1.0")
        let zone = try Zone(identifier: "X", tzif: file.whole)
        #expect(zone.offset(at: Instant(seconds: -2_000_000_000)) == -14_400)
        #expect(zone.offset(at: Instant(seconds: 0)) == -18_000)
        let fixed = try Zone(identifier: "X", tzif: TZifFile(times: [], offsets: [0], rule: "<+03>-3").whole)
        #expect(fixed.periods.map(\.offset) == [10_800])
    }

    /// Some programs begin with the Big Bang.
    @Test func farTimesDecideWhatHoldsBeforeAndAfter() throws {
        let file = TZifFile(
            times: [.min, -(1 << 59), 0, 1 << 59, .max], offsets: [0, 60, 120, 180, 240], types: [0, 1, 2, 3, 4])
        let zone = try Zone(identifier: "X", tzif: file.whole)
        #expect(zone.periods.map(\.offset) == [60, 120])
    }

    @Test func leapSecondsAreRefused() {
        for width in [4, 8] {
            let file = TZifFile(version: width == 4 ? 0 : 50, times: [], offsets: [0], leapSeconds: 1)
            let bytes = width == 4 ? file.bytes(4) : file.whole
            #expect(throws: TZifError.leapSeconds) { try Zone(identifier: "X", tzif: bytes) }
        }
    }

    @Test func everyShorterFileIsDamaged() throws {
        let whole = TZifFile(times: [0, 5], offsets: [0, 60], types: [1, 0], rule: "CET-1CEST,M3.5.0,M10.5.0/3").whole
        _ = try Zone(identifier: "X", tzif: whole)
        for length in 0..<whole.count {
            let error = #expect(throws: TZifError.self) { try Zone(identifier: "X", tzif: Array(whole.prefix(length))) }
            #expect(error == (length < 4 ? .foreign : .damaged), "\(length)")
        }
    }

    @Test(arguments: [
        TZifFile(times: [0, 0], offsets: [0]), TZifFile(times: [1, 0], offsets: [0]),
        TZifFile(times: [0], offsets: [0], types: [1]), TZifFile(times: [], offsets: []),
        TZifFile(times: [], offsets: [93_600]), TZifFile(times: [], offsets: [-90_000]),
        TZifFile(times: [], offsets: [Int(Int32.min)]), TZifFile(times: [], offsets: [0], rule: "nonsense"),
        TZifFile(times: [], offsets: [-18_000], rule: "EST5EDT,M3.2.0"),
        TZifFile(version: 1, times: [], offsets: [0]), TZifFile(version: 49, times: [], offsets: [0]),
    ])
    func whatContradictsItselfIsDamaged(file: TZifFile) {
        #expect(throws: TZifError.damaged) { try Zone(identifier: "X", tzif: file.whole) }
    }

    @Test func countsThatAreTooLargeTakeNoMemory() {
        let header = Array("TZif".utf8) + [50] + [UInt8](repeating: 0, count: 15)
        let most = [UInt8](repeating: 255, count: 24)
        #expect(throws: TZifError.damaged) { try Zone(identifier: "X", tzif: header + most) }
        let none = [UInt8](repeating: 0, count: 24)
        #expect(throws: TZifError.damaged) { try Zone(identifier: "X", tzif: header + none + header + most) }
    }

    @Test func somethingElseIsForeign() {
        #expect(throws: TZifError.foreign) { try Zone(identifier: "X", tzif: Array("# a table".utf8)) }
    }
}

/// A file as zic(8) writes it, right or wrong.
struct TZifFile: Sendable {
    var version = UInt8(ascii: "2")
    var times: [Int64]
    /// Of the types.
    var offsets: [Int]
    /// Which type begins at each time; otherwise the last one.
    var types: [UInt8]?
    var leapSeconds = 0
    var rule = ""

    var whole: [UInt8] {
        let old = TZifFile(version: version, times: [], offsets: [0])
        return old.bytes(4) + bytes(8) + Array("\n\(rule)\n".utf8)
    }

    /// Header and data, with times of so many bytes.
    func bytes(_ width: Int) -> [UInt8] {
        func number(_ value: Int64, _ width: Int) -> [UInt8] {
            (0..<width).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
        }
        let counts = [0, 0, leapSeconds, times.count, offsets.count, 1]
        var bytes = Array("TZif".utf8) + [version] + [UInt8](repeating: 0, count: 15)
        for count in counts { bytes += number(Int64(count), 4) }
        for time in times { bytes += number(time, width) }
        bytes += types ?? times.map { _ in UInt8(max(0, offsets.count - 1)) }
        for offset in offsets { bytes += number(Int64(offset), 4) + [0, 0] }
        return bytes + [UInt8](repeating: 0, count: 1 + leapSeconds * (width + 4))
    }
}
