import Foundation
import StretchFiles
import TestSupport
import Testing

/// What a watch tells of what paths mean, and what it does not tell.
@MainActor
struct PathWatchTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// A watch, and how often it called.
    @MainActor private final class Calls {
        var count = 0
        private(set) var watch: PathWatch?

        init(_ path: String, _ matter: PathWatch.Matter = .contents) {
            watch = PathWatch([path], matter) { [weak self] in self?.count += 1 }
        }

        /// Whether at least one more call comes of what is done.
        func come(of action: () throws -> Void) async throws -> Bool {
            let before = count
            try action()
            return await eventually { count > before }
        }

        /// Waits until what was done has been told: what a later watch tells comes after it.
        func rest(in scratch: Scratch) async throws {
            let later = Calls(scratch.path, .entries)
            #expect(try await later.come { try scratch.write("", to: "later-\(UUID())") })
        }
    }

    // MARK: Files

    @Test func aFileWrittenReplacedAndRemovedCalls() async throws {
        try scratch.write("one", to: "config.toml")
        let calls = Calls(scratch("config.toml"))
        #expect(try await calls.come { try scratch.write("two", to: "config.toml") })
        #expect(try await calls.come { try scratch.replace("config.toml", with: "three") })
        #expect(try await calls.come { try scratch.remove("config.toml") })
        #expect(try await calls.come { try scratch.write("four", to: "config.toml") })
        #expect(try await calls.come { try scratch.write("five", to: "config.toml") })
    }

    /// Held open, as the daemon holds its journal's directory, a directory does not tell that it is removed.
    @Test(arguments: ["real", "real/.", "real/below/.."])
    func aDirectoryHeldOpenThatIsReplacedCalls(_ target: String) async throws {
        try scratch.makeDirectory("real")
        try scratch.makeDirectory("real/below")
        try scratch.link("journal", to: target)
        let descriptor = open(scratch("real"), O_RDONLY | O_DIRECTORY)
        defer { close(descriptor) }
        let calls = Calls(scratch("journal"), .entries)
        #expect(try await calls.come { try scratch.remove("real") })
        #expect(try await calls.come { try scratch.makeDirectory("real/below") })
        try await calls.rest(in: scratch)
        #expect(try await calls.come { try scratch.write("", to: "real/here.jsonl") })
    }

    /// As somebody reads it: the file lives on without a name.
    @Test func aFileReplacedWhileItIsOpenCalls() async throws {
        try scratch.write("one", to: "config.toml")
        let calls = Calls(scratch("config.toml"))
        let reader = try FileHandle(forReadingFrom: URL(filePath: scratch("config.toml")))
        defer { try? reader.close() }
        #expect(try await calls.come { try scratch.replace("config.toml", with: "two") })
        #expect(try await calls.come { try scratch.write("three", to: "config.toml") })
    }

    @Test func aFileOfADirectoryToComeCalls() async throws {
        let calls = Calls(scratch("home/config/stretchd/config.toml"))
        #expect(
            try await calls.come {
                try scratch.makeDirectory("home/config/stretchd")
                try scratch.write("one", to: "home/config/stretchd/config.toml")
            })
        #expect(try await calls.come { try scratch.write("two", to: "home/config/stretchd/config.toml") })
    }

    @Test func whatHappensBesideTheWayDoesNotCall() async throws {
        try scratch.makeDirectory("config/stretchd")
        try scratch.write("one", to: "config/stretchd/config.toml")
        let calls = Calls(scratch("config/stretchd/config.toml"))
        for directory in ["config", "config/stretchd"] {
            try scratch.write("other", to: "\(directory)/other")
            #expect(chmod(scratch("\(directory)/other"), 0o600) == 0)
            try scratch.replace("\(directory)/other", with: "another")
            try scratch.makeDirectory("\(directory)/more")
            try scratch.remove("\(directory)/other")
        }
        try await calls.rest(in: scratch)
        #expect(calls.count == 0)
    }

    @Test func severalFilesAreWatchedTogetherAndWhatIsLeftOutNoMore() async throws {
        try scratch.write("", to: "config.toml")
        let calls = Calls(scratch("config.toml"))
        calls.watch?.follow(configuration: scratch("config.toml"), including: ["physio.toml", "a/b/own.toml"])
        #expect(try await calls.come { try scratch.write("", to: "config.toml") })
        #expect(try await calls.come { try scratch.write("", to: "physio.toml") })
        #expect(try await calls.come { try scratch.replace("physio.toml", with: "new") })
        #expect(
            try await calls.come {
                try scratch.makeDirectory("a/b")
                try scratch.write("", to: "a/b/own.toml")
            })
        #expect(try await calls.come { try scratch.remove("a/b/own.toml") })
        calls.watch?.follow(configuration: scratch("config.toml"), including: ["last.toml"])
        let before = calls.count
        try scratch.write("", to: "a/b/own.toml")
        try scratch.write("", to: "physio.toml")
        try await calls.rest(in: scratch)
        #expect(calls.count == before)
        #expect(try await calls.come { try scratch.write("", to: "last.toml") })
    }

    @Test func whatTurnedWhileOthersAreFollowedCalls() throws {
        try scratch.write("", to: "one")
        try scratch.write("", to: "two")
        try scratch.link("config.toml", to: "one")
        let calls = Calls(scratch("config.toml"))
        calls.watch?.follow(configuration: scratch("config.toml"), including: ["new.toml"])
        #expect(calls.count == 0)
        try turn("config.toml", to: "two")
        calls.watch?.follow(configuration: scratch("config.toml"), including: ["other.toml"])
        #expect(calls.count == 1)
    }

    // MARK: Directories

    @Test func entriesOfADirectoryCall() async throws {
        try scratch.makeDirectory("journal")
        let calls = Calls(scratch("journal"), .entries)
        #expect(try await calls.come { try scratch.write("text", to: "journal/new") })
        #expect(try await calls.come { try scratch.move("journal/new", to: "journal/moved") })
        #expect(try await calls.come { try scratch.remove("journal/moved") })
        // Names are bytes, and need not be UTF-8.
        #expect(
            try await calls.come {
                let name = scratch("journal/").utf8CString.dropLast() + [-1, 0]
                let descriptor = open(Array(name), O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
                try #require(descriptor >= 0)
                close(descriptor)
            })
    }

    @Test func onlyWhatIsRemovedCallsWhereNothingElseMatters() async throws {
        try scratch.makeDirectory("run")
        let calls = Calls(scratch("run"), .removals)
        try scratch.write("one", to: "run/daemon.json")
        try scratch.replace("run/daemon.json", with: "two")
        try await calls.rest(in: scratch)
        #expect(calls.count == 0)
        #expect(try await calls.come { try scratch.remove("run/daemon.json") })
        #expect(try await calls.come { try scratch.remove("run") })
        #expect(try await calls.come { try scratch.makeDirectory("run") })
    }

    @Test func aDirectoryReplacedIsWatchedAgain() async throws {
        try scratch.makeDirectory("a/b")
        let calls = Calls(scratch("a/b"), .entries)
        #expect(try await calls.come { try scratch.remove("a") })
        #expect(try await calls.come { try scratch.makeDirectory("a/b") })
        #expect(try await calls.come { try scratch.write("text", to: "a/b/file") })
    }

    @Test func aDirectoryHeldOpenIsReplacedAllTheSame() async throws {
        try scratch.makeDirectory("a")
        let calls = Calls(scratch("a"), .entries)
        let descriptor = open(scratch("a"), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(descriptor) }
        #expect(try await calls.come { try scratch.remove("a") })
        #expect(try await calls.come { try scratch.makeDirectory("a") })
        #expect(try await calls.come { try scratch.write("text", to: "a/file") })
    }

    @Test(arguments: ["a/b/c", "a/b", "a"])
    func aDirectoryMovedAwayIsLeft(moved: String) async throws {
        try scratch.makeDirectory("a/b/c")
        let calls = Calls(scratch("a/b/c"), .entries)
        #expect(try await calls.come { try scratch.move(moved, to: "away") })
        let before = calls.count
        let old = "away" + "a/b/c".dropFirst(moved.count)
        try scratch.write("text", to: old + "/elsewhere")
        try await calls.rest(in: scratch)
        #expect(calls.count == before)
        #expect(try await calls.come { try scratch.makeDirectory("a/b/c") })
        #expect(try await calls.come { try scratch.write("text", to: "a/b/c/here") })
        #expect(
            try await calls.come {
                try scratch.remove(moved)
                try scratch.move("away", to: moved)
            })
        #expect(try await calls.come { try scratch.write("text", to: "a/b/c/again") })
    }

    // MARK: Links

    /// Which name on the way to config/stretchd/file is a link; `profile` is one to which `config` leads.
    @Test(arguments: ["config", "config/stretchd", "config/stretchd/file", "profile"])
    func aLinkTurnedElsewhereIsFollowed(link: String) async throws {
        let path = "config/stretchd/file"
        if link == "profile" { try scratch.link("config", to: scratch("profile")) }
        let inside = link == "profile" ? "/stretchd/file" : String(path.dropFirst(link.count))
        let up = String(repeating: "../", count: link.count { $0 == "/" })
        for target in ["one", "two"] { try writeDeep("text", to: target + inside) }
        try scratch.makeDirectory(directory(of: link))
        try scratch.link(link, to: up + "one")
        let calls = Calls(scratch(path))
        #expect(try await calls.come { try scratch.write("text", to: "one" + inside) })
        for (target, other) in [("two", "one"), ("one", "two")] {
            #expect(try await calls.come { try turn(link, to: up + target) })
            #expect(try await calls.come { try scratch.replace(target + inside, with: "text") })
            let before = calls.count
            try scratch.write("text", to: other + inside)
            try await calls.rest(in: scratch)
            #expect(calls.count == before)
        }
        // Not at one stroke, and something else in its place.
        #expect(try await calls.come { try scratch.remove(link) })
        #expect(try await calls.come { try writeDeep("text", to: link + inside) })
        #expect(try await calls.come { try scratch.write("text", to: link + inside) })
        #expect(
            try await calls.come {
                try scratch.remove(link)
                try scratch.link(link, to: up + "two")
            })
        #expect(try await calls.come { try scratch.write("text", to: "two" + inside) })
    }

    @Test func aLinkOfALinkIsFollowedToItsTargetsDirectory() async throws {
        try scratch.makeDirectory("dotfiles")
        try scratch.write("one", to: "dotfiles/stretchd.toml")
        try scratch.link("middle", to: "./dotfiles/../dotfiles//stretchd.toml")
        try scratch.link("config.toml", to: "middle")
        let calls = Calls(scratch("config.toml"))
        #expect(try await calls.come { try scratch.write("two", to: "dotfiles/stretchd.toml") })
        #expect(try await calls.come { try scratch.replace("dotfiles/stretchd.toml", with: "three") })
        #expect(try await calls.come { try turn("middle", to: "other.toml") })
        #expect(try await calls.come { try scratch.write("four", to: "other.toml") })
        #expect(try await calls.come { try scratch.write("five", to: "other.toml") })
    }

    @Test func aLinkThatLeadsNowhereYetWaitsForItsTarget() async throws {
        try scratch.link("config", to: scratch("mounted/later"))
        let calls = Calls(scratch("config/config.toml"))
        try scratch.makeDirectory("other")
        #expect(
            try await calls.come {
                try scratch.makeDirectory("mounted/later")
                try scratch.write("one", to: "mounted/later/config.toml")
            })
        #expect(try await calls.come { try scratch.write("two", to: "mounted/later/config.toml") })
    }

    @Test func aLoopOfLinksIsLeftWhenItOpens() async throws {
        try scratch.link("a", to: "b")
        try scratch.link("b", to: "a")
        let calls = Calls(scratch("a"), .entries)
        try scratch.makeDirectory("real")
        #expect(try await calls.come { try turn("b", to: "real") })
        #expect(try await calls.come { try scratch.write("text", to: "real/file") })
        #expect(calls.watch?.trouble == nil)
    }

    @Test func aFileWhereADirectoryShouldBeIsWaitedFor() async throws {
        try scratch.write("text", to: "a")
        let calls = Calls(scratch("a/file"))
        #expect(
            try await calls.come {
                try scratch.remove("a")
                try scratch.makeDirectory("a")
                try scratch.write("text", to: "a/file")
            })
        #expect(try await calls.come { try scratch.write("more", to: "a/file") })
    }

    /// A link's target need not be UTF-8.
    @Test func aTargetIsTakenByteForByte() async throws {
        let bytes: [CChar] = [-1, 0]
        let target = Array(scratch("").utf8CString.dropLast()) + bytes
        try #require(mkdir(target, 0o700) == 0)
        try #require(symlink(bytes, scratch("link")) == 0)
        let calls = Calls(scratch("link/file"))
        #expect(try await calls.come { try scratch.write("text", to: "link/file") })
        #expect(try await calls.come { try scratch.write("more", to: "link/file") })
    }

    // MARK: What nobody tells

    @Test func aRefreshCallsOnlyWhereThePathMeansAnotherThing() async throws {
        try scratch.makeDirectory("a")
        try scratch.makeDirectory("b")
        try scratch.link("link", to: "a")
        let calls = Calls(scratch("link"), .entries)
        calls.watch?.refresh()
        #expect(calls.count == 0)
        try turn("link", to: "b")
        calls.watch?.refresh()
        #expect(calls.count == 1)
    }

    @Test func moreThanTheKernelQueuesCalls() async throws {
        let limit = try #require(
            Int(
                String(contentsOfFile: "/proc/sys/fs/inotify/max_queued_events", encoding: .utf8)
                    .trimmingCharacters(in: .whitespacesAndNewlines)))
        try scratch.write("text", to: "a")
        let calls = Calls(scratch.path, .entries)
        // Not awaiting anything: nobody reads the queue meanwhile.
        for _ in 0...limit / 4 {
            try scratch.move("a", to: "b")
            try scratch.move("b", to: "a")
        }
        #expect(await eventually { calls.count > 0 })
        #expect(try await calls.come { try scratch.write("text", to: "after") })
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
        var calls: Calls? = Calls(path, .entries)
        #expect(watchesInProcess() == 1)
        withExtendedLifetime(calls) {}
        calls = nil
        #expect(await eventually { watchesInProcess() == 0 })
    }

    private func directory(of name: String) -> String { name.split(separator: "/").dropLast().joined(separator: "/") }

    private func writeDeep(_ text: String, to name: String) throws {
        try scratch.makeDirectory(directory(of: name))
        try scratch.write(text, to: name)
    }

    /// As `ln -sfn` does it.
    private func turn(_ link: String, to target: String) throws {
        try scratch.link(link + ".new", to: target)
        try scratch.move(link + ".new", to: link)
    }
}
