import Foundation
import TestSupport
import Testing

/// What tools that sync, and people who help them, do to the files under a running daemon.
struct SyncedFilesTests {
    @Test func ofAHalfCopiedFileTheWholeLinesCountAndTheRestWhenItComes() async throws {
        try await withPrompt { machine, desktop, _, _ in
            let answer = machine.line("done", of: try await machine.dueOccurrence())
            let text = machine.line("snooze", of: "evening@2026-11-20T20:00") + "\n" + answer
            let middle = text.index(text.endIndex, offsetBy: -20)

            // As `cp` and `rsync --inplace` do it: under its name from the beginning.
            let copy = try machine.create("phone.jsonl")
            try copy.write(contentsOf: Data(text[..<middle].utf8))
            #expect(try await machine.stretchd("reload").status == 0)
            #expect(try await machine.status().due?.state == "prompted")
            #expect(try await machine.complaints() == [])
            try copy.write(contentsOf: Data((text[middle...] + "\n").utf8))
            try copy.close()
            #expect(try await desktop.settles(at: 0) == 0)
            #expect(try await machine.status().today == "done")
        }
    }

    /// Copied over itself in place, a file is empty for a moment, whenever the daemon looks.
    @Test func aFileCopiedOverItselfSaysTheSameAsBefore() async throws {
        try await withPrompt { machine, desktop, _, _ in
            let answer = machine.line("done", of: try await machine.dueOccurrence()) + "\n"
            try machine.receive(String(answer.dropLast()), as: "phone")
            #expect(try await desktop.settles(at: 0) == 0)

            let copy = try machine.create("phone.jsonl")
            #expect(try await machine.stretchd("reload").status == 0)
            try copy.write(contentsOf: Data(answer.utf8))
            try copy.close()
            try await machine.daemon("the answer counts again") { $0.due.isEmpty && $0.posted.isEmpty }
            #expect(try await desktop.settles(at: 0) == 0)
            #expect(try await machine.complaints() == [])
        }
    }

    @Test func aFileReplacedByRenameIsReadAnew() async throws {
        try await withPrompt { machine, desktop, _, _ in
            let occurrence = try await machine.dueOccurrence()
            try machine.receive(machine.line("prompted", of: occurrence), as: "phone")
            let answer = machine.line("done", of: occurrence)
            try machine.receive(machine.line("prompted", of: occurrence) + "\n" + answer, as: "phone")
            #expect(try await desktop.settles(at: 0) == 0)
            // The answer was taken back there.
            try machine.receive(machine.line("prompted", of: occurrence), as: "phone")
            try await machine.daemon("it is due again") { !$0.due.isEmpty }
            #expect(try await machine.complaints() == [])
        }
    }

    @Test(
        "what tools keep for themselves does not count",
        arguments: [
            ".syncthing.phone.jsonl.tmp", "~syncthing~phone.jsonl.tmp", ".stversions/phone~20261123-073124.jsonl",
            ".stfolder/syncthing-folder-1a2b3c.jsonl", ".phone.jsonl.Xy12Ab", ".phone.jsonl", "phone.jsonl.part",
        ])
    func filesOfTools(name: String) async throws {
        try await withMachine { machine in
            try machine.configureDue()
            let daemon = try await machine.start()
            let occurrence = try await machine.dueOccurrence()
            let file = machine.journal.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try (machine.line("done", of: occurrence) + "\n").write(to: file, atomically: false, encoding: .utf8)
            #expect(try await machine.stretchd("reload").status == 0)
            #expect(try await machine.dueOccurrence() == occurrence)
            #expect(try await machine.status().due != nil)
            #expect(try await machine.complaints() == [])
            await daemon.end()
        }
    }

    @Test(
        "copies of tools in conflict count",
        arguments: [
            "phone.sync-conflict-20261123-073124-ABCDEFG.jsonl", "phone (conflicted copy 2026-11-23 073124).jsonl",
            "phone (Sam's conflicted copy 2026-11-23).jsonl",
        ])
    func copiesInConflict(name: String) async throws {
        try await withMachine { machine in
            try machine.configureDue()
            let daemon = try await machine.start()
            let occurrence = try await machine.dueOccurrence()
            let file = machine.journal.appending(path: name)
            try (machine.line("done", of: occurrence) + "\n").write(to: file, atomically: false, encoding: .utf8)
            try await machine.daemon("it counts") { $0.due.isEmpty }
            #expect(try await machine.status().today == "done")
            await daemon.end()
        }
    }

    /// Between its last look at the name and the end of its writing, an answer may have gone to a file that has no name
    /// any more; only then would a person be told of an answer that is nowhere.
    @Test func anAnswerWrittenToAFileThatWasReplacedMeanwhileIsWrittenAgain() async throws {
        try await withMachine { machine in
            #expect(try await machine.stretchd("done", "--day", "yesterday").status == 0)
            let file = try #require(try machine.ownFile())
            let before = try Data(contentsOf: file)
            let trap = Trap(at: "fdatasync", directory: machine.bus.directory.path)
            let done = try machine.launch(trap.command + [builtProgram("stretchd"), "done"])
            try await trap.whileStopped {
                #expect(try machine.records().map(\.type) == ["done", "done"])
                let other = machine.journal.appending(path: ".syncthing.tmp")
                try before.write(to: other)
                try #require(rename(other.path, file.path) == 0)
            }
            #expect(try await done.finish() == 0)
            #expect(try machine.records().map(\.type) == ["done", "done"])
        }
    }
}

extension Machine {
    /// A record of another machine, made now.
    fileprivate func line(_ type: String, of occurrence: String) -> String {
        let now = Date.now.formatted(.iso8601)
        return #"{"v":1,"id":"\#(type) \#(occurrence)","ts":"\#(now)","type":"\#(type)","occ":"\#(occurrence)","#
            + #""until":"\#(now)","closes":"\#(now)"}"#
    }

    /// An empty file in the journal, to be written to.
    fileprivate func create(_ name: String) throws -> FileHandle {
        let file = journal.appending(path: name)
        try Data().write(to: file)
        return try FileHandle(forWritingTo: file)
    }

    /// What `status` says of the journal's files.
    fileprivate func complaints() async throws -> [String] {
        try await stretchd("status").output.split(separator: "\n").map(String.init)
            .filter { $0.contains(journal.path) }
    }
}
