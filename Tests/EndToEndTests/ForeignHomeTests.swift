import Foundation
import TestHome
import TestSupport
import Testing

/// Root with the home of somebody else, as with a sudo that keeps `HOME`.
@Suite(.enabled(if: getuid() == 0, "only root can write in other homes"))
struct ForeignHomeTests {
    /// Nobody's, with the files of one answer.
    private static func home() async throws -> CommandLineHome {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        #expect(try home.run("pause", "1h").code == 0)
        _ = try await Subprocess.run(["chown", "-R", "nobody", home.path], environment: ["PATH": "/usr/bin:/bin"])
        return home
    }

    @Test(arguments: [
        ["run"], ["done"], ["skip"], ["snooze"], ["pause"], ["resume"], ["undo"], ["guide", "--plain"],
    ])
    func rootWritesNothingThere(arguments: [String]) async throws {
        let home = try await Self.home()
        let files = try FileManager.default.subpathsOfDirectory(atPath: home.path).sorted()
        let (journal, before) = (home.journal, try home.records().count)
        let result = try await home.runProgram(arguments)
        #expect(result.code == 65)
        #expect(result.err.contains("\(home.path) belongs to the user nobody"))
        let streams = try FileManager.default.subpathsOfDirectory(atPath: home.path).sorted().filter {
            !$0.hasSuffix(".out") && !$0.hasSuffix(".err")
        }
        #expect(streams == files.filter { !$0.hasSuffix(".out") && !$0.hasSuffix(".err") })
        #expect(try home.records().count == before, "in \(journal)")
    }

    @Test func noDocumentEither() async throws {
        let home = try await Self.home()
        let result = try await home.runProgram(["report", "-o", "\(home.path)/report.html"])
        #expect(result.code == 65)
        #expect(result.err.contains("not written: \(home.path) belongs to the user nobody"))
    }

    @Test func norByALinkOrARoundaboutWay() async throws {
        let home = try await Self.home()
        let link = FileManager.default.temporaryDirectory.appending(path: "stretchd-link-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: link) }
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: home.journal)
        #expect(try await home.runProgram(["report", "-o", "\(link)/report.html"]).code == 65)
        #expect(try await home.runProgram(["report", "-o", "/tmp/../\(home.path)/report.html"]).code == 65)
        let own = "\(FileManager.default.temporaryDirectory.path)/stretchd-own-\(UUID().uuidString).html"
        defer { try? FileManager.default.removeItem(atPath: own) }
        let roundabout = "\(home.path)/config/../../\((own as NSString).lastPathComponent)"
        #expect(try await home.runProgram(["report", "-o", roundabout]).code == 0)
        #expect(FileManager.default.fileExists(atPath: own))
    }

    /// There every stranger, the real root too, has one number.
    @Test func inAContainerWithoutPrivilegesNobodyIsAStranger() async throws {
        let home = try CommandLineHome.atNoon(dueSinceEight)
        _ = try await Subprocess.run(["chown", "-R", "nobody", home.path], environment: ["PATH": "/usr/bin:/bin"])
        let result = try await home.runProgram(
            ["done"], under: ["setpriv", "--reuid=nobody", "--clear-groups", "unshare", "--user", "--map-root-user"])
        #expect(result.code == 0)
    }

    @Test(arguments: ["done", "run"])
    func theDirectoryOfItsDataIsNoMoreRootsOwn(command: String) async throws {
        let home = try await Self.home()
        _ = try await Subprocess.run(["chown", "-R", "root", home.journal], environment: ["PATH": "/usr/bin:/bin"])
        let result = try await home.runProgram([command], under: ["env", "-u", "XDG_RUNTIME_DIR", "HOME=/root"])
        #expect(result.code == 65)
    }

    @Test(arguments: ["status", "history", "next", "check", "report", "export"])
    func rootMayLookAtIt(command: String) async throws {
        let result = try await Self.home().runProgram([command])
        #expect(result.code == 0)
    }

    /// What it left below that home before is no reason to go on.
    @Test func earlierMistakeIsNoLeave() async throws {
        let home = try await Self.home()
        try FileManager.default.removeItem(atPath: home.journal)
        try FileManager.default.createDirectory(atPath: home.journal, withIntermediateDirectories: false)
        #expect(try await home.runProgram(["done"]).code == 65)
    }

    @Test func itsOwnJournalIsItsOwnWhoeverTheHomeIs() async throws {
        let home = try await Self.home()
        let own = FileManager.default.temporaryDirectory.appending(path: "stretchd-own-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: own) }
        let result = try await home.runProgram(["done"], under: ["env", "XDG_DATA_HOME=\(own)"])
        #expect(result.code == 0)
    }
}
