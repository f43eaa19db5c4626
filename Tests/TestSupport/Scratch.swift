import Foundation

/// Waits until a condition holds, normally for up to five seconds; the main queue runs meanwhile.
@MainActor
package func eventually(_ condition: () throws -> Bool) async rethrows -> Bool {
    let deadline = ContinuousClock.now + .seconds(5)
    var turns = 0
    // On a busy machine, five seconds may be only a few turns of the main queue.
    while ContinuousClock.now < deadline || turns < 100 {
        if try condition() { return true }
        try? await Task.sleep(for: .milliseconds(2))
        turns += 1
    }
    return try condition()
}

/// A temporary directory for one test, removed when this object is released.
///
/// Its path has no symbolic links.
package final class Scratch: Sendable {
    package let path: String

    package init() throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("stretchd-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        path = directory.resolvingSymlinksInPath().path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    package func callAsFunction(_ name: String) -> String { path + "/" + name }

    package func write(_ text: String, to name: String) throws {
        guard let file = fopen(self(name), "w") else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        fputs(text, file)
        fclose(file)
    }

    /// Replaces a file by renaming a new one, as editors and package managers do.
    package func replace(_ name: String, with text: String) throws {
        try write(text, to: name + ".new")
        try move(name + ".new", to: name)
    }

    package func move(_ name: String, to other: String) throws {
        guard rename(self(name), self(other)) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    }

    package func makeDirectory(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: self(name), withIntermediateDirectories: true)
    }

    package func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: self(name), withDestinationPath: target)
    }

    package func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: self(name)) }
}

/// Runs a command to its end.
package func output(of command: String, _ arguments: String...) throws -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [command] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
}
