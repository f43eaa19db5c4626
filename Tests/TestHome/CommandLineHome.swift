internal import Foundation
internal import StretchBase
internal import StretchCommands
internal import StretchSystem
internal import TestSupport

/// A home for the command line: configuration, journal and runtime directory in a temporary directory.
package final class CommandLineHome: Sendable {
    package struct Result {
        package let out: String
        package let err: String
        package let code: Int32
        package var lines: [Substring] { out.split(separator: "\n", omittingEmptySubsequences: false) }
    }

    package let path: String
    /// The value of `TZ`.
    package let zone: String

    package init(zone: String = "Europe/Berlin", configuration: String? = nil) throws {
        self.zone = zone
        path = FileManager.default.temporaryDirectory.appending(path: "stretchd-cli-\(UUID().uuidString)").path
        for directory in ["config/stretchd", "data/stretchd/journal", "run"] {
            try FileManager.default.createDirectory(atPath: "\(path)/\(directory)", withIntermediateDirectories: true)
        }
        if let configuration { try write(configuration, to: configurationFile) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A home in a zone where it is now between 12:00 and 13:00.
    package static func atNoon(_ configuration: String? = nil) throws -> CommandLineHome {
        try atHour(12, configuration)
    }

    /// A home in a zone where it is now this hour.
    ///
    /// - Parameter hour: 1 to 21; for other hours there is not always a zone.
    package static func atHour(_ hour: Int, _ configuration: String? = nil) throws -> CommandLineHome {
        let distance = hour - Int(Date().timeIntervalSince1970) / 3600 % 24
        let offset = distance < -12 ? distance + 24 : distance > 14 ? distance - 24 : distance
        // In the names of these zones, plus means west.
        return try CommandLineHome(zone: "Etc/GMT\(offset > 0 ? "-" : "+")\(abs(offset))", configuration: configuration)
    }

    package var configurationFile: String { "\(path)/config/stretchd/config.toml" }
    package var journal: String { "\(path)/data/stretchd/journal" }

    package func write(_ text: String, to file: String) throws {
        try text.write(toFile: file, atomically: false, encoding: .utf8)
    }

    /// Writes these lines as another machine's journal file.
    package func sync(_ lines: String...) throws {
        try write(lines.map { $0 + "\n" }.joined(), to: "\(journal)/other.jsonl")
    }

    /// The members of each record that this machine wrote.
    package func records() throws -> [[String: String]] {
        let names = try FileManager.default.contentsOfDirectory(atPath: journal).filter { $0 != "other.jsonl" }
        return try names.sorted().flatMap { name in
            try String(contentsOfFile: "\(journal)/\(name)", encoding: .utf8).split(separator: "\n").map { line in
                let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
                return object.mapValues { "\($0)" }
            }
        }
    }

    /// The environment of commands in this home.
    package var environment: [String: String] {
        [
            "HOME": path, "XDG_CONFIG_HOME": "\(path)/config", "XDG_DATA_HOME": "\(path)/data",
            "XDG_RUNTIME_DIR": "\(path)/run", "TZ": zone,
        ]
    }

    /// Runs a command line in this process, to its end.
    package func run(_ arguments: String...) throws -> Result { try run(arguments) }

    /// - Parameters:
    ///   - time: the time of the clock, in RFC 3339; nil: the real time.
    ///   - columns: the width of the terminal; nil: no terminal.
    package func run(
        _ arguments: [String], adding variables: [String: String] = [:], at time: String? = nil, columns: Int? = nil
    ) throws -> Result {
        let instant = try time.map { time in
            guard let timestamp = Timestamp(time) else { throw SubprocessError.failed("no time: \(time)") }
            return timestamp.instant
        }
        let (out, err) = (try TemporaryFile(in: path), try TemporaryFile(in: path))
        let context = Context(
            environment: environment.merging(variables) { $1 }, clock: { instant ?? SystemClock.now() },
            output: out.descriptor, error: err.descriptor, columns: columns, errorColumns: columns)
        let code = StretchCommands.run(arguments, in: context)
        return Result(out: try out.text(), err: try err.text(), code: code)
    }

    /// Runs the built program to its end.
    ///
    /// - Parameter command: a command that starts the program; empty: none.
    package func runProgram(_ arguments: [String], under command: [String] = []) async throws -> Result {
        let (out, err) = ("\(path)/\(UUID().uuidString).out", "\(path)/\(UUID().uuidString).err")
        let process = try Subprocess(
            ["/bin/sh", "-c", #"exec "$@" >"$OUT" 2>"$ERR""#, "sh"] + command + [builtProgram("stretchd")] + arguments,
            environment: environment.merging(["OUT": out, "ERR": err]) { $1 })
        let code: Int32
        do { code = try await process.finish() } catch {
            await process.end()
            throw error
        }
        return Result(
            out: try String(contentsOfFile: out, encoding: .utf8),
            err: try String(contentsOfFile: err, encoding: .utf8),
            code: code)
    }

    /// Runs a command line in this process and parses its output as JSON.
    package func json(_ arguments: String...) throws -> Any {
        let result = try run(arguments)
        guard result.code == 0 else { throw SubprocessError.failed("\(arguments): \(result.err)") }
        return try JSONSerialization.jsonObject(with: Data(result.out.utf8))
    }
}

/// A temporary file without a name.
private struct TemporaryFile {
    private let handle: FileHandle
    var descriptor: Int32 { handle.fileDescriptor }

    init(in directory: String) throws {
        let path = "\(directory)/\(UUID().uuidString)"
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SubprocessError.failed("\(path): \(String(cString: strerror(errno)))") }
        unlink(path)
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// Everything that was written to the file.
    func text() throws -> String {
        try handle.seek(toOffset: 0)
        guard let text = String(data: try handle.readToEnd() ?? Data(), encoding: .utf8) else {
            throw SubprocessError.failed("what was written is not UTF-8")
        }
        return text
    }
}

/// A routine's table for `config.toml`.
package func routine(_ id: String, _ schedule: String..., window: String = "4h") -> String {
    """
    [[routine]]
    id = "\(id)"
    title = "\(id)"
    schedule = [\(schedule.map { "\"\($0)\"" }.joined(separator: ", "))]
    window = "\(window)"

    """
}

/// A journal line with a time three days in the future.
package var lineOfTheFuture: String {
    let time = Date(timeIntervalSinceNow: 3 * 86_400).ISO8601Format()
    return #"{"v":1,"id":"future","ts":"\#(time)","type":"resume"}"# + "\n"
}
