import StretchBase
import StretchCore
import TestSupport
import Testing

/// What `pause` can be told, on Monday 2026-11-23 at 12:00 in Berlin.
struct PauseArgumentTests {
    private let timetable = Timetable(.morningRoutine, zone: .berlin)

    private func pause(_ text: String, at now: String = "2026-11-23 12:00", in timetable: Timetable? = nil) throws
        -> Pause
    {
        let timetable = timetable ?? self.timetable
        return try PauseArgument.pause(
            of: text.split(separator: "_").map(String.init), in: timetable, at: timetable.zone.instant(now))
    }

    private func end(_ text: String, at now: String = "2026-11-23 12:00", in timetable: Timetable? = nil) throws
        -> Instant?
    {
        try pause(text, at: now, in: timetable).until
    }

    @Test(arguments: [
        ("3d", "2026-11-26 12:00"), ("1h_30min", "2026-11-23 13:30"), ("1h 30min", "2026-11-23 13:30"),
        ("for_3_days", "2026-11-26 12:00"),
        ("1min", "2026-11-23 12:01"), ("2_weeks", "2026-12-07 12:00"), ("1y", "2027-11-23 18:00"),
        ("until_2026-12-27", "2026-12-27 04:00"), ("until 2026-12-27", "2026-12-27 04:00"),
        ("Until_Tomorrow", "2026-11-24 04:00"), ("until_2027-11-23", "2027-11-23 04:00"),
        ("until_friday", "2026-11-27 04:00"), ("until_Mon", "2026-11-30 04:00"), ("until_4_Jan", "2027-01-04 04:00"),
        ("until_22_Nov", "2027-11-22 04:00"), ("until_15:30", "2026-11-23 15:30"), ("until_11:00", "2026-11-24 11:00"),
        ("until_2026-12-27_09:00", "2026-12-27 09:00"), ("until_friday 9:00", "2026-11-27 09:00"),
    ])
    func aPauseEndsAfterASpanOrWhenADayBegins(_ text: String, _ end: String) throws {
        #expect(
            try pause(text) == Pause(from: Zone.berlin.instant("2026-11-23 12:00"), until: Zone.berlin.instant(end)))
    }

    @Test(arguments: [
        ("from_2026-12-20_until_2027-01-04", "2026-12-20 04:00", "2027-01-04 04:00"),
        ("from 20 Dec until 4 Jan", "2026-12-20 04:00", "2027-01-04 04:00"),
        ("until_4_Jan_from_20_Dec", "2026-12-20 04:00", "2027-01-04 04:00"),
        ("from_yesterday_until_today", "2026-11-22 04:00", "2026-11-23 04:00"),
        ("from_16_Nov_until_20_Nov", "2026-11-16 04:00", "2026-11-20 04:00"),
        ("from_20_Dec_2w", "2026-12-20 04:00", "2027-01-03 04:00"),
        ("from tomorrow 3 days", "2026-11-24 04:00", "2026-11-27 04:00"),
        ("from_1_Jul_until_20_Jul", "2027-07-01 04:00", "2027-07-20 04:00"),
        ("from_yesterday_until_15:30", "2026-11-22 04:00", "2026-11-23 15:30"),
        ("from_yesterday_until_11:00", "2026-11-22 04:00", "2026-11-24 11:00"),
        ("from_yesterday_until_monday", "2026-11-22 04:00", "2026-11-30 04:00"),
        ("from_2026-12-20_until_monday", "2026-12-20 04:00", "2026-12-21 04:00"),
        ("from_tomorrow_until_tomorrow_09:00", "2026-11-24 04:00", "2026-11-24 09:00"),
        ("from_09:00_until_13:00", "2026-11-23 09:00", "2026-11-23 13:00"),
        ("from_friday_15:00_until_18:00", "2026-11-27 15:00", "2026-11-27 18:00"),
        ("from_today_until_friday", "2026-11-23 04:00", "2026-11-27 04:00"),
        ("today", "2026-11-23 04:00", "2026-11-24 04:00"), ("Today", "2026-11-23 04:00", "2026-11-24 04:00"),
        // Clocks are put forward on 28 March.
        ("from_2027-03-22_for_2w", "2027-03-22 04:00", "2027-04-05 04:00"),
    ])
    func aPauseMayBeginAtAnotherTime(_ text: String, _ from: String, _ end: String) throws {
        #expect(try pause(text) == Pause(from: Zone.berlin.instant(from), until: Zone.berlin.instant(end)))
    }

    @Test(arguments: [
        // This week, as the pause holds now.
        ("from_monday_until_friday", "2026-11-23 04:00", "2026-11-27 04:00"),
        ("from_monday_for_4d", "2026-11-23 04:00", "2026-11-27 04:00"),
        ("from_thursday_until_friday", "2026-11-26 04:00", "2026-11-27 04:00"),
        // The weekend to come: that before is over.
        ("from_saturday_until_monday", "2026-11-28 04:00", "2026-11-30 04:00"),
        // Nothing says which Saturday. To be asked too often does no harm.
        ("from_saturday_until_10_Jan", "2026-11-28 04:00", "2027-01-10 04:00"),
        // Of the coming Monday this cannot be.
        ("from_monday_until_today", "2026-11-23 04:00", "2026-11-26 04:00"),
        ("from_monday", "2026-11-30 04:00", nil),
    ])
    func aWeekdayIsOfThisWeekOnlyIfThePauseThenHoldsNow(_ text: String, _ from: String, _ end: String?) throws {
        let thursday = "2026-11-26 12:00"
        #expect(
            try pause(text, at: thursday)
                == Pause(from: Zone.berlin.instant(from), until: end.map(Zone.berlin.instant)))
    }

    @Test func untilFridayIsNeverToday() throws {
        let friday = "2026-11-27 12:00"
        for text in ["until_friday", "from_yesterday_until_friday", "from_23_Nov_until_friday"] {
            #expect(try end(text, at: friday) == Zone.berlin.instant("2026-12-04 04:00"), "\(text)")
        }
    }

    @Test func inJanuaryJulyIsToCome() throws {
        let july = try pause("from_10_Jul_until_24_Jul", at: "2027-01-02 12:00")
        #expect(
            july == Pause(from: Zone.berlin.instant("2027-07-10 04:00"), until: Zone.berlin.instant("2027-07-24 04:00"))
        )
    }

    @Test func aSpanOfHoursIsAsLongAsItSays() throws {
        // Clocks are set back on 31 October 2027 at 03:00.
        let minutes = try pause("20min_from_@1824946200", at: "2027-10-30 12:00")
        #expect(minutes.until == minutes.from + .minutes(20))
        let half = try pause("for 30min from_31_Oct_02:45", at: "2027-10-30 12:00")
        #expect(half.until == half.from + .minutes(30))
        #expect(try end("from_30_Oct_for_2d", at: "2027-10-29 12:00") == Zone.berlin.instant("2027-11-01 04:00"))
    }

    @Test func withoutAWordItHasNoEnd() throws {
        let now = Zone.berlin.instant("2026-11-23 12:00")
        #expect(try pause("") == Pause(from: now, until: nil))
        #expect(try pause("from_monday") == Pause(from: Zone.berlin.instant("2026-11-30 04:00"), until: nil))
        #expect(try pause("from_today") == Pause(from: Zone.berlin.instant("2026-11-23 04:00"), until: nil))
    }

    private static let days = "tomorrow, friday, \"30 Nov\" or 2026-11-30"
    private static let times = "allowed: 15:30, friday, \"friday 15:30\", \"30 Nov 15:30\", 2026-11-30"

    @Test(arguments: [
        (
            "until_2026-11-22",
            "2026-11-22 is over; allowed: 2026-11-24 to 2027-11-23; "
                + "for days that are over: stretchd pause from 2026-11-22 until 2026-11-23"
        ),
        (
            "until_today",
            "2026-11-23 has begun already; allowed: 2026-11-24 to 2027-11-23; or a span, such as stretchd pause 4h"
        ),
        (
            "until_2062-12-27",
            "2062-12-27 is too far away; allowed: 2026-11-24 to 2027-11-23; "
                + "stretchd pause alone lasts until stretchd resume"
        ),
        ("until_12026-12-27", "\"12026-12-27\" is no time; \(times)"),
        ("until_2026-02-29", "\"2026-02-29\": there is no such date"),
        ("until", "after until comes a day: \(days)"),
        ("from", "after from comes a day: today, \(days)"),
        ("from_tomorrow_until", "after until comes a day: \(days)"),
        ("until_9", "\"9\" is no time; did you mean 9:00?"),
        ("until_24.12.", "\"24.12.\" is no day; did you mean 24 Dec?"),
        ("until_3d", "\"3d\" is a span, so write: stretchd pause 3d"),
        ("until_17h", "\"17h\" is a span, so write: stretchd pause 17h; did you mean 17:00?"),
        ("until_17", "\"17\" is no time; did you mean 17:00?"),
        ("until_1700", "\"1700\" is no time; did you mean 17:00?"),
        ("until_15.30", "\"15.30\" is no time; did you mean 15:30?"),
        (
            "until_2026-11-23_11:00",
            "2026-11-23 11:00 is over; allowed: a time after 2026-11-23 12:00 to 2027-11-23; "
                + "for days that are over: stretchd pause from 2026-11-22 until 2026-11-23"
        ),
        ("15:30", "a time needs until before it: stretchd pause until 15:30"),
        ("friday_3:15pm", "a time needs until before it: stretchd pause until friday 15:15"),
        ("tomorrow_until_friday", "a day needs from before it: stretchd pause from tomorrow until friday"),
        ("morning_until_friday", "\"morning\" is a routine; a pause holds for all of them, leave it out"),
        ("unitl_friday", "did you mean stretchd pause until friday?"),
        ("next_week", "next week is: stretchd pause from 2026-11-30 until 2026-12-07"),
        ("24.12.26", "\"24.12.26\" is no day; did you mean 24 Dec 2026?"),
        ("3_weks", "\"3 weks\", column 3: \"weks\" is no unit; did you mean weeks?"),
        (
            "from_yesterday",
            "from yesterday is over and needs an end, such as: stretchd pause from yesterday until tomorrow"
        ),
        ("for_3d_until_friday", "until and for are there both; one of them is allowed"),
        (
            "2026-12-27",
            "a day needs until before it: stretchd pause until 2026-12-27; "
                + "only that day: stretchd pause from 2026-12-27 until 2026-12-28"
        ),
        (
            "friday",
            "a day needs until before it: stretchd pause until friday; "
                + "only that day: stretchd pause from 2026-11-27 until 2026-11-28"
        ),
        (
            "yesterday",
            "a day needs from or until before it; only that day: stretchd pause from 2026-11-22 until 2026-11-23"
        ),
        (
            "from_2027-01-04_until_2026-12-20",
            "a pause from 2027-01-04 until 2026-12-20 is over before it begins; allowed: 2027-01-05 to 2028-01-04"
        ),
        (
            "from_tomorrow_until_tomorrow",
            "a pause from 2026-11-24 until 2026-11-24 is over before it begins; allowed: 2026-11-25 to 2027-11-24"
        ),
        ("from_2020-01-01", "from 2020-01-01 is too far away; allowed: from 2025-11-23 to 2027-11-23"),
        ("from_friday_to_monday", "write until, and the day on which to ask again; \"to\" may mean the day before"),
        ("from_friday_from_monday", "from is there twice; once is allowed"),
        (
            "3d_until_friday",
            "a pause has a span or an end, not both: stretchd pause 3d, or stretchd pause until 2026-11-26"
        ),
        ("0", "a pause of 0; allowed: 1min to 1y"), ("30s", "a pause of 30s; allowed: 1min to 1y"),
        ("3", "\"3\", column 1: 3 has no unit; did you mean 3d?"),
        ("1h30", "\"1h30\", column 3: 30 has no unit; did you mean 1h 30min?"),
        ("2y", "a pause of 2y; allowed: 1min to 1y; stretchd pause alone lasts until stretchd resume"),
        ("morning_3d", "\"morning\" is a routine; a pause holds for all of them, leave it out"),
    ])
    func whatCannotBeIsRefusedWithWhatCan(_ text: String, _ refusal: String) {
        let error = #expect(throws: ArgumentRefusal.self) { try pause(text) }
        #expect(error?.description == refusal)
    }

    @Test(arguments: [
        ("", "a time span such as 1h 30min is missing; or until and a day: \(days)"),
        ("soon", "a number is expected: write a span as 10min, 1h 30min, 90s or 2 days; or until and a day: \(days)"),
        ("27.12.2026", "\"27.12.2026\" is no day; did you mean 27 Dec 2026?"),
        ("-3d", "a span cannot be negative; or until and a day: \(days)"),
        ("9999999999y", "the span is too long"), ("3_parsecs", "write a span as 10min, 1h 30min, 90s or 2 days"),
    ])
    func whatIsNoSpanIsExplained(_ text: String, _ end: String) throws {
        let words = text.isEmpty ? [""] : text.split(separator: "_").map(String.init)
        let error = #expect(throws: ArgumentRefusal.self) {
            try PauseArgument.pause(of: words, in: timetable, at: Zone.berlin.instant("2026-11-23 12:00"))
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
        let error = #expect(throws: ArgumentRefusal.self) { try end(text, at: "2026-11-23 02:00") }
        #expect(try #require(error).description.hasPrefix(refusal))
    }

    private static let late = "a day begins at 04:00, so it is still Sunday 22 November"

    @Test func aClockSetBackMakesNoPauseThatIsOver() throws {
        // 2026-10-25 begins at 02:30; the clock shows it, is set back at 03:00, and shows 02:10 for the second time.
        let timetable = Timetable(Configuration.morningRoutine.with { $0.dayStart = .minutes(150) }, zone: .berlin)
        let now = Zone.berlin.instant("2026-10-25 02:10") + .hours(1)
        let error = #expect(throws: ArgumentRefusal.self) {
            try PauseArgument.pause(of: ["until", "2026-10-25"], in: timetable, at: now)
        }
        #expect(error?.description.hasPrefix("2026-10-25 has begun already") == true)
    }

    @Test func aDateThatTheCalendarSkipsIsNamed() throws {
        // Apia had no 30 December 2011: from 23:59 on the 29th to 00:00 on the 31st.
        let apia = Zone(
            identifier: "Pacific/Apia", offset: -36_000,
            transitions: [Zone.Period(start: 1_325_239_200, offset: 50_400)])
        let error = #expect(throws: ArgumentRefusal.self) {
            try end("until_2011-12-30", at: "2011-12-20 12:00", in: Timetable(.morningRoutine, zone: apia))
        }
        #expect(error?.description == "the calendar of Pacific/Apia skips 2011-12-30")
    }
}
