import StretchSystem
import Testing

@MainActor
struct FileWatchTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @MainActor private final class Calls {
        var count = 0
        var watch: FileWatch?

        init(_ path: String) throws { watch = try FileWatch(path) { [weak self] in self?.count += 1 } }

        /// Whether at least one more call comes of what is done.
        func come(of action: () throws -> Void) async throws -> Bool {
            let before = count
            try action()
            return await eventually { count > before }
        }
    }

    @Test func aFileWrittenReplacedAndRemovedIsReported() async throws {
        try scratch.write("one", to: "config.toml")
        let calls = try Calls(scratch("config.toml"))
        #expect(try await calls.come { try scratch.write("two", to: "config.toml") })
        #expect(try await calls.come { try scratch.replace("config.toml", with: "three") })
        #expect(try await calls.come { try scratch.remove("config.toml") })
    }

    @Test func aFileOfADirectoryToComeIsReported() async throws {
        let calls = try Calls(scratch("home/config/stretchd/config.toml"))
        #expect(
            try await calls.come {
                try scratch.makeDirectory("home/config/stretchd")
                try scratch.write("one", to: "home/config/stretchd/config.toml")
            })
        #expect(try await calls.come { try scratch.write("two", to: "home/config/stretchd/config.toml") })
    }

    @Test func otherFilesOfTheDirectoryDoNotCall() async throws {
        let calls = try Calls(scratch("config.toml"))
        let all = try WatchOfAll(scratch.path)
        try scratch.write("other", to: "other")
        try scratch.replace("other", with: "another")
        #expect(await eventually { all.names.contains("other.new") })
        #expect(calls.count == 0)
    }

    @Test func theTargetOfALinkIsWatched() async throws {
        try scratch.makeDirectory("dotfiles")
        try scratch.write("one", to: "dotfiles/stretchd.toml")
        try scratch.link("middle", to: "dotfiles/stretchd.toml")
        try scratch.link("config.toml", to: "middle")
        let calls = try Calls(scratch("config.toml"))
        #expect(try await calls.come { try scratch.write("two", to: "dotfiles/stretchd.toml") })
        #expect(try await calls.come { try scratch.replace("dotfiles/stretchd.toml", with: "three") })
    }

    @Test func aLinkPointedElsewhereIsFollowed() async throws {
        try scratch.makeDirectory("Berlin")
        try scratch.makeDirectory("Apia")
        try scratch.link("localtime", to: scratch("Berlin/zone"))
        let calls = try Calls(scratch("localtime"))
        #expect(
            try await calls.come {
                try scratch.link("localtime.new", to: scratch("Apia/zone"))
                try scratch.move("localtime.new", to: "localtime")
            })
        #expect(try await calls.come { try scratch.write("TZif", to: "Apia/zone") })
        let before = calls.count
        let all = try WatchOfAll(scratch("Berlin"))
        try scratch.write("TZif", to: "Berlin/zone")
        #expect(await eventually { !all.names.isEmpty })
        #expect(calls.count == before)
    }

    /// Another watch on the same directory: what it has seen, an earlier watch has seen too.
    @MainActor private final class WatchOfAll {
        var names: Set<String> = []
        var watch: DirectoryWatch?

        init(_ path: String) throws {
            watch = try DirectoryWatch(path) { [weak self] in
                if case .entries(let names) = $0 { self?.names.formUnion(names) }
            }
        }
    }
}
