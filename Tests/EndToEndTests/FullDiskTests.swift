import Foundation
import TestSupport
import Testing

/// The journal on a file system of one full page.
struct FullDiskTests {
    @Test func answerIsKeptUntilThereIsRoom() async throws {
        guard try await canMount() else { return }
        try await withDesktop { desktop in
            let machine = try Machine(on: desktop.bus)
            try machine.configureDue()
            _ = try await desktop.startDunst()
            let daemon = try await machine.start(under: FullDiskTests.mounting(at: machine.journal.path))
            let journal = URL(filePath: "/proc/\(daemon.pid)/root\(machine.journal.path)")
            try #require(try await desktop.settles(at: 1) == 1)
            _ = try await machine.daemon("the prompt is up") { !$0.posted.isEmpty }

            try await desktop.press("done")
            try await machine.daemon("the answer waits") { $0.trouble != nil && $0.due.isEmpty }
            #expect(try await desktop.settles(at: 1) == 1)
            #expect(try machine.records(in: journal).isEmpty)

            try FileManager.default.removeItem(at: journal.appending(path: "ballast"))
            #expect(try await machine.stretchd("reload").status == 0)
            try await machine.record("done", in: journal)
            #expect(try machine.records(in: journal).map(\.type) == ["prompted", "done"])
            #expect(try await desktop.settles(at: 0) == 0)
            try await machine.daemon("all is well") { $0.trouble == nil }
        }
    }

    private static func mounting(at directory: String) -> [String] {
        let script = """
            mount -t tmpfs -o size=4k,mode=700 tmpfs "$0" && { cat /dev/zero > "$0/ballast" 2> /dev/null; exec "$@"; }
            """
        return MountNamespace.command + ["sh", "-c", script, directory]
    }

    /// Without the right to mount there is nothing to test, except where all must be tested.
    private func canMount() async throws -> Bool {
        let environment = ProcessInfo.processInfo.environment
        let probe = try Subprocess(FullDiskTests.mounting(at: "/mnt") + ["true"], environment: environment)
        if try await probe.finish() == 0 { return true }
        print("no test with a full disk: mounting is not allowed here")
        #expect(environment["CI"] != "true", "mounting is not allowed here")
        return false
    }
}
