import Foundation
import StretchBase
import StretchCore
import TestSupport
import Testing

@testable import StretchFiles

/// The copy of the configuration that was last in force.
struct KeptConfigurationTests {
    private let scratch: Scratch
    private let broken = "zzz = 1"

    init() throws {
        scratch = try Scratch()
        try scratch.makeDirectory("config/more")
        try scratch.write("include = [\"physio.toml\", \"more/own.toml\"]\nday_start = \"03:00\"", to: file)
        try scratch.write("[[routine]]\nid = \"desk\"\nschedule = \"18:00\"", to: "config/physio.toml")
        try scratch.write("", to: "config/more/own.toml")
    }

    private let file = "config/config.toml"

    private func kept(journal: String = "/journal") -> KeptConfiguration {
        KeptConfiguration(in: scratch("state/stretchd"), of: scratch(file), with: journal)
    }

    private func keep(journal: String = "/journal") throws {
        try kept(journal: journal).keep(try ConfigurationFile.files(scratch(file)))
    }

    /// What is in force when the file is read now.
    private var inForce: ConfigurationInForce { ConfigurationInForce(of: scratch(file), orElse: kept()) }

    /// The names and modes in the directory, deep.
    private func listing(_ directory: String = "state/stretchd") throws -> [String] {
        let text = try output(of: "sh", "-c", "cd '\(scratch(directory))' && find . -printf '%P %y%m\\n' | sort").text
        return text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    // MARK: Keeping

    @Test func theFileIsKeptWithItsIncludesForThisUserAlone() throws {
        try keep()
        #expect(
            try listing() == [
                "d700", "in-force l777", "in-force.1 d700", "in-force.1/.origin f600", "in-force.1/config.toml f600",
                "in-force.1/more d700", "in-force.1/more/own.toml f600", "in-force.1/physio.toml f600",
            ])
        #expect(try kept().read() == ConfigurationFile.read(scratch(file)))
    }

    @Test func whatIsKeptAlreadyIsNotWrittenAgain() throws {
        try keep()
        try keep()
        #expect(try listing().contains("in-force.1 d700"))
    }

    @Test func aNewCopyTakesThePlaceOfTheOldOne() throws {
        try keep()
        try scratch.write("day_start = \"05:00\"", to: file)
        try keep()
        #expect(
            try listing() == [
                "d700", "in-force l777", "in-force.2 d700", "in-force.2/.origin f600", "in-force.2/config.toml f600",
            ])
        #expect(try kept().read()?.dayStart == .hours(5))
    }

    @Test func noFileIsKeptAsSuch() throws {
        try keep()
        try scratch.remove(file)
        try keep()
        #expect(try kept().read() == .standard)
        try scratch.write(broken, to: file)
        #expect(inForce.configuration == .standard)
        #expect(inForce.lack == nil)
    }

    @Test func aWriteThatFailsChangesNothing() throws {
        try keep()
        let before = try listing()
        try scratch.makeDirectory("state/stretchd/in-force.new/in-the-way")
        try scratch.write("day_start = \"05:00\"", to: file)
        #expect(throws: FileError.failed(.replace, on: scratch("state/stretchd/in-force"), errno: EEXIST)) {
            try keep()
        }
        try scratch.remove("state/stretchd/in-force.new")
        #expect(try listing() == before)
        #expect(try kept().read()?.dayStart == .hours(3))
    }

    @Test func aFileInThePlaceOfTheDirectoryIsTold() throws {
        try scratch.makeDirectory("state")
        try scratch.write("", to: "state/stretchd")
        let error = #expect(throws: FileError.self) { try keep() }
        let copy = scratch("state/stretchd/in-force.1")
        #expect(error == .failed(.createDirectory, on: copy, errno: ENOTDIR))
    }

    @Test func leftoversOfAKilledDaemonAreRemovedAndLinksInThemAreNotFollowed() throws {
        try keep()
        try scratch.makeDirectory("state/stretchd/in-force.7")
        try scratch.link("state/stretchd/in-force.7/away", to: scratch("config"))
        try scratch.link("state/stretchd/in-force.8", to: scratch("config"))
        try scratch.write("day_start = \"05:00\"", to: file)
        try keep()
        #expect(try listing().filter { $0.hasPrefix("in-force.") && !$0.contains("/") } == ["in-force.2 d700"])
        #expect(try listing("config").contains("physio.toml f644"))
    }

    /// Each daemon goes on with what it had itself.
    @Test func aDaemonWithAnotherJournalOrFileHasACopyOfItsOwn() throws {
        try keep()
        try scratch.write("day_start = \"05:00\"", to: file)
        try keep(journal: "/other")
        #expect(try kept().read()?.dayStart == .hours(3))
        #expect(try kept(journal: "/other").read()?.dayStart == .hours(5))
        #expect(try kept(journal: "/third").read() == nil)
        try scratch.write("day_start = \"06:00\"", to: file)
        try keep()
        #expect(try kept(journal: "/other").read()?.dayStart == .hours(5))
        let elsewhere = KeptConfiguration(in: scratch("state/stretchd"), of: "/elsewhere", with: "/journal")
        #expect(try elsewhere.read() == nil)
    }

    // MARK: Going on with it

    @Test func aGoodFileIsInForceAndItsCopyNotLookedAt() throws {
        try keep()
        try scratch.write("day_start = \"05:00\"", to: file)
        #expect(inForce.configuration.dayStart == .hours(5))
        #expect(inForce.error == nil)
    }

    @Test(arguments: ["broken", "an include is missing", "a directory", "a link to nowhere", "a pipe"])
    func theCopyIsInForceInsteadOf(_ what: String) throws {
        let before = try ConfigurationFile.read(scratch(file))
        try keep()
        try scratch.remove(what == "an include is missing" ? "config/physio.toml" : file)
        switch what {
        case "broken": try scratch.write(broken, to: file)
        case "a directory": try scratch.makeDirectory(file)
        case "a link to nowhere": try scratch.link(file, to: "nowhere")
        case "a pipe": mkfifo(scratch(file), 0o600)
        default: break
        }
        #expect(inForce.configuration == before)
        #expect(inForce.error?.problems.count == 1)
        #expect(inForce.files == nil)
        #expect(inForce.lack == nil)
    }

    @Test func withoutACopyTheBuiltInConfigurationIsInForce() throws {
        try scratch.write(broken, to: file)
        #expect(inForce.configuration == .standard)
        #expect(inForce.error != nil)
        #expect(inForce.lack == "no settings from before are kept")
    }

    @Test(
        arguments: [
            (".origin", "{\"v\":1", "its file .origin is damaged"),
            (".origin", "{\"v\":2,\"files\":7}", "a newer version wrote it"),
            ("config.toml", "zzz = 1", "this version refuses it: zzz: unknown key; allowed: include"),
            ("config.toml", nil, "there is no such file in "), (".origin", nil, "there is no such file in "),
            ("more/own.toml", nil, "this version refuses it: include: \"more/own.toml\": there is no such"),
        ] as [(String, String?, String)])
    func aCopyThatCannotBeUsedIsToldAndTheBuiltInConfigurationIsInForce(
        name: String, text: String?, reason: String
    ) throws {
        try keep()
        let path = "state/stretchd/in-force/\(name)"
        if let text { try scratch.write(text, to: path) } else { try scratch.remove(path) }
        try scratch.write(broken, to: file)
        #expect(inForce.configuration == .standard)
        let start = "the copy of the settings before it, \(kept().path), cannot be used: \(reason)"
        #expect(inForce.lack?.hasPrefix(start) == true, "\(inForce.lack ?? "")")
        // The next good configuration mends it.
        try scratch.write("day_start = \"05:00\"", to: file)
        try keep()
        #expect(try kept().read()?.dayStart == .hours(5))
    }

    @Test func aLinkThatLeadsNowhereIsNotNoCopy() throws {
        try keep()
        try scratch.remove("state/stretchd/in-force.1")
        try scratch.write(broken, to: file)
        #expect(inForce.lack?.contains("a link on the way leads nowhere") == true)
    }

    @Test func nobodyWaitsForAPipeInTheCopy() throws {
        try keep()
        try scratch.remove("state/stretchd/in-force/config.toml")
        mkfifo(scratch("state/stretchd/in-force/config.toml"), 0o600)
        try scratch.write(broken, to: file)
        #expect(inForce.lack?.contains("is no regular file") == true)
    }
}
