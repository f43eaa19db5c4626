import Testing

@testable import StretchCore

/// Words in lines.
struct TextWrapTests {
    @Test func linesAreBrokenAtBlanks() {
        #expect("one two three".wrapped(to: 7) == ["one two", "three"])
        #expect("one two three".wrapped(to: 6) == ["one", "two", "three"])
        #expect("one two three".wrapped(to: .max) == ["one two three"])
        #expect(" ".wrapped(to: 7) == [])
    }

    @Test func blanksStayButForThoseAtTheEndsOfALine() {
        #expect("  [p] Pause   [f] Next  ".wrapped(to: 40) == ["[p] Pause   [f] Next"])
        #expect("[p] Pause   [f] Next".wrapped(to: 14) == ["[p] Pause", "[f] Next"])
    }

    @Test func aWordThatIsTooLongIsBrokenOnlyOnAGrid() {
        #expect("see example.org now".wrapped(to: 5) == ["see", "example.org", "now"])
        #expect("see example.org now".wrapped(to: 5, breaksWords: true) == ["see", "examp", "le.or", "g now"])
        for width in [-1, 0] { #expect("see now".wrapped(to: width, breaksWords: true) == ["see", "now"]) }
    }

    @Test func wideCharactersTakeTwoColumns() {
        #expect("伸びる 体".wrapped(to: 8) == ["伸びる", "体"])
        #expect("伸びる体".wrapped(to: 5, breaksWords: true) == ["伸び", "る体"])
    }
}
