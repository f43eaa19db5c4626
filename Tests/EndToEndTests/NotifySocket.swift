import TestSupport
import Testing

extension NotifySocket {
    /// Waits for a message that begins so; others before it are skipped.
    func receives(_ prefix: String) async throws {
        var skipped: [String] = []
        let found = try await eventually { () -> Bool? in
            while let message = receive() {
                if message.hasPrefix(prefix) { return true }
                skipped.append(message)
            }
            return nil
        }
        try #require(found != nil, "no message '\(prefix)', but \(skipped)")
    }
}
