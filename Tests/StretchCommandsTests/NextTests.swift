import Foundation
import TestHome
import Testing

struct NextTests {
    @Test func theRoutinesAreMergedInOrderOfTime() throws {
        let home = try CommandLineHome(configuration: routine("morning", "07:30") + routine("desk", "Mon 15:00"))
        let result = try home.run("next", "--count", "3", "--from", "2026-11-30 07:00")
        #expect(
            result.out == """
                Mon 30 Nov 07:30  morning
                Mon 30 Nov 15:00  desk
                Tue  1 Dec 07:30  morning

                """)
    }

    @Test func oneRoutineCanBeNamed() throws {
        let home = try CommandLineHome(configuration: routine("morning", "07:30") + routine("desk", "Mon 15:00"))
        let result = try home.run("next", "desk", "--count", "2", "--from", "2026-11-30 07:00")
        #expect(result.out == "Mon 30 Nov 15:00  desk\nMon  7 Dec 15:00  desk\n")
        let unknown = try home.run("next", "dsk")
        #expect(unknown.code == 65)
        #expect(unknown.err == "stretchd: no routine \"dsk\"; did you mean desk?\n")
        let both = try home.run("next", "desk", "--schedule", "daily")
        #expect(both.code == 64)
        #expect(both.err.contains("--schedule explains an event of no routine; leave out one of the two"))
    }

    @Test func whatWasAnsweredEarlyIsMarked() throws {
        let home = try CommandLineHome(configuration: routine("morning", "07:30"))
        let early = "2099-11-23T06:00:00+01:00"
        _ = try home.run(["done"], at: early)
        #expect(
            try home.run(["next", "--count", "2"], at: early).out == """
                Mon 23 Nov 07:30  morning  (done already)
                Tue 24 Nov 07:30  morning

                """)
        _ = try home.run(["skip"], at: early)
        #expect(try home.run(["next", "--count", "1"], at: early).out.hasSuffix("(skipped already)\n"))
        #expect(try home.run(["next", "--json", "--count", "1"], at: early).out.contains(#""answer":"skip""#))
    }

    @Test func aClockChangeIsExplained() throws {
        let home = try CommandLineHome(configuration: routine("early", "02:30"))
        let result = try home.run("next", "--count", "1", "--from", "2026-03-28 12:00")
        #expect(
            result.out
                == "Sun 29 Mar 03:30  early  02:30 does not exist on 2026-03-29: clocks go from 02:00 to 03:00\n")
    }

    @Test func jsonHasEveryKeyOfTheDesign() throws {
        let home = try CommandLineHome()
        let result = try home.run("next", "--json", "--count", "1", "--from", "@1795400000")
        #expect(
            result.out
                == #"[{"occ":"morning@2026-11-23T07:30","at":"2026-11-23T07:30:00+01:00","epoch":1795415400,"#
                + #""routine":"morning","shifted":false,"paused":false,"answer":null}]"# + "\n")
    }

    @Test func anyCalendarEventIsExplained() throws {
        let home = try CommandLineHome()
        let result = try home.run(
            "next", "--schedule", "Mon..Fri 07:30", "--zone", "Europe/Berlin", "--count", "2", "--from",
            "2026-11-22 12:00")
        #expect(
            result.out == """
                normalised  Mon..Fri *-*-* 07:30:00
                zone        Europe/Berlin
                next        Mon 23 Nov 07:30 +01:00  06:30 UTC
                            Tue 24 Nov 07:30 +01:00  06:30 UTC

                """)
    }

    @Test func theZoneOfTheEventAndItsFractionsAreKept() throws {
        let home = try CommandLineHome()
        let result = try home.run(
            "next", "--json", "--schedule", "*-*-* 12:00:00/30.25 UTC", "--zone", "Asia/Tokyo", "--count", "1",
            "--from", "@1795435200")
        #expect(
            result.out
                == #"{"normalized":"*-*-* 12:00:00/30.250000 UTC","next":[{"at":"2026-11-23T12:00:30.25+00:00","#
                + #""epoch":1795435230.25,"shifted":false}]}"# + "\n")
    }

    @Test(arguments: [
        (["--schedule", "Sat..Mon 09:00"], "\"Sat..Mon 09:00\", column "),
        (
            ["--schedule", "daily", "--zone", "Europa/Berlin"],
            "no time zone \"Europa/Berlin\"; did you mean Europe/Berlin?"
        ),
        (["--schedule", "daily Europe/Berlim"], "no time zone \"Europe/Berlim\"; did you mean Europe/Berlin?"),
        (["--from", "tomorow"], "\"tomorow\" is no day; did you mean tomorrow?"),
    ])
    func badInputIsRefusedWithAReason(arguments: [String], complaint: String) throws {
        let result = try CommandLineHome().run(["next"] + arguments)
        #expect(result.code == 65)
        #expect(result.out == "")
        #expect(result.err.hasPrefix("stretchd: " + complaint))
    }

    @Test func anEventThatIsOverNeverComes() throws {
        let result = try CommandLineHome().run("next", "--schedule", "2020-01-01")
        #expect(result.code == 0)
        #expect(result.out.hasSuffix("next        never\n"))
    }

    @Test func aCountOutOfRangeIsAUsageError() throws {
        let result = try CommandLineHome().run("next", "--count", "0")
        #expect(result.code == 64)
    }
}
