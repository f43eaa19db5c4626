import StretchBase
import StretchCore
import Testing

struct CalendarHintTests {
    @Test(arguments: [
        ("*/2:00", "00/2:00"), ("*:*/15", "*:00/15"), ("*-*-*/2 07:30", "*-*-01/2 07:30"),
        ("30 7 * * 1-5", "Mon..Fri 07:30"), ("0 9 * * 6,0", "Sat,Sun 09:00"), ("*/15 8-18 * * *", "08..18:00/15"),
        ("0 0 1 */3 *", "*-01/3-01 00:00"), ("0 7 * * MON-FRI", "Mon..Fri 07:00"),
        ("0 7 * * 5-1", "Mon,Fri..Sun 07:00"),
        ("Sat..Mon", "Sat,Sun,Mon"), ("Fri..Mon,Wed 07:30", "Fri,Sat,Sun,Mon,Wed 07:30"),
        ("24:00", "00:00"), ("22..02:00", "22..23,00..02:00"),
        ("Mon, Tue 09:00", "Mon,Tue 09:00"), ("Mon, Tue, Wed", "Mon,Tue,Wed"),
        ("7.30", "07:30"), ("7am", "07:00"), ("7:30 pm", "19:30"), ("12am", "00:00"), ("Mon 7", "Mon 07:00"),
        ("2026-11-23T07:30", "2026-11-23 07:30"), ("Mon\t07:30", "Mon 07:30"), (" 07:30 ", "07:30"),
        ("daily at 7am", "07:00"), ("weekdays 07:30", "Mon..Fri 07:30"), ("weekend 9am", "Sat,Sun 09:00"),
        ("07:30 Mon..Fri", "Mon..Fri 07:30"), ("@daily", "daily"), ("every day 07:30", "07:30"), ("noon", "12:00"),
        ("Monday to Friday at 7:30", "Monday..Friday 7:30"), ("Mon - Fri 07:30", "Mon..Fri 07:30"),
        ("Mon..Fir 07:30", "Mon..Fri 07:30"), ("Tusday 07:30", "Tuesday 07:30"), ("Mom,Thu 09:00", "Mon,Thu 09:00"),
        ("07;30", "07:30"), ("Mon..Fri 7;30", "Mon..Fri 7:30"), ("0730", "07:30"), ("1915", "19:15"),
        ("Sat 0730", "Sat 07:30"),
        ("Mo-Fr 07:30", "Mon-Fri 07:30"), ("Sa,Su 9am", "Sat,Sun 09:00"),
        ("24 Dec", "*-12-24"), ("December 24, 2026", "2026-12-24"), ("on 24 Dec 2026 at 9am", "2026-12-24 09:00"),
    ])
    func slipsAreAnsweredWithWhatWasMeant(text: String, meant: String) throws {
        let error = #expect(throws: SyntaxError.self) { try CalendarEvent(parsing: text) }
        #expect(error?.hint == "did you mean \(meant)?")
        _ = try CalendarEvent(parsing: meant)
    }

    /// Cron asks on the first and on each Monday: no calendar event does.
    @Test(arguments: ["30 7 1 * 1", "0 9 1,15 * MON-FRI"])
    func whatNoCalendarEventSaysGetsNoHint(text: String) {
        let error = #expect(throws: SyntaxError.self) { try CalendarEvent(parsing: text) }
        #expect(error?.hint == nil)
    }

    @Test(arguments: ["07:30 CEST", "daily EST", "Mon 07:30 PST", "07:30 +01:00", "07:30 GMT"])
    func zoneAbbreviationsAreAnsweredWithANameToWrite(text: String) {
        let error = #expect(throws: SyntaxError.self) { try CalendarEvent(parsing: text) }
        #expect(error?.hint == "write an IANA name such as Europe/Berlin, or UTC")
    }

    @Test(arguments: [
        ("Mon..Fri 24:00", 9, "hours go from 0 to 23; the midnight that ends a day is 00:00 of the next"),
        ("Mon..Fri 07:60", 12, "minutes go from 0 to 59"),
        ("Sat..Mon 07:30", 5, "a range of weekdays runs from Monday to Sunday and not over the end of the week"),
        ("*-13-01", 2, "months go from 1 to 12"),
        ("07:30:", 6, "a number is expected here, or * alone for every value"),
        ("Moo 07:30", 0, "the words that may stand here are Mon to Sun, and alone daily, weekly, monthly and so on"),
        ("", 0, "a calendar event is missing, such as Mon..Fri 07:30"),
        ("07:30 CEST", 6, "CEST is a zone's abbreviation, and those mean different zones in different places"),
        ("*:0/0", 4, "a repetition cannot be 0"), ("10..5:00", 0, "a range goes up"),
    ])
    func errorsPointAtThePlace(text: String, offset: Int, problem: String) {
        let error = #expect(throws: SyntaxError.self) { try CalendarEvent(parsing: text) }
        #expect(error?.offset == offset)
        #expect(error?.problem == problem)
    }

    @Test func anErrorIsOneLine() {
        let error = #expect(throws: SyntaxError.self) { try CalendarEvent(parsing: "*/2:00") }
        #expect(
            error?.description == """
                "*/2:00", column 2: here goes a date such as 2026-11-23 or *-12-24, or a time such as 07:30; \
                did you mean 00/2:00?
                """)
    }
}
