import Foundation
import StretchSystem
import Testing

@MainActor
struct DirectoryWatchTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// What a watch reported, and the watch itself.
    @MainActor private final class Reports {
        var names: Set<String> = []
        var everything = 0
        var watch: DirectoryWatch?

        init(_ path: String) throws {
            watch = try DirectoryWatch(path) { [weak self] change in
                switch change {
                case .entries(let names): self?.names.formUnion(names)
                case .everything: self?.everything += 1
                }
            }
        }
    }

    @Test func entriesWrittenMovedAndRemovedAreReported() async throws {
        try scratch.write("old", to: "old")
        let reports = try Reports(scratch.path)
        try scratch.write("text", to: "new")
        try scratch.remove("old")
        try scratch.move("new", to: "moved")
        #expect(await eventually { reports.names == ["new", "old", "moved"] })
        #expect(reports.everything == 0)
    }

    @Test func aDirectoryCreatedLaterIsWatched() async throws {
        let reports = try Reports(scratch("a/b"))
        try scratch.makeDirectory("unrelated")
        try scratch.makeDirectory("a")
        try scratch.makeDirectory("a/b")
        #expect(await eventually { reports.everything > 0 })
        try scratch.write("text", to: "a/b/file")
        #expect(await eventually { reports.names == ["file"] })
    }

    @Test func aDirectoryReplacedIsWatchedAgain() async throws {
        try scratch.makeDirectory("a/b")
        let reports = try Reports(scratch("a/b"))
        try FileManager.default.removeItem(atPath: scratch("a"))
        #expect(await eventually { reports.everything == 1 })
        try scratch.makeDirectory("a/b")
        #expect(await eventually { reports.everything == 2 })
        try scratch.write("text", to: "a/b/file")
        #expect(await eventually { reports.names == ["file"] })
    }

    @Test func aDirectoryMovedAwayIsLeft() async throws {
        try scratch.makeDirectory("a")
        let reports = try Reports(scratch("a"))
        try scratch.move("a", to: "away")
        #expect(await eventually { reports.everything == 1 })
        try scratch.write("text", to: "away/elsewhere")
        try scratch.makeDirectory("a")
        #expect(await eventually { reports.everything == 2 })
        try scratch.write("text", to: "a/here")
        #expect(await eventually { reports.names.contains("here") })
        #expect(reports.names == ["here"])
    }

    @Test func moreThanTheKernelQueuesMeansEverything() async throws {
        let limit = try #require(
            Int(
                String(contentsOfFile: "/proc/sys/fs/inotify/max_queued_events", encoding: .utf8)
                    .trimmingCharacters(in: .whitespacesAndNewlines)))
        try scratch.write("text", to: "a")
        let reports = try Reports(scratch.path)
        // Not awaiting anything: nobody reads the queue meanwhile.
        for _ in 0...limit / 4 {
            try scratch.move("a", to: "b")
            try scratch.move("b", to: "a")
        }
        #expect(await eventually { reports.everything == 1 })
        reports.names = []
        try scratch.write("text", to: "after")
        #expect(await eventually { reports.names.contains("after") })
    }

    @Test func aReleasedWatchClosesItsDescriptor() async throws {
        let path = scratch.path
        func watchesInProcess() -> Int {
            let inode = String(
                (try? FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber]) as? Int ?? 0, radix: 16)
            let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fdinfo")) ?? []
            return descriptors.count {
                (try? String(contentsOfFile: "/proc/self/fdinfo/\($0)", encoding: .utf8))?
                    .contains("ino:\(inode) ") ?? false
            }
        }
        var reports: Reports? = try Reports(path)
        #expect(watchesInProcess() == 1)
        withExtendedLifetime(reports) {}
        reports = nil
        #expect(await eventually { watchesInProcess() == 0 })
    }
}
