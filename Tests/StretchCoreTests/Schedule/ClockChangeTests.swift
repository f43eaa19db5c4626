import StretchBase
import StretchCore
import StretchSystem
import Testing

/// Where clocks change our own rule holds, and systemd's does not.
struct ClockChangeTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let zone: String
        let event: String
        /// In UTC.
        let from: String
        /// Nominal time and instant in UTC, with `!` when it was moved.
        let expected: [String]
        var testDescription: String { "\(event) in \(zone)" }

        init(_ zone: String, _ event: String, from: String, _ expected: String...) {
            self.zone = zone
            self.event = event
            self.from = from
            self.expected = expected
        }
    }

    static let cases = [
        Case(
            "Europe/Berlin", "02:30", from: "2026-03-28T12:00", "2026-03-29T02:30 2026-03-29T01:30 !",
            "2026-03-30T02:30 2026-03-30T00:30"),
        // 03:30 exists and gives the id, 02:30 is merged with it.
        Case(
            "Europe/Berlin", "02..03:30", from: "2026-03-29T00:00", "2026-03-29T03:30 2026-03-29T01:30",
            "2026-03-30T02:30 2026-03-30T00:30"),
        // 02:45 is moved behind 03:00.
        Case(
            "Europe/Berlin", "*-*-29 02..03:00/45", from: "2026-03-29T00:30", "2026-03-29T03:00 2026-03-29T01:00",
            "2026-03-29T03:45 2026-03-29T01:45", "2026-04-29T02:00 2026-04-29T00:00"),
        Case(
            "Europe/Berlin", "02:30", from: "2026-10-24T12:00", "2026-10-25T02:30 2026-10-25T00:30",
            "2026-10-26T02:30 2026-10-26T01:30"),
        // In the middle of the second pass the next one is tomorrow's.
        Case("Europe/Berlin", "02:30", from: "2026-10-25T01:10", "2026-10-26T02:30 2026-10-26T01:30"),
        Case(
            "Europe/Berlin", "*:00", from: "2026-10-24T23:30", "2026-10-25T02:00 2026-10-25T00:00",
            "2026-10-25T03:00 2026-10-25T02:00"),
        Case(
            "America/Sao_Paulo", "daily", from: "2018-11-03T12:00", "2018-11-04T00:00 2018-11-04T03:00 !",
            "2018-11-05T00:00 2018-11-05T02:00"),
        Case(
            "Pacific/Apia", "07:30", from: "2011-12-29T00:00", "2011-12-29T07:30 2011-12-29T17:30",
            "2011-12-31T07:30 2011-12-30T17:30"),
        Case("Pacific/Apia", "2011-12-30 07:30", from: "2011-12-29T00:00"),
        Case(
            "Australia/Lord_Howe", "02:15", from: "2026-10-03T00:00", "2026-10-04T02:15 2026-10-03T15:45 !",
            "2026-10-05T02:15 2026-10-04T15:15"),
        Case(
            "Australia/Lord_Howe", "01:45", from: "2026-04-04T00:00", "2026-04-05T01:45 2026-04-04T14:45",
            "2026-04-06T01:45 2026-04-05T15:15"),
        Case(
            "Europe/Dublin", "01:30", from: "2026-03-28T12:00", "2026-03-29T01:30 2026-03-29T01:30 !",
            "2026-03-30T01:30 2026-03-30T00:30"),
        // Two hours at once.
        Case(
            "Antarctica/Troll", "01:30", from: "2026-03-28T12:00", "2026-03-29T01:30 2026-03-29T01:30 !",
            "2026-03-30T01:30 2026-03-29T23:30"),
        // A quarter of an hour, from 00:00 to 00:15.
        Case(
            "Asia/Kathmandu", "00:05", from: "1985-12-31T00:00", "1986-01-01T00:05 1985-12-31T18:35 !",
            "1986-01-02T00:05 1986-01-01T18:20"),
        // From 00:00 to 01:00: 00:30 is 01:30.
        Case(
            "America/Sao_Paulo", "00:30", from: "2018-11-03T12:00", "2018-11-04T00:30 2018-11-04T03:30 !",
            "2018-11-05T00:30 2018-11-05T02:30"),
        // A gap that begins before midnight: 23:30 of Saturday lands on Sunday.
        Case(
            "America/Scoresbysund", "23:30", from: "2025-03-29T12:00", "2025-03-29T23:30 2025-03-30T01:30 !",
            "2025-03-30T23:30 2025-03-31T00:30"),
    ]

    @Test(arguments: cases)
    func elapses(at test: Case) throws {
        let zone = try ZoneReader().zone(named: test.zone)
        let schedule = Schedule([try CalendarEvent(parsing: test.event)])
        var instant = try utc(test.from)
        for expected in test.expected {
            let elapse = try #require(schedule.next(after: instant, in: zone))
            #expect("\(elapse.nominal) \(Zone.utc.civil(elapse.instant))\(elapse.shifted ? " !" : "")" == expected)
            #expect(schedule.last(upTo: elapse.instant, notBefore: instant, in: zone) == elapse)
            instant = elapse.instant
        }
        if test.expected.isEmpty { #expect(schedule.next(after: instant, in: zone) == nil) }
    }

    @Test func elapsesComeInOrderOfInstantEvenWhenNominalTimesDoNot() throws {
        let zone = try ZoneReader().zone(named: "Europe/Berlin")
        let schedule = Schedule([try CalendarEvent(parsing: "02:50"), try CalendarEvent(parsing: "03:10")])
        let day = try #require(Day("2026-03-29"))
        let elapses = schedule.elapses(on: day, startingAt: .zero, in: zone)
        #expect(elapses.map(\.nominal.description) == ["2026-03-29T03:10", "2026-03-29T02:50"])
        let first = try #require(elapses.first)
        #expect(schedule.next(after: try utc("2026-03-29T00:30"), in: zone) == first)
        #expect(schedule.next(after: first.instant, in: zone) == elapses.last)
    }

    @Test func anExceptedDayDoesNotGiveItsIdToATimeMovedOntoIt() throws {
        let zone = try ZoneReader().zone(named: "America/Scoresbysund")
        let events = [try CalendarEvent(parsing: "23:30"), try CalendarEvent(parsing: "00:30")]
        let schedule = Schedule(events, except: [try CalendarEvent(parsing: "2025-03-30")])
        let elapse = try #require(schedule.next(after: try utc("2025-03-29T12:00"), in: zone))
        #expect(elapse.nominal.description == "2025-03-29T23:30" && elapse.shifted)
    }

    @Test func aTimeMovedOverMidnightCountsForItsNominalDay() throws {
        let zone = try ZoneReader().zone(named: "America/Scoresbysund")
        let schedule = Schedule([try CalendarEvent(parsing: "23:30")])
        let saturday = try #require(Day("2025-03-29"))
        let elapse = try #require(schedule.elapses(on: saturday, startingAt: .hours(4), in: zone).first)
        #expect(elapse.nominal.day == saturday && elapse.shifted)
        #expect(zone.civil(elapse.instant).description == "2025-03-30T00:30")
    }

    @Test(arguments: [
        ("Europe/Berlin", "2026-03-29", "02:30", "02:30 does not exist on 2026-03-29: clocks go from 02:00 to 03:00"),
        ("Europe/Berlin", "2026-10-25", "02:30", "02:30 comes twice on 2026-10-25: the first one counts"),
        ("Europe/Berlin", "2026-10-25", "03:00", nil), ("Europe/Berlin", "2026-10-25", "01:59", nil),
    ])
    func clockChangesAreExplained(zone: String, day: String, time: String, text: String?) throws {
        let zone = try ZoneReader().zone(named: zone)
        let schedule = Schedule([try CalendarEvent(parsing: time)])
        let day = try #require(Day(day))
        let elapses = schedule.elapses(on: day, startingAt: .zero, in: zone)
        #expect(elapses.map { $0.explanation(in: zone) } == [text])
    }

    private func utc(_ text: String) throws -> Instant {
        let civil = try #require(CivilTime(text))
        return try #require(Zone.utc.resolve(civil)).instant
    }
}
