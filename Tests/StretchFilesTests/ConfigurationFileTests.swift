import Foundation
import StretchBase
import StretchCore
import StretchUnix
import TestSupport
import Testing

@testable import StretchFiles

/// `config.toml` and the files it includes, on a real file system.
struct ConfigurationFileTests {
    private let scratch: Scratch
    private let stretch = "[[stretch]]\nid = \"calf\"\ntitle = \"Calf\"\nmovement = \"Lean.\"\n"

    init() throws {
        scratch = try Scratch()
        try scratch.makeDirectory("config/sub")
        try scratch.write(stretch, to: "physio.toml")
    }

    private func problems(including path: String) throws -> [String] {
        try scratch.write("include = \"\(path)\"", to: "config/config.toml")
        do throws(ConfigurationError) {
            _ = try ConfigurationFile.read(scratch("config/config.toml"))
            return []
        } catch {
            #expect(error.includes == [path])
            return error.problems.map { $0.description.replacing(scratch.path, with: "") }
        }
    }

    @Test func noFileMeansTheDefaults() throws {
        #expect(try ConfigurationFile.read(scratch("none/config.toml")) == .standard)
    }

    @Test(arguments: ["config/config.toml", "config"])
    func aLinkThatLeadsNowhereIsNotNoFile(_ link: String) throws {
        try FileManager.default.removeItem(atPath: scratch("config"))
        if link != "config" { try scratch.makeDirectory("config") }
        try scratch.link(link, to: "not-mounted")
        let error = #expect(throws: ConfigurationError.self) {
            try ConfigurationFile.read(scratch("config/config.toml"))
        }
        #expect(error?.problems.first?.text.contains("a link on the way leads nowhere") == true)
    }

    @Test func aFileInThePlaceOfTheDirectoryIsNotNoFile() throws {
        let error = #expect(throws: ConfigurationError.self) {
            try ConfigurationFile.read(scratch("physio.toml/config.toml"))
        }
        #expect(error?.problems.first?.text.contains("a file stands where a directory should be") == true)
    }

    @Test func itKnowsWhetherItWasRead() throws {
        try scratch.write("", to: "config/config.toml")
        #expect(try ConfigurationFile.read(scratch("config/config.toml")).file == scratch("config/config.toml"))
        #expect(try ConfigurationFile.read(scratch("none/config.toml")).file == nil)
    }

    @Test func aPipeInItsPlaceIsRefusedAndBlocksNobody() throws {
        #expect(mkfifo(scratch("config/config.toml"), 0o600) == 0)
        let error = #expect(throws: ConfigurationError.self) {
            try ConfigurationFile.read(scratch("config/config.toml"))
        }
        #expect(error?.problems.first?.text.hasPrefix("is a pipe; ") == true)
    }

    @Test func filesBesideItAndBelowAreIncluded() throws {
        try scratch.write(stretch, to: "config/physio.toml")
        try scratch.write("[[routine]]\nid = \"desk\"\nschedule = \"11:00\"", to: "config/sub/own.toml")
        try scratch.write("include = [\"physio.toml\", \"sub/own.toml\"]", to: "config/config.toml")
        let read = try ConfigurationFile.read(scratch("config/config.toml"))
        #expect(read.stretches.map(\.id) == ["calf"])
        #expect(read.routines.map(\.id) == ["desk"])
    }

    @Test func aLinkedConfigurationIncludesWhatIsBesideTheLink() throws {
        try scratch.makeDirectory("dotfiles")
        try scratch.write("include = \"physio.toml\"", to: "dotfiles/stretchd.toml")
        try scratch.link("config/config.toml", to: "../dotfiles/stretchd.toml")
        try scratch.write(stretch, to: "config/physio.toml")
        #expect(try ConfigurationFile.read(scratch("config/config.toml")).stretches.map(\.id) == ["calf"])
    }

    @Test func aDirectoryThatIsALinkIsFollowed() throws {
        try scratch.write(stretch, to: "config/physio.toml")
        try scratch.write("include = \"physio.toml\"", to: "config/config.toml")
        try scratch.link("linked", to: "config")
        #expect(try ConfigurationFile.read(scratch("linked/config.toml")).stretches.map(\.id) == ["calf"])
    }

    @Test func aMissingFileIsToldWithItsDirectory() throws {
        let told = "there is no such file in /config; put it there or take it out"
        #expect(try problems(including: "physio.toml") == ["/config/config.toml: include: \"physio.toml\": \(told)"])
        #expect(try problems(including: "no/x.toml") == ["/config/config.toml: include: \"no/x.toml\": \(told)"])
    }

    @Test(arguments: ["../physio.toml", "/physio.toml", "../../config/../physio.toml"])
    func aLinkOutIsNotFollowed(_ target: String) throws {
        let target = target.hasPrefix("/") ? scratch(String(target.dropFirst())) : target
        try scratch.link("config/physio.toml", to: target)
        try scratch.link("config/up", to: "..")
        for path in ["physio.toml", "up/physio.toml"] {
            let found = try problems(including: path)
            #expect(found.count == 1)
            #expect(found.first?.contains("a link leads out of /config") == true, "\(found)")
        }
    }

    @Test func aLinkThatStaysBelowIsFollowedWhereTheKernelSeesToIt() throws {
        try scratch.write(stretch, to: "config/sub/physio-2026.toml")
        try scratch.link("config/physio.toml", to: "sub/physio-2026.toml")
        #expect(try problems(including: "physio.toml") == [])
    }

    @Test func whatIsNoRegularFileIsRefusedAndBlocksNobody() throws {
        #expect(mkfifo(scratch("config/pipe.toml"), 0o600) == 0)
        for path in ["pipe.toml", "sub"] {
            let found = try problems(including: path)
            #expect(found == ["/config/config.toml: include: \"\(path)\": is no regular file; take it out"])
        }
    }

    @Test func aFileThatIsTooLongIsRefused() throws {
        for size in [300_000, 3_000_000] {
            try scratch.write(String(repeating: "#", count: size), to: "config/long.toml")
            let found = try problems(including: "long.toml")
            #expect(found.count == 1)
            #expect(found.first?.hasPrefix("/config/long.toml: has ") == true, "\(found)")
        }
    }

    // MARK: How it is opened

    /// As with a kernel that has no openat2.
    private func stepwise(_ path: String) -> Result<String, any Error> {
        Result {
            try IncludedFile(path: path, directory: scratch("config")).text(opening: IncludedFile.openStepwise)
        }
    }

    @Test func nameByNameTheSameFilesAreFound() throws {
        try scratch.write("one", to: "config/physio.toml")
        try scratch.write("two", to: "config/sub/own.toml")
        #expect(try stepwise("physio.toml").get() == "one")
        #expect(try stepwise("sub/own.toml").get() == "two")
    }

    @Test func nameByNameNothingLeadsOut() throws {
        try scratch.link("config/link.toml", to: "../physio.toml")
        try scratch.link("config/up", to: "..")
        try scratch.link("config/inside", to: "sub")
        try scratch.write("two", to: "config/sub/own.toml")
        for path in [
            "../physio.toml", "sub/../../physio.toml", "link.toml", "up/physio.toml", "inside/own.toml", "/", "",
            "none/own.toml", "sub/none.toml", "sub", "..",
        ] {
            #expect(throws: TextRefusal.self, "\(path)") { try stepwise(path).get() }
        }
    }

    @Test func aRenameThatComesBetweenIsNoRefusal() throws {
        try scratch.write("one", to: "config/physio.toml")
        let file = IncludedFile(path: "physio.toml", directory: scratch("config"))
        var rest = 3
        func interrupted(_ path: String, in directory: borrowing Descriptor) throws(Refusal) -> Descriptor {
            guard rest > 0 else { return try IncludedFile.openBeneath(path, in: directory) }
            rest -= 1
            throw Refusal(code: EAGAIN)
        }
        #expect(try file.text(opening: interrupted) == "one")
        rest = .max
        // Not for ever.
        #expect(throws: TextRefusal.self) { try file.text(opening: interrupted) }
    }

    @Test func openingLeavesNoDescriptorBehind() throws {
        try scratch.makeDirectory("config/a/b")
        try scratch.write("deep", to: "config/a/b/c.toml")
        let path = scratch("config")
        func descriptors() -> Int {
            let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
            return all.count {
                (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)"))?.hasPrefix(path)
                    == true
            }
        }
        #expect(try stepwise("a/b/c.toml").get() == "deep")
        #expect(throws: TextRefusal.self) { try stepwise("a/b/none.toml").get() }
        #expect(throws: TextRefusal.self) { try stepwise("a/none/c.toml").get() }
        _ = try problems(including: "a/b")
        #expect(descriptors() == 0)
    }
}
