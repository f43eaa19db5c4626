import Foundation
import StretchSystem
import TestSupport
import Testing

/// In processes of their own, as the environment is what is tested.
struct ServiceManagerTests {
    @Test func everyStateIsSent() async {
        await #expect(processExitsWith: .success) {
            try await sendStates()
        }
    }

    @Test func withoutServiceManagerNothingHappens() async {
        await #expect(processExitsWith: .success) {
            unsetenv("NOTIFY_SOCKET")
            await ServiceManager().ready(status: "Next: never")
        }
    }

    @Test func theWatchdogIsPettedWhileTheMainQueueMoves() async {
        await #expect(processExitsWith: .success) {
            try await petWatchdog()
        }
    }
}

@MainActor
private func sendStates() throws {
    let socket = try OwnNotifySocket()
    let manager = ServiceManager()
    manager.ready(status: "Next: morning Mon 07:30")
    #expect(socket.receive() == "READY=1\nSTATUS=Next: morning Mon 07:30")
    manager.status("Paused")
    #expect(socket.receive() == "STATUS=Paused")
    manager.reloading()
    let words = socket.receive()?.split(separator: "=") ?? []
    #expect(words.first == "RELOADING" && words.dropFirst().first == "1\nMONOTONIC_USEC")
    let clock = Int64(words.last ?? "") ?? 0
    #expect(abs(clock - Int64(ProcessInfo.processInfo.systemUptime * 1e6)) < 5_000_000)
    manager.stopping()
    #expect(socket.receive() == "STOPPING=1")
    #expect(socket.receive() == nil)
}

@MainActor
private func petWatchdog() async throws {
    let socket = try OwnNotifySocket()
    setenv("WATCHDOG_USEC", "100000", 1)
    setenv("WATCHDOG_PID", "\(getpid())", 1)
    let manager = ServiceManager()
    var pets = 0
    #expect(
        await eventually {
            if socket.receive() == "WATCHDOG=1" { pets += 1 }
            return pets == 3
        })
    while socket.receive() != nil {}
    usleep(300_000)  // The main queue hangs.
    #expect(socket.receive() == nil)
    withExtendedLifetime(manager) {}
}

/// The service manager's end, which `NOTIFY_SOCKET` of this process names.
private final class OwnNotifySocket {
    private let scratch: Scratch
    private let socket: NotifySocket

    init() throws {
        scratch = try Scratch()
        socket = try NotifySocket(scratch("notify"))
        setenv("NOTIFY_SOCKET", socket.path, 1)
    }

    func receive() -> String? { socket.receive() }
}
