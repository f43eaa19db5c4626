import StretchBase
import StretchCore
import Testing

/// What a day on the command line means, on Monday 2026-11-23.
struct DayArgumentTests {
    private let monday = Day(ordinal: 20_780)

    private func day(_ text: String, _ side: DayArgument.Side) throws -> String? {
        try DayArgument.day(text, side, of: monday).map { "\($0)" }
    }

    @Test(arguments: [
        ("today", "2026-11-23"), ("Yesterday", "2026-11-22"), ("TOMORROW", "2026-11-24"), ("2026-11-20", "2026-11-20"),
        ("monday", "2026-11-16"), ("mon", "2026-11-16"), ("Sunday", "2026-11-22"), ("TUE", "2026-11-17"),
        ("tues", "2026-11-17"), ("thurs", "2026-11-19"), ("23 Nov", "2026-11-23"), ("24 Nov", "2025-11-24"),
        ("22 november", "2026-11-22"), ("Nov 22", "2026-11-22"), ("November 22nd, 2025", "2025-11-22"),
        ("22nov", "2026-11-22"), ("22-nov-2025", "2025-11-22"), ("1st Sept", "2026-09-01"), ("1 Jan", "2026-01-01"),
        ("29 Feb", "2024-02-29"), ("Sun 22 Nov", "2026-11-22"), ("Monday 16 November", "2026-11-16"),
        ("Mon 2026-11-16", "2026-11-16"), ("2026-2-3", "2026-02-03"), (" 22  Nov ", "2026-11-22"),
    ])
    func aDayThatIsLookedBackAtIsTheLatest(text: String, day: String) throws {
        #expect(try self.day(text, .past) == day)
    }

    @Test(arguments: [
        ("today", "2026-11-23"), ("tomorrow", "2026-11-24"), ("monday", "2026-11-30"), ("friday", "2026-11-27"),
        ("Sun", "2026-11-29"), ("23 Nov", "2026-11-23"), ("22 Nov", "2027-11-22"), ("4 Jan", "2027-01-04"),
        ("29 Feb", "2028-02-29"), ("Sun 20 Dec", "2026-12-20"),
    ])
    func aDayToComeIsTheNext(text: String, day: String) throws {
        #expect(try self.day(text, .after(monday)) == day)
    }

    @Test(arguments: [
        ("monday", "2026-12-21"), ("sunday", "2026-12-27"), ("20 Dec", "2026-12-20"), ("19 Dec", "2027-12-19"),
        ("tomorrow", "2026-11-24"),
    ])
    func aDayAfterAnotherOneIsCountedFromThere(text: String, day: String) throws {
        #expect(try self.day(text, .after(monday + 27)) == day)
    }

    @Test(arguments: [
        ("9 Nov", "2026-11-09"), ("8 Nov", "2027-11-08"), ("20 Dec", "2026-12-20"), ("1 Sep", "2027-09-01"),
    ])
    func aDateOfTheLastTwoWeeksMayBeMeant(text: String, day: String) throws {
        #expect(try self.day(text, .after(monday - 14)) == day)
    }

    @Test(arguments: [("friday", true), ("Fri 15:30", true), ("fri 27 Nov", false), ("friend", false), ("", false)])
    func aWeekdayIsKnown(text: String, isWeekday: Bool) {
        #expect(DayArgument.namesWeekday(text) == isWeekday)
    }

    @Test(arguments: [
        "", " ", "soon", "3d", "3 days", "1", "23", "Nov", "mo", "23/11/2026", "23.11", "23 11", "1 2 3",
        "27 12 2026",
        "2026-11", "23 Nov 26", "next year", "123 Nov", "2026-11-23 07:30", "\u{661} Nov", "Nov Nov", "monday friday",
        "morning",
    ])
    func anythingElseIsNoDay(text: String) throws {
        #expect(try day(text, .past) == nil)
    }

    @Test(arguments: [
        ("2026-02-30", "\"2026-02-30\": there is no such date"), ("31 Nov", "\"31 Nov\": there is no such date"),
        ("30 Feb", "\"30 Feb\": there is no such date"), ("0 Nov", "\"0 Nov\": there is no such date"),
        ("tommorow", "\"tommorow\" is no day; did you mean tomorrow?"),
        ("wendesday", "\"wendesday\" is no day; did you mean wednesday?"),
        ("24.12.", "\"24.12.\" is no day; did you mean 24 Dec?"),
        ("24.12.2026", "\"24.12.2026\" is no day; did you mean 24 Dec 2026?"),
        ("24.12.26", "\"24.12.26\" is no day; did you mean 24 Dec 2026?"),
        ("99.12.", "\"99.12.\": there is no such date"), ("0.1.2027", "\"0.1.2027\": there is no such date"),
        ("next week", "\"next week\" is no day; did you mean 30 Nov?"),
        ("next friday", "\"next friday\" is no day; did you mean 27 Nov?"),
        ("Tue 23 Nov", "\"Tue 23 Nov\": 2026-11-23 is a Monday"),
    ])
    func whatIsNearlyADayIsRefused(text: String, refusal: String) {
        let error = #expect(throws: ArgumentRefusal.self) { try day(text, .past) }
        #expect(error?.description == refusal)
    }

    @Test func theExamplesAreDays() throws {
        for side in [DayArgument.Side.past, .after(monday)] {
            let examples = DayArgument.examples(side, of: monday).replacing(" or ", with: ", ").split(separator: ", ")
            #expect(examples.count >= 4)
            for example in examples { #expect(try day(String(example.filter { $0 != "\"" }), side) != nil) }
        }
    }
}
