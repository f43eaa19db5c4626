import Foundation

/// What date(1) says of these seconds since the epoch, in one call.
///
/// - Parameter directory: of the zones, where it is not the system's.
func offsetsOfDate(_ seconds: [Int64], zone: String?, directory: String? = nil) throws -> [Int] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/date")
    process.arguments = ["-f", "-", "+%::z"]
    process.environment = ["LC_ALL": "C", "TZ": zone, "TZDIR": directory].compactMapValues(\.self)
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    // Less than a pipe holds, so nobody waits for the other.
    try input.fileHandleForWriting.write(contentsOf: Data(seconds.map { "@\($0)\n" }.joined().utf8))
    try input.fileHandleForWriting.close()
    let lines = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return lines.split(separator: "\n").map { line in
        let parts = line.dropFirst().split(separator: ":").compactMap { Int($0) }
        return (line.hasPrefix("-") ? -1 : 1) * ((parts[0] * 60 + parts[1]) * 60 + parts[2])
    }
}

/// Goes with whoever made it.
final class TemporaryDirectory {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "stretchd-zones-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
