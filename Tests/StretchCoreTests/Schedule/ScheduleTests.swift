import StretchBase
import StretchCore
import Testing

struct ScheduleTests {
    private func schedule(_ events: [String], except: [String] = []) throws -> Schedule {
        Schedule(
            try events.map { try CalendarEvent(parsing: $0) }, except: try except.map { try CalendarEvent(parsing: $0) }
        )
    }

    private func utc(_ text: String) throws -> Instant {
        let civil = try #require(CivilTime(text))
        return try #require(Zone.utc.resolve(civil)).instant
    }

    @Test func theUnionElapsesWhenAnyEventDoes() throws {
        let schedule = try schedule(["Mon..Fri 07:30", "Sat,Sun 09:00", "Fri 07:30"])
        let elapses = sequence(first: try utc("2026-11-26T12:00")) { schedule.next(after: $0, in: .utc)?.instant }
        #expect(
            elapses.prefix(5).dropFirst().map { Zone.utc.civil($0).description } == [
                "2026-11-27T07:30", "2026-11-28T09:00", "2026-11-29T09:00", "2026-11-30T07:30",
            ])
    }

    @Test(
        arguments: [
            (
                ["Mon..Fri 07:30", "Sat,Sun 09:00"], ["*-12-24..26"],
                "Monday to Friday at 07:30, Saturday and Sunday at 09:00; not on 24 to 26 December"
            ),
            (["07:30"], [], "every day at 07:30"),
            (["Mon,Wed,Fri 10,16:00"], [], "Monday, Wednesday and Friday at 10:00 and 16:00"),
            (["Mon..Fri 10..16:05"], [], "Monday to Friday every hour from 10:05 to 16:05"),
            (["*-01-01 12:00"], ["Sun", "*-07-04"], "1 January at 12:00; not on Sunday and 4 July"),
            // These have no short sentence.
            (["07:30", "*-*-01 08:00"], [], nil), (["*:0/20"], [], nil), (["07:30 UTC"], [], nil),
            (["07:30:15"], [], nil),
            (["*-02~01 07:30"], [], nil), (["2027-*-* 07:30"], [], nil), ([], [], nil),
        ] as [([String], [String], String?)])
    func scheduleInASentence(events: [String], except: [String], sentence: String?) throws {
        #expect(try schedule(events, except: except).prose == sentence)
    }

    @Test func exceptedDaysAreLeftOutWhateverTheirTime() throws {
        let schedule = try schedule(["daily"], except: ["*-12-24..26", "Sun 12:00"])
        let next = schedule.next(after: try utc("2026-12-23T00:00"), in: .utc)
        #expect(next?.nominal.description == "2026-12-28T00:00")
    }

    @Test func nextIsStrictlyLaterAndLastIsNot() throws {
        let schedule = try schedule(["07:30"])
        let moment = try utc("2026-11-23T07:30")
        #expect(schedule.next(after: moment, in: .utc)?.nominal.description == "2026-11-24T07:30")
        #expect(schedule.last(upTo: moment, notBefore: moment, in: .utc)?.instant == moment)
        #expect(schedule.last(upTo: moment - .microseconds(1), notBefore: moment - .days(1), in: .utc) != nil)
        #expect(schedule.last(upTo: moment - .microseconds(1), notBefore: moment - .hours(23), in: .utc) == nil)
    }

    @Test(arguments: ["minutely", "*:*:*", "*:*:0/0.25", "*-*-* 07:00/7", "Mon 07:30", "*-*~1 12:00", "*:59:59.999999"])
    func lastIsTheOneWithNothingBetween(event: String) throws {
        let schedule = try schedule([event])
        for moment in ["2026-11-23T07:30", "2026-11-30T12:00", "2026-12-01T00:00:07"] {
            let now = try utc(moment)
            guard let last = schedule.last(upTo: now, notBefore: now - .days(40), in: .utc) else {
                Issue.record("nothing in 40 days before \(moment)")
                continue
            }
            #expect(last.instant <= now)
            #expect(try #require(schedule.next(after: last.instant, in: .utc)).instant > now)
        }
    }

    @Test(arguments: ["*-02-30", "2020-01-01", "Mon 2026-11-24", "*-02-31 *:*:*", "@0"])
    func whatNeverComesEndsQuickly(event: String) throws {
        let schedule = try schedule([event])
        #expect(schedule.next(after: try utc("2026-11-23T07:30"), in: .utc) == nil)
    }

    @Test func aDayBeginsAtItsStartAndNotAtMidnight() throws {
        let schedule = try schedule(["03:30", "04:00", "23:00"])
        let day = try #require(Day("2026-11-23"))
        let elapses = schedule.elapses(on: day, startingAt: .hours(4), in: .utc)
        #expect(elapses.map(\.nominal.description) == ["2026-11-23T04:00", "2026-11-23T23:00", "2026-11-24T03:30"])
    }

    @Test func theYearsOfTheCalendarEndWith2199() throws {
        let schedule = try schedule(["yearly"])
        #expect(schedule.next(after: try utc("2198-12-31T12:00"), in: .utc)?.nominal.description == "2199-01-01T00:00")
        #expect(schedule.next(after: try utc("2199-01-01T00:00"), in: .utc) == nil)
    }

    @Test(arguments: [
        ("2026-11-23", true, false), ("Mon", true, false), ("daily", true, false), ("07:30", false, false),
        ("*:*:0.5", false, true), ("*:*:0/0.25", false, true), ("*:*:*", false, false), ("*-12-24..26", true, false),
    ])
    func propertiesTellDatesAndFractions(event: String, isDateOnly: Bool, hasFractions: Bool) throws {
        let event = try CalendarEvent(parsing: event)
        #expect(event.isDateOnly == isDateOnly)
        #expect(event.hasFractions == hasFractions)
    }

    @Test(arguments: [
        ("*-12-24..26", "2026-12-25", true), ("*-12-24..26 07:30", "2026-12-27", false), ("Sun", "2026-11-22", true),
        ("Mon *-11-22", "2026-11-22", false), ("*-*~1", "2028-02-29", true), ("*-*~1", "2028-02-28", false),
    ])
    func daysMatchByDateAndWeekday(event: String, day: String, matches: Bool) throws {
        let day = try #require(Day(day))
        #expect(try CalendarEvent(parsing: event).matches(day: day) == matches)
    }

    @Test(arguments: [("07:30", nil), ("07:30 UTC", "UTC"), ("07:30 utc", "UTC"), ("daily Asia/Tokyo", "Asia/Tokyo")])
    func theZoneSuffixIsKept(event: String, zone: String?) throws {
        #expect(try CalendarEvent(parsing: event).zone == zone)
    }
}
