import Foundation
import StretchSystem
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
    let socket = try NotifySocket()
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
    let socket = try NotifySocket()
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
private final class NotifySocket {
    private let scratch: Scratch
    private let descriptor: Int32

    init() throws {
        scratch = try Scratch()
        let path = scratch("notify")
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0)
        setenv("NOTIFY_SOCKET", path, 1)
    }

    deinit { close(descriptor) }

    /// The next message that is there already.
    func receive() -> String? {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
        return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
