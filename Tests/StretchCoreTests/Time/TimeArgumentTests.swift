import StretchBase
import StretchCore
import TestSupport
import Testing

/// What a time on the command line means, on Monday 2026-11-23 at 12:00 in Berlin.
struct TimeArgumentTests {
    private let zone = Zone.berlin
    private let monday = Day(ordinal: 20_780)
    private var noon: Instant { zone.instant("2026-11-23 12:00") }

    private func read(_ text: String, _ side: DayArgument.Side? = nil) throws -> TimeArgument {
        try TimeArgument(text, side ?? .after(monday), today: monday, at: noon, in: zone)
    }

    @Test(arguments: [
        ("2026-11-23T07:30:00+01:00", 1_795_415_400_000_000), ("2026-11-23T06:30:00Z", 1_795_415_400_000_000),
        ("2026-11-23T06:30:00.25Z", 1_795_415_400_250_000), ("2026-11-23t06:30z", 1_795_415_400_000_000),
        ("2026-11-22 22:30:00-08:00", 1_795_415_400_000_000), ("2026-11-23 08:30:15", 1_795_419_015_000_000),
        ("@1795415400", 1_795_415_400_000_000), ("@1795415400.5", 1_795_415_400_500_000), ("@0", 0),
        ("2026-03-29 02:30", 1_774_747_800_000_000),
    ])
    func aMomentIsReadInEachForm(text: String, microseconds: Int64) throws {
        #expect(try read(text) == .instant(Instant(microseconds: microseconds)))
    }

    @Test(arguments: [
        ("15:30", "2026-11-23 15:30"), ("11:59", "2026-11-24 11:59"), ("12:00", "2026-11-24 12:00"),
        ("9:05", "2026-11-24 09:05"), ("tomorrow 9:00", "2026-11-24 09:00"), ("friday 15:30", "2026-11-27 15:30"),
        ("Mon 15:30", "2026-11-30 15:30"), ("Sun 20 Dec 07:30", "2026-12-20 07:30"),
        ("tomorrow at 07:30", "2026-11-24 07:30"), ("2026-11-23 7:30", "2026-11-23 07:30"),
    ])
    func aTimeToComeIsTheNextOne(text: String, time: String) throws {
        #expect(try read(text) == .instant(zone.instant(time)))
    }

    @Test(arguments: [
        ("11:00", "2026-11-23 11:00"), ("15:30", "2026-11-23 15:30"), ("monday 07:30", "2026-11-16 07:30"),
        ("20 Nov 07:30", "2026-11-20 07:30"), ("24 Nov 07:30", "2025-11-24 07:30"),
    ])
    func aTimeThatIsLookedBackAtIsThatOfTheDay(text: String, time: String) throws {
        #expect(try read(text, .past) == .instant(zone.instant(time)))
    }

    @Test func aTimeOfAnotherZoneIsTheNextSuchMoment() throws {
        let night = zone.instant("2026-11-24 00:15")
        let read = { try TimeArgument($0, .after(monday), today: monday, at: night, in: zone) }
        #expect(try read("23:30Z") == .instant(zone.instant("2026-11-24 00:30")))
        #expect(try read("23:15Z") == .instant(zone.instant("2026-11-25 00:15")))
    }

    @Test func aDayAloneHasNoTime() throws {
        #expect(try read("friday") == .day(monday + 4))
        #expect(try read("yesterday", .past) == .day(monday - 1))
        #expect(try read("4 Jan") == .day(monday + 42))
    }

    private static let allowed = "allowed: 15:30, friday, \"friday 15:30\", \"30 Nov 15:30\", 2026-11-30"

    @Test(arguments: [
        "", "soon", "2026-11-23_07:30", "2026-11-23 24:00", "2026-11-23T07:30:00+1", "2026-11-23T07:30+25:00", "@",
        "@12x", "@1.", "@-5", "2026-11-23 07:30.5", "15:300", "soon 15:30", "at 15:30", "25", "1570", "12345",
    ])
    func anythingElseIsRefusedWithWhatIsAllowed(text: String) {
        let error = #expect(throws: ArgumentRefusal.self) { try read(text) }
        #expect(error?.description == "\"\(text)\" is no time; \(Self.allowed)")
        let past = #expect(throws: ArgumentRefusal.self) { try read(text, .past) }
        let more = ", RFC 3339 or @ and seconds since 1970"
        #expect(past?.description == "\"\(text)\" is no time; \(Self.allowed)\(more)")
    }

    @Test(arguments: [
        ("15", "15:00"), ("9", "9:00"), ("15.30", "15:30"), ("1530", "15:30"), ("15h30", "15:30"), ("15h", "15:00"),
        ("3pm", "15:00"), ("12 am", "0:00"), ("3.15pm", "15:15"), ("3:15pm", "15:15"),
    ])
    func aTimeWrittenOtherwiseIsRecognised(text: String, clock: String) {
        let error = #expect(throws: ArgumentRefusal.self) { try read(text) }
        #expect(error?.description == "\"\(text)\" is no time; did you mean \(clock)?")
    }

    @Test(arguments: [
        ("2026-02-30 07:30", "\"2026-02-30\": there is no such date"),
        ("tomorow 07:30", "\"tomorow\" is no day; did you mean tomorrow?"),
    ])
    func whatIsNearlyADayIsNamed(text: String, refusal: String) {
        let error = #expect(throws: ArgumentRefusal.self) { try read(text) }
        #expect(error?.description == refusal)
    }
}
