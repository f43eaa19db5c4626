import Foundation
import StretchBase
import StretchCore
import Testing

@testable import StretchFiles

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

    /// `numbers`: the records of the file that takes the place of one with the first record.
    @Test(
        "a file replaced by a grown copy is read on, by another it is read again",
        arguments: [([1, 3], false, [3]), ([4, 3], true, [2, 3, 4])])
    func replacedByRename(numbers: [Int], isWhole: Bool, found: [Int]) throws {
        var reader = journal.reader
        try journal.write(Record.sample(1).text, to: "there.jsonl")
        try journal.write(Record.sample(2).text)
        _ = reader.read()
        try journal.write(numbers.map { Record.sample($0).text }.joined(), to: "new")
        try #require(rename(journal.path("new"), journal.path("there.jsonl")) == 0)
        let changes = reader.read()
        #expect(changes.isWhole == isWhole)
        #expect(changes.all == found.map { Record.sample($0) })
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

    /// `numbers`: the records that are in the file afterwards, in the place of 1 to 4.
    @Test(
        "a file edited in place is read again",
        arguments: [
            [5, 6, 7, 8], [5, 2, 3, 4], [1, 2, 3, 5], [5, 2, 3, 4, 6], [1, 5, 3, 4, 6], [1, 2, 5, 4, 6, 7], [5, 2, 3],
        ], [false, true])
    func editedInPlace(numbers: [Int], keepsTime: Bool) throws {
        var reader = journal.reader
        try journal.write((1...4).map { Record.sample($0).text }.joined())
        var times = [timeval(tv_sec: 1_000_000_000, tv_usec: 0), timeval(tv_sec: 1_000_000_000, tv_usec: 0)]
        try #require(utimes(journal.path(), &times) == 0)
        _ = reader.read()
        let handle = try FileHandle(forWritingTo: URL(filePath: journal.path()))
        let edited = numbers.map { Record.sample($0) }
        let text = Data(edited.map(\.text).joined().utf8)
        try handle.write(contentsOf: text)
        try handle.truncate(atOffset: UInt64(text.count))
        try handle.close()
        if keepsTime { try #require(utimes(journal.path(), &times) == 0) }
        // What is new is told at once; that more has changed, at the next reading if not at this one.
        let changes = reader.read()
        let whole = changes.isWhole ? changes : reader.read()
        #expect(whole.isWhole)
        #expect(whole.all == edited.sorted { $0.ts.instant < $1.ts.instant })
        for _ in 1...3 { #expect(reader.read().all == []) }
    }

    /// The time stamp of a file moves with the kernel's tick only.
    @Test func anEditRightAfterTheReadingIsSeen() throws {
        var reader = journal.reader
        for number in 1...9 {
            try journal.write("", to: "other.jsonl")
            let handle = try FileHandle(forWritingTo: URL(filePath: journal.path("other.jsonl")))
            try handle.write(contentsOf: Data(Record.sample(number).text.utf8))
            try handle.close()
            let changes = [reader.read(), reader.read()]
            #expect(changes.flatMap(\.all) == [.sample(number)])
        }
    }

    @Test func aFileWithALineTooLongIsReadOn() throws {
        var reader = journal.reader
        let long = String(repeating: "x", count: 3_000_000) + "\n"
        try journal.write(Record.sample(1).text + long + Record.sample(2).text)
        #expect(reader.read().all == [.sample(1), .sample(2)])
        try journal.extend(Record.sample(3).text)
        let changes = reader.read()
        #expect(!changes.isWhole)
        #expect(changes.all == [.sample(3)])
        #expect(reader.quarantined == 1)
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
