import Foundation
import StretchSystem
import TestHome
import TestSupport
import Testing

/// A daemon whose clock cannot be right (docs/rules.md, *Time*).
struct ImplausibleClockTests {
    @Test func theDaemonAsksNothingWhileItsClockIsDaysBehindItsJournal() async throws {
        try await withMachine { machine in
            #expect(try await machine.stretchd("done", "--day", "yesterday").status == 0)
            let file = try FileHandle(forWritingTo: try #require(try machine.ownFile()))
            try file.seekToEnd()
            try file.write(contentsOf: Data(lineOfTheFuture.utf8))
            try file.close()
            try machine.configureDue()

            let daemon = try await machine.start()
            let reason = SystemClock.isSynchronised ? "no-server" : "clock-behind-journal"
            _ = try await machine.daemon("it says why") { $0.due.first?.reason.word == reason }
            let status = try await machine.stretchd("status", "--json").output
            #expect(status.contains(#""reason":"the clock must be wrong: "#) != SystemClock.isSynchronised)
            await daemon.end()
        }
    }
}
