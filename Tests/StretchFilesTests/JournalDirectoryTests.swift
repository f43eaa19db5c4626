import Foundation
import StretchBase
import StretchCore
import Testing

@testable import StretchFiles

@Suite struct JournalDirectoryTests {
    let journal = TemporaryJournal()
    static let garbage = JournalReport.Matter.quarantined("not a JSON object")

    @Test func noDirectoryIsAnEmptyJournal() {
        let content = journal.content
        #expect(content.all == [])
        #expect(content.isWhole)
        #expect(content.news == [])
    }

    @Test func aReportIsOneLineWhateverTheFileIsCalled() throws {
        try journal.write("garbage\n", to: "a\u{1B}[31m\nb.jsonl")
        let report = try #require(journal.content.news.first)
        #expect("\(report)".contains("a\u{FFFD}[31m\u{FFFD}b.jsonl:1: not counted"))
    }

    @Test func allMachinesFilesAndConflictCopiesAreRead() throws {
        try journal.write(Record.sample(1).text)
        try journal.write(Record.sample(2).text, to: "there.jsonl")
        try journal.write(Record.sample(3).text, to: "here.sync-conflict-20261123.jsonl")
        try journal.write("garbage\n", to: ".here.jsonl.swp.jsonl")
        try journal.write("garbage\n", to: "here.jsonl.bak")
        let content = journal.content
        #expect(Set(content.all) == [.sample(1), .sample(2), .sample(3)])
        #expect(content.news == [])
    }

    /// It has no id, and so no file of its own.
    @Test func aMachineWithoutANameReadsWhatOthersWrote() throws {
        try journal.write(Record.sample(1).text)
        var reader = JournalDirectory(path: journal.directory, host: nil)
        #expect(reader.read().all == [.sample(1)])
        #expect(reader.newestOwnRecord == nil)
        #expect(reader.ownRecords() == [])
        try FileManager.default.removeItem(atPath: journal.path())
        #expect(reader.read().all == [])
        #expect(reader.incidents == [])
    }

    @Test func aFileCutAtAnyByteLosesNoCompleteLine() throws {
        let bytes = Array((1...3).map { Record.sample($0, note: "Rücken").text }.joined().utf8)
        for length in 0...bytes.count {
            try journal.write(Array(bytes.prefix(length)))
            let content = journal.content
            #expect(content.all.count == bytes.prefix(length).count { $0 == UInt8(ascii: "\n") })
            #expect(content.news == [], "an unterminated line is in progress, not quarantined")
        }
    }

    @Test func aFileCutAtAnyByteGoesOnWithTheNextRecord() throws {
        let bytes = Array((1...2).map { Record.sample($0).text }.joined().utf8)
        for length in 0...bytes.count {
            try journal.write(Array(bytes.prefix(length)))
            try journal.file.append([.sample(7)])
            let content = journal.content
            // A line that lacks nothing but its newline is complete as soon as the next one begins.
            let complete = bytes.prefix(length + 1).count { $0 == UInt8(ascii: "\n") }
            #expect(content.all.count == complete + 1)
            #expect(content.all.last == .sample(7))
            let isTorn = length > 0 && bytes[length - 1] != 10 && (length == bytes.count || bytes[length] != 10)
            #expect(content.news.count == (isTorn ? 1 : 0))
        }
    }

    @Test func zeroBytesAfterACrashAreQuarantined() throws {
        try journal.write(Array(Record.sample(1).text.utf8) + [UInt8](repeating: 0, count: 4000))
        #expect(journal.content.all == [.sample(1)])
        #expect(journal.content.news == [])
        try journal.file.append([.sample(2)])
        #expect(journal.content.all == [.sample(1), .sample(2)])
        #expect(journal.content.news == [JournalReport(path: journal.path(), line: 2, matter: Self.garbage)])
    }

    @Test func aFileMayBeEditedByHand() throws {
        try journal.write(
            "\u{FEFF}\r\n\n" + Record.sample(1).text.replacing("\n", with: "\r\n") + "  \n# my notes\n[]\n{}\n\n"
                + Record.sample(2).text + #"{"v":9}"# + "\n")
        let content = journal.content
        #expect(content.all == [.sample(1), .sample(2)])
        #expect(
            content.news == [
                JournalReport(path: journal.path(), line: 5, matter: Self.garbage),
                JournalReport(path: journal.path(), line: 6, matter: Self.garbage),
                JournalReport(path: journal.path(), line: 7, matter: .quarantined("`v` is missing")),
                JournalReport(path: journal.path(), line: 10, matter: .newer(9)),
            ])
        #expect(content.news[0].description.hasPrefix("\(journal.path()):5: not counted, not a JSON object"))
    }

    @Test func aRecordFromTheFutureIsRead() throws {
        var future = Record.sample(1)
        future = Record(
            id: "f", ts: Timestamp(future.ts.instant + .days(40_000), offset: 0), kind: .done, subject: .all)
        try journal.write(future.text)
        #expect(journal.content.all == [future])
    }

    @Test("lines as long as they like are read up to a megabyte", arguments: [100_000, 131_072, 1_000_000])
    func longLines(length: Int) throws {
        let long = Record.sample(1, note: String(repeating: "x", count: length))
        try journal.write(long.text + Record.sample(2).text)
        #expect(journal.content.all == [long, .sample(2)])
    }

    @Test("longer lines are quarantined", arguments: [1 << 20, 3_000_000])
    func overlongLines(length: Int) throws {
        let long = Record.sample(1, note: String(repeating: "x", count: length))
        try journal.write(Record.sample(0).text + long.text + Record.sample(2).text)
        #expect(journal.content.all == [.sample(0), .sample(2)])
        #expect(
            journal.content.news
                == [JournalReport(path: journal.path(), line: 2, matter: .quarantined("longer than a megabyte"))])
    }

    @Test func whatIsNoFileIsReportedAndDoesNotHang() throws {
        try journal.write(Record.sample(1).text)
        try FileManager.default.createDirectory(atPath: journal.path("a.jsonl"), withIntermediateDirectories: true)
        try #require(mkfifo(journal.path("b.jsonl"), 0o600) == 0)
        try FileManager.default.createSymbolicLink(atPath: journal.path("c.jsonl"), withDestinationPath: "here.jsonl")
        let content = journal.content
        #expect(content.all == [.sample(1)])
        #expect(
            content.news == ["a", "b", "c"].map { JournalReport(path: journal.path("\($0).jsonl"), matter: .notAFile) })
    }

    @Test func aDirectoryThatIsAFileIsReported() throws {
        try journal.write("", to: "x")
        var reader = JournalDirectory(path: journal.path("x"), host: "here")
        #expect(reader.read().news == [JournalReport(path: journal.path("x"), matter: .unreadable(ENOTDIR))])
    }

    /// The kernel takes names as bytes.
    @Test func namesNeedNotBeUTF8() throws {
        try journal.create()
        let latin1 = Array(journal.directory.utf8) + Array("/Konflikt-B".utf8) + [0xFC] + Array("ro.jsonl".utf8) + [0]
        let descriptor = open(latin1.map { CChar(bitPattern: $0) }, O_WRONLY | O_CREAT, 0o600)
        try #require(descriptor >= 0)
        let lines = Array((Record.sample(1).text + "garbage\n").utf8)
        try #require(write(descriptor, lines, lines.count) == lines.count)
        try #require(close(descriptor) == 0)
        var reader = journal.reader
        #expect(reader.read().all == [.sample(1)])
        #expect(reader.quarantined == 1)
        #expect(reader.reports.map(\.path) == [journal.path("Konflikt-B\u{FFFD}ro.jsonl")])
    }

    /// For Swift these two names are one.
    @Test func namesMayDifferInTheirNormalFormOnly() throws {
        try journal.write(Record.sample(1).text, to: "Bu\u{308}ro.jsonl")
        try journal.write(Record.sample(2).text, to: "B\u{FC}ro.jsonl")
        var reader = journal.reader
        #expect(reader.read().all == [.sample(1), .sample(2)])
        #expect(reader.fileCount == 2)
    }

    @Test(arguments: ["journal", "stretchd", "share"])
    func aLinkThatLeadsNowhereIsNoEmptyJournal(_ name: String) throws {
        try journal.create()
        let names = journal.directory.split(separator: "/")
        let path = "/" + names[...(names.lastIndex { $0 == name } ?? 0)].joined(separator: "/")
        try FileManager.default.removeItem(atPath: path)
        try #require(symlink("not-mounted", path) == 0)
        var reader = journal.reader
        #expect(reader.read().news == [JournalReport(path: journal.directory, matter: .unreadable(ENOENT))])
        try #require(unlink(path) == 0)
        #expect(reader.read().all == [])
        #expect(reader.reports == [])
    }

    @Test func linksInACircleAreNoEmptyJournal() throws {
        try journal.create()
        try FileManager.default.removeItem(atPath: journal.directory)
        try #require(symlink("journal", journal.directory) == 0)
        var reader = journal.reader
        #expect(reader.read().news == [JournalReport(path: journal.directory, matter: .unreadable(ELOOP))])
    }
}
