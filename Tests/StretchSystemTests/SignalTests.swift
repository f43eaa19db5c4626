import Foundation
import StretchSystem
import TestSupport
import Testing

struct SignalTests {
    @Test func signalsArriveOnceAllAreCaught() async {
        await #expect(processExitsWith: .success) {
            await signalsArrive()
        }
    }

    @Test func aBrokenPipeIsAnErrorAndNoDeath() async {
        await #expect(processExitsWith: .success) {
            await writeToNobody()
        }
    }
}

@MainActor
private func signalsArrive() async {
    var received: [Signals.Signal] = []
    var isReady = false
    let signals = Signals(received: { received.append($0) }, ready: { isReady = true })
    #expect(await eventually { isReady })
    for (index, signal) in [SIGTERM, SIGINT, SIGHUP].enumerated() {
        kill(getpid(), signal)
        #expect(await eventually { received.count == index + 1 })
    }
    #expect(received == [.terminate, .interrupt, .hangUp])
    withExtendedLifetime(signals) {}
}

@MainActor
private func writeToNobody() async {
    let signals = Signals(received: { _ in }, ready: {})
    let pipe = Pipe()
    try? pipe.fileHandleForReading.close()
    #expect(write(pipe.fileHandleForWriting.fileDescriptor, "x", 1) == -1)
    withExtendedLifetime(signals) {}
}
