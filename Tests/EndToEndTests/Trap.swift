import Foundation
import TestSupport
import Testing

/// Stops a program before its first call of a kind takes effect, until something else has happened.
///
/// A delay would not do: on a busy machine every delay can be too short.
struct Trap {
    /// What goes before the program's command line.
    let command: [String]
    private let call: String
    private let log: URL

    /// `file`: only calls on this file count; `directory`: where strace may write.
    init(at call: String, on file: String? = nil, directory: String) {
        self.call = call
        log = URL(filePath: directory).appending(path: "calls-\(UUID().uuidString)")
        // The interrupted call is made again as soon as the program goes on.
        command =
            ["strace", "-f", "-qq", "-o", log.path] + (file.map { ["-P", $0] } ?? [])
            + ["-e", "trace=\(call)", "-e", "inject=\(call):error=EINTR:signal=STOP:when=1"]
    }

    /// Waits for the stop, does this, and lets the program go on.
    func whileStopped(_ body: () throws -> Void) async throws {
        let process = try await found("the stop at \(call)") {
            let lines = try? String(contentsOf: log, encoding: .utf8).split(separator: "\n")
            return lines?.first { $0.hasSuffix("stopped by SIGSTOP ---") }
                .flatMap { $0.split(separator: " ").first }.flatMap { Int32($0) }
        }
        defer { kill(process, SIGCONT) }
        try body()
    }
}
