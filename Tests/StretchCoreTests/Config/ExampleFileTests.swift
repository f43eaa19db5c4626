import StretchCore
import Testing

struct ExampleFileTests {
    @Test func itMeansTheSameAsNoFile() throws {
        #expect(try ConfigurationReader.read(exampleFile, file: "config.toml.example") == .standard)
    }

    @Test func itHoldsEveryKnownKey() throws {
        // The reader lists the keys it knows when it meets one that resembles none.
        let lists = problems("zzzzzz = 1\nprompt.zzzzzz = 1\npresence.zzzzzz = 1\n[[routine]]\nzzzzzz = 1")
            .compactMap { $0.split(separator: "unknown key; allowed: ").dropFirst().first }
        #expect(lists.count == 4)
        let keys = lists.flatMap { $0.split(separator: ", ") }
        #expect(keys.count == 4 + 6 + 2 + 7)
        let lines = exampleFile.split(separator: "\n")
        for key in keys {
            let isThere = lines.contains { $0.hasPrefix("\(key) =") || $0 == "[\(key)]" || $0 == "[[\(key)]]" }
            #expect(isThere, "\(key)")
        }
    }
}
