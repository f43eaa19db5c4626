import Foundation
import StretchSystem
import TestHome
import Testing

/// A clock that cannot be right (design 5): the commands refuse to record, and `status` says why.
struct ImplausibleClockTests {
    private let inTheYear2001 = "2001-01-01T12:00:00+01:00"
    private let words = "the clock must be wrong: it shows 1 Jan 2001, but this program was built "

    @Test(arguments: [
        ["done"], ["done", "--day", "yesterday"], ["skip"], ["snooze", "10min"], ["pause", "until", "2026-12-27"],
        ["resume"],
    ])
    func nothingIsRecordedInAYearInWhichThisProgramWasNotBuilt(command: [String]) throws {
        let home = try CommandLineHome(configuration: routine("morning", "08:00", window: "12h"))
        let result = try home.run(command, at: inTheYear2001)
        #expect(result.code == 65)
        #expect(result.out == "")
        #expect(result.err.hasPrefix("stretchd: not recorded: \(words)"))
        #expect(result.err.hasSuffix("; set it: timedatectl set-ntp true\n"))
        #expect(result.err.split(separator: "\n").count == 1)
        #expect(try home.records().isEmpty)
    }

    @Test func statusSaysWhatIsWrongWithTheClock() throws {
        let home = try CommandLineHome()
        let result = try home.run(["status"], at: inTheYear2001)
        #expect(result.code == 0)
        #expect(result.lines.contains { $0.hasPrefix(words) })
    }

    @Test func simulateSaysThatItsNowIsWrong() throws {
        let home = try CommandLineHome(configuration: routine("morning", "08:00"))
        let result = try home.run(["simulate"], at: inTheYear2001)
        #expect(result.code == 0)
        #expect(result.err.hasPrefix("stretchd: \(words)"))
        #expect(result.out.contains("Mon  1 Jan") || result.out.contains("Tue  2 Jan"))
        let later = try home.run(["simulate", "--from", "2026-11-23"], at: inTheYear2001)
        #expect(later.err == "")
    }

    /// Whether the kernel says that something keeps this machine's clock right: then it is the record that is wrong.
    private var isSynchronised: Bool { SystemClock.isSynchronised }

    @Test func aRecordDaysAheadIsReportedWithItsLine() throws {
        let home = try CommandLineHome.atNoon(routine("morning", "08:00", window: "12h"))
        _ = try home.run("done")
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: home.journal).first)
        let file = "\(home.journal)/\(name)"
        try home.write(String(contentsOfFile: file, encoding: .utf8) + lineOfTheFuture, to: file)

        let report = "\(file):2: its time, "
        let line = try #require(try home.run("status").lines.first { $0.contains(report) })
        let skip = try home.run("skip")
        if isSynchronised {
            #expect(line.hasPrefix(report))
            #expect(skip.code == 0)
        } else {
            #expect(line.hasPrefix("the clock must be wrong: it shows "))
            #expect(skip.code == 65)
            #expect(skip.err.contains(report))
        }
        #expect(try home.records().count == (isSynchronised ? 3 : 2))
    }
}
