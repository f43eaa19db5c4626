import Foundation
import TestHome
import Testing

struct SimulateTests {
    private let routines =
        routine("morning", "Mon..Fri 07:30", "Sat,Sun 09:00") + routine("night", "02:30", window: "1h")

    @Test func aWeekOverAClockChangeIsToldDayByDay() throws {
        let home = try CommandLineHome(configuration: routines)
        let result = try home.run(
            "simulate", "--from", "2026-10-23", "--to", "2026-10-30", "--awake", "Mon..Fri 06:40..23:00", "--awake",
            "Sat,Sun 09:20..24:00", "--awake", "Sat 22:00..04:00", "--awake", "Wed 12:00..12:10")
        #expect(result.err == "")
        #expect(result.code == 0)
        #expect(
            result.out == """
                             planned   routine   asked   again
                Fri 23 Oct   02:30     night     never   asleep until 06:40, closed 03:30
                             07:30     morning   07:30   07:45 08:00 08:15
                Sat 24 Oct   02:30     night     never   asleep until 09:20, closed 03:30
                             09:00     morning   09:21   09:36 09:51 10:06
                Sun 25 Oct   02:30     night     02:30   02:45 02:00 02:15
                             02:30 comes twice on 2026-10-25: the first one counts
                             09:00     morning   09:21   09:36 09:51 10:06
                Mon 26 Oct   02:30     night     never   asleep until 06:40, closed 03:30
                             07:30     morning   07:30   07:45 08:00 08:15
                Tue 27 Oct   02:30     night     never   asleep until 06:40, closed 03:30
                             07:30     morning   07:30   07:45 08:00 08:15
                Wed 28 Oct   02:30     night     never   asleep until 06:40, closed 03:30
                             07:30     morning   07:30   07:45 08:00 08:15
                Thu 29 Oct   02:30     night     never   asleep until 06:40, closed 03:30
                             07:30     morning   07:30   07:45 08:00 08:15

                8 prompts in 7 days; 6 never seen

                """)
    }

    @Test func aTimeThatDoesNotExistIsExplained() throws {
        let home = try CommandLineHome(zone: "UTC", configuration: routine("night", "02:30"))
        let result = try home.run(
            "simulate", "--from", "2026-03-29", "--to", "2026-03-30", "--zone", "Europe/Berlin")
        #expect(
            result.out == """
                             planned   routine   asked   again
                Sun 29 Mar   02:30     night     03:30   03:45 04:00 04:15
                             02:30 does not exist on 2026-03-29: clocks go from 02:00 to 03:00

                1 prompt in 1 day

                """)
    }

    @Test func jsonHasEveryKey() throws {
        let home = try CommandLineHome(configuration: routine("morning", "07:30"))
        let result = try home.run(
            "simulate", "--json", "--from", "2026-11-23", "--to", "2026-11-25", "--awake", "Mon 07:00..07:50")
        #expect(
            result.out == #"[{"occ":"morning@2026-11-23T07:30","routine":"morning","at":"2026-11-23T07:30:00+01:00","#
                + #""closes":"2026-11-23T11:30:00+01:00","shifted":false,"#
                + #""shown":["2026-11-23T07:30:00+01:00","2026-11-23T07:45:00+01:00"],"reason":null},"#
                + #"{"occ":"morning@2026-11-24T07:30","routine":"morning","at":"2026-11-24T07:30:00+01:00","#
                + #""closes":"2026-11-24T11:30:00+01:00","shifted":false,"shown":[],"#
                + #""reason":"asleep until Mon 07:00, closed 11:30"}]"# + "\n")
        let shifted = try home.json(
            "simulate", "--json", "--zone", "America/Sao_Paulo", "--from", "2018-11-03 12:00", "--to", "2018-11-05")
        #expect((shifted as? [[String: Any]])?.map { $0["occ"] as? String } == ["morning@2018-11-04T07:30"])
    }

    @Test func todaysAnswersAreKnownAndLaterOnesAreNot() throws {
        let home = try CommandLineHome(configuration: routine("morning", "07:30"))
        try home.sync(
            #"{"v":1,"id":"1","ts":"2025-11-24T07:10:00+01:00","type":"done","occ":"morning@2025-11-24T07:30"}"#,
            #"{"v":1,"id":"2","ts":"2025-11-25T07:33:00+01:00","type":"skip","occ":"morning@2025-11-25T07:30"}"#)
        let result = try home.run("simulate", "--from", "2025-11-24 07:20", "--to", "2025-11-26")
        #expect(
            result.out == """
                             planned   routine   asked   again
                Mon 24 Nov   07:30     morning   never   already done
                Tue 25 Nov   07:30     morning   07:30   07:45 08:00 08:15

                1 prompt in 2 days; 1 already answered

                """)
        #expect(try home.records().isEmpty)
    }

    @Test func withoutArgumentsItIsTheWeekToCome() throws {
        let home = try CommandLineHome(configuration: routine("morning", "07:30"))
        let result = try home.run("simulate")
        #expect(result.code == 0)
        #expect(result.out.hasSuffix(" prompts in 7 days\n"))
    }

    @Test func aSpanWhoseEndIsOnTheDateBeforeItsBeginningIsADay() throws {
        // The clocks went back from 00:01 to 23:01.
        let home = try CommandLineHome(configuration: routine("morning", "07:30"))
        let result = try home.run(
            "simulate", "--zone", "America/St_Johns", "--from", "2010-11-07T00:00:30-02:30", "--to",
            "2010-11-06T23:30:00-03:30")
        #expect(result.err == "")
        #expect(result.out == "nothing is planned in 1 day\n")
    }

    @Test func whatOpensBeforeASpanToComeIsAskedOnTime() throws {
        let home = try CommandLineHome(configuration: routine("morning", "07:30"))
        let result = try home.run("simulate", "--from", "2099-11-23 08:00", "--to", "2099-11-24")
        #expect(
            result.out == """
                             planned   routine   asked   again
                Mon 23 Nov   07:30     morning   07:30   07:45 08:00 08:15

                1 prompt in 1 day

                """)
    }

    @Test func onlyPromptsWithinTheSpanAreCounted() throws {
        let home = try CommandLineHome(configuration: routine("morning", "07:30") + routine("desk", "07:00"))
        try home.sync(
            #"{"v":1,"id":"1","ts":"2025-11-24T07:00:00+01:00","type":"prompted","occ":"desk@2025-11-24T07:00"}"#,
            #"{"v":1,"id":"2","ts":"2025-11-24T07:02:00+01:00","type":"done","occ":"desk@2025-11-24T07:00"}"#,
            #"{"v":1,"id":"3","ts":"2025-11-24T07:30:00+01:00","type":"prompted","occ":"morning@2025-11-24T07:30"}"#)
        let morning = try home.run("simulate", "--from", "2025-11-24 07:50", "--to", "2025-11-25")
        #expect(morning.out.hasSuffix("\n1 prompt in 1 day; 1 already answered\n"))
        let noPrompt = try home.run("simulate", "--from", "2025-11-24 07:40", "--to", "2025-11-24 07:42")
        #expect(noPrompt.out.hasSuffix("\nno prompts in 1 day; 1 already answered\n"))
    }

    @Test func aSpanWithTooManyPlannedTimesIsRefusedAtOnce() throws {
        let home = try CommandLineHome(configuration: routine("minutely", "*:0/1"))
        let result = try home.run("simulate", "--from", "2026-01-01", "--to", "2027-01-01")
        #expect(result.code == 65)
        #expect(result.out == "")
        #expect(
            result.err == "stretchd: more than 20000 times are planned from 2026-01-01 to 2027-01-01; allowed: 20000; "
                + "end earlier with --to\n")
    }

    @Test func nothingPlannedIsSaid() throws {
        let home = try CommandLineHome(configuration: routine("leap", "*-02-29 07:30"))
        let result = try home.run("simulate", "--from", "2026-11-23", "--to", "2026-11-24")
        #expect(result.out == "nothing is planned in 1 day\n")
    }

    @Test(arguments: [
        (["--from", "2026-11-23", "--to", "2026-11-22"], "--to is 2026-11-22; allowed: a time after 2026-11-23,"),
        (["--to", "2020-01-01"], "--to is 2020-01-01; allowed: a time after now,"),
        (
            ["--from", "2026-01-01", "--to", "2036-01-03"],
            "--to is 2036-01-03; allowed: up to 10 years after 2026-01-01"
        ),
        (["--from", "soon"], "\"soon\" is no time; allowed: 15:30, friday, "),
        (
            ["--awake", "06:40-23:00"],
            "\"06:40-23:00\", column 1: here go two times with two dots between them; awake times"
        ),
        (
            ["--awake", "Mon..Fri 06:40..25:00"],
            "\"Mon..Fri 06:40..25:00\", column 17: here goes a time from 00:00 to 24:00"
        ),
        (["--awake", "Sat..Mon 09:00..12:00"], "\"Sat..Mon 09:00..12:00\", column 6: a range of weekdays"),
        (["--zone", "Europa/Berlin"], "no time zone \"Europa/Berlin\"; did you mean Europe/Berlin?"),
    ])
    func badInputIsRefusedWithAReason(arguments: [String], complaint: String) throws {
        let result = try CommandLineHome().run(["simulate"] + arguments)
        #expect(result.code == 65)
        #expect(result.out == "")
        #expect(result.err.hasPrefix("stretchd: " + complaint))
        #expect(result.err.split(separator: "\n").count == 1)
    }

    @Test func anUnknownOptionIsAUsageError() throws {
        #expect(try CommandLineHome().run("simulate", "--asleep", "07:00..08:00").code == 64)
    }
}
