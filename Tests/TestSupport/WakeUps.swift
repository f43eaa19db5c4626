internal import Foundation

extension Subprocess {
    /// How often its threads were switched by now; as long as it sleeps this stays the same.
    package var switches: Int {
        get throws {
            let tasks = "/proc/\(pid)/task"
            return try FileManager.default.contentsOfDirectory(atPath: tasks).reduce(0) { sum, thread in
                let status = try String(contentsOfFile: "\(tasks)/\(thread)/status", encoding: .utf8)
                let counts = status.split(separator: "\n").filter { $0.contains("ctxt_switches:") }
                return sum + counts.compactMap { $0.split(separator: "\t").last.flatMap { Int($0) } }.reduce(0, +)
            }
        }
    }

    /// The same as soon as it sleeps.
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
}
