import StretchBase
import StretchCore
import TestSupport
import Testing

/// What `pause` can be told, on Monday 2026-11-23 at 12:00 in Berlin.
struct PauseArgumentTests {
    private let timetable = Timetable(.morningRoutine, zone: .berlin)

    private func end(_ text: String, at now: String = "2026-11-23 12:00", in timetable: Timetable? = nil) throws
        -> Instant?
    {
        let timetable = timetable ?? self.timetable
        return try PauseArgument.end(
            of: text.split(separator: "_").map(String.init), in: timetable, at: timetable.zone.instant(now))
    }

    @Test(arguments: [
        ("3d", "2026-11-26 12:00"), ("1h_30min", "2026-11-23 13:30"), ("1h 30min", "2026-11-23 13:30"),
        ("1min", "2026-11-23 12:01"), ("2_weeks", "2026-12-07 12:00"), ("1y", "2027-11-23 18:00"),
        ("until_2026-12-27", "2026-12-27 04:00"), ("until 2026-12-27", "2026-12-27 04:00"),
        ("Until_Tomorrow", "2026-11-24 04:00"), ("until_2027-11-23", "2027-11-23 04:00"),
    ])
    func aPauseEndsAfterASpanOrWhenADayBegins(_ text: String, _ end: String) throws {
        #expect(try self.end(text) == Zone.berlin.instant(end))
    }

    @Test func withoutAWordItHasNoEnd() throws {
        #expect(try end("") == nil)
    }

    @Test(arguments: [
        ("until_2026-11-22", "2026-11-22 is over; allowed: 2026-11-24 to 2027-11-23"),
        (
            "until_today",
            "2026-11-23 has begun already; allowed: 2026-11-24 to 2027-11-23; or a span, such as stretchd pause 4h"
        ),
        (
            "until_2062-12-27",
            "2062-12-27 is too far away; allowed: 2026-11-24 to 2027-11-23; "
                + "stretchd pause alone lasts until stretchd resume"
        ),
        ("until_12026-12-27", "\"12026-12-27\" is no date; allowed: tomorrow, or a date such as 2026-11-30"),
        ("until_2026-02-29", "\"2026-02-29\" is no date; allowed: tomorrow, or a date such as 2026-11-30"),
        ("until", "after until comes a date: tomorrow, or such as 2026-11-30"),
        ("until_3d", "\"3d\" is no date; a span goes without until: stretchd pause 3d"),
        ("until_2026-12-27_09:00", "\"2026-12-27 09:00\" is more than a date; such a pause ends when the day begins"),
        ("2026-12-27", "a date needs until before it: stretchd pause until 2026-12-27"),
        ("tomorrow", "a date needs until before it: stretchd pause until tomorrow"),
        ("0", "a pause of 0; allowed: 1min to 1y"),
        ("3", "a pause of 3s; allowed: 1min to 1y; a number alone means seconds, did you mean 3d?"),
        ("2y", "a pause of 2y; allowed: 1min to 1y; stretchd pause alone lasts until stretchd resume"),
        ("morning_3d", "\"morning\" is a routine; a pause holds for all of them, leave it out"),
    ])
    func whatCannotBeIsRefusedWithWhatCan(_ text: String, _ refusal: String) {
        let error = #expect(throws: PauseArgument.Refusal.self) { try end(text) }
        #expect(error?.description == refusal)
    }

    @Test(arguments: [
        ("", "a time span such as 1h 30min is missing; or a date: until 2026-11-30"),
        ("soon", "a number is expected: write a span as 10min, 1h 30min, 90s or 2 days; or a date: until 2026-11-30"),
        ("27.12.2026", "or a date: until 2026-11-30"),
        ("-3d", "a span cannot be negative; or a date: until 2026-11-30"),
        ("9999999999y", "the span is too long"), ("3_parsecs", "write a span as 10min, 1h 30min, 90s or 2 days"),
    ])
    func whatIsNoSpanIsExplained(_ text: String, _ end: String) throws {
        let words = text.isEmpty ? [""] : text.split(separator: "_").map(String.init)
        let error = #expect(throws: PauseArgument.Refusal.self) {
            try PauseArgument.end(of: words, in: timetable, at: Zone.berlin.instant("2026-11-23 12:00"))
        }
        #expect(try #require(error).description.hasSuffix(end))
    }

    @Test func beforeTheDayBeginsTheDateIsStillToCome() throws {
        #expect(try end("until_2026-11-23", at: "2026-11-23 02:00") == Zone.berlin.instant("2026-11-23 04:00"))
        #expect(try end("until_tomorrow", at: "2026-11-23 02:00") == Zone.berlin.instant("2026-11-23 04:00"))
    }

    @Test(arguments: [
        ("until_today", "2026-11-22 has begun already; allowed: 2026-11-23 to 2027-11-22; \(late); or a span"),
        ("until_2026-11-21", "2026-11-21 is over; allowed: 2026-11-23 to 2027-11-22; \(late)"),
    ])
    func beforeTheDayBeginsItSaysWhenThatIs(_ text: String, _ refusal: String) throws {
        let error = #expect(throws: PauseArgument.Refusal.self) { try end(text, at: "2026-11-23 02:00") }
        #expect(try #require(error).description.hasPrefix(refusal))
    }

    private static let late = "a day begins at 04:00, so it is still Sunday 22 November"

    @Test func aClockSetBackMakesNoPauseThatIsOver() throws {
        // 2026-10-25 begins at 02:30; the clock shows it, is set back at 03:00, and shows 02:10 for the second time.
        let timetable = Timetable(Configuration.morningRoutine.with { $0.dayStart = .minutes(150) }, zone: .berlin)
        let now = Zone.berlin.instant("2026-10-25 02:10") + .hours(1)
        let error = #expect(throws: PauseArgument.Refusal.self) {
            try PauseArgument.end(of: ["until", "2026-10-25"], in: timetable, at: now)
        }
        #expect(error?.description.hasPrefix("2026-10-25 has begun already") == true)
    }

    @Test func aDateThatTheCalendarSkipsIsNamed() throws {
        // Apia had no 30 December 2011: from 23:59 on the 29th to 00:00 on the 31st.
        let apia = Zone(
            identifier: "Pacific/Apia", offset: -36_000,
            transitions: [Zone.Period(start: 1_325_239_200, offset: 50_400)])
        let error = #expect(throws: PauseArgument.Refusal.self) {
            try end("until_2011-12-30", at: "2011-12-20 12:00", in: Timetable(.morningRoutine, zone: apia))
        }
        #expect(error?.description == "the calendar of Pacific/Apia skips 2011-12-30")
    }
}
