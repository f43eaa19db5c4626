import StretchCore
import Testing

struct StretchLibraryTests {
    @Test func everyStretchIsCompleteAndFoundByItsID() {
        for stretch in StretchLibrary.all {
            #expect(StretchLibrary.stretch(stretch.id) == stretch)
            #expect(!stretch.title.isEmpty && !stretch.purpose.isEmpty && !stretch.instructions.isEmpty)
            #expect(!stretch.cautions.isEmpty)
            #expect(!stretch.sources.isEmpty && stretch.sources.allSatisfy { $0.contains("https://") })
            #expect(stretch.hold > .zero && stretch.hold <= .seconds(30) && stretch.repeats >= 1)
        }
        #expect(Set(StretchLibrary.all.map(\.id)).count == StretchLibrary.all.count)
    }

    @Test func theMorningRoutineStretchesBothHipsInTwoMinutesAndABit() {
        #expect(Routine.morning.length == .seconds(6 * 15 + 5 * 10))
    }
}
