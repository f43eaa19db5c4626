import Foundation
import StretchSystem
import Testing

/// In processes of their own, as stderr is what is tested.
struct DaemonLogTests {
    @Test func withoutJournaldLinesGoToStderr() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            let log = DaemonLog(environment: [:])
            log.write(.info, "Shown", [.occurrence: "morning@2026-11-23T07:30"])
            log.write(.warning, "No server")
            log.write(.error, "Journal full")
        }
        let text = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        #expect(text.contains("stretchd: Shown\nstretchd: warning: No server\nstretchd: error: Journal full\n"))
    }

    @Test func aStreamThatIsNotStderrCountsAsNone() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            DaemonLog(environment: ["JOURNAL_STREAM": "9:12345"]).write(.info, "Shown")
        }
        #expect(String(decoding: try #require(result).standardErrorContent, as: UTF8.self).contains("Shown"))
    }

    @Test func theStreamOfJournaldGetsNoLines() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            var stream = stat()
            try #require(fstat(STDERR_FILENO, &stream) == 0)
            let log = DaemonLog(environment: ["JOURNAL_STREAM": "\(stream.st_dev):\(stream.st_ino)"])
            log.write(.info, "stretchd's test of its log", [.event: "test"])
        }
        #expect(!String(decoding: try #require(result).standardErrorContent, as: UTF8.self).contains("test of its log"))
    }
}
