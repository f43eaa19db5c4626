import Testing

@testable import StretchBase
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
        #expect("u\u{308}ber ko\u{308}nnen".wrapped(to: 11) == ["u\u{308}ber ko\u{308}nnen"])
    }

    @Test func whatIsWrittenWithoutBlanksIsBrokenBetweenItsCharacters() {
        #expect("膝を床につけて、「前へ」ゆっくり".wrapped(to: 16) == ["膝を床につけて、", "「前へ」ゆっくり"])
        // No line begins with what closes or goes on, none ends with what opens.
        #expect("床につけて、前へ".wrapped(to: 10) == ["床につけ", "て、前へ"])
        #expect("つけて「前へ」".wrapped(to: 8) == ["つけて", "「前へ」"])
        #expect("ストレッチー".wrapped(to: 10) == ["ストレッ", "チー"])
        #expect("見る https://example.org/long を".wrapped(to: 10) == ["見る", "https://example.org/long", "を"])
    }
}
