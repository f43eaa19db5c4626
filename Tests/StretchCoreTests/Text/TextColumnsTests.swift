import TestSupport
import Testing

@testable import StretchBase
@testable import StretchCore

/// How wide a text is in a terminal.
struct TextColumnsTests {
    @Test(arguments: [
        ("", 0), ("plain text", 10), ("Dehnübung", 9), ("u\u{308}ben", 4), ("é\u{301}\u{302}\u{303}", 1),
        ("長い題名", 8), ("か\u{3099}", 2), ("ＡＢ", 4), ("ｱｲ", 2), ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2),
        ("שלום", 4), ("กำ", 2), ("\u{200B}a\u{200D}\u{FEFF}b", 2), ("Deh\u{AD}nen", 7), ("\u{FFFD}", 1),
        ("● ○ · █ ━ …", 11),
        // Emoji, and what is put together of them.
        ("🧘", 2), ("❤", 1), ("❤\u{FE0F}", 2), ("1\u{FE0F}\u{20E3}", 2), ("🇩🇪", 2), ("👍🏽", 2), ("☝🏽", 2),
        ("👨‍👩‍👧", 2), ("🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", 2), ("⌚", 2), ("©", 1),
    ])
    func aTextTakesAsManyColumnsAsATerminalGivesIt(text: String, columns: Int) {
        #expect(text.columns == columns)
        #expect("a\(text)b".columns == columns + 2)
    }

    @Test func eachCharacterIsAsWideAsUnicodeSays() async throws {
        let lines = try await Subprocess.run(
            ["/usr/bin/python3", "-c", Self.script], environment: ["PATH": "/usr/bin:/bin"])
        try #require(lines.count > 100_000)
        var wrong: [String] = []
        for line in lines {
            let numbers = line.split(separator: " ").compactMap { UInt32($0) }
            let scalar = try #require(Unicode.Scalar(numbers[0]))
            if scalar.columns != numbers[1] { wrong.append("\(line), not \(scalar.columns)") }
        }
        #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(20))")
    }

    /// Prints the number and the width of each character that this Python knows.
    ///
    /// Left out are those whose width Unicode 16 changed, format characters, some of which are seen, flags, and the Korean
    /// letters that join a syllable, which Unicode calls neutral.
    private static let script = """
        import unicodedata
        later = set(range(0x2630, 0x2638)) | set(range(0x268A, 0x2690)) | set(range(0x4DC0, 0x4E00)) \\
            | set(range(0x1D300, 0x1D357)) | set(range(0x1D360, 0x1D377)) | {0x1171E}
        for number in range(0x20, 0x110000):
            character = chr(number)
            category = unicodedata.category(character)
            if category in ("Cn", "Cs", "Cf", "Cc") or number in later or 0x1F1E6 <= number <= 0x1F1FF: continue
            if 0x1160 <= number <= 0x11FF or 0xD7B0 <= number <= 0xD7FF: continue
            if category in ("Mn", "Me", "Zl", "Zp"): width = 0
            else: width = 2 if unicodedata.east_asian_width(character) in "WF" else 1
            print(number, width)
        """

    @Test func cellsOfATableEndInTheSameColumn() {
        for text in ["floor", "長い", "u\u{308}", "🧘"] {
            #expect(column(text, 8).columns == 8)
            #expect(rightColumn(text, 8).columns == 8)
        }
        #expect(column("longer", 2) == "longer")
    }
}
