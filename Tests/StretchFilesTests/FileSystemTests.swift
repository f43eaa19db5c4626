import Foundation
import StretchBase
import StretchCore
import StretchFiles
import Testing

/// Journals on real file systems that are full, or may not be written.
@Suite(.enabled(if: canMount, "mounting a file system needs root: these tests did not run"))
struct FileSystemTests {
    let journal = TemporaryJournal()

    @Test func aFullDiskLeavesNoPartOfARecord() throws {
        try journal.mountSmallFileSystem(size: "64k")
        let long = String(repeating: "x", count: 700)
        var written = 0
        var failure: FileError?
        while failure == nil, written < 1000 {
            do throws(FileError) {
                try journal.file.append([.sample(written, note: long)])
                written += 1
            } catch {
                failure = error
            }
        }
        // A page is filled half by the record that does not fit: that part is taken back.
        #expect(failure == .cutShort(journal.path(), torn: false))
        let content = journal.content
        #expect(content.all.count == written)
        #expect(content.news == [])
        #expect(try journal.bytes().last == UInt8(ascii: "\n"))
    }

    @Test func aDiskWithRoomAgainTakesTheSameRecords() throws {
        try journal.mountSmallFileSystem(size: "64k")
        try journal.create()
        let long = String(repeating: "x", count: 70_000)
        #expect(throws: FileError.cutShort(journal.path(), torn: false)) {
            try journal.file.append([.sample(1, note: long)])
        }
        try journal.file.append([.sample(1)])
        #expect(journal.content.all == [.sample(1)])
    }

    @Test func aReadOnlyFileSystemIsReported() throws {
        try journal.mountSmallFileSystem(size: "64k")
        try journal.file.append([.sample(1)])
        try journal.remount(readOnly: true)
        let error = #expect(throws: FileError.self) { try journal.file.append([.sample(2)]) }
        #expect(error == .failed(.open, on: journal.path(), errno: EROFS))
        #expect(journal.content.all == [.sample(1)])
        try journal.remount(readOnly: false)
        try journal.file.append([.sample(2)])
        #expect(journal.content.all == [.sample(1), .sample(2)])
    }

    @Test func aDirectoryThatCannotBeCreatedIsReported() throws {
        try journal.mountSmallFileSystem(size: "64k")
        try journal.remount(readOnly: true)
        #expect(throws: FileError.failed(.createDirectory, on: journal.path(), errno: EROFS)) {
            try journal.file.append([.sample(1)])
        }
    }
}

/// In CI the tests run and fail where mounting is impossible; elsewhere they say that they did not run.
private let canMount: Bool = {
    if ProcessInfo.processInfo.environment["CI"] == "true" { return true }
    let place = NSTemporaryDirectory() + "stretchd-mount-" + UUID().uuidString
    guard mkdir(place, 0o700) == 0 else { return false }
    defer { rmdir(place) }
    guard mount("tmpfs", place, "tmpfs", 0, "size=4k") == 0 else { return false }
    return umount(place) == 0
}()
