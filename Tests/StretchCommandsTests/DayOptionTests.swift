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

    @Test func aDayAloneIsItsEndInStatus() throws {
        let home = try home()
        let line = try home.run(["status", "--at", "Tue"], at: wednesday).lines[0]
        #expect(line.hasPrefix("morning   12 days since 13 Nov (longest 12)"))
        // At that moment it is Wednesday by the clock, but not before 04:00 by the day.
        #expect(line.hasSuffix("   next Wed 07:30"))
    }
}
