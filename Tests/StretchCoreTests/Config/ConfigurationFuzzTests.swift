import StretchBase
import StretchCore
import Testing

struct ConfigurationFuzzTests {
    @Test(arguments: 0..<8)
    func damagedExamplesAreReadOrReportedOnSingleLines(_ seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<500 {
            let text = damaged(seed % 2 == 0 ? exampleFile : exampleFileWithExamples, &generator)
            for problem in problems(text) {
                #expect(problem.hasPrefix("config.toml: ") && !problem.contains("\n"))
            }
        }
    }

    @Test(arguments: 0..<4)
    func damagedIncludedFilesAreReadOrReportedOnSingleLines(_ seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<500 {
            let text = damaged("include = [\"a.toml\", \"b/c.toml\"]\n\(Self.own)", &generator)
            let files = ["a.toml": damaged(Self.own, &generator), "b/c.toml": damaged(Self.own, &generator)]
            for problem in problems(text, including: files) {
                #expect(problem.contains(#/^(config|a|b/c)\.toml: /#) && !problem.contains("\n"))
            }
        }
    }

    private static let own = """
        [[stretch]]
        id = "calf"
        title = "Calf"
        movement = "Lean."
        sides = "both"
        [[routine]]
        id = "desk"
        schedule = "11:00"
        [[routine.steps]]
        stretch = "calf"
        hold = "20s"
        sides = "left"

        """

    private func damaged(_ text: String, _ generator: inout SplitMix64) -> String {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...12, using: &generator) { damage(&bytes, &generator) }
        return String(decoding: bytes, as: UTF8.self)
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
        "[[routine.steps]]\n", "[routine.steps]\n", "steps = []\n", "steps = [\"calf\", {stretch = \"calf\"}]\n",
        "[[stretch]]\n", "[stretch.steps]\n", "include = [\"a.toml\"]\n", "[[include]]\n", "[guide]\n",
        "[[prompt]]\n", "a = [[{b.c = 1}], [1]]\n", "id.x = 1\n", "\0", "\u{1F9D8}", " ", "@", "..", "/", "*", "~",
    ]
}
