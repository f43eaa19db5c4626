import Foundation
import StretchBase
import StretchCore
import StretchFiles
import TestSupport
import Testing

/// A journal in a directory of its own, which goes away with it.
final class TemporaryJournal {
    /// Its parents exist, the directory itself does not.
    let directory: String
    private let root: String
    private var mounted = false

    init() {
        root = NSTemporaryDirectory() + "stretchd-journal-" + UUID().uuidString
        directory = root + "/share/stretchd/journal"
    }

    deinit {
        if mounted { _ = umount2(root, CInt(MNT_DETACH)) }
        do {
            try FileManager.default.removeItem(atPath: root)
        } catch CocoaError.fileNoSuchFile {
        } catch {
            Issue.record("cannot remove \(root): \(error)")
        }
    }

    var file: JournalFile { JournalFile(directory: directory, host: "here") }
    var reader: JournalDirectory { JournalDirectory(path: directory, host: "here") }

    /// Everything that a new reader finds.
    var content: JournalDirectory.Changes {
        var reader = reader
        return reader.read()
    }

    func path(_ name: String = "here.jsonl") -> String { "\(directory)/\(name)" }

    func create() throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    }

    func write(_ bytes: [UInt8], to name: String = "here.jsonl") throws {
        try create()
        try Data(bytes).write(to: URL(filePath: path(name)))
    }

    func write(_ text: String, to name: String = "here.jsonl") throws { try write(Array(text.utf8), to: name) }

    func extend(_ text: String, _ name: String = "here.jsonl") throws {
        let handle = try FileHandle(forWritingTo: URL(filePath: path(name)))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
    }

    func bytes(of name: String = "here.jsonl") throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path(name))))
    }

    func text(of name: String = "here.jsonl") throws -> String { String(decoding: try bytes(of: name), as: UTF8.self) }

    /// Puts a small file system of its own under the directory.
    func mountSmallFileSystem(size: String) throws {
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        try #require(mount("tmpfs", root, "tmpfs", 0, "size=\(size)") == 0, "mounting needs root, these tests need it")
        mounted = true
    }

    func remount(readOnly: Bool) throws {
        let flags = UInt(MS_REMOUNT) | (readOnly ? UInt(MS_RDONLY) : 0)
        try #require(mount("tmpfs", root, "tmpfs", flags, nil) == 0, "remounting needs root")
    }
}

extension JournalDirectory.Changes {
    /// What was read, in order of time.
    var all: [Record] { (whole.map { Array($0.all) } ?? records).sorted { $0.ts.instant < $1.ts.instant } }
    var isWhole: Bool { whole != nil }
}

extension Record {
    static func sample(_ number: Int, note: String? = nil) -> Record {
        let time = Timestamp(Instant(seconds: 1_795_415_484 + Int64(number)), offset: 3600)
        var record = Record(
            id: RecordID("id-\(number)"), ts: time, kind: .done, subject: .occurrence(.morning("2026-11-23T07:30")))
        record.note = note
        return record
    }

    var text: String { String(decoding: line, as: UTF8.self) + "\n" }
}
