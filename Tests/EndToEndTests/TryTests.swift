import Foundation
import TestSupport
import Testing

/// `stretchd try`: a sample prompt from a connection of its own.
struct TryTests {
    @Test func theAnswerIsSaidAndNothingIsRecorded() async throws {
        try await withDesktop { desktop in
            let machine = try Machine(on: desktop.bus)
            _ = try await desktop.startDunst()
            let sample = try machine.launch([builtProgram("stretchd"), "try"])
            try await sample.line("the prompt is on the screen")
            try await desktop.press("snooze")
            try await sample.line("answered: snooze")
            #expect(try await sample.finish() == 0)
            #expect(try machine.ownFile() == nil)
            #expect(try await desktop.settles(at: 0) == 0)
        }
    }

    @Test func withoutAServerItSaysWhatIsMissing() async throws {
        try await withDesktop { desktop in
            let result = try await Machine(on: desktop.bus).stretchd("try")
            #expect(result.status == 69)
            #expect(result.output == "stretchd: no notification server is running: start one, such as dunst or mako")
        }
    }
}
