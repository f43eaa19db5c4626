import Foundation
import StretchCore
import StretchJournal
import Testing

/// A reader that stays, as the daemon has it.
@Suite struct JournalFollowingTests {
    let journal = TemporaryJournal()

    @Test func onlyWhatIsNewIsRead() throws {
        var reader = journal.reader
        #expect(reader.read().all == [])
        try journal.file.append([.sample(1)])
        #expect(reader.read().all == [.sample(1)])
        #expect(reader.read().all == [])
        try journal.file.append([.sample(2), .sample(3)])
        try journal.write(Record.sample(4).text, to: "there.jsonl")
        let changes = reader.read()
        #expect(changes.all == [.sample(2), .sample(3), .sample(4)])
        #expect(!changes.isWhole)
    }

    @Test func aLineIsReadWhenItIsComplete() throws {
        var reader = journal.reader
        let text = Record.sample(1).text
        try journal.write("")
        for character in text {
            #expect(reader.read().all == [])
            try journal.extend(String(character))
        }
        let changes = reader.read()
        #expect(changes.all == [.sample(1)])
        #expect(!changes.isWhole)
        #expect(reader.reports == [])
    }

    @Test func aShortWriteThatIsTakenBackIsNoLoss() throws {
        var reader = journal.reader
        try journal.write(Record.sample(1).text + #"{"v":1,"#)
        _ = reader.read()
        try #require(truncate(journal.path(), off_t(Record.sample(1).text.utf8.count)) == 0)
        let changes = reader.read()
        #expect(changes.all == [])
        #expect(!changes.isWhole)
        #expect(changes.news == [])
    }

    @Test func aFileReplacedByRenameIsReadAgain() throws {
        var reader = journal.reader
        try journal.write(Record.sample(1).text, to: "there.jsonl")
        try journal.write(Record.sample(2).text)
        _ = reader.read()
        try journal.write(Record.sample(1).text + Record.sample(3).text, to: "new")
        try #require(rename(journal.path("new"), journal.path("there.jsonl")) == 0)
        let changes = reader.read()
        #expect(changes.isWhole)
        #expect(changes.all == [.sample(1), .sample(2), .sample(3)])
        #expect(changes.news == [])
        #expect(!reader.read().isWhole)
    }

    @Test func anotherMachinesFileMayVanish() throws {
        var reader = journal.reader
        try journal.write(Record.sample(1).text, to: "there.jsonl")
        try journal.write(Record.sample(2).text)
        _ = reader.read()
        try FileManager.default.removeItem(atPath: journal.path("there.jsonl"))
        let changes = reader.read()
        #expect(changes.isWhole)
        #expect(changes.all == [.sample(2)])
        #expect(changes.news == [])
    }

    @Test func theOwnFileGoneIsReportedOnceAndRemembered() throws {
        var reader = journal.reader
        try journal.write(Record.sample(1).text, to: "there.jsonl")
        try journal.write(Record.sample(2).text)
        _ = reader.read()
        try FileManager.default.removeItem(atPath: journal.path())
        let changes = reader.read()
        let report = JournalReport(path: journal.path(), matter: .missing)
        #expect(changes.all == [.sample(1)])
        #expect(changes.isWhole)
        #expect(changes.news == [report])
        #expect(reader.read().news == [])
        #expect(reader.reports == [report])
    }

    @Test func theOwnFileCutShortIsReported() throws {
        var reader = journal.reader
        try journal.write(Record.sample(1).text + Record.sample(2).text)
        _ = reader.read()
        try #require(truncate(journal.path(), off_t(Record.sample(1).text.utf8.count)) == 0)
        let changes = reader.read()
        #expect(changes.isWhole)
        #expect(changes.all == [.sample(1)])
        #expect(changes.news == [JournalReport(path: journal.path(), matter: .shorter)])
    }

    @Test("a file edited in place is read again", arguments: [2, 3])
    func editedInPlace(lines: Int) throws {
        var reader = journal.reader
        try journal.write(Record.sample(1).text + Record.sample(2).text)
        // The time stamp of a file moves with the kernel's tick, which an edit by hand does not outrun.
        var times = [timeval(tv_sec: 1_000_000_000, tv_usec: 0), timeval(tv_sec: 1_000_000_000, tv_usec: 0)]
        try #require(utimes(journal.path(), &times) == 0)
        _ = reader.read()
        let handle = try FileHandle(forWritingTo: URL(filePath: journal.path()))
        let edited = (5..<(5 + lines)).map { Record.sample($0) }
        try handle.write(contentsOf: Data(edited.map(\.text).joined().utf8))
        try handle.close()
        let changes = reader.read()
        #expect(changes.isWhole)
        #expect(changes.all == edited)
    }

    @Test func aMendedLineLeavesTheQuarantine() throws {
        var reader = journal.reader
        try journal.write("garbage\n" + Record.sample(1).text)
        #expect(reader.read().news.count == 1)
        #expect(reader.quarantined == 1)
        #expect(reader.read().news == [])
        try journal.write(Record.sample(2).text + Record.sample(1).text, to: "new")
        try #require(rename(journal.path("new"), journal.path()) == 0)
        #expect(reader.read().all == [.sample(1), .sample(2)])
        #expect(reader.reports == [])
        #expect(reader.quarantined == 0)
    }
}
