import StretchBase
import StretchCore
import Testing

struct HumanTimeTests {
    @Test(arguments: [
        ("2026-11-23T07:30", "07:30"), ("2026-11-23T07:30:05", "07:30:05"), ("2026-11-24T07:30", "Tue 07:30"),
        ("2026-11-29T23:59", "Sun 23:59"), ("2026-11-30T07:30", "Mon 30 Nov 07:30"),
        ("2026-11-22T00:00", "Sun 22 Nov 00:00"), ("2027-01-04T07:30", "Mon 4 Jan 07:30"),
        ("2027-11-23T07:30", "Tue 23 Nov 2027 07:30"), ("2025-11-23T07:30", "Sun 23 Nov 2025 07:30"),
    ])
    func aTimeIsSaidAsShortAsItsDistanceAllows(_ time: String, _ words: String) throws {
        let today = try #require(Day("2026-11-23"))
        #expect(HumanTime.short(try #require(CivilTime(time)), relativeTo: today) == words)
    }

    @Test(arguments: [
        ("2026-11-23T18:00", "today at 18:00"), ("2026-11-24T07:30", "tomorrow at 07:30"),
        ("2026-11-25T07:30", "Wednesday at 07:30"), ("2026-11-29T09:00", "Sunday at 09:00"),
        ("2026-11-30T07:30", "Monday 30 November at 07:30"), ("2027-11-22T07:30", "Monday 22 November 2027 at 07:30"),
    ])
    func aTimeInASentenceNamesItsDay(_ time: String, _ words: String) throws {
        let today = try #require(Day("2026-11-23"))
        #expect(HumanTime.spoken(try #require(CivilTime(time)), relativeTo: today) == words)
    }

    @Test(arguments: [
        ("2026-11-09", "9 Nov"), ("2026-01-01", "1 Jan"), ("2027-02-28", "28 Feb"), ("2027-08-01", "1 Aug 2027"),
        ("2025-12-31", "31 Dec 2025"),
    ])
    func aDateHasItsYearOnlyWhereItCouldBeMistaken(_ date: String, _ words: String) throws {
        let today = try #require(Day("2026-11-23"))
        #expect(HumanTime.date(try #require(Day(date)), relativeTo: today) == words)
    }
}
