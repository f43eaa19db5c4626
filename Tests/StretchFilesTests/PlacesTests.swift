import StretchFiles
import StretchUnix
import Testing

struct PlacesTests {
    @Test func defaultsAreBelowHome() throws {
        let places = try Places(environment: ["HOME": "/home/sam"], home: nil, login: nil)
        #expect(places.configuration == "/home/sam/.config/stretchd/config.toml")
        #expect(places.journal == "/home/sam/.local/share/stretchd/journal")
        #expect(places.state == "/home/sam/.local/state/stretchd")
        #expect(places.runtime == nil)
    }

    @Test func theEnvironmentDecides() throws {
        let environment = [
            "HOME": "/home/sam", "XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "/d/", "XDG_STATE_HOME": "/s",
            "XDG_RUNTIME_DIR": "/run/user/7",
        ]
        let places = try Places(environment: environment, home: "/root", login: "/run/user/0")
        #expect(places.configuration == "/c/stretchd/config.toml")
        #expect(places.journal == "/d/stretchd/journal")
        #expect(places.state == "/s/stretchd")
        #expect(places.runtime == "/run/user/7/stretchd")
    }

    @Test(arguments: ["", "relative", "./here", "~/.config"])
    func aPathThatIsNotAbsoluteCountsAsNone(_ path: String) throws {
        let environment = [
            "HOME": path, "XDG_CONFIG_HOME": path, "XDG_DATA_HOME": path, "XDG_STATE_HOME": path,
            "XDG_RUNTIME_DIR": path,
        ]
        let places = try Places(environment: environment, home: "/home/sam", login: "/run/user/1000")
        #expect(places.configuration == "/home/sam/.config/stretchd/config.toml")
        #expect(places.journal == "/home/sam/.local/share/stretchd/journal")
        #expect(places.runtime == "/run/user/1000/stretchd")
    }

    /// For Swift a slash with a combining mark is no slash.
    @Test func aDirectoryMayBeginWithACombiningMark() throws {
        let places = try Places(environment: ["HOME": "/\u{301}sam/"], home: nil, login: nil)
        #expect(places.journal == "/\u{301}sam/.local/share/stretchd/journal")
    }

    @Test(arguments: ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"])
    func aPathThatIsNotUTF8IsRefused(_ variable: String) throws {
        let refusal = try #require(NotUTF8(variable, "\u{FFFD}"))
        let environment = ["HOME": "/home/sam"].merging([variable: "/home/B\u{FFFD}ro"]) { $1 }
        #expect(throws: FileError.notUTF8(refusal)) {
            try Places(environment: environment, home: nil, login: nil)
        }
    }

    @Test func withoutAnyHomeThereIsAnError() {
        #expect(throws: FileError.noHome) { try Places(environment: [:], home: nil, login: nil) }
    }

    @Test func thePasswdEntryKnowsHome() throws {
        #expect(try Places(environment: [:]).configuration.hasSuffix("/.config/stretchd/config.toml"))
    }
}
