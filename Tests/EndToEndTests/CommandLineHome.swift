import Foundation
import StretchBase
import StretchCore
import TestSupport

/// A home of its own for the real program: configuration, journal and runtime directory in a temporary directory.
final class CommandLineHome: Sendable {
    struct Result {
        let out: String
        let err: String
        let code: Int32
        var lines: [Substring] { out.split(separator: "\n", omittingEmptySubsequences: false) }
    }

    let path: String
    /// The value of `TZ`.
    let zone: String

    init(zone: String = "Europe/Berlin", configuration: String? = nil) throws {
        self.zone = zone
        path = FileManager.default.temporaryDirectory.appending(path: "stretchd-cli-\(UUID().uuidString)").path
        for directory in ["config/stretchd", "data/stretchd/journal", "run"] {
            try FileManager.default.createDirectory(atPath: "\(path)/\(directory)", withIntermediateDirectories: true)
        }
        if let configuration { try write(configuration, to: configurationFile) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// It is between 12:00 and 13:00 there, whatever the time is here.
    static func atNoon(_ configuration: String? = nil) throws -> CommandLineHome { try atHour(12, configuration) }

    /// It is this hour there; between 1 and 21, or no zone has it at any time.
    static func atHour(_ hour: Int, _ configuration: String? = nil) throws -> CommandLineHome {
        let distance = hour - Int(Date().timeIntervalSince1970) / 3600 % 24
        let offset = distance < -12 ? distance + 24 : distance > 14 ? distance - 24 : distance
        // The names of these zones count westwards.
        return try CommandLineHome(zone: "Etc/GMT\(offset > 0 ? "-" : "+")\(abs(offset))", configuration: configuration)
    }

    var configurationFile: String { "\(path)/config/stretchd/config.toml" }
    var journal: String { "\(path)/data/stretchd/journal" }

    func write(_ text: String, to file: String) throws {
        try text.write(toFile: file, atomically: false, encoding: .utf8)
    }

    /// Adds a file to the journal, as another machine would.
    func sync(_ lines: String...) throws {
        try write(lines.map { $0 + "\n" }.joined(), to: "\(journal)/other.jsonl")
    }

    /// The members of the records this machine wrote.
    func records() throws -> [[String: String]] {
        let names = try FileManager.default.contentsOfDirectory(atPath: journal).filter { $0 != "other.jsonl" }
        return try names.sorted().flatMap { name in
            try String(contentsOfFile: "\(journal)/\(name)", encoding: .utf8).split(separator: "\n").map { line in
                let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
                return object.mapValues { "\($0)" }
            }
        }
    }

    /// Runs `stretchd` to its end.
    func run(_ arguments: String...) async throws -> Result { try await run(arguments) }

    /// `under`: by means of this command.
    func run(_ arguments: [String], under command: [String] = []) async throws -> Result {
        let (out, err) = ("\(path)/\(UUID().uuidString).out", "\(path)/\(UUID().uuidString).err")
        let process = try Subprocess(
            ["/bin/sh", "-c", #"exec "$@" >"$OUT" 2>"$ERR""#, "sh"] + command + [builtProgram("stretchd")] + arguments,
            environment: [
                "HOME": path, "XDG_CONFIG_HOME": "\(path)/config", "XDG_DATA_HOME": "\(path)/data",
                "XDG_RUNTIME_DIR": "\(path)/run", "TZ": zone, "OUT": out, "ERR": err,
            ])
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

    /// Runs it with `--json` and reads the answer.
    func json(_ arguments: String...) async throws -> Any {
        let result = try await run(arguments)
        guard result.code == 0 else { throw SubprocessError.failed("\(arguments): \(result.err)") }
        return try JSONSerialization.jsonObject(with: Data(result.out.utf8))
    }
}
