import Foundation
import TestSupport
import Testing

/// Mounts that go with the program that sees them.
enum MountNamespace {
    /// Runs a program in one of its own.
    static let command =
        getuid() == 0
        ? ["unshare", "--mount"] : ["unshare", "--user", "--map-current-user", "--keep-caps", "--mount"]

    /// What `nsenter` needs besides to go where it runs.
    static let joining = getuid() == 0 ? [] : ["--user", "--preserve-credentials"]

    /// Without the right to mount there is nothing to test, except where all must be tested.
    static func isAllowed() async throws -> Bool {
        let environment = ProcessInfo.processInfo.environment
        if environment["CI"] == "true" { return true }
        let probe = try Subprocess(command + ["mount", "-t", "tmpfs", "tmpfs", "/mnt"], environment: environment)
        if try await probe.finish() == 0 { return true }
        print("no test with a mount: mounting is not allowed here")
        return false
    }
}
