import StretchBase
import StretchCore
import StretchFiles
import Testing

/// What the journal knows of the clock that wrote it.
struct RecordAheadTests {
    let journal = TemporaryJournal()
    private let now = Instant(seconds: 1_795_415_484)

    /// The sample records are a second apart.
    private func record(_ seconds: Int) -> String { Record.sample(seconds).text }

    @Test func theNewestRecordIsThisMachinesOwn() throws {
        var reader = journal.reader
        #expect(reader.newestOwnRecord == nil)
        try journal.write(record(5) + record(9) + record(7))
        try journal.write(record(100), to: "there.jsonl")
        _ = reader.read()
        #expect(reader.newestOwnRecord == now + .seconds(9))
        try journal.extend(record(11))
        _ = reader.read()
        #expect(reader.newestOwnRecord == now + .seconds(11))
        // The line from the future is deleted by hand.
        try journal.write(record(5))
        _ = reader.read()
        #expect(reader.newestOwnRecord == now + .seconds(5))
    }

    /// An answer to what another machine, days ahead, recorded: its time is later than any clock here ever showed.
    @Test func anAnswerThatOutranksAFasterClockSaysNothingOfThisClock() throws {
        var reader = journal.reader
        var ids = RecordIDs(seed: 1)
        var answer = Record.sample(9 + 3 * 86_400)
        answer = Record(id: ids.next(at: now + .seconds(9)), ts: answer.ts, kind: .done, subject: answer.subject)
        try journal.write(record(5) + answer.text)
        _ = reader.read()
        #expect(reader.newestOwnRecord == now + .seconds(9))
    }

    @Test func theNewestRecordFromTheFutureIsReportedOfEachFile() throws {
        var reader = journal.reader
        try journal.write("garbage\n" + record(20) + record(30) + record(25))
        try journal.write(record(40), to: "there.jsonl")
        try journal.write(record(3), to: "third.jsonl")
        _ = reader.read()
        let reports = reader.reports(ahead: now + .seconds(10))
        #expect(reports.map(\.path) == [journal.path(), journal.path("there.jsonl")])
        #expect(reports.map(\.line) == [3, 1])
        #expect(
            reports.first?.description
                == "\(journal.path()):3: its time, \(Record.sample(30).ts), is more than a day ahead; correct or delete the line"
        )
        #expect(reader.reports(ahead: now + .seconds(40)).isEmpty)
        // They count: nothing else is wrong with them.
        #expect(reader.quarantined == 1)
    }
}
