import Foundation
import StretchBase
import StretchCore
import StretchSystem
import Testing

/// Rules in `TZ` that no standard allows: the time is date(1)'s all the same, and what is wrong is said.
struct MalformedRuleTests {
    private let noZones: TemporaryDirectory

    init() throws { noZones = try TemporaryDirectory() }

    /// Of a few years, one of them a leap year.
    private static let noons = (0..<1460).map { 1_735_732_800 + Int64($0) * 86_400 }

    private func system(_ rule: String) -> SystemZone {
        ZoneReader(environment: ["TZ": rule, "TZDIR": noZones.path]).system()
    }

    @Test(arguments: [
        "EST5EDT,", "EST5EDT4,", "EST5EDT,M3.2.0", "EST5EDT,M3.2.0,", "EST5EDT-", "EST5EDT+,M3.2.0,M11.1.0",
        "EST5EDT,M3.2.0,M11.1.0,", "EST5EDT,M3.2.0,M11.1.0x", "EST5EDT,M3.2.0,M11.1.0/", "EST5EDT,M3.2.0/,M11.1.0",
        "EST5EDT4M3.2.0M11.1.0", "EST5EDTM3.2.0,M11.1.0", "EST5,M3.2.0,M11.1.0", "EST5,", "EST5:", "ABC-5x", "EST5ED",
        "EST25", "ABC-25", "ABC5:60", "EST5:300", "EST5:3:99", "ABC0005", "EST99999999999999999999", "EST65541",
        "EST- 5", "EST--5", "EST5EDT 4,M3.2.0,M11.1.0",
        "ABC5DEF,J0,J300", "ABC5DEF,J366,J300", "ABC5DEF,366,300", "ABC5DEF,100,366", "ABC5DEF,J65546,J300",
        "ABC5DEF,J,J300", "ABC5DEF,J-5,J300", "ABC5DEF,0100,J300",
        "EST5EDT,M13.1.0,M11.1.0", "EST5EDT,M3.2.0,M13.1.0", "EST5EDT,M3.6.0,M11.1.0", "EST5EDT,M3.0.0,M11.1.0",
        "EST5EDT,M3.1.7,M11.1.0", "EST5EDT,M3.1.65535,M11.1.0", "EST5EDT,M3.2,M11.1.0", "EST5EDT,M3.2.0,M11",
        "EST5EDT,M3.2.0,M11.1.9", "EST5EDT,M 3.+2.0,M11.1.0", "EST5EDT,M3.2.0 ,M11.1.0", "EST5EDT,M3.2.0,,M11.1.0",
        "EST5EDT,M3.2.0/168,M11.1.0", "EST5EDT,M3.2.0/-168,M11.1.0", "EST5EDT,M3.2.0/2:60,M11.1.0",
        "EST5EDT,M3.2.0/9999,M11.1.0", "EST5EDT,M3.2.0/--5,M11.1.0", "EST5EDT,M3.2.0/x,M11.1.0",
        "EST5EDT,M3.2.0,M11.1.0/2:", "EST5EDT,J1/-168,J365/168", "AEST-10AEDT,M10.1.0,M4.1.0/3x",
        "CET-1CEST,M3.5.0", "CET-1CEST,M3.5.0,M10.5.0/3 ", "CET-1CEST,M3.5.0,M10.5.0/3\n", "<+01>-1<+02>,",
        ":EST5EDT,",
    ])
    func malformedRuleMeansWhatItMeansToDate(rule: String) throws {
        let system = system(rule)
        let offsets = Self.noons.map { system.zone.offset(at: Instant(seconds: $0)) }
        #expect(offsets == (try offsetsOfDate(Self.noons, zone: rule, directory: noZones.path)))
        let trouble = try #require(system.trouble)
        #expect(trouble.hasPrefix("times may be wrong, as the rule in TZ is malformed "))
    }

    @Test(arguments: [
        ("EST5EDT,M3.2.0", #"at its end: "EST5EDT,M3.2.0""#), ("EST5EDT,", #"at its end: "EST5EDT,""#),
        ("EST25", #"from "25" on: "EST25""#), ("EST5:60", #"from "60" on: "EST5:60""#),
        ("EST5EDT,M3.2.0,M11.1.0x", #"from "x" on: "EST5EDT,M3.2.0,M11.1.0x""#),
        ("EST5EDT4M3.2.0M11.1.0", #"from "M3.2.0M11.1.0" on: "EST5EDT4M3.2.0M11.1.0""#),
        ("EST5EDT,M13.2.0,M11.1.0", #"from "13.2.0,M11.1.0" on: "EST5EDT,M13.2.0,M11.1.0""#),
        ("EST5\u{1B}[m", "from \"\u{FFFD}[m\" on: \"EST5\u{FFFD}[m\""),
        (
            "EST5\(String(repeating: "é", count: 99))",
            "from \"\(String(repeating: "é", count: 59))…\" on: \"EST5\(String(repeating: "é", count: 55))…\""
        ),
    ])
    func messageSaysWhereTheRuleIsMalformed(rule: String, words: String) {
        #expect(
            system(rule).trouble
                == "times may be wrong, as the rule in TZ is malformed \(words); set TZ to a name like Europe/Berlin")
    }

    /// One to three bytes of valid rules are replaced, put in or left out: most of what comes out is malformed.
    @Test func changedRulesMeanWhatTheyMeanToDate() throws {
        var random = Xorshift(state: 2026)
        var malformed = 0
        for _ in 0..<400 {
            let rule = Self.changed(&random)
            let system = system(rule)
            // There glibc reads what happens to be behind its table of months.
            let months = rule.matches(of: #/M[ +]*(-?\d*)/#).map { Int($0.1) ?? 0 }
            if !months.allSatisfy((1...13).contains) { continue }
            if system.trouble != nil { malformed += 1 }
            // At the turn of the year glibc is wrong about some rules that are valid.
            let seconds = Self.noons.filter { noon in
                system.trouble != nil || (9...350).contains((noon - Self.noons[0]) / 86_400 % 365)
            }
            let offsets = seconds.map { system.zone.offset(at: Instant(seconds: $0)) }
            let expected = try offsetsOfDate(seconds, zone: rule, directory: noZones.path)
            #expect(offsets == expected, "\(rule.debugDescription)")
        }
        #expect(malformed > 200)
    }

    private static func changed(_ random: inout Xorshift) -> String {
        let rules = [
            "CET-1CEST,M3.5.0,M10.5.0/3", "EST5EDT4,M3.2.0/2:00,M11.1.0", "AEST-10AEDT-11,M10.1.0,M4.1.0/3",
            "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "NST3:30NDT2:30:15,J60/0:01,J300", "AAA3BBB,59/-2:03:04,300/26",
            "ABC5DEF",
        ]
        var bytes = Array(rules.randomElement(using: &random)?.utf8 ?? "".utf8)
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: 3..<bytes.count, using: &random)
            let byte = "0123456789,./:+-<>MJ AZaz\t".utf8.randomElement(using: &random) ?? 0
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[place] = byte
            case 1: bytes.insert(byte, at: place)
            default: bytes.remove(at: place)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// The same numbers in every run.
private struct Xorshift: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
