import Foundation
import TestSupport
import Testing

/// A round of each kind of what `make torture` does for longer (docs/durability.md).
struct TortureTests {
    @Test func whatWasConfirmedSurvivesARoundOfEachTorture() async throws {
        let torture = try Subprocess(
            [
                "sh", "-c", #"exec "$@" 2>&1"#, "sh", repository.appending(path: "Tests/torture/run").path,
                "--each", "1", "--program", builtProgram("stretchd"),
            ], environment: ProcessInfo.processInfo.environment)
        let status = try await torture.finish(within: .seconds(300))
        let said = try await torture.rest()
        #expect(status == 0, "\(said.joined(separator: "\n"))")
        // What could not be tried here is told.
        for line in said where line.hasPrefix("torture: ") { print(line) }
    }
}
