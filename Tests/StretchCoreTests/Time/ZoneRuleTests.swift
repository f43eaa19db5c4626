import TestSupport
import Testing

@testable import StretchBase
@testable import StretchCore

extension ZoneRule {
    /// Nil: the text is no rule, or malformed.
    fileprivate init?(_ text: String) {
        self.init(asGlibcReads: Array(text.utf8))
        if fault != nil { return nil }
    }
}

/// What a `TZ` without a file means.
struct ZoneRuleTests {
    @Test(arguments: [
        ("CET-1CEST,M3.5.0,M10.5.0/3", 3600, 7200), ("EST5EDT", -18_000, -14_400), ("EST+5EDT", -18_000, -14_400),
        ("CST-9:30CDT", 34_200, 37_800), ("<+03>-3", 10_800, 10_800), ("<-00>0", 0, 0), ("UTC0", 0, 0),
        ("est5edt4:00:00,M3.2.0,M11.1.0", -18_000, -14_400),
        ("NST3:30NDT2:30,M3.2.0/0:01,M11.1.0/0:01", -12_600, -9000),
        // Summer time is the standard, winter the exception; or one of both is UTC.
        ("IST-1GMT0,M10.5.0,M3.5.0/1", 0, 3600), ("WAT-1GMT0,M10.5.0,M3.5.0/1", 0, 3600),
        ("XXX3GMT0,M3.5.0,M10.5.0", -10_800, 0), ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", -7200, -3600),
        // The south.
        ("AEST-10AEDT,M10.1.0,M4.1.0/3", 39_600, 36_000),
        // Hours from -167 to 167.
        ("EET-2EEST,M3.4.4/50,M10.4.4/50", 7200, 10_800), ("<-02>2<-01>,M3.5.0/-167,M10.5.0/167", -7200, -3600),
        // Days of the year, with and without leap days.
        ("AAA3BBB,J60/0,J300", -10_800, -7200), ("AAA3BBB,59/0,300", -10_800, -7200),
        // Daylight time in all the year: RFC 9636, 3.3.1.
        ("XXX3EDT4,0/0,J365/23", -14_400, -14_400), ("EST-24:59:59", 89_999, 89_999),
    ])
    func ruleGivesTheOffsetsOfWinterAndSummer(rule: String, january: Int, july: Int) throws {
        let zone = Zone(identifier: rule, rule: try #require(ZoneRule(rule)))
        for year in [1901, 1970, 2026, 2100, 2199] {
            for (month, offset) in [(1, january), (7, july)] {
                let day = try #require(Day(year: year, month: month, day: 15))
                #expect(zone.offset(at: Instant(seconds: Int64(day.ordinal) * 86_400)) == offset, "\(day)")
            }
        }
    }

    @Test(arguments: [
        // The last Sunday, whether it is the fourth or the fifth; the second one; by the clock in force before.
        ("CET-1CEST,M3.5.0,M10.5.0/3", 2026, 1_774_746_000, 1_792_890_000),
        ("EST5EDT", 2026, 1_772_953_200, 1_793_512_800), ("EST5EDT,M3.2.0,M11.1.0", 2027, 1_805_007_600, 1_825_567_200),
        // Day 60 without leap days is 1 March; day 59 is 29 February in a leap year.
        ("AAA0BBB,J60/0,J365/24", 2024, 1_709_251_200, 1_735_686_000),
        ("AAA0BBB,J60/0,J365/24", 2023, 1_677_628_800, 1_704_063_600),
        ("AAA0BBB,59/0,365/0", 2024, 1_709_164_800, 1_735_599_600),
        ("AAA0BBB,59/0,200/0", 2023, 1_677_628_800, 1_689_807_600),
        // A day before, and two days after, the named one.
        ("AAA0BBB,M3.5.0/-24,M10.5.0/50", 2026, 1_774_656_000, 1_793_062_800),
    ])
    func changesAreAtTheSecondThatTheRuleNames(rule: String, year: Int, start: Int64, end: Int64) throws {
        let changes = try #require(ZoneRule(rule)).changes(in: year...year)
        #expect(changes.map(\.start) == [start, end])
    }

    @Test(arguments: [
        "", ":", "UTC", "A5", "AB5", "<AB>5", "<ABC5", "ABC", "ABC-", "ABC25", "ABC5:60", "ABC5:", "ABC5DE", "A1C5",
        "ABC 5",
        "EST5EDT,", "EST5EDT,M3.2.0", "EST5EDT,M3.2.0,", "EST5EDT,M3.2.0,M11.1.0,", "EST5EDT,M3.2.0,M11.1.0 ",
        "EST5EDT,M0.2.0,M11.1.0", "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M3.0.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0",
        "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,J0,J365", "EST5EDT,J366,J1", "EST5EDT,366,0", "EST5EDT,M3.2.0/168,M11.1.0",
        "EST5EDT,M3.2.0/2:60,M11.1.0", "EST5EDT,M3.2.0/,M11.1.0", "EST99999999999999999999",
        "EST5EDT,1111111111111111111,2",
        "Europe/Berlin", "Ünï5", "EST5\u{301}",
    ])
    func whatIsNoRuleGivesNone(text: String) { #expect(ZoneRule(text) == nil) }
}
