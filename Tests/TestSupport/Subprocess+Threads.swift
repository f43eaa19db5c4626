internal import Foundation

extension Subprocess {
    /// Stops the process until SIGCONT; when this returns, none of its threads runs any more.
    package func stop() async throws {
        signal(SIGSTOP)
        let stopped = try await eventually { try threads("State:").allSatisfy { $0.hasPrefix("T") } ? true : nil }
        guard stopped != nil else { throw SubprocessError.stillRunning("the process \(pid)") }
    }

    /// The number of context switches of all its threads; it does not change while the process sleeps.
    package var switches: Int {
        get throws {
            try threads("voluntary_ctxt_switches:", "nonvoluntary_ctxt_switches:").compactMap { Int($0) }.reduce(0, +)
        }
    }

    /// The value of `switches` once the process sleeps.
    package func switchesAtRest() async throws -> Int {
        var last = try switches
        let resting = try await eventually { () -> Int? in
            try await Task.sleep(for: .milliseconds(100))
            let now = try switches
            defer { last = now }
            return now == last ? now : nil
        }
        guard let resting else { throw SubprocessError.stillRunning("the process \(pid)") }
        return resting
    }

    /// The values of these keys in `/proc/PID/task/TID/status` of every thread.
    private func threads(_ keys: String...) throws -> [String] {
        var values: [String] = []
        for thread in try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task") {
            let status = try String(contentsOfFile: "/proc/\(pid)/task/\(thread)/status", encoding: .utf8)
            for line in status.split(separator: "\n") {
                let words = line.split(separator: "\t")
                if let key = words.first, keys.contains(String(key)) { values += words.dropFirst().map(String.init) }
            }
        }
        return values
    }
}
