import Foundation
import TestHome
import TestSupport
import Testing

/// `journal verify`.
struct JournalTests {
    private let record = #"{"v":1,"id":"1","ts":"2026-11-20T08:00:00Z","type":"done","routine":"morning"}"#

    @Test func aJournalWithoutFaultIsFine() throws {
        let home = try CommandLineHome()
        #expect(try home.run("journal", "verify").out == "\(home.journal): 0 files, 0 records, fine\n")
        try home.sync(record, "", record)
        let result = try home.run("journal", "verify")
        #expect(result.code == 0)
        #expect(result.err == "")
        #expect(result.out == "\(home.journal): 1 file, 1 record, fine\n")
    }

    @Test func everyQuarantinedLineIsNamedWithFileLineAndReason() throws {
        let home = try CommandLineHome()
        try home.sync("not json", record, "{}")
        try home.write(record + "\n" + record.prefix(30) + "\n", to: home.journal + "/phone.jsonl")
        let result = try home.run("journal", "verify")
        #expect(result.code == 65)
        #expect(result.err == "")
        #expect(
            result.out == """
                \(home.journal)/other.jsonl:1: not counted, not a JSON object; mend or delete the line
                \(home.journal)/other.jsonl:3: not counted, `v` is missing; mend or delete the line
                \(home.journal)/phone.jsonl:2: not counted, not JSON at byte 23: a string does not end; mend or delete the line
                \(home.journal): 2 files, 1 record, 3 lines do not count

                """)
    }

    @Test func whatElseDoesNotCountIsNamedToo() throws {
        let home = try CommandLineHome()
        try home.sync(record.replacing(#""v":1"#, with: #""v":2"#), record.replacing("2026-11-20", with: "2199-11-20"))
        try FileManager.default.createDirectory(atPath: home.journal + "/z.jsonl", withIntermediateDirectories: true)
        let result = try home.run("journal", "verify")
        #expect(result.code == 65)
        #expect(
            result.lines == [
                "\(home.journal)/other.jsonl:1: not counted, written in version 2 of the format; update stretchd",
                "\(home.journal)/other.jsonl:2: its time, 2199-11-20T08:00:00.000+00:00, is more than a day ahead; "
                    + "correct or delete the line",
                "\(home.journal)/z.jsonl: ignored, not a plain file; put the file itself there",
                "\(home.journal): 1 file, 1 record, not as it should be", "",
            ])
    }

    @Test func aLastLineWithoutItsNewlineIsNoFault() throws {
        let home = try CommandLineHome()
        try home.write(record + "\n" + record, to: home.journal + "/phone.jsonl")
        let result = try home.run("journal", "verify")
        #expect(result.code == 0)
        #expect(
            result.lines == [
                "\(home.journal)/phone.jsonl:2: not counted yet, the last line has no newline; it is being written, "
                    + "or was torn",
                "\(home.journal): 1 file, 1 record, fine", "",
            ])
    }

    @Test func itNeedsNoConfiguration() throws {
        let home = try CommandLineHome(configuration: "nonsense")
        #expect(try home.run("journal", "verify").code == 0)
    }

    @Test func jsonHasFileLineAndReason() throws {
        let home = try CommandLineHome()
        try home.sync(record, "not json")
        let verdict = try JSONSerialization.jsonObject(
            with: Data(try home.run("journal", "verify", "--json").out.utf8))
        let object = try #require(verdict as? [String: Any])
        #expect(object["fine"] as? Bool == false)
        #expect(object["files"] as? Int == 1)
        #expect(object["records"] as? Int == 1)
        #expect(object["quarantined"] as? Int == 1)
        let findings = try #require(object["findings"] as? [[String: Any]])
        #expect(findings.count == 1)
        #expect(findings[0]["file"] as? String == "\(home.journal)/other.jsonl")
        #expect(findings[0]["line"] as? Int == 2)
        #expect(findings[0]["quarantined"] as? Bool == true)
        #expect(findings[0]["reason"] as? String == "not counted, not a JSON object; mend or delete the line")
    }

    /// The disk that it lies on is not mounted, say.
    @Test(arguments: [["undo"], ["done"], ["skip"], ["history"], ["export"], ["status", "--json"], ["report"]])
    func whatDecidesFromTheJournalSaysThatItCannotBeRead(_ command: [String]) throws {
        let home = try CommandLineHome()
        try FileManager.default.removeItem(atPath: home.journal)
        try FileManager.default.createSymbolicLink(atPath: home.journal, withDestinationPath: "not-mounted")
        let said = "\(home.journal): cannot be read, No such file or directory; "
        #expect(try home.run(command).err.contains("stretchd: \(said)"))
    }

    @Test func statusAndVerifySayThatItCannotBeRead() throws {
        let home = try CommandLineHome()
        try FileManager.default.removeItem(atPath: home.journal)
        try FileManager.default.createSymbolicLink(atPath: home.journal, withDestinationPath: "not-mounted")
        let said = "\(home.journal): cannot be read, No such file or directory; "
        let status = try home.run("status")
        #expect(status.err == "")
        #expect(status.out.replacing(/\n +/, with: " ").contains(said))
        let verify = try home.run("journal", "verify")
        #expect(verify.code == 65)
        #expect(verify.out.hasPrefix(said))
    }
}
