import StretchSystem
import Testing

@MainActor
struct ConfigurationWatchTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write("", to: "config.toml")
    }

    @MainActor private final class Calls {
        var count = 0
        var watch: ConfigurationWatch?

        init(_ path: String) throws { watch = try ConfigurationWatch(path) { [weak self] in self?.count += 1 } }

        /// Whether at least one more call comes of what is done.
        func come(of action: () throws -> Void) async throws -> Bool {
            let before = count
            try action()
            return await eventually { count > before }
        }
    }

    @Test func includedFilesBesideItAndBelowCallAlsoBeforeTheyExist() async throws {
        let calls = try Calls(scratch("config.toml"))
        try calls.watch?.follow(["physio.toml", "a/b/own.toml"])
        #expect(try await calls.come { try scratch.write("", to: "config.toml") })
        #expect(try await calls.come { try scratch.write("", to: "physio.toml") })
        #expect(try await calls.come { try scratch.replace("physio.toml", with: "new") })
        #expect(
            try await calls.come {
                try scratch.makeDirectory("a/b")
                try scratch.write("", to: "a/b/own.toml")
            })
        #expect(try await calls.come { try scratch.remove("a/b/own.toml") })
    }

    @Test func whereALinkBelowLeadsIsWatchedToo() async throws {
        try scratch.makeDirectory("a")
        try scratch.write("", to: "a/physio-2026.toml")
        try scratch.link("physio.toml", to: "a/physio-2026.toml")
        let calls = try Calls(scratch("config.toml"))
        try calls.watch?.follow(["physio.toml"])
        #expect(try await calls.come { try scratch.write("new", to: "a/physio-2026.toml") })
    }

    @Test func whatIsNotIncludedAnyMoreDoesNotCall() async throws {
        try scratch.makeDirectory("a")
        let calls = try Calls(scratch("config.toml"))
        try calls.watch?.follow(["physio.toml", "a/own.toml"])
        #expect(try await calls.come { try scratch.write("", to: "a/own.toml") })
        try calls.watch?.follow(["last.toml"])
        let before = calls.count
        try scratch.write("", to: "a/own.toml")
        try scratch.write("", to: "physio.toml")
        try scratch.write("", to: "other.toml")
        // What comes later has been seen after those.
        #expect(try await calls.come { try scratch.write("", to: "last.toml") })
        #expect(calls.count == before + 1)
    }
}
