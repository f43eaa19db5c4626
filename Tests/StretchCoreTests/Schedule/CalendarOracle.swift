import Foundation
import StretchBase
import StretchCore

/// What `systemd-analyze calendar` says: the reference for everything but clock changes.
struct CalendarOracle {
    struct Answer: Equatable {
        /// Nil when it rejects the expression.
        let normalForm: String?
        /// Seconds since the epoch; fractions are cut.
        let elapses: [Int64]
        /// Its search ended; otherwise it gave up, as it does at some clock changes.
        let isComplete: Bool
    }

    enum Failure: Error { case missing(String), unexpectedOutput(String) }

    private static let tool = "/usr/bin/systemd-analyze"

    static func ask(_ expressions: [String], zone: String, base: Int64, count: Int) throws -> [Answer] {
        var answers = try run(expressions, zone: zone, base: base, count: count)
        // Where its search gives up it prints as little as for what it rejects: asked without clock changes it tells.
        let silent = answers.indices.filter { answers[$0].normalForm == nil }
        let repeated = try run(silent.map { expressions[$0] }, zone: "UTC", base: 1_700_000_000, count: 1)
        for (index, answer) in zip(silent, repeated) where answer.normalForm != nil {
            answers[index] = Answer(normalForm: answer.normalForm, elapses: [], isComplete: false)
        }
        return answers
    }

    /// Many expressions in one call: a call takes 8 ms, an expression almost nothing.
    private static func run(_ expressions: [String], zone: String, base: Int64, count: Int) throws -> [Answer] {
        guard !expressions.isEmpty else { return [] }
        guard FileManager.default.isExecutableFile(atPath: tool) else {
            throw Failure.missing("install systemd: \(tool) is the oracle of this test")
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: tool)
        process.arguments = ["calendar", "--base-time=@\(base)", "--iterations=\(count)", "--"] + expressions
        process.environment = ["TZ": zone, "LC_ALL": "C"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        // One block an expression, empty lines between them; a rejected expression has an empty block.
        let blocks = text.dropLast(text.hasSuffix("\n") ? 1 : 0)
            .split(separator: "\n", omittingEmptySubsequences: false)
            .split(separator: "", omittingEmptySubsequences: false)
        guard blocks.count == expressions.count else { throw Failure.unexpectedOutput(text) }
        return blocks.map { answer(of: $0, count: count) }
    }

    private static func answer(of block: ArraySlice<Substring>, count: Int) -> Answer {
        func values(_ keys: String...) -> [String] {
            block.compactMap { line in
                let trimmed = line.drop { $0 == " " }
                return keys.first { trimmed.hasPrefix($0) }.map { _ in
                    String(trimmed.split(separator: ": ", maxSplits: 1, omittingEmptySubsequences: false).last ?? "")
                }
            }
        }
        let inUTC = values("(in UTC)")
        let elapses = (inUTC.isEmpty ? values("Next elapse", "Iter.") : inUTC).compactMap(seconds)
        let never = values("Next elapse").first == "never"
        return Answer(
            normalForm: values("Normalized form").first, elapses: elapses,
            isComplete: never || elapses.count == count)
    }

    /// Reads `Sat 2026-03-28 01:00:00 UTC`.
    private static func seconds(_ text: String) -> Int64? {
        let words = text.split(separator: " ")
        guard words.count == 4, words[3] == "UTC", let civil = CivilTime("\(words[1])T\(words[2])") else { return nil }
        return Zone.utc.resolve(civil)?.instant.seconds
    }
}
