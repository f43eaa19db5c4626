import StretchBase
import Testing

@testable import StretchCore

/// The parser is C++: an exception out of it or an overflow of its stack would end the program.
struct HostileTextTests {
    @Test(arguments: [
        "", "\n\n", "# only a comment", "\u{FEFF}day_start = \"04:00\"\n", "\u{FEFF}[prompt]", "\r\n",
        "[prompt]\n[presence]\r\n", "# [[[ }", "# 2026-11-23 7\n",
        "# " + String(repeating: "Text has full stops. ", count: 5000),
    ])
    func readsAsTheDefaults(_ text: String) throws {
        #expect(try ConfigurationReader.read(text, file: "f") == .standard)
    }

    @Test(arguments: [
        ("a = \u{0}", "line 1: has a NUL byte; allowed: text in UTF-8"),
        ("# x\nday_start = \"\\u0000\"", "line 2: has the character NUL; leave \\u0000 out"),
        (
            String(decoding: [0x0A, 0x0A, 0xFF, 0x3D], as: UTF8.self),
            "line 3: has bytes that are not UTF-8; save the file as UTF-8"
        ),
        (String(repeating: "# padding\n", count: 100_000), "has 1000000 bytes; allowed: up to 262144"),
        (
            Array(repeating: "a", count: 30_000).joined(separator: ".") + " = 1",
            "has over 1000 dots outside quotes; they nest tables: use headers"
        ),
        ("\n [[ [a]]", "line 2: a table's name cannot begin like this; allowed: [name] or [[name]]"),
        ("[ü]", "line 1: a table's name cannot begin like this; allowed: [name] or [[name]]"),
        (String(repeating: "[", count: 100_000), "line 1: a table's name cannot begin like this"),
        ("[", "line 1: a table's name cannot begin like this; allowed: [name] or [[name]]"),
        ("a = [\n\u{2028}]", "line 2: has a character that may only stand between quotes; take it out or use quotes"),
        ("\na = 2026-11-23T:30", "line 2: has a date that T and no time follow; write it in quotes"),
        ("a = 2026-11-23 7\n", "line 1: has a space and a digit after a number or a date"),
        ("a = 9_999-99-99 7,", "line 1: has a space and a digit after a number or a date"),
        ("a = 9999-99-9/ 7\n", "line 1: has a space and a digit after a number or a date"),
        ("a = 9999-99-9\" 7\n", "line 1: has a quote in the middle of a word"),
        ("a = 9999-99-[\" 7 \"", "line 1: has a bracket in the middle of a word"),
        ("a = 9999-99-=\" 7 \"", "line 1: has an = where none can stand"),
        ("a = [9999-99-=\" 7 \"]", "line 1: has an = where none can stand"),
        ("a = {b = 9999-99-=\" 7 \"}", "line 1: has an = where none can stand"),
        ("a = [}", "line 1: has a } that closes nothing; take it out"),
        ("a = " + String(repeating: "[", count: 100_000), "line 1: has more than 32 brackets open"),
        ("a = " + String(repeating: "{a=", count: 60_000), "line 1: has more than 32 brackets open"),
    ])
    func isRefusedWithItsPlace(_ text: String, _ message: String) {
        let hazard = TOMLHazard.first(in: text)
        let place = hazard?.line.map { "line \($0): " } ?? ""
        let told = place + (hazard?.what ?? "")
        #expect(told.hasPrefix(message))
        // What it was probably meant to be is read instead, so there may be more to tell.
        let found = problems(text)
        #expect(found.first?.hasPrefix("config.toml: \(place)") == true, "\(found)")
        #expect(found.allSatisfy { $0.count < 400 })
    }

    @Test(arguments: [
        ("[prompt", "line 1: [prompt: is no table's name; write [prompt]"),
        ("reminders = 99999999999999999999", "line 1: reminders = 99999999999999999999: is a text without quotes"),
    ])
    func whatTheParserRefusesHasItsPlace(_ text: String, _ message: String) {
        #expect(problems(text).first?.hasPrefix("config.toml: \(message)") == true, "\(problems(text))")
    }

    /// What turns the text beside it around or is not seen at all makes a line say what is not there.
    @Test(arguments: ["\u{202A}", "\u{202E}", "\u{2066}", "\u{2069}", "\u{200B}", "\u{FEFF}", "\u{1B}"])
    func nothingTurnsALineAround(_ character: String) {
        #expect(oneLine("a\(character)b") == "a\u{FFFD}b")
        for problem in problems("[prompt]\nsound = \"a\(character)b\"\n\"c\(character)d\" = 1") {
            #expect(!problem.contains(character))
        }
    }

    @Test func whatJoinsLettersAndPicturesStays() {
        for text in [
            "\u{645}\u{6CC}\u{200C}\u{62E}", "\u{1F468}\u{200D}\u{1F469}", "Dehnübung", "Deh\u{AD}nen", "a\u{200F}b",
        ] {
            #expect(oneLine(text) == text)
        }
    }

    @Test(arguments: [
        "1", "-1", "9223372036854775807", "-9223372036854775808", "0x7fffffffffffffff", "1.5", "inf", "-inf", "nan",
        "1e400", "true", "\"\"", "\"\u{1F9D8}\"", "1979-05-27", "07:32:00", "1979-05-27T07:32:00Z",
        "1979-05-27T07:32:00.999999-07:00", "[]", "[1, \"a\", 1.5, [], {}]", "{}", "{a.b.c = 1}", "[[[[]]]]",
        "\"\"\"\n\n\"\"\"", "'''\u{1F9D8}'''",
    ])
    func everyKindOfValueUnderEveryKeyIsReadOrReported(_ value: String) {
        for key in [
            "include", "day_start", "prompt", "presence", "guide", "stretch", "routine", "unknown",
            "prompt.snooze.deeper", "\"\"", "\"a b\"",
        ] {
            for problem in problems("\(key) = \(value)") { #expect(problem.hasPrefix("config.toml: ")) }
        }
        for key in ["snooze", "snooze_limit", "remind_every", "reminders", "urgency", "sound", "unknown"] {
            for problem in problems("[prompt]\n\(key) = \(value)") { #expect(problem.hasPrefix("config.toml: ")) }
        }
        for key in ["sound", "speech", "pain", "unknown"] {
            for problem in problems("[guide]\n\(key) = \(value)") { #expect(problem.hasPrefix("config.toml: ")) }
        }
        for key in ["id", "title", "schedule", "except", "window", "daily_goal", "steps", "unknown"] {
            #expect(!problems("[[routine]]\n\(key) = \(value)").isEmpty)
        }
        for key in ["stretch", "sides", "hold", "repeats", "rest", "unknown"] {
            #expect(!problems("[[routine]]\n[[routine.steps]]\n\(key) = \(value)").isEmpty)
        }
        for key in Self.stretchKeys {
            #expect(!problems("[[stretch]]\n\(key) = \(value)").isEmpty)
        }
    }

    private static let stretchKeys = [
        "id", "title", "purpose", "muscles", "position", "needs", "preparation", "movement", "cue", "sides", "hold",
        "repeats", "rest", "feel", "faults", "cautions", "flexion", "sources", "drawing", "unknown",
    ]

    @Test func deepKeysWithinTheLimitDoNoHarm() {
        let dots = Array(repeating: "a", count: 330).joined(separator: ".")
        #expect(problems("\(dots) = 1\n\(dots) = 2").count == 1)
        #expect(problems("[[\(dots)]]\n\(dots) = {\(dots) = 1}\n!").count == 1)
        #expect(problems("\(dots) = 1").count == 1)
    }

    @Test func messagesStayOnOneLineAndCannotMoveTheCursor() {
        let found = problems(
            "\"a\\n\\u001B[2J\" = 1\n[prompt]\nsound = \"\\u001B]0;x\\u0007\\n\"\nurgency = \"\(String(repeating: "x", count: 9_000))\""
        )
        #expect(found.count == 3)
        for problem in found {
            #expect(!problem.unicodeScalars.contains { $0.properties.generalCategory == .control })
            #expect(problem.count < 200)
        }
    }
}
