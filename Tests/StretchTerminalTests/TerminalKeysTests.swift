import StretchTerminal
import Testing

struct TerminalKeysTests {
    @Test(arguments: [
        ("n", [TerminalKey.character("n")]), (" ", [.character(" ")]), ("\r", [.character("\n")]),
        ("\n", [.character("\n")]), ("\u{3}", [.interrupt]), ("\u{4}", [.interrupt]), ("\u{1B}[C", [.right]),
        ("\u{1B}[D", [.left]), ("\u{1B}OC", [.right]), ("\u{1B}OD", [.left]), ("\u{1B}[1;5C", [.right]),
        ("nb\u{1B}[Dq", [.character("n"), .character("b"), .left, .character("q")]),
    ])
    func bytesBecomeKeys(bytes: String, keys: [TerminalKey]) {
        var parser = TerminalKeys()
        #expect(parser.keys(in: bytes.utf8) == keys)
    }

    /// Function keys, on Linux's console too, Delete, a click, a letter that is none of ours.
    @Test(arguments: [
        "\u{1B}[[A", "\u{1B}[[D", "\u{1B}[[C", "\u{1B}[A", "\u{1B}[3~", "\u{1B}[15~", "\u{1B}OP", "\u{1B}[<0;10;5M",
        "ü",
        "\u{1B}[Z",
    ])
    func otherKeysMeanNothingAndLeaveNothingBehind(bytes: String) {
        var parser = TerminalKeys()
        #expect(parser.keys(in: bytes.utf8) == [])
        #expect(parser.keys(in: "n".utf8) == [.character("n")])
    }

    @Test func sequenceMayComeInPieces() {
        var parser = TerminalKeys()
        #expect(parser.keys(in: [0x1B]) == [])
        #expect(parser.keys(in: "[1;".utf8) == [])
        #expect(parser.keys(in: "2".utf8) == [])
        #expect(parser.keys(in: "Cn".utf8) == [.right, .character("n")])
    }

    @Test func escapeAloneIsForgottenWithTheNextKey() {
        var parser = TerminalKeys()
        #expect(parser.keys(in: [0x1B]) == [])
        #expect(parser.keys(in: [0x1B]) == [])
        #expect(parser.keys(in: "q".utf8) == [.character("q")])
    }

    @Test func rubbishWithoutAnEndIsGivenUp() {
        var parser = TerminalKeys()
        #expect(parser.keys(in: "\u{1B}[".utf8) == [])
        #expect(parser.keys(in: Array(repeating: UInt8(ascii: "1"), count: 100)).count > 0)
        #expect(parser.keys(in: "n".utf8) == [.character("n")])
    }
}
