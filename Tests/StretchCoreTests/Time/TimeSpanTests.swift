import Foundation
import StretchBase
import StretchCore
import Testing

struct TimeSpanTests {
    static let spans = [
        "1.5ms", "90s", "1h 30min", "2 days", "1.5h", "5", "5 5", "+5", "0", "0.5us", "3.sec", "1.5", "12.34.56",
        "12.34 .56", "1y", "1month 3w", "1M", "1m", ".5s", "5 S", "1s1", "59.9s", "61.5s", "1500us", "1d 1us", "100y",
        "99999999999y", "1hr", "2µs", "2μs", " 5s ", "", "-5", "1s -1", "1.23456789s", "1.9999999min", "3 min",
        "1min30s",
        "5 x", "0s", "1.001s", "2ms 3us", "10min", "4h", "s", "1 hour 2 minutes 3 seconds", "1 weeks", "7days", "1.",
        ".",
        "+", "+.5", "1e3", "0x10", "1,5h", "10 min 5", "min", "5minuten", "36h", "13months", "\t5s\n", "1 d", "1w2d",
    ]

    /// `systemd-analyze timespan` is the oracle.
    @Test(arguments: spans)
    func spansAreReadAndWrittenAsSystemdDoes(text: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/systemd-analyze")
        process.arguments = ["timespan", "--", text]
        process.environment = ["LC_ALL": "C"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let lines = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            .split(separator: "\n").map { $0.drop { $0 == " " } }
        process.waitUntilExit()
        let span = try? TimeSpan.parse(text)
        let value = lines.first { $0.hasPrefix("us: ") }.flatMap { Int64($0.dropFirst(4)) }
        #expect(span?.microseconds == value)
        let form = lines.first { $0.hasPrefix("Human: ") }.map { String($0.dropFirst(7)) }
        #expect(span.map(TimeSpan.format) == form)
    }

    @Test(arguments: [
        ("infinity", 0, "infinity is not possible here: a span must end"),
        ("10min -5s", 6, "a span cannot be negative"),
        ("5minuten", 1, "\"minuten\" is no unit"), ("3 weks", 2, "\"weks\" is no unit"),
        ("5x", 1, "this is no unit"), ("", 0, "a time span such as 1h 30min is missing"),
        ("9999999y", 0, "the span is too long"),
        ("9223372036854.999999s", 0, "the span is too long"),
    ])
    func errorsPointAtThePlace(text: String, offset: Int, problem: String) {
        let error = #expect(throws: SyntaxError.self) { try TimeSpan.parse(text) }
        #expect(error?.offset == offset)
        #expect(error?.problem == problem)
    }

    @Test(arguments: [
        ("10", 0, "10 has no unit", "10min"), ("1h30", 2, "30 has no unit", "1h 30min"),
        ("1h 30", 3, "30 has no unit", "1h 30min"), ("2 hours 15", 8, "15 has no unit", "2h 15min"),
        ("1d12", 2, "12 has no unit", "1d 12h"), ("10min30", 5, "30 has no unit", "10min 30s"),
        ("1w3", 2, "3 has no unit", "1w 3d"), ("1.5", 0, "1.5 has no unit", "1.5min"),
        ("+5", 0, "+5 has no unit", "+5min"),
        ("2 30", 0, "2 has no unit", "2min 30s"), ("0h 30", 3, "30 has no unit", "0h 30min"),
    ])
    func aNumberWithoutAUnitIsDoubtful(text: String, offset: Int, problem: String, better: String) throws {
        let doubt = try #require(TimeSpan.doubt(about: text, unit: .minutes(1)))
        #expect(doubt.offset == offset)
        #expect(doubt.problem == problem)
        #expect(doubt.hint == "did you mean \(better)?")
        #expect(TimeSpan.doubt(about: better, unit: .minutes(1)) == nil)
    }

    @Test(arguments: ["1h 30min", "90s", "0", "2 days", "1h0", "5 parsecs", ""])
    func whereEachNumberHasItsUnitNothingIsDoubtful(text: String) {
        #expect(TimeSpan.doubt(about: text, unit: .hours(24)) == nil)
    }

    @Test func theUnitOfANumberAloneIsThatOfItsPlace() {
        #expect(TimeSpan.doubt(about: "3", unit: .hours(24))?.hint == "did you mean 3d?")
        #expect(TimeSpan.doubt(about: "600", unit: .seconds(1))?.hint == "did you mean 600s?")
    }
}
