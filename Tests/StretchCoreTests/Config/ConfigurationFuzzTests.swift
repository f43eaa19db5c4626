import StretchCore
import Testing

struct ConfigurationFuzzTests {
    @Test(arguments: 0..<8)
    func damagedExamplesAreReadOrReportedOnSingleLines(_ seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<500 {
            var bytes = Array(exampleFile.utf8)
            for _ in 0..<Int.random(in: 1...12, using: &generator) { damage(&bytes, &generator) }
            for problem in problems(String(decoding: bytes, as: UTF8.self)) {
                #expect(problem.hasPrefix("config.toml: ") && !problem.contains("\n"))
            }
        }
    }

    /// One slip of the pen: a piece taken out, doubled or moved, or something put in that means something to TOML.
    private func damage(_ bytes: inout [UInt8], _ generator: inout SplitMix64) {
        guard !bytes.isEmpty else { return }
        let start = bytes.indices.randomElement(using: &generator) ?? 0
        let piece = Array(bytes[start..<min(bytes.count, start + Int.random(in: 1...20, using: &generator))])
        let place = Int.random(in: 0...bytes.count - piece.count, using: &generator)
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: bytes.removeSubrange(start..<start + piece.count)
        case 1: bytes.insert(contentsOf: piece, at: place)
        case 2: bytes[start] = UInt8.random(in: 0...255, using: &generator)
        default: bytes.insert(contentsOf: (Self.signs.randomElement(using: &generator) ?? "").utf8, at: place)
        }
    }

    private static let signs = [
        "[", "]", "[[", "]]", "{", "}", "\"", "'", "\"\"\"", "'''", "=", ".", ",", "#", "\n", "\r", "\t", "\\", "\\u",
        "\\x0",
        "+", "-", "_", "0x", "1e", "inf", "nan", "true", "1979-05-27T00:32:00.1-07:00", "00:00:60", "\u{FEFF}",
        "\u{2028}", "ü",
        "[routine]\n", "[[routine]]\n", "[prompt.a]\n", "prompt.x.y = {a = [{}]}\n", "routine = []\n",
        "[[routine.steps]]\n",
        "[[prompt]]\n", "a = [[{b.c = 1}], [1]]\n", "id.x = 1\n", "\0", "\u{1F9D8}", " ", "@", "..", "/", "*", "~",
    ]
}
