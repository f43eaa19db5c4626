import TestHome
import Testing

/// A day in words means the same as its date, in each command that takes one.
struct DayOptionTests {
    private let wednesday = "2099-11-25T12:30:00+01:00"

    private func home() throws -> CommandLineHome {
        let home = try CommandLineHome(configuration: routine("morning", "07:30"))
        var chronicle = Chronicle()
        chronicle.add("morning", from: "2099-11-01", "DDMDDDSDDDMMDDDDDDDDDDDD")
        try home.sync(chronicle)
        return home
    }

    @Test(arguments: [
        ("history --from monday", "history --from 2099-11-23"),
        ("history --from 1nov --to yesterday", "history --from 2099-11-01 --to 2099-11-24"),
        ("report --from sun --to today", "report --from 2099-11-22 --to 2099-11-25"),
        ("export --from 20-Nov --to Tue", "export --from 2099-11-20 --to 2099-11-24"),
        ("next --from friday", "next --from 2099-11-27T00:00"), ("next --from 15:30", "next --from 2099-11-25T15:30"),
        ("next --schedule daily --from friday", "next --schedule daily --from 2099-11-27T00:00"),
        ("simulate --from friday --to 3dec", "simulate --from 2099-11-27 --to 2099-12-03"),
        ("log --from 23 Nov", "log --from 2099-11-23"),
        ("history --from 1 Nov --to 20 nov 2099 morning", "history morning --from 2099-11-01 --to 2099-11-20"),
        ("status --at friday 15:30", "status --at 2099-11-20T15:30"), ("status --at 1 Dec", "status --at 2099-12-01"),
        ("status morning --at 23 Nov at 15:30", "status morning --at 2099-11-23T15:30"),
        ("next --from 1 Dec 2099", "next --from 2099-12-01"),
        ("status --at monday", "status --at 2099-11-24T03:59:59.999999"),
        ("status --at yesterday", "status --at 2099-11-25T03:59:59.999999"),
        ("status --at 2099-11-20", "status --at 2099-11-21T03:59:59.999999"),
        ("status --at today", "status --at 2099-11-26T03:59:59.999999"),
    ])
    func aDayInWordsIsItsDate(words: String, date: String) throws {
        let home = try home()
        let results = try [words, date].map { line in
            try home.run(line.split(separator: " ").map(String.init), at: wednesday)
        }
        #expect(results[0].code == 0, "\(results[0].err)")
        #expect(results[0].out == results[1].out)
    }

    @Test func anAnswerTakesADayWithoutQuotes() throws {
        let home = try home()
        let result = try home.run(["done", "--day", "12", "Nov", "morning"], at: wednesday)
        #expect(
            result.out.hasPrefix("done late: morning 07:30, Thursday 12 November"), "\(result.out)\(result.err)")
        let none = try home.run(["done", "--day", "31", "Nov"], at: wednesday)
        #expect(none.err == "stretchd: --day: \"31 Nov\": there is no such date\n")
    }

    @Test func statusSaysWhichMomentItIsAbout() throws {
        let home = try home()
        for (words, heading) in [
            ("monday", "at the end of Monday 23 November"), ("2098-11-23 15:30", "on Sunday 23 November 2098 at 15:30"),
            ("11:00", "on Wednesday 25 November at 11:00"),
        ] {
            #expect(try home.run(["status", "--at", words], at: wednesday).lines.prefix(2) == [heading[...], ""])
        }
        #expect(try home.run(["status"], at: wednesday).lines[0].hasPrefix("morning"))
    }

    @Test func aDayAloneIsItsEndInStatus() throws {
        let home = try home()
        let line = try home.run(["status", "--at", "Tue"], at: wednesday).lines[2]
        #expect(line.hasPrefix("morning   12 days since 13 Nov (longest 12)"))
        // At that moment it is Wednesday by the clock, but not before 04:00 by the day.
        #expect(line.hasSuffix("   next Wed 07:30"))
    }
}
