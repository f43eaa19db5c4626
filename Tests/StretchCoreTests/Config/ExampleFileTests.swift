import StretchBase
import StretchCore
import Testing

struct ExampleFileTests {
    @Test func itMeansTheSameAsNoFile() throws {
        var configuration = try ConfigurationReader.read(exampleFile, file: "config.toml.example")
        #expect(configuration.hasOwnRoutines)
        configuration.hasOwnRoutines = false
        #expect(configuration == .standard)
    }

    @Test func theExamplesInItAreInOrder() throws {
        let configuration = try ConfigurationReader.read(exampleFileWithExamples, file: "config.toml.example")
        #expect(configuration.routines.map(\.id) == ["morning", "desk", "calves"])
        let stretch = try #require(configuration.stretches.first)
        let step = try #require(configuration.routine("calves")?.steps.first)
        #expect(step.stretch == stretch)
        #expect(step.dose != stretch.dose)
        // Nothing of what it shows is what is there without it.
        let words = [stretch.purpose, stretch.movement, stretch.cue, stretch.feel]
        let lists = [
            stretch.muscles, stretch.needs, stretch.preparation, stretch.faults, stretch.cautions, stretch.sources,
            stretch.drawing,
        ]
        #expect(!words.contains("") && !lists.contains([]))
    }

    @Test func itHoldsEveryKnownKey() throws {
        // The reader lists the keys it knows when it meets one that resembles none.
        let lists = problems(
            """
            zzzzzz = 1
            prompt.zzzzzz = 1
            presence.zzzzzz = 1
            guide.zzzzzz = 1
            person.zzzzzz = 1
            [[stretch]]
            zzzzzz = 1
            [[stretch.level]]
            zzzzzz = 1
            [[routine]]
            zzzzzz = 1
            [[routine.steps]]
            zzzzzz = 1
            """
        ).compactMap { $0.split(separator: "unknown key; allowed: ").dropFirst().first }
        #expect(lists.count == 9)
        let keys = lists.flatMap { $0.split(separator: ", ") }
        #expect(keys.count == 8 + 6 + 2 + 3 + 1 + 27 + 4 + 7 + 10)
        let lines = exampleFileWithExamples.split(separator: "\n")
        for key in keys {
            let isThere = lines.contains {
                $0.hasPrefix("\(key) =") || $0 == "[\(key)]" || $0 == "[[\(key)]]" || $0 == "[[stretch.\(key)]]"
            }
            #expect(isThere, "\(key)")
        }
    }
}
