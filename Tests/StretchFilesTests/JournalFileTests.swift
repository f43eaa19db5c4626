import Foundation
import StretchBase
import StretchCore
import StretchFiles
import TestSupport
import Testing

@Suite struct JournalFileTests {
    let journal = TemporaryJournal()

    @Test func theFirstAppendCreatesDirectoryAndFileForThisUserAlone() throws {
        #expect(try journal.file.tryAppend([.sample(1)]))
        #expect(try journal.text() == Record.sample(1).text)
        #expect(try mode(journal.path()) == 0o600)
        #expect(try mode(journal.directory) == 0o700)
        #expect(try mode(URL(filePath: journal.directory).deletingLastPathComponent().path) == 0o700)
    }

    @Test func recordsAreAppendedLineByLine() throws {
        try journal.file.append([.sample(1), .sample(2)])
        try journal.file.append([.sample(3)])
        #expect(try journal.text() == (1...3).map { Record.sample($0).text }.joined())
    }

    @Test func noRecordsMakeNoFile() throws {
        #expect(try journal.file.tryAppend([]))
        #expect(!FileManager.default.fileExists(atPath: journal.directory))
    }

    @Test func aTornTailStaysAndTakesNothingWithIt() throws {
        try journal.write(#"{"v":1,"id"#)
        try journal.file.append([.sample(1)])
        #expect(try journal.text() == "{\"v\":1,\"id\n" + Record.sample(1).text)
    }

    @Test func aSymbolicLinkInItsPlaceIsRefused() throws {
        try journal.create()
        let target = journal.directory + "/target"
        try "".write(toFile: target, atomically: true, encoding: .utf8)
        try FileManager.default.createSymbolicLink(atPath: journal.path(), withDestinationPath: target)
        let error = #expect(throws: FileError.self) { try journal.file.append([.sample(1)]) }
        #expect(error == .failed(.open, on: journal.path(), errno: ELOOP))
        #expect(error?.description.contains("symbolic link") == true)
        #expect(try String(contentsOfFile: target, encoding: .utf8) == "")
    }

    @Test func aPipeInItsPlaceIsRefusedWithoutWaiting() throws {
        try journal.create()
        try #require(mkfifo(journal.path(), 0o600) == 0)
        #expect(throws: FileError.notAFile(journal.path())) { try journal.file.tryAppend([.sample(1)]) }
    }

    @Test func aDirectoryInItsPlaceIsRefused() throws {
        try FileManager.default.createDirectory(atPath: journal.path(), withIntermediateDirectories: true)
        #expect(throws: FileError.failed(.open, on: journal.path(), errno: EISDIR)) {
            try journal.file.tryAppend([.sample(1)])
        }
    }

    @Test func aFileInPlaceOfTheDirectoryIsRefused() throws {
        let parent = URL(filePath: journal.directory).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        try Data().write(to: URL(filePath: journal.directory))
        #expect(throws: FileError.failed(.open, on: journal.path(), errno: ENOTDIR)) {
            try journal.file.tryAppend([.sample(1)])
        }
    }

    @Test func anErrorIsOneLineWithWhatWhereWhyAndWhatToDo() {
        #expect(
            FileError.failed(.write, on: "/j/x.jsonl", errno: ENOSPC).description
                == "cannot write /j/x.jsonl: No space left on device; make room on its file system")
    }

    private func mode(_ path: String) throws -> mode_t {
        var status = stat()
        try #require(stat(path, &status) == 0)
        return status.st_mode & 0o7777
    }
}

/// Several programs at one file.
@Suite struct JournalLockTests {
    let journal = TemporaryJournal()

    @Test func aLockHeldElsewhereIsBusyAndAfterThePatienceAnError() async throws {
        try journal.file.append([.sample(1)])
        let holder = try await lockInAnotherProcess()
        #expect(try !journal.file.tryAppend([.sample(2)]))
        let error = #expect(throws: FileError.self) {
            try journal.file.append([.sample(2)], patience: .milliseconds(60))
        }
        #expect(error == .journalLocked(journal.path()))
        #expect(try journal.text() == Record.sample(1).text)
        holder.send("let go")
        #expect(try await holder.finish() == 0)
    }

    @Test func aCommandWaitsForTheLock() async throws {
        try journal.file.append([.sample(1)])
        let holder = try await lockInAnotherProcess()
        let file = journal.file
        let append = Task.detached { try file.append([.sample(2)], patience: .seconds(60)) }
        holder.send("let go")
        try await append.value
        #expect(journal.content.all == [.sample(1), .sample(2)])
        #expect(try await holder.finish() == 0)
    }

    @Test func processesThatAppendAtOnceLoseNothing() async throws {
        try journal.create()
        // Another program, which knows nothing but the format and the lock.
        let other = try Subprocess(
            [
                "python3", "-c",
                """
                import fcntl, json, os, sys
                for i in range(200):
                    f = os.open(sys.argv[1], os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
                    fcntl.flock(f, fcntl.LOCK_EX)
                    record = {"v": 1, "id": f"other-{i}", "ts": "2026-11-23T07:31:24Z", "type": "done", "note": "x" * i}
                    os.write(f, (json.dumps(record) + "\\n").encode())
                    os.close(f)
                """, journal.path(),
            ], environment: ["PATH": "/usr/bin:/bin"])
        let file = journal.file
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<2 {
                group.addTask {
                    for number in 0..<100 {
                        try file.append([.sample(writer * 1000 + number)], patience: .seconds(60))
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await other.finish() == 0)
        let content = journal.content
        #expect(content.news == [])
        #expect(content.all.count == 400)
        #expect(Set(content.all.map(\.id)).count == 400)
    }

    @Test func aFileReplacedWhileWaitingForTheLockIsNotWrittenTo() async throws {
        try journal.file.append([.sample(1)])
        let holder = try await lockInAnotherProcess()
        try journal.write(Record.sample(5).text, to: "new")
        try FileManager.default.moveItem(atPath: journal.path(), toPath: journal.path("old"))
        try FileManager.default.moveItem(atPath: journal.path("new"), toPath: journal.path())
        try journal.file.append([.sample(2)])
        #expect(try journal.text() == Record.sample(5).text + Record.sample(2).text)
        #expect(try journal.text(of: "old") == Record.sample(1).text)
        holder.send("let go")
        #expect(try await holder.finish() == 0)
    }

    /// A sync tool that finds a conflict again and again: the file goes on under another name, a copy takes its place.
    @Test func aFileReplacedAgainAndAgainLosesNothing() async throws {
        try journal.file.append([.sample(0)])
        let tool = try Subprocess(
            [
                "python3", "-c",
                """
                import os, shutil, sys, time
                path = sys.argv[1]
                print("begins", flush=True)
                for number in range(60):
                    os.link(path, f"{path[:-6]}.sync-conflict-{number}.jsonl")
                    shutil.copyfile(path, path + ".tmp")
                    os.rename(path + ".tmp", path)
                    time.sleep(0.002)
                """, journal.path(),
            ], environment: ["PATH": "/usr/bin:/bin"])
        try await tool.line("begins")
        var (reader, ids) = (journal.reader, Set<Record.ID>())
        for number in 1...100 {
            try journal.file.append([.sample(number)])
            let changes = reader.read()
            ids = (changes.isWhole ? [] : ids).union(changes.all.map(\.id))
        }
        #expect(try await tool.finish() == 0)
        let changes = reader.read()
        ids = (changes.isWhole ? [] : ids).union(changes.all.map(\.id))
        #expect(ids.count == 101)
        #expect(Set(journal.content.all.map(\.id)) == ids)
    }

    /// Holds the lock until it is sent a line.
    private func lockInAnotherProcess() async throws -> Subprocess {
        let holder = try Subprocess(
            ["flock", journal.path(), "sh", "-c", "echo locked; read -r line"],
            environment: ["PATH": "/usr/bin:/bin"])
        try await holder.line("locked")
        return holder
    }
}
